"""Organisations and people for trying Studio on one's own machine. Made on the first start."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.accounts.models import Organisation, Person
from studio.accounts.passwords import Passwords
from studio.accounts.rights import Grant, Role
from studio.accounts.service import add_organisation, add_person, person_named, set_roles
from studio.config import ENVIRONMENTS
from studio.definition.templates import new_app
from studio.history.branch_rules import EVERY_APP, BranchRule, set_rule
from studio.history.commits import Author
from studio.history.repositories import Repositories

# Everybody may know it: it opens nothing but a Studio that was started with demo people.
PASSWORD: Final = "demo-studio-2026"  # noqa: S105 - see above

ORGANISATIONS: Final = {
    "ttd": {"nb": "Testdepartementet", "nn": "Testdepartementet", "en": "Test Ministry"},
    "demo": {"nb": "Demo kommune", "nn": "Demo kommune", "en": "Demo Municipality"},
}
# The organisation and the name of an app that is there from the start.
GALLERY: Final = ("demo", "galleri")
GALLERY_TITLES: Final = {
    "nb": "Galleri: alle komponenter",
    "nn": "Galleri: alle komponentar",
    "en": "Gallery: all components",
}


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Who signs in with what name, and what they are: organisation -> roles."""

    user_name: str
    name: str
    what: str
    roles: dict[str, tuple[Role, ...]] = field(default_factory=dict)
    deploys_to: tuple[str, ...] = ()
    administrator: bool = False


PEOPLE: Final = (
    DemoPerson("anne", "Anne Berg", "administrator", administrator=True),
    DemoPerson(
        "ola",
        "Ola Haugen",
        "owner, deploys to test and production",
        {"ttd": (Role.OWNER,), "demo": (Role.OWNER,)},
        ENVIRONMENTS,
    ),
    DemoPerson("dina", "Dina Solheim", "developer, deploys to test", {"ttd": (Role.DEVELOPER,)}, ("test",)),
    DemoPerson("kari", "Kari Lunde", "designer", {"ttd": (Role.DESIGNER,), "demo": (Role.DESIGNER,)}),
    DemoPerson("runa", "Runa Moen", "reviewer", {"ttd": (Role.REVIEWER,)}),
    DemoPerson("tor", "Tor Eide", "deploys to test", {"ttd": ()}, ("test",)),
    DemoPerson("pia", "Pia Strand", "deploys to test and production", {"ttd": ()}, ENVIRONMENTS),
)


def create_demo(session: Session, passwords: Passwords, now: datetime) -> bool:
    """Make the demo organisations and people where there are no people yet; true if they were made."""
    if session.scalar(select(Person.id).limit(1)) is not None:
        return False
    organisations = {
        short_name: add_organisation(session, short_name=short_name, titles=titles, now=now)
        for short_name, titles in ORGANISATIONS.items()
    }
    for each in PEOPLE:
        _create(session, passwords, each, organisations, now)
    # The ministry has reviewers, and its main branches are protected as usual. The municipality has two
    # people who work on forms, and they share straight away.
    set_rule(session, "demo", EVERY_APP, BranchRule("main", by_review=False, approvals=0), now)
    return True


def create_gallery(repositories: Repositories, now: datetime) -> None:
    """Make the app that shows all components, where there is none by its name."""
    if not repositories.exists(*GALLERY):
        org, name = GALLERY
        files = new_app(name, org, GALLERY_TITLES, "gallery")
        author = Author(PEOPLE[1].name, f"{PEOPLE[1].user_name}@example.org")
        repositories.create(org, name, files, author, f"Laget {GALLERY_TITLES['nb']}", now)


def is_there(session: Session) -> bool:
    """Whether the demo people are the ones who sign in here."""
    return person_named(session, PEOPLE[0].user_name) is not None


def _create(
    session: Session,
    passwords: Passwords,
    demo: DemoPerson,
    organisations: dict[str, Organisation],
    now: datetime,
) -> None:
    person = add_person(
        session,
        passwords,
        user_name=demo.user_name,
        name=demo.name,
        email=f"{demo.user_name}@example.org",
        password=PASSWORD,
        now=now,
        administrator=demo.administrator,
    )
    for org, roles in demo.roles.items():
        grants = {Grant(org, role) for role in roles}
        grants |= {Grant(org, Role.DEPLOYER, environment) for environment in demo.deploys_to}
        set_roles(session, person, organisations[org], frozenset(grants))
