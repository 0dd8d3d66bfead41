"""Checks of data models: whether their files agree, hold together, and have what the app reads of them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.checks.places import Placing, finding
from studio.definition.content_cache import ContentCache
from studio.definition.data_model import problem_of
from studio.definition.data_model.conversion import Mismatch, SchemaProblem, matches, schema_problems
from studio.definition.field_references import FieldPlace, all_places, place_sentence, steps_of
from studio.definition.findings import Finding, Place, Severity
from studio.definition.sentences import N_, Sentence

_SCHEMA: Final = ".schema.json"
# The checks of rules and of expressions say more about these.
_RULE_FILES: Final = (".validation.json", ".calculation.json", ".prefill.json")
_OLD_RULES: Final = "RuleConfiguration.json"
_PROBLEMS: Final[ContentCache[tuple[SchemaProblem, ...]]] = ContentCache(500)
_UNUSABLE: Final[ContentCache[Sentence | None]] = ContentCache(500)
_MISMATCHES: Final[ContentCache[Mismatch | None]] = ContentCache(500)


def check_data_models(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """Every data model, and every place that names a field."""
    for path in dict.fromkeys(app.schema_path(kind.id) for kind in app.metadata.data_types if kind.is_form):
        if path is not None and isinstance(app.json(path), dict):
            yield from _schema(app, placing, path)
            yield from _files(app, path)
    for data_type in app.metadata.data_types:
        yield from _usable(app, data_type.id)
    for place in all_places(app):
        yield from _reading(app, placing, place)


def _schema(app: AppDefinition, placing: Placing, path: str) -> Iterator[Finding]:
    """What is wrong with a schema. An app from elsewhere may run all the same, so nothing is an error."""
    for problem in _PROBLEMS.get(app.files.blob_id(path), lambda: schema_problems(app.json(path))):
        severity: Severity = "warning" if problem.severity == "error" else "advice"
        place = placing.in_json(path, problem.pointer.removeprefix("#"))
        remedy = N_("Correct it in the data model.")
        yield finding("schema-problem", severity, place, problem.sentence, remedy)


def _usable(app: AppDefinition, data_type: str) -> Iterator[Finding]:
    """A schema that cannot be made into something that checks data."""
    path, model = app.schema_path(data_type), app.model(data_type)
    if path is None or model is None:
        return
    key = f"{model.class_ref} {app.files.blob_id(path)}"
    problem = _UNUSABLE.get(key, lambda: problem_of(model))
    if problem is not None:
        yield finding("unusable-schema", "warning", Place(path), problem, N_("Correct it in the data model."))


def _files(app: AppDefinition, path: str) -> Iterator[Finding]:
    """An XSD that says something else than the schema beside it."""
    xsd_path = path.removesuffix(_SCHEMA) + ".xsd"
    if xsd_path not in app.files:
        return
    key = f"{app.files.blob_id(path)} {app.files.blob_id(xsd_path)}"
    schema: Mapping[str, Any] = app.json(path)
    mismatch = _MISMATCHES.get(key, lambda: matches(app.files[xsd_path], schema, _beside(app, xsd_path)))
    if mismatch is not None:
        remedy = N_("Write the XSD anew from the data model, or import the XSD as the data model.")
        yield finding("xsd-differs", "advice", Place(xsd_path), mismatch.sentence, remedy)


def _beside(app: AppDefinition, xsd_path: str) -> dict[str, bytes]:
    """The other XSDs in the folder, by their names, for those that are included."""
    folder = xsd_path.rpartition("/")[0]
    others = (path for path in app.files.under(folder) if path.endswith(".xsd") and path != xsd_path)
    return {path.removeprefix(folder + "/"): app.files[path] for path in others}


def _reading(app: AppDefinition, placing: Placing, place: FieldPlace) -> Iterator[Finding]:
    """A rule, text or setting that names a field that is not there."""
    model = app.model(place.data_type)
    in_expression = place.kind in {"expression", "process"} and not place.file.endswith(_OLD_RULES)
    said_elsewhere = place.kind == "binding" or in_expression or place.file.endswith(_RULE_FILES)
    if said_elsewhere or model is None or not model.fields or steps_of(app, place) is not None:
        return
    values: dict[str, str | int | Sentence] = {
        "where": place_sentence(app, place),
        "field": place.full_path.plain,
        "name": place.data_type,
    }
    sentence = Sentence(N_("%(where)s: the data model %(name)s has no field %(field)s."), values)
    yield finding(
        "unknown-field", "warning", _where(placing, place), sentence, N_("Choose a field that exists.")
    )


def _where(placing: Placing, place: FieldPlace) -> Place:
    if place.flow is not None:
        return Place(place.file)
    if place.page is not None and place.component is not None:
        inside = place.pointer.removeprefix(place.component.pointer)
        return placing.component(place.page, place.component, inside)
    return placing.in_json(place.file, place.pointer)
