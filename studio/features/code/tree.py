"""The files of an app as a tree of folders."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from studio.features.code.kinds import kind_of


@dataclass
class Folder:
    """A folder. `path` is "" for the outermost one; folders that hold only one another are one row."""

    path: str
    name: str
    folders: "list[Folder]" = field(default_factory=list)
    files: "list[File]" = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many files lie in it, at any depth."""
        return len(self.files) + sum(each.count for each in self.folders)


@dataclass(frozen=True, slots=True)
class File:
    """A file in a folder. `is_changed`: it is not as on the branch."""

    path: str
    name: str
    icon: str
    is_changed: bool = False
    is_wrong: bool = False


def tree(
    paths: Iterable[str], changed: frozenset[str] = frozenset(), wrong: frozenset[str] = frozenset()
) -> Folder:
    """The tree of `paths`: folders before files, both by name without regard to case."""
    root = Folder("", "")
    known = {"": root}
    for path in paths:
        folder, _, name = path.rpartition("/")
        file = File(path, name, kind_of(path).icon, path in changed, path in wrong)
        _folder(known, folder).files.append(file)
    for each in known.values():
        each.folders.sort(key=_by_name)
        each.files.sort(key=_by_name)
    root.folders = [_joined(each) for each in root.folders]
    return root


def _folder(known: dict[str, Folder], path: str) -> Folder:
    found = known.get(path)
    if found is None:
        outer, _, name = path.rpartition("/")
        found = known[path] = Folder(path, name)
        _folder(known, outer).folders.append(found)
    return found


def _joined(folder: Folder) -> Folder:
    while len(folder.folders) == 1 and not folder.files:
        [only] = folder.folders
        folder = Folder(only.path, f"{folder.name}/{only.name}", only.folders, only.files)
    folder.folders = [_joined(each) for each in folder.folders]
    return folder


def _by_name(part: Folder | File) -> tuple[str, str]:
    return part.name.casefold(), part.name
