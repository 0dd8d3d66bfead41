"""Checks of who the app is and who may use it."""

from collections.abc import Iterator

from studio.definition.app import AppDefinition
from studio.definition.checks.places import Placing, finding
from studio.definition.findings import Finding, Place, Severity
from studio.definition.sentences import N_, Sentence


def check_metadata(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """The metadata, its data types and their models, and the policy."""
    path = app.paths.metadata
    if path not in app.files:
        sentence = Sentence(N_("The app has no metadata: the file %(path)s is missing."), {"path": path})
        yield finding("no-metadata", "error", Place(path), sentence, N_("Create the file in the code view."))
    elif app.json(path) is not None:
        yield from _identity(app, placing)
        yield from _data_types(app, placing)
    if app.paths.policy not in app.files:
        sentence = Sentence(
            N_("Nobody may use the app: it has no rules for access (%(path)s)."), {"path": app.paths.policy}
        )
        yield finding("no-policy", "error", Place(app.paths.policy), sentence, N_("Add the file policy.xml."))


def _identity(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    app_id, org = app.metadata.id, app.metadata.org
    if not app_id:
        sentence = Sentence(N_("The app has no id."))
        yield finding(
            "no-app-id", "error", placing.metadata(), sentence, N_("Give it an id of the form org/app.")
        )
    elif app_id.count("/") != 1 or (org and app_id.partition("/")[0] != org):
        sentence = Sentence(
            N_("The app's id %(id)s does not begin with its owner %(org)s."), {"id": app_id, "org": org}
        )
        yield finding(
            "app-id", "warning", placing.metadata("/id"), sentence, N_("Give it an id of the form org/app.")
        )
    if not app.metadata.title:
        sentence = Sentence(N_("The app has no name."))
        yield finding("no-title", "warning", placing.metadata("/title"), sentence, N_("Give the app a name."))


def _data_types(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    seen: set[str] = set()
    shown = {layout_set.data_type for layout_set in app.layout_sets}
    for kind in app.metadata.data_types:
        place = placing.metadata(kind.pointer)
        if kind.id.casefold() in seen:
            sentence = Sentence(N_("Two data types have the id %(id)s."), {"id": kind.id})
            yield finding("repeated-data-type", "error", place, sentence, N_("Give one of them another id."))
        seen.add(kind.id.casefold())
        if kind.is_form and app.schema_path(kind.id) is None:
            sentence = Sentence(
                N_("The data type %(id)s has no data model: the file %(path)s is missing."),
                {"id": kind.id, "path": app.paths.schema(kind.id)},
            )
            severity: Severity = "error" if kind.id in shown else "warning"
            yield finding("missing-model", severity, place, sentence, N_("Make a data model for it."))
