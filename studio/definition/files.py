"""Files: a read-only mapping from path to bytes, whatever the bytes come from.

Paths are relative, use "/" and never contain "." or ".." parts. Equal content has an equal `blob_id`,
and equal folders have an equal `tree_id`, so parsed forms can be cached by content and never invalidated.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Final

# What a change to files is: path -> new bytes, or None where the file goes away.
Edits = Mapping[str, bytes | None]

_FORBIDDEN_PARTS: Final = frozenset({"", ".", ".."})
# Windows drops spaces and dots at the end and what is behind a colon; macOS does not see these signs. Both
# would take such a name for Git's own folder, and so Git refuses it.
_GIT_FOLDER: Final = re.compile(r"(\.git|git~[0-9]+)[ .]*(:.*)?", re.IGNORECASE | re.DOTALL)
_UNSEEN: Final = re.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")


class UnsafePath(ValueError):
    """A path that leaves its folder, is absolute, or could not be kept in Git."""

    def __init__(self, path: str) -> None:
        super().__init__(f"The path {path!r} is not allowed in an app.")
        self.path = path


def safe_path(path: str) -> str:
    """Return `path` if it names a place inside an app; raise UnsafePath otherwise."""
    parts = path.split("/")
    if (
        "\\" in path
        or "\0" in path
        or PurePosixPath(path).is_absolute()
        or any(part in _FORBIDDEN_PARTS or _is_git_folder(part) for part in parts)
    ):
        raise UnsafePath(path)
    return path


def _is_git_folder(part: str) -> bool:
    """Whether some system takes a part of a path for `.git`."""
    seen = part if part.isascii() else _UNSEEN.sub("", part)
    return "git" in seen.lower() and _GIT_FOLDER.fullmatch(seen) is not None


class Files(Mapping[str, bytes]):
    """A folder at one moment. Subclasses give __getitem__, __iter__, __len__; hashes have a default here."""

    def blob_id(self, path: str) -> str:
        """The Git blob id (40 hex digits) of the file at `path`; raises KeyError where there is none."""
        return git_blob_id(self[path])

    @cached_property
    def tree_id(self) -> str:
        """A hex digest that is equal for equal folders of the same kind of Files."""
        digest = hashlib.sha256()
        for path in sorted(self):
            digest.update(f"{path}\0{self.blob_id(path)}\n".encode())
        return digest.hexdigest()

    def under(self, folder: str) -> list[str]:
        """All paths inside `folder` (at any depth), sorted."""
        prefix = folder.rstrip("/") + "/"
        return sorted(path for path in self if path.startswith(prefix))


class MemoryFiles(Files):
    """Files held in a dictionary: tests, uploads, and the result of edits."""

    def __init__(self, content: Mapping[str, bytes]) -> None:
        self._content = {safe_path(path): data for path, data in content.items()}

    def __getitem__(self, path: str) -> bytes:
        return self._content[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def __len__(self) -> int:
        return len(self._content)


class EditedFiles(Files):
    """Other files with edits laid over them, without copying what is unchanged."""

    def __init__(self, base: Files, edits: Edits) -> None:
        self._base = base
        self._edits = {safe_path(path): data for path, data in edits.items()}
        self._ids: dict[str, str] = {}

    def __getitem__(self, path: str) -> bytes:
        if path in self._edits:
            data = self._edits[path]
            if data is None:
                raise KeyError(path)
            return data
        return self._base[path]

    def __contains__(self, path: object) -> bool:
        if path in self._edits:
            return self._edits[str(path)] is not None
        return path in self._base

    def __iter__(self) -> Iterator[str]:
        yield from (path for path in self._base if path not in self._edits)
        yield from (path for path, data in self._edits.items() if data is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def blob_id(self, path: str) -> str:
        if path not in self._edits:
            return self._base.blob_id(path)
        if path not in self._ids:
            self._ids[path] = git_blob_id(self[path])
        return self._ids[path]


def changed_paths(before: Files, after: Files) -> frozenset[str]:
    """The paths whose content is not the same on both sides, or that only one side has."""
    common = before.keys() & after.keys()
    different = {path for path in common if before.blob_id(path) != after.blob_id(path)}
    return frozenset(different | (before.keys() ^ after.keys()))


def folder_files(root: Path) -> MemoryFiles:
    """Read a folder from disk (without .git). Symbolic links are refused, not followed: raises UnsafePath."""
    content: dict[str, bytes] = {}
    for place in sorted(root.rglob("*")):
        path = place.relative_to(root).as_posix()
        if path.split("/")[0] == ".git":
            continue
        if place.is_symlink():
            raise UnsafePath(path)
        if place.is_file():
            content[path] = place.read_bytes()
    return MemoryFiles(content)


def git_blob_id(data: bytes) -> str:
    """The id that Git gives these bytes as a blob."""
    digest = hashlib.sha1(b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()
