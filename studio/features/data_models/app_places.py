"""Where the command line finds an app: in a folder of this machine, or in Studio."""

import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

import click

from studio.database.clock import now
from studio.definition.app import app_definition
from studio.definition.changes import Change
from studio.definition.errors import DomainError
from studio.definition.files import Edits, Files, UnsafePath, folder_files, safe_path
from studio.history.commits import Author
from studio.history.repositories import Repositories

_IN_STUDIO: Final = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")
_PERSON: Final = "command-line"
_AUTHOR: Final = Author("studio", "studio@localhost")


class Refused(click.ClickException):
    """What was asked for cannot be done."""

    exit_code = 2


class AppPlace(Protocol):
    """Where an app lies."""

    @property
    def files(self) -> Files:
        """The app as it is."""
        ...

    def apply(self, change: Change, message: str) -> None:
        """Carry out a change, in whole or not at all. Raises DomainError or Refused."""
        ...


class _Folder:
    """An app in a folder of this machine."""

    def __init__(self, root: Path) -> None:
        self._root = root
        try:
            self.files: Files = folder_files(root)
        except UnsafePath as problem:
            words = f"{root / problem.path} is a link, or its name cannot be in an app. Take it away."
            raise Refused(words) from problem

    def apply(self, change: Change, _message: str) -> None:
        _write(self._root, change.apply(app_definition(self.files)))


class _InStudio:
    """An app in Studio: the change is shared at once, as one commit."""

    def __init__(self, repositories: Repositories, name: str) -> None:
        self._draft = repositories.open(*name.split("/")).draft(_PERSON)
        self.files = self._draft.files

    def apply(self, change: Change, message: str) -> None:
        self._draft.apply(change, self._draft.revision, _AUTHOR, now())
        try:
            self._draft.share(message, _AUTHOR, now())
        except DomainError:
            self._draft.discard(_AUTHOR, now())
            raise


def place_of(app: str, repositories: Callable[[], Repositories]) -> AppPlace:
    """The app at a folder, or with a name as org/app. Raises Refused where there is none."""
    if Path(app).is_dir():
        return _Folder(Path(app))
    if _IN_STUDIO.fullmatch(app):
        return _InStudio(repositories(), app)
    raise Refused(f"There is no folder {app}. Name a folder, or an app in Studio as org/app.")


def _write(root: Path, edits: Edits) -> None:
    """Write all files or none: the new contents lie beside the old ones until all of them are there."""
    ready: list[tuple[Path, Path | None]] = []
    done: list[tuple[Path, bytes | None]] = []
    try:
        for path, data in edits.items():
            place = root / safe_path(path)
            place.parent.mkdir(parents=True, exist_ok=True)
            ready.append((place, None if data is None else _beside(place, data)))
        for place, written in ready:
            done.append((place, place.read_bytes() if place.exists() else None))
            if written is None:
                place.unlink(missing_ok=True)
            else:
                written.replace(place)
    except OSError as error:
        _take_back(ready, done)
        raise Refused(f"The files cannot be written: {error}.") from error


def _take_back(ready: list[tuple[Path, Path | None]], done: list[tuple[Path, bytes | None]]) -> None:
    for _, written in ready:
        if written is not None:
            written.unlink(missing_ok=True)
    for place, before in done:
        if before is None:
            place.unlink(missing_ok=True)
        else:
            place.write_bytes(before)


def _beside(place: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    mode = place.stat().st_mode & 0o777 if place.exists() else 0o644
    Path(name).chmod(mode)
    return Path(name)
