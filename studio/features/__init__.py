"""Studio's screens, one folder each. Each package has `bp`, its blueprint."""

from typing import TYPE_CHECKING, Final

from studio.accounts import current_person
from studio.history.commits import Author
from studio.web import Part

if TYPE_CHECKING:
    from studio.history.draft import Draft
    from studio.history.repositories import Repositories

# The repositories of this installation: `repositories().open(org, app)`.
repositories: "Final[Part[Repositories]]" = Part("repositories")


def open_draft(org: str, app: str) -> "Draft":
    """The signed-in person's draft of an app; raises NotThere."""
    return repositories().open(org, app).draft(current_person().user_name)


def author() -> Author:
    """The signed-in person, as the author of what they do."""
    person = current_person()
    return Author(person.name, person.email)
