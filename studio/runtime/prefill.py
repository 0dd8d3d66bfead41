"""What a form knows before anybody has written in it: {data type}.prefill.json (app-format.md, 7.5)."""

from collections.abc import Iterator, Mapping
from typing import Any

import structlog

from studio.definition import form_paths as paths
from studio.definition.app import AppDefinition
from studio.definition.data_model import DataModel, Field, Problem, parse_input
from studio.definition.rules import SOURCES, Source, prefill_of
from studio.definition.rules.fields import target_of
from studio.services.parties import Party, Person

log = structlog.get_logger()


def prefilled(
    app: AppDefinition,
    data_type: str,
    person: Person,
    owner: Party,
    asked: Mapping[str, str] | None = None,
    given: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The form data of a new element.

    `asked` are the query parameters of the address that was followed; only those that the app names count.
    `given` (dot path -> value) comes with the request to begin, before everything else; what is no field is
    passed over. A source that is not there for this owner gives nothing. The first value of a field counts,
    unless the app says otherwise (`allowOverwrite`).
    """
    data: dict[str, Any] = {}
    model = app.model(data_type)
    if model is None:
        return data
    for target, value in (given or {}).items():
        _fill(data, model, target, value)
    prefill = prefill_of(app, data_type)
    sources = _sources(person, owner, asked or {})
    for source in SOURCES:
        for each in prefill.of(source) if source in sources else ():
            value = _value(sources[source], source, each.key)
            if value is None and source == "QueryParameters":
                continue  # most addresses ask for nothing
            if value is None or not _fill(data, model, each.target, value, again=prefill.allow_overwrite):
                log.info("prefill has no place or value", app=app.metadata.id, source=source, key=each.key)
    return data


def asked_for(app: AppDefinition, arguments: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The query parameters that some form of the app is filled in from."""
    names = {
        each.key
        for kind in app.metadata.data_types
        if kind.is_form
        for each in prefill_of(app, kind.id).of("QueryParameters")
    }
    return ((name, value) for name, value in arguments.items() if name in names)


def _sources(person: Person, owner: Party, asked: Mapping[str, str]) -> dict[Source, Mapping[str, Any]]:
    """What is known, by source; without those that this owner has nothing in."""
    found: dict[Source, Mapping[str, Any]] = {"UserProfile": person.to_json(), "QueryParameters": asked}
    if owner.organisation_number:
        found["ER"] = owner.details
    if owner.national_number:
        found["DSF"] = owner.details
    return found


def _value(values: Mapping[str, Any], source: Source, key: str) -> Any:
    """A value by its name; in registers a path in PascalCase, over members in camelCase."""
    if source == "QueryParameters":
        return values.get(key)
    found: Any = values
    for part in key.split("."):
        if not isinstance(found, Mapping):
            return None
        found = next((value for name, value in found.items() if name.lower() == part.lower()), None)
    return None if isinstance(found, Mapping | list) else found


def _fill(data: dict[str, Any], model: DataModel, target: str, value: Any, again: bool = False) -> bool:
    """Put a value into the field that a target names; whether the field has a value now."""
    field = target_of(model, target)
    if field is None or field.is_group or any(each.repeating for each in field.lineage):
        return False
    if not again and paths.read(data, field.path) is not None:
        return True
    fitting = _fitting(field, value)
    if fitting is None:
        return False
    paths.write(data, field.path, fitting)
    return True


def _fitting(field: Field, value: Any) -> Any:
    """The value as one of the field's kind; None where it is none."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    found = parse_input(field, text)
    return None if isinstance(found, Problem) else found
