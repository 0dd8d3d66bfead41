"""The change of what the Python hooks of an app may: how long a call takes, and which servers are asked."""

from dataclasses import dataclass
from typing import Any, ClassVar

from studio.definition.app import AppDefinition
from studio.definition.app_logic import LogicSettings, read_settings, setting_told
from studio.definition.changes.change import MISSING, Change, Missing, register
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.sentences import Sentence


@register
@dataclass(frozen=True)
class SetLogicSetting(Change):
    """A setting of App/logic/settings.json gets a value, or its usual one again (MISSING).

    `name` is "seconds" (a number) or "hosts" (a list of names). The file is made where there is none.
    Raises DomainError for what no hook could be given.
    """

    kind: ClassVar[str] = "set_logic_setting"
    name: str
    value: Any | Missing = MISSING

    def edit(self, copy: WorkingCopy) -> None:
        for problem in self._settings.problems:
            raise DomainError(problem.with_remedy)
        path = copy.app.paths.logic_settings
        if not copy.exists(path):
            copy.write(path, b"{}\n")
        held = copy.app.json(path)
        if held is not None and not isinstance(held, dict):
            copy.set(path, "", self._content)
        elif not isinstance(self.value, Missing):
            copy.set(path, f"/{self.name}", self.value)
        elif held and self.name in held:
            copy.delete(path, f"/{self.name}")

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return setting_told(self.name, self._settings)

    @property
    def _content(self) -> dict[str, Any]:
        return {} if self.value is MISSING else {self.name: self.value}

    @property
    def _settings(self) -> LogicSettings:
        return read_settings(self._content)
