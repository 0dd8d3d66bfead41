"""What is done with whole apps: making them, marking them, counting what is in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from studio.accounts import Person
from studio.accounts.service import AnySession
from studio.definition.app import AppDefinition
from studio.definition.checks import check
from studio.definition.errors import DomainError
from studio.definition.files import Files
from studio.definition.findings import Finding
from studio.definition.sentences import N_, Sentence
from studio.definition.templates import TEMPLATES, new_app
from studio.features.dashboard.models import Favourite
from studio.features.dashboard.naming import problem_with
from studio.history.commits import Author
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from studio.web import translate


class CannotMake(DomainError):
    """An app cannot be made of what was filled in. `field` names the field that has to be corrected."""

    def __init__(self, field: str, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Contents:
    """What an app holds, for people who have just brought it in."""

    pages: int
    components: int
    languages: tuple[str, ...]
    errors: int
    findings: tuple[Finding, ...]


def create(
    repositories: Repositories,
    *,
    org: str,
    name: str,
    titles: Mapping[str, str],
    template: str,
    author: Author,
    now: datetime,
) -> Repository:
    """Make a new app from a template. Raises CannotMake, or AlreadyThere where the name was just taken."""
    if not titles.get("nb"):
        raise CannotMake("title_nb", Sentence(N_("Write a title in bokmål.")))
    if template not in TEMPLATES:
        raise CannotMake("template", Sentence(N_("Choose what to begin with.")))
    check_name(repositories, org, name)
    files = new_app(name, org, titles, template)
    message = translate(Sentence(N_("Create %(title)s"), {"title": titles["nb"]}))
    return repositories.create(org, name, files, author, message, now)


def check_name(repositories: Repositories, org: str, name: str) -> None:
    """Raises CannotMake where an app in this organisation cannot have this name."""
    problem = problem_with(name, lambda each: repositories.exists(org, each))
    if problem is not None:
        raise CannotMake("name", problem)


def contents_of(files: Files) -> Contents:
    """Count what is in an app, and check it."""
    app = AppDefinition(files)
    pages = [page for layout_set in app.layout_sets for page in layout_set.pages]
    findings = (*app.findings, *(each for each in check(app) if each not in app.findings))
    return Contents(
        pages=len(pages),
        components=sum(len(page.components) for page in pages),
        languages=app.languages,
        errors=sum(finding.severity == "error" for finding in findings),
        findings=findings,
    )


def favourites_of(session: AnySession, person: Person) -> frozenset[tuple[str, str]]:
    """The apps that a person has marked, as (org, app)."""
    marked = session.execute(select(Favourite.org, Favourite.app).where(Favourite.person_id == person.id))
    return frozenset((org, app) for org, app in marked)


def set_favourite(session: AnySession, person: Person, org: str, app: str, *, wanted: bool) -> None:
    """Mark an app, or take the mark away."""
    there = session.get(Favourite, (person.id, org, app))
    if wanted and there is None:
        session.add(Favourite(person_id=person.id, org=org, app=app))
    elif not wanted and there is not None:
        session.delete(there)
    session.commit()
