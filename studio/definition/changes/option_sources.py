"""Changes of what says from where an option list is fetched: App/options/sources/{id}.json."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.options import follow_uses, refuse_bad_name
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError, NotThere
from studio.definition.option_sources import list_ids, sources_of
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class SetOptionSource(Change):
    """A list is fetched as `source` says (docs/reference/option-sources.md); a new one where there is none.

    The app check says what cannot be used: half-done work is kept.
    """

    kind: ClassVar[str] = "set_option_source"
    option_id: str
    source: Mapping[str, Any]

    def edit(self, copy: WorkingCopy) -> None:
        path = copy.app.paths.option_source(self.option_id)
        if not copy.exists(path):
            _refuse_taken_name(copy, self.option_id)
            copy.write(path, b"{}\n")
        copy.set(path, "", dict(self.source))

    def sentence(self, app: AppDefinition) -> Sentence:
        message = N_("The option list %(id)s is fetched in another way")
        if self.option_id not in sources_of(app):
            message = N_("The option list %(id)s is fetched from another server")
        return Sentence(message, {"id": self.option_id})


@register
@dataclass(frozen=True)
class RenameOptionSource(Change):
    """A fetched list gets another name, also in every component and expression that uses it."""

    kind: ClassVar[str] = "rename_option_source"
    option_id: str
    to: str

    def edit(self, copy: WorkingCopy) -> None:
        data = copy.read(_path_of(copy, self.option_id))
        _refuse_taken_name(copy, self.to)
        follow_uses(copy, self.option_id, self.to)
        copy.write(copy.app.paths.option_source(self.option_id), None)
        copy.write(copy.app.paths.option_source(self.to), data)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        values = {"id": self.option_id, "to": self.to}
        return Sentence(N_("The option list %(id)s is now called %(to)s"), values)


@register
@dataclass(frozen=True)
class RemoveOptionSource(Change):
    """A list is not fetched any more."""

    kind: ClassVar[str] = "remove_option_source"
    option_id: str

    def edit(self, copy: WorkingCopy) -> None:
        copy.write(_path_of(copy, self.option_id), None)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(N_("The option list %(id)s is not fetched any more"), {"id": self.option_id})


def _path_of(copy: WorkingCopy, option_id: str) -> str:
    path = sources_of(copy.app).get(option_id)
    if path is None:
        raise NotThere(Sentence(N_("There is no option list %(id)s any more."), {"id": option_id}))
    return path


def _refuse_taken_name(copy: WorkingCopy, option_id: str) -> None:
    refuse_bad_name(option_id)
    if option_id.casefold() in {each.casefold() for each in list_ids(copy.app)}:
        raise DomainError(Sentence(N_("There is already an option list %(id)s."), {"id": option_id}))
