"""What a form knows before anybody has written in it: {data type}.prefill.json (app-format.md, 7.5)."""

from collections.abc import Iterator, Mapping
from typing import Any

import structlog

from studio.definition.app import AppDefinition
from studio.definition.data_model import DataModel, Field
from studio.runtime.forms import paths
from studio.services.parties import Party, Person

log = structlog.get_logger()


def prefilled(app: AppDefinition, data_type: str, person: Person, owner: Party) -> dict[str, Any]:
    """The form data of a new element. A source that is not there for this owner gives nothing."""
    data: dict[str, Any] = {}
    model = app.model(data_type)
    content = app.json(f"{app.paths.models_folder}/{data_type}.prefill.json")
    if model is None or not isinstance(content, Mapping):
        return data
    for source, values in _sources(person, owner):
        targets = content.get(source)
        for key, target in targets.items() if isinstance(targets, Mapping) else ():
            value = _pascal(values, str(key))
            field = _field(model, str(target))
            if field is None or value is None:
                log.info("prefill has no place or value", app=app.metadata.id, source=source, key=key)
                continue
            paths.write(data, field.path, str(value) if field.kind == "string" else value)
    return data


def _sources(person: Person, owner: Party) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The sources in the order in which they count (UserProfile, ER, DSF)."""
    profile = {
        "userId": person.user_id,
        "userName": person.name,
        "phoneNumber": person.phone,
        "email": person.email,
        "partyId": person.party.party_id,
        "party": person.party.to_json(),
        "profileSettingPreference": {"language": person.language},
    }
    yield "UserProfile", profile
    if owner.organisation_number:
        yield "ER", owner.details
    if owner.national_number:
        yield "DSF", owner.details


def _pascal(values: Mapping[str, Any], path: str) -> Any:
    """A value by a path in PascalCase, over members in camelCase."""
    found: Any = values
    for part in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = next((value for key, value in found.items() if key.lower() == part.lower()), None)
    return found


def _field(model: DataModel, target: str) -> Field | None:
    """The field that a target names: case does not count, hyphens are left out."""
    wanted = target.replace("-", "").lower()
    return next((field for field in model.walk() if field.path.replace("-", "").lower() == wanted), None)
