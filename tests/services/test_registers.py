"""The registers of a test environment know everything that a form can be filled in from."""

from typing import Any

import pytest

from studio.definition.rules import KEYS, Source
from studio.services.identifiers import is_national_number
from studio.services.test_people import TestRegister

PEOPLE = TestRegister().people()


def members(value: dict[str, Any], above: str = "") -> set[str]:
    """Every path in an object, in small letters."""
    found = set()
    for name, inner in value.items():
        path = f"{above}{name}".lower()
        found |= members(inner, f"{path}.") if isinstance(inner, dict) else {path}
    return found


def details(source: Source) -> list[dict[str, Any]]:
    """What a source has about everybody in it."""
    if source == "UserProfile":
        return [person.to_json() for person in PEOPLE]
    register = TestRegister()
    parties = [party for person in PEOPLE for party in map(register.party, person.roles) if party]
    is_person = source == "DSF"
    return [dict(party.details) for party in parties if bool(party.national_number) == is_person]


@pytest.mark.parametrize("source", ["DSF", "ER", "UserProfile"])
def test_every_value_that_a_form_may_ask_for_is_there(source: Source) -> None:
    wanted = {key.lower() for key in KEYS[source] if not key.startswith("Party.Organization.")}
    assert details(source)
    for each in details(source):
        assert wanted <= members(each)


def test_everybody_has_an_address_a_municipality_and_a_synthetic_number() -> None:
    for each in details("DSF"):
        assert each["addressMunicipalNumber"].isdigit()
        assert len(each["addressMunicipalNumber"]) == 4
        assert each["mailingAddress"].startswith(each["addressStreetName"])
        assert is_national_number(each["ssn"])
        assert int(each["ssn"][2:4]) > 80


def test_user_names_are_of_one_person_each() -> None:
    assert len({person.user_name for person in PEOPLE}) == len(PEOPLE)
