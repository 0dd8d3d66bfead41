"""Changes of files as files: other names, other folders, gone. What other files say of them stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.code.searching import Search, replacements
from studio.definition.errors import DomainError
from studio.definition.naming import one_line
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class MoveFiles(Change):
    """Files get other paths: old path -> new path. Nothing is written over.

    Raises NotThere, and DomainError for a path that is taken or that no app can have.
    """

    kind: ClassVar[str] = "move_files"
    paths: Mapping[str, str]

    def edit(self, copy: WorkingCopy) -> None:
        content = {path: copy.read(path) for path in self.paths}
        for path in self.paths:
            copy.write(path, None)
        for path, to in self.paths.items():
            _demand_room(copy, to)
            copy.write(to, content[path])

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        if len(self.paths) == 1:
            [(path, to)] = self.paths.items()
            return Sentence(N_("The file %(path)s is now %(to)s"), {"path": path, "to": to})
        return Sentence(N_("%(count)s files got other names"), {"count": len(self.paths)})


@register
@dataclass(frozen=True)
class AddFile(Change):
    """A new file. Raises DomainError for a path that is taken or that no app can have."""

    kind: ClassVar[str] = "add_file"
    path: str
    text: str = ""

    def edit(self, copy: WorkingCopy) -> None:
        _demand_room(copy, self.path)
        copy.write(self.path, self.text.encode())

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(N_("The file %(path)s was added"), {"path": self.path})


@register
@dataclass(frozen=True)
class RemoveFiles(Change):
    """Files go away. Raises NotThere."""

    kind: ClassVar[str] = "remove_files"
    paths: tuple[str, ...]

    def edit(self, copy: WorkingCopy) -> None:
        for path in self.paths:
            copy.read(path)
            copy.write(path, None)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        if len(self.paths) == 1:
            return Sentence(N_("The file %(path)s was removed"), {"path": self.paths[0]})
        return Sentence(N_("%(count)s files were removed"), {"count": len(self.paths)})


@register
@dataclass(frozen=True)
class ReplaceInFiles(Change):
    """What a search finds (see code.searching) is replaced in the chosen files.

    Raises DomainError for what cannot be searched for, and where nothing is found.
    """

    kind: ClassVar[str] = "replace_in_files"
    find: str
    replacement: str
    paths: tuple[str, ...]
    is_pattern: bool = False
    match_case: bool = False
    whole_words: bool = False

    def edit(self, copy: WorkingCopy) -> None:
        sought = Search(self.find, self.is_pattern, self.match_case, self.whole_words)
        edits = replacements(copy.app.files, sought, self.replacement, frozenset(self.paths))
        if not edits:
            raise DomainError(Sentence(N_("There is nothing to replace in these files.")))
        for path, content in edits.items():
            copy.write(path, content)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        values: dict[str, str | int | Sentence] = {
            "find": one_line(self.find),
            "replacement": one_line(self.replacement),
            "count": len(self.paths),
        }
        return Sentence(N_("*%(find)s* was replaced by *%(replacement)s* in %(count)s files"), values)


def _demand_room(copy: WorkingCopy, path: str) -> None:
    """Is there nothing at `path`, above it or below it? In Git a name is a file or a folder, never both."""
    parts = path.split("/")
    above = {"/".join(parts[:count]) for count in range(1, len(parts))}
    taken = next((each for each in copy.app.files if each == path or each in above), None)
    taken = taken or next(iter(copy.app.files.under(path)), None)
    if taken is not None:
        raise DomainError(Sentence(N_("There is a file %(path)s already."), {"path": taken}))
