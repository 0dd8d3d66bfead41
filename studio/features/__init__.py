"""Studio's screens, one folder each. Each package has `bp`, its blueprint."""

from typing import TYPE_CHECKING, Final

from studio.accounts import current_person
from studio.definition.errors import NotThere
from studio.history.commits import Author
from studio.history.names import InvalidName
from studio.web import Part
from studio.web.branch_address import current_branch

if TYPE_CHECKING:
    from studio.history.draft import Draft
    from studio.history.repositories import Repositories
    from studio.history.repository import Repository
    from studio.services.standard_lists import StandardLists

# The repositories of this installation: `repositories().open(org, app)`.
repositories: "Final[Part[Repositories]]" = Part("repositories")
# The lists that every app can choose.
standard_lists: "Final[Part[StandardLists]]" = Part("standard_lists")


def open_draft(org: str, app: str) -> "Draft":
    """The signed-in person's draft of an app, on the branch that the address names; raises NotThere."""
    return draft_of(repositories().open(org, app))


def draft_of(repository: "Repository") -> "Draft":
    """As open_draft, of an app that is open already."""
    try:
        return repository.draft(current_person().user_name, current_branch())
    except InvalidName as error:  # an address with such a name leads nowhere
        raise NotThere(error.sentence) from error


def author() -> Author:
    """The signed-in person, as the author of what they do."""
    person = current_person()
    return Author(person.name, person.email)
