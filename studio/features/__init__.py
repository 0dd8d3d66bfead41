"""Studio's screens, one folder each. Each package has `bp`, its blueprint."""

from typing import TYPE_CHECKING, Final

from studio.web import Part

if TYPE_CHECKING:
    from studio.history.repositories import Repositories

# The repositories of this installation: `repositories().open(org, app)`.
repositories: "Final[Part[Repositories]]" = Part("repositories")
