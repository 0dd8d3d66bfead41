"""The app that a request is about: its definition, its name here, and the release that is served."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from studio.definition.app import AppDefinition, app_definition
from studio.definition.errors import NotThere
from studio.definition.sentences import N_, Sentence
from studio.runtime.logic.app_hooks import AppHooks
from studio.runtime.logic.runner import Runner
from studio.runtime.option_lists import OptionLists
from studio.runtime.served import ServedApp, bundles, known_app, preview_app
from studio.services.authorization import Decider
from studio.services.parties import Person, Register
from studio.web.parts import Part

app_logic: Part[Runner] = Part("app_logic")
option_lists: Part[OptionLists] = Part("option_lists")
register: Part[Register] = Part("register")


@dataclass(frozen=True)
class Served:
    """An app at a release, or (with a `preview` token) a draft of it.

    `name` is what it is served as; `reviewed` the app that it would be, where a pull request is tried.
    """

    org: str
    name: str
    definition: AppDefinition
    release: str | None = None
    version: int | None = None
    preview: str | None = None
    reviewed: str | None = None

    @property
    def app(self) -> str:
        """The name of the app, which its policy and the servers that it asks know it by."""
        return self.reviewed or self.name

    @cached_property
    def decider(self) -> Decider:
        """Asks the app's policy."""
        return Decider(self.definition, self.org, self.app)

    def hooks(self, person: Person | None, now: datetime) -> AppHooks:
        """The app's Python hooks, as this person asks them; the same ones for the whole of a request."""
        user = person.user_id if person else None
        if user not in self._hooks:
            name = f"{self.org}/{self.app}"
            self._hooks[user] = AppHooks(
                self.definition,
                name,
                app_logic(),
                option_lists(),
                now,
                person,
                preview=self.preview is not None,
            )
        return self._hooks[user]

    @cached_property
    def _hooks(self) -> dict[int | None, AppHooks]:
        return {}


class NotInUse(NotThere):
    """The app was taken out of use."""


def served(org: str, name: str) -> Served:
    """The app that this environment serves under a name. Raises NotThere; NotInUse where it once did."""
    row = _known(org, name)
    if row.withdrawn_at:
        raise NotInUse(Sentence(N_("This service is not in use now.")))
    return _served(row)


def known(org: str, name: str) -> Served:
    """The app under a name, also after it was taken out of use: for its owner. Raises NotThere."""
    return _served(_known(org, name))


def _known(org: str, name: str) -> ServedApp:
    row = known_app(org, name)
    if row is None:
        raise NotThere(Sentence(N_("There is no service at this address.")))
    return row


def _served(row: ServedApp) -> Served:
    org, name = row.org, row.app
    files = bundles().files(row.bundle_id)
    return Served(org, name, app_definition(files), row.release, row.version, reviewed=row.reviewed)


def previewed(token: str, org: str, name: str) -> Served:
    """The draft behind a preview address. Raises NotThere."""
    row = preview_app(token)
    if row is None or (row.org, row.app) != (org, name):
        raise NotThere(Sentence(N_("This preview is no longer there. Open it once more from Studio.")))
    return Served(org, name, app_definition(bundles().files(row.bundle_id)), preview=token)
