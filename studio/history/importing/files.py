"""Apps from zip files and folders, read into memory within limits."""

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, BinaryIO, Final

from studio.definition.files import MemoryFiles
from studio.definition.sentences import N_, Sentence
from studio.history.importing.limits import (
    ImportRefused,
    Limits,
    Tally,
    check_clashes,
    check_is_app,
    checked_path,
    is_app,
    is_ignored,
)

_CHUNK: Final = 1 << 16
_END: Final = b"PK\x05\x06"
_END_64_LOCATOR: Final = b"PK\x06\x07"
_END_SPAN: Final = 22 + 65_535
# Bytes of the zip's table of contents for one file: a fixed part, the name twice over, some extra fields.
_ENTRY_SPAN: Final = 46 + 700
_UTF8_NAME: Final = 0x800
_ENCRYPTED: Final = 0x1
_UNIX: Final = 3


class ImportedFiles(MemoryFiles):
    """The files of an app from outside; `executable` holds the paths that had the executable bit."""

    def __init__(self, content: Mapping[str, bytes], executable: frozenset[str] = frozenset()) -> None:
        super().__init__(content)
        self.executable = executable


def from_zip(stream: BinaryIO, limits: Limits | None = None) -> ImportedFiles:
    """Read an app from a zip file (a seekable stream). Raises ImportRefused."""
    limits = limits or Limits()
    _check_table_of_contents(stream, limits)
    try:
        with zipfile.ZipFile(stream) as archive:
            return _from_archive(archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise ImportRefused(
            Sentence(N_("The zip file is damaged or of a kind that cannot be read."))
        ) from error


def from_folder(root: Path, limits: Limits | None = None) -> ImportedFiles:
    """Read an app from a folder on disk. Symbolic links are refused, never followed. Raises ImportRefused."""
    limits = limits or Limits()
    tally = Tally(limits)
    content: dict[str, bytes] = {}
    executable = set()
    for place in _walk(root):
        path = checked_path(place.relative_to(root).as_posix(), limits)
        mode = place.lstat().st_mode
        if not stat.S_ISREG(mode):
            raise _no_plain_file(path)
        tally.file()
        with place.open("rb") as source:
            content[path] = _read(source, path, tally)
        if mode & stat.S_IXUSR:
            executable.add(path)
    return _app(content, executable)


def _walk(root: Path) -> Iterator[Path]:
    for folder, below, names in os.walk(root):
        below[:] = sorted(name for name in below if name.lower() != ".git")
        links = [name for name in below if (Path(folder) / name).is_symlink()]
        for name in sorted(names + links):
            if name.lower() != ".git":
                yield Path(folder) / name


def _from_archive(archive: zipfile.ZipFile, limits: Limits) -> ImportedFiles:
    tally = Tally(limits)
    content: dict[str, bytes] = {}
    executable = set()
    for entry in archive.infolist():
        name = _name(entry)
        if name.endswith("/") or is_ignored(name):
            continue
        path = checked_path(name, limits)
        mode = entry.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            raise _no_plain_file(path)
        if entry.flag_bits & _ENCRYPTED:
            raise ImportRefused(Sentence(N_("The zip file is protected by a password. Make one without.")))
        if path in content:
            raise ImportRefused(Sentence(N_("The zip file holds “%(path)s” twice."), {"path": path}))
        tally.file()
        with archive.open(entry) as source:
            content[path] = _read(source, path, tally)
        if entry.create_system == _UNIX and mode & stat.S_IXUSR:
            executable.add(path)
    return _app(content, executable)


def _name(entry: zipfile.ZipInfo) -> str:
    """The entry's name; old Windows tools wrote backslashes, and some tools UTF-8 without saying so."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


def _read(source: IO[bytes], path: str, tally: Tally) -> bytes:
    data = bytearray()
    while chunk := source.read(_CHUNK):
        tally.data(path, len(data), len(chunk))
        data += chunk
    return bytes(data)


def _app(content: Mapping[str, bytes], executable: set[str]) -> ImportedFiles:
    prefix = _wrapping(content)
    files = {path.removeprefix(prefix): data for path, data in content.items()}
    check_is_app(files)
    check_clashes(files)
    return ImportedFiles(files, frozenset(path.removeprefix(prefix) for path in executable))


def _wrapping(paths: Mapping[str, bytes]) -> str:
    """The folder(s) that a zip tool or a server put around the app: "my-app-main/", or ""."""
    prefix = ""
    while True:
        rest = [path.removeprefix(prefix) for path in paths]
        tops = {path.split("/", 1)[0] if "/" in path else "" for path in rest}
        if is_app(rest) or len(tops) != 1 or "" in tops:
            return prefix
        prefix += f"{tops.pop()}/"


def _check_table_of_contents(stream: BinaryIO, limits: Limits) -> None:
    """zipfile reads the whole table of contents into memory: refuse one that is too large before it does."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _END_SPAN - 20))
    tail = stream.read()
    stream.seek(0)
    end = tail.rfind(_END)
    if end < 0:
        raise ImportRefused(Sentence(N_("This is not a zip file.")))
    table = int.from_bytes(tail[end + 12 : end + 16], "little")
    if table > limits.files * _ENTRY_SPAN or tail[max(0, end - 20) : end].startswith(_END_64_LOCATOR):
        raise ImportRefused(
            Sentence(
                N_("There are more than %(limit)s files. That is too many for one app."),
                {"limit": limits.files},
            )
        )


def _no_plain_file(path: str) -> ImportRefused:
    return ImportRefused(
        Sentence(
            N_("“%(path)s” is a link or a special file. An app may hold plain files only."), {"path": path}
        )
    )
