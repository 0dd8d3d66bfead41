"""Checks of the app as a whole: its metadata, access rules and data types."""

from collections.abc import Iterator

from studio.definition import safe_xml
from studio.definition.app import AppDefinition
from studio.definition.checks.places import place_in
from studio.definition.findings import Finding, Place
from studio.definition.sentences import N_, Sentence


def check_whole(app: AppDefinition) -> Iterator[Finding]:
    """Metadata that is there and names the app, access rules that can be read, data types with a model."""
    yield from _metadata(app)
    yield from _policy(app)
    yield from _models(app)


def _metadata(app: AppDefinition) -> Iterator[Finding]:
    path = app.paths.metadata
    if path not in app.files:
        sentence = Sentence(N_("The app has no metadata: the file %(path)s is missing."), {"path": path})
        yield Finding("no-metadata", "error", Place(path), sentence)
        return
    seen: set[str] = set()
    for data_type in app.metadata.data_types:
        key = data_type.id.casefold()
        if key in seen:
            sentence = Sentence(N_("Two data types are called %(id)s."), {"id": data_type.id})
            remedy = Sentence(N_("Give one of them another id."))
            place = place_in(app, path, data_type.pointer)
            yield Finding("repeated-data-type", "error", place, sentence, remedy)
        seen.add(key)
    if not app.metadata.title and not app.metadata.raw.get("title"):
        yield Finding("no-title", "warning", place_in(app, path), Sentence(N_("The app has no title.")))


def _policy(app: AppDefinition) -> Iterator[Finding]:
    path = app.paths.policy
    if path not in app.files:
        sentence = Sentence(
            N_("The app has no access rules: the file %(path)s is missing, so nobody could open the form."),
            {"path": path},
        )
        yield Finding("no-policy", "error", Place(path), sentence)
        return
    try:
        safe_xml.parse(app.files[path])
    except safe_xml.BrokenXml as error:
        yield Finding("broken-policy", "error", Place(path, error.line), error.sentence)


def _models(app: AppDefinition) -> Iterator[Finding]:
    for layout_set in app.layout_sets:
        data_type = app.metadata.data_type(layout_set.data_type) if layout_set.data_type else None
        if layout_set.data_type and data_type is None and layout_set.kind == "task":
            values = {"set": layout_set.id, "id": layout_set.data_type}
            sentence = Sentence(
                N_("The form %(set)s keeps its answers in %(id)s, but the app has no such data type."), values
            )
            path = app.paths.layout_sets if app.paths.layout_sets in app.files else layout_set.settings_path
            yield Finding("missing-data-type", "error", place_in(app, path), sentence)
        elif data_type is not None and data_type.is_form and app.schema_path(data_type.id) is None:
            values = {"id": data_type.id, "path": app.paths.schema(data_type.id)}
            sentence = Sentence(
                N_("The data type %(id)s has no data model: the file %(path)s is missing."), values
            )
            place = place_in(app, app.paths.metadata, data_type.pointer)
            yield Finding("missing-model", "error", place, sentence)
