"""How much an imported app may hold, and what its paths may look like."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from studio.definition.errors import DomainError
from studio.definition.files import UnsafePath, safe_path
from studio.definition.paths import METADATA
from studio.definition.portable_paths import as_others_see
from studio.definition.sentences import N_, Sentence

MEGABYTE: Final = 1_000_000


class ImportRefused(DomainError):
    """What was given cannot become an app; the sentence says which file and why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an app may hold. Sizes in bytes, unpacked; paths in characters."""

    files: int = 20_000
    total: int = 300 * MEGABYTE
    one_file: int = 50 * MEGABYTE
    path: int = 300
    part: int = 200


class Tally:
    """Counts what comes in, and refuses at the limit, whatever headers promised."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._files = 0
        self._total = 0

    def file(self) -> None:
        """One more file."""
        self._files += 1
        if self._files > self._limits.files:
            raise ImportRefused(
                Sentence(
                    N_("There are more than %(limit)s files. That is too many for one app."),
                    {"limit": self._limits.files},
                )
            )

    def data(self, path: str, so_far: int, more: int) -> None:
        """`more` bytes of the file at `path`, of which `so_far` were counted already."""
        self._total += more
        if so_far + more > self._limits.one_file:
            limit = self._limits.one_file // MEGABYTE
            raise ImportRefused(
                Sentence(
                    N_("The file “%(path)s” is larger than %(limit)s MB."), {"path": path, "limit": limit}
                )
            )
        if self._total > self._limits.total:
            limit = self._limits.total // MEGABYTE
            raise ImportRefused(
                Sentence(N_("The app is larger than %(limit)s MB unpacked."), {"limit": limit})
            )


def is_ignored(path: str) -> bool:
    """Git's own folder, and what macOS adds to zip files, are no part of an app."""
    parts = path.split("/")
    return parts[0] == "__MACOSX" or any(part.lower() == ".git" for part in parts)


def checked_path(path: str, limits: Limits) -> str:
    """Return `path` if an app may have it; raises ImportRefused."""
    try:
        safe_path(path)
    except UnsafePath as error:
        raise ImportRefused(
            Sentence(
                N_("The path “%(path)s” leads out of the app's folder or is not allowed."), {"path": path}
            )
        ) from error
    if len(path) > limits.path or any(len(part.encode()) > limits.part for part in path.split("/")):
        raise ImportRefused(Sentence(N_("The path “%(path)s” is too long."), {"path": f"{path[:80]}…"}))
    return path


def check_clashes(paths: Iterable[str]) -> None:
    """Refuse paths that would be one and the same on Windows or macOS, and files that are folders as well."""
    seen: dict[str, str] = {}
    folders: set[str] = set()
    for path in paths:
        alike = as_others_see(path)
        if alike in seen:
            raise ImportRefused(
                Sentence(
                    N_("“%(one)s” and “%(other)s” differ only in capital letters. Rename one of them."),
                    {"one": seen[alike], "other": path},
                )
            )
        seen[alike] = path
        parts = alike.split("/")
        folders.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
    for alike in folders & seen.keys():
        raise ImportRefused(Sentence(N_("“%(path)s” is both a file and a folder."), {"path": seen[alike]}))


def is_app(paths: Iterable[str]) -> bool:
    """Whether an app lies here: in App/ (what is in it may be broken), or, as in old ones, at the top."""
    return any(path.startswith("App/") or path == METADATA for path in paths)


def check_is_app(paths: Iterable[str]) -> None:
    """Raises ImportRefused where no app lies in these paths."""
    if not is_app(paths):
        raise ImportRefused(
            Sentence(
                N_(
                    "There is no folder “App” at the top, and no file “%(path)s” either. Choose the folder "
                    "or repository of an Altinn 3 app, which has one of them."
                ),
                {"path": METADATA},
            )
        )
