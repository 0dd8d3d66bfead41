"""Changes of settings of forms that can follow a rule."""

from dataclasses import dataclass
from typing import Any, ClassVar

from studio.definition.app import AppDefinition
from studio.definition.changes.change import MISSING, Change, Missing, register
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.rules.places import SETTINGS, settings_at
from studio.definition.rules.sentences.telling import setting_told
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class SetSetting(Change):
    """A setting of a form, or of all forms, gets a value, or none (MISSING).

    `file` is the form's Settings.json or the file for all forms; `name` one of rules.places.SETTINGS.
    """

    kind: ClassVar[str] = "set_setting"
    file: str
    name: str
    value: Any | Missing = MISSING

    def edit(self, copy: WorkingCopy) -> None:
        where = settings_at(copy.app).get(self.file)
        if where is None or self.name not in SETTINGS:
            values = {"name": self.name, "file": self.file}
            raise DomainError(Sentence(N_("%(file)s has no setting %(name)s."), values))
        there = copy.app.json(self.file)
        held = there.get(where.removeprefix("/")) if where and isinstance(there, dict) else there
        if isinstance(self.value, Missing):
            if isinstance(held, dict) and self.name in held:
                copy.delete(self.file, f"{where}/{self.name}")
        elif isinstance(held, dict):
            copy.set(self.file, f"{where}/{self.name}", self.value)
        else:
            copy.set(self.file, where, {self.name: self.value})

    def sentence(self, app: AppDefinition) -> Sentence:
        value = None if isinstance(self.value, Missing) else self.value
        return setting_told(app, self.file, self.name, value)
