"""A change of some lines of a text file: what a suggestion for the code comes to."""

from dataclasses import dataclass
from typing import ClassVar

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class ReplaceLines(Change):
    """The lines of a file from number `first` (from 1) that read `before` are to read `after`; none: they go.

    Lines are without their ends; new ones end as the first of the old ones did. Raises NotThere without the
    file, DomainError where it is no text or the lines read otherwise.
    """

    kind: ClassVar[str] = "replace_lines"
    path: str
    first: int
    before: tuple[str, ...]
    after: tuple[str, ...]

    def edit(self, copy: WorkingCopy) -> None:
        try:
            lines = copy.read(self.path).decode().split("\n")
        except UnicodeDecodeError as error:
            raise DomainError(Sentence(N_("The file %(path)s is no text."), {"path": self.path})) from error
        start, end = self.first - 1, self.first - 1 + len(self.before)
        old = lines[start:end] if start >= 0 else []
        if not self.before or tuple(line.removesuffix("\r") for line in old) != self.before:
            words = N_("Line %(line)s of the file %(path)s does not read as it did.")
            raise DomainError(Sentence(words, {"line": self.first, "path": self.path}))
        ending = "\r" if old[0].endswith("\r") else ""
        lines[start:end] = [line + ending for line in self.after]
        copy.write(self.path, "\n".join(lines).encode())

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        last = self.first + len(self.before) - 1
        values: dict[str, str | int | Sentence] = {"path": self.path, "line": self.first, "last": last}
        if last == self.first:
            return Sentence(N_("Line %(line)s of the file %(path)s was changed"), values)
        return Sentence(N_("Lines %(line)s to %(last)s of the file %(path)s were changed"), values)
