"""Where the signed-in person may make apps, and how they sign what they do."""

from studio.accounts import Organisation, Right, current_person, may
from studio.accounts.service import organisations_of
from studio.database import studio_db
from studio.definition.sentences import N_, Sentence
from studio.features.dashboard.service import CannotMake
from studio.history.commits import Author
from studio.web.language import current_language


def organisations_to_create_in() -> list[Organisation]:
    """The organisations in which the signed-in person may make apps."""
    person = current_person()
    every = organisations_of(studio_db.session, person)
    return [each for each in every if may(person, Right.CREATE_APP, each.short_name)]


def demand_creating(org: str) -> None:
    """Raises CannotMake where the signed-in person may not make apps in this organisation."""
    if not may(current_person(), Right.CREATE_APP, org):
        raise CannotMake("org", Sentence(N_("Choose an organisation in which you may make apps.")))


def me() -> Author:
    """The signed-in person as an author."""
    person = current_person()
    return Author(person.name, person.email)


def choices_of(organisations: list[Organisation]) -> list[tuple[str, str]]:
    """Organisations for a select: short name and title, by title."""
    language = current_language()
    return sorted(
        ((each.short_name, each.title(language)) for each in organisations), key=lambda each: each[1]
    )
