"""What every view of a pull request begins with: the app, the pull request as it is now, and who looks."""

from dataclasses import dataclass

from studio.accounts import Person, current_person
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.app import app_definition
from studio.definition.errors import NotThere
from studio.definition.files import Files
from studio.features import repositories
from studio.history.repository import Repository
from studio.reviews.check_runs import demand
from studio.reviews.models import PullRequest
from studio.reviews.requests import find, follow
from studio.web.language import current_language


@dataclass(frozen=True, slots=True)
class Workplace:
    """A pull request, its app, and who looks."""

    repository: Repository
    pull_request: PullRequest
    person: Person

    @property
    def before(self) -> Files:
        """The app where the branch left the target."""
        return self.repository.files(self.pull_request.base)

    @property
    def after(self) -> Files:
        """The app as the branch has it."""
        return self.repository.files(self.pull_request.head)


def at(org: str, app: str, number: int) -> Workplace:
    """Open it, with what its branches have got since, and have that checked. Raises NotThere."""
    repository = repositories().open(org, app)
    pull_request = find(studio_db.session, org, app, number)
    follow(studio_db.session, repository, pull_request, now())
    demand(studio_db.session, repository, pull_request, now())
    return Workplace(repository, pull_request, current_person())


def title_of(repository: Repository) -> str:
    """The app's title on main; its name where that cannot be read."""
    try:
        return app_definition(repository.files()).title(current_language()) or repository.app
    except NotThere:
        return repository.app
