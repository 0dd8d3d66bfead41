"""Adding people and organisations, and giving roles."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from studio.accounts.install import passwords
from studio.accounts.rights import Grant, Role
from studio.accounts.service import (
    add_organisation,
    add_person,
    organisation_named,
    organisations_of,
    person_named,
    set_roles,
)
from studio.definition.errors import DomainError

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "wrong",
    [
        {"user_name": "has space"},
        {"user_name": "../x"},
        {"user_name": "a..b"},
        {"user_name": ""},
        {"user_name": "kari"},
        {"user_name": "x" * 40},
        {"name": "  "},
        {"email": "not an address"},
        {"password": "short"},
    ],
    ids=str,
)
def test_a_person_with_an_unusable_value_is_not_added(session: Session, wrong: dict[str, str]) -> None:
    values = {"user_name": "new", "name": "New", "email": "a@b.no", "password": "long enough"} | wrong

    with pytest.raises(DomainError):
        add_person(session, passwords(), now=NOON, **values)


@pytest.mark.parametrize("short_name", ["a", "1a", "has-dash", "ttd", "admin", "assets", "x" * 31, "å"])
def test_an_organisation_with_an_unusable_short_name_is_not_added(session: Session, short_name: str) -> None:
    with pytest.raises(DomainError):
        add_organisation(session, short_name=short_name, titles={"nb": "Ny"}, now=NOON)


def test_an_organisation_without_its_other_names_uses_the_bokmal_one(session: Session) -> None:
    made = add_organisation(session, short_name="ny", titles={"nb": "Ny etat"}, now=NOON)

    assert [made.title(language) for language in ("nb", "nn", "en", "xx")] == ["Ny etat"] * 4


def test_roles_are_given_and_taken_as_a_whole(session: Session) -> None:
    kari, ttd = person_named(session, "kari"), organisation_named(session, "ttd")
    assert kari is not None

    set_roles(
        session, kari, ttd, frozenset({Grant("ttd", Role.REVIEWER), Grant("ttd", Role.DEPLOYER, "test")})
    )
    session.commit()

    assert set(kari.grants) == {
        Grant("ttd", Role.REVIEWER),
        Grant("ttd", Role.DEPLOYER, "test"),
        Grant("demo", Role.DESIGNER),
    }


def test_the_last_owner_stays(session: Session) -> None:
    ola, ttd = person_named(session, "ola"), organisation_named(session, "ttd")
    assert ola is not None

    with pytest.raises(DomainError, match="only owner"):
        set_roles(session, ola, ttd, frozenset())


def test_people_see_their_own_organisations_and_administrators_all(session: Session) -> None:
    def seen_by(user_name: str) -> list[str]:
        person = person_named(session, user_name)
        assert person is not None
        return [organisation.short_name for organisation in organisations_of(session, person)]

    assert seen_by("dina") == ["ttd"]
    assert seen_by("kari") == ["demo", "ttd"]
    assert seen_by("anne") == ["demo", "ttd"]
