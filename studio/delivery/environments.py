"""Where apps are put into use: each environment is one runtime with its own origin, database and key."""

from dataclasses import dataclass, field
from typing import Final

from studio.definition.sentences import N_, Sentence
from studio.runtime.reviewed import place_name

TEST: Final = "test"
PRODUCTION: Final = "production"

_TITLES: Final = {TEST: Sentence(N_("Test")), PRODUCTION: Sentence(N_("Production"))}


@dataclass(frozen=True, slots=True)
class Environment:
    """One runtime. `origin` is where people meet it, `management_origin` where delivery reaches it."""

    name: str
    origin: str
    management_origin: str
    key: str = field(repr=False)

    @property
    def title(self) -> Sentence:
        """The name for people."""
        return _TITLES.get(self.name) or Sentence(self.name)

    def address(self, org: str, app: str) -> str:
        """Where an app of this environment begins."""
        return f"{self.origin}/{org}/{app}/"

    def review_address(self, org: str, app: str, number: int) -> str:
        """Where pull request `number` of an app is tried."""
        return self.address(org, place_name(app, number))

    def preview_address(self, token: str, org: str, app: str) -> str:
        """Where a draft is shown."""
        return f"{self.origin}/preview/{token}/{org}/{app}/"


class Environments(tuple[Environment, ...]):
    """All environments, in the order in which a release travels through them."""

    __slots__ = ()

    def named(self, name: str) -> Environment | None:
        """The environment of that name, or None."""
        return next((each for each in self if each.name == name), None)

    def after(self, name: str) -> Environment | None:
        """Where a release goes next from the environment `name`, or None at the end."""
        names = [each.name for each in self]
        following = names.index(name) + 1
        return self[following] if following < len(names) else None
