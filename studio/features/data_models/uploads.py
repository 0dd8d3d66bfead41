"""Files on their way into an app: read within limits, and carried from the preview to the import.

A preview keeps nothing on the server. What was chosen travels in its form, packed, and is read with the same
care when it comes back.
"""

import base64
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from werkzeug.datastructures import FileStorage

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

MOST_FILES: Final = 200
LARGEST: Final = 20 * 1024 * 1024
ENDINGS: Final = (".xsd", ".json")

# Name without folders -> content.
Uploaded = Mapping[str, bytes]


def read_uploads(uploads: Iterable[FileStorage]) -> Uploaded:
    """The chosen files, and those in chosen zip files.

    Raises DomainError: none, too many, too large, of another kind, or two of one name.
    """
    found: dict[str, bytes] = {}
    room = LARGEST
    for name, data in _unzipped(uploads):
        if not name.lower().endswith(ENDINGS):
            problem = N_("%(file)s is no data model. Choose XSD files (.xsd) or a JSON Schema (.json).")
            raise DomainError(Sentence(problem, {"file": name}))
        if name in found and found[name] != data:
            problem = N_("There are two files named %(file)s. Rename one, or leave it out.")
            raise DomainError(Sentence(problem, {"file": name}))
        found[name] = data
        room -= len(data)
        if room < 0 or len(found) > MOST_FILES:
            raise _too_much()
    if not found:
        raise DomainError(Sentence(N_("Choose at least one XSD file or a JSON Schema.")))
    return found


def packed(files: Uploaded) -> str:
    """The files as a short text for a form."""
    text = json.dumps({name: data.decode("latin-1") for name, data in files.items()})
    return base64.b64encode(zlib.compress(text.encode(), 6)).decode()


def unpacked(text: str) -> Uploaded:
    """The files in a form. Raises DomainError where the text is not what `packed` made."""
    try:
        unzip = zlib.decompressobj()
        data = unzip.decompress(base64.b64decode(text, validate=True), 3 * LARGEST)
        found: Any = json.loads(data) if unzip.eof else None
        files = {_plain_name(name): content.encode("latin-1") for name, content in found.items()}
    except (ValueError, TypeError, AttributeError, zlib.error, RecursionError):
        files = {}
    if not files:
        raise DomainError(Sentence(N_("The files did not come along. Choose them once more.")))
    return files


def _unzipped(uploads: Iterable[FileStorage]) -> Iterator[tuple[str, bytes]]:
    for upload in uploads:
        # An empty file field is sent as one file without a name.
        if not upload.filename:
            continue
        name = _plain_name(upload.filename)
        if name.lower().endswith(".zip"):
            yield from _in_zip(name, upload)
        else:
            yield name, _read(upload.stream.read(LARGEST + 1))


def _in_zip(name: str, upload: FileStorage) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(upload.stream) as archive:
            wanted = [
                entry
                for entry in archive.infolist()
                if entry.filename.lower().endswith(ENDINGS) and "__MACOSX/" not in entry.filename
            ]
            if len(wanted) > MOST_FILES:
                raise _too_much()
            for entry in wanted:
                with archive.open(entry) as content:
                    yield _plain_name(entry.filename), _read(content.read(LARGEST + 1))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        problem = N_("%(file)s cannot be read as a zip file. Choose the files in it instead.")
        raise DomainError(Sentence(problem, {"file": name})) from error


def _read(data: bytes) -> bytes:
    if len(data) > LARGEST:
        raise _too_much()
    return data


def _too_much() -> DomainError:
    values: dict[str, str | int | Sentence] = {"count": MOST_FILES, "size": LARGEST // 1024 // 1024}
    problem = N_("This is too much: at most %(count)s files and %(size)s MB together can be read.")
    return DomainError(Sentence(problem, values))


def _plain_name(path: str) -> str:
    """The name of a file without folders and without signs that no file should have."""
    name = PurePosixPath(path.replace("\\", "/")).name
    return "".join(sign for sign in name if sign.isprintable()).strip() or "file"
