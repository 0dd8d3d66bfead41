"""Bringing in an app: which of the three sources was used, and which name the app gets."""

import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, Final, cast
from urllib.parse import urlsplit

from werkzeug.datastructures import FileStorage, MultiDict

from studio.definition.sentences import N_, Sentence
from studio.features.dashboard.naming import proposed_name
from studio.features.dashboard.service import CannotMake, check_name
from studio.history.commits import Author
from studio.history.importing import ImportedFiles, from_git_url, from_zip, import_app
from studio.history.repositories import Repositories
from studio.history.repository import Repository

_IN_MEMORY: Final = 16 * 1024 * 1024

Uploads = MultiDict[str, FileStorage]


def with_name(form: Mapping[str, str], uploads: Uploads) -> dict[str, str]:
    """The form; where the name was left empty, with one made of what is brought in."""
    filled = {key: value.strip() for key, value in form.items()}
    if not filled.get("name"):
        filled["name"] = proposed_name(_source_name(filled, uploads))
    return filled


def bring_in(
    repositories: Repositories, form: Mapping[str, str], uploads: Uploads, author: Author, now: datetime
) -> Repository:
    """Make an app of what was uploaded or pointed to. Raises CannotMake, ImportRefused, other DomainErrors.

    Nothing half-imported stays.
    """
    org, name = form.get("org", ""), form.get("name", "")
    archive, folder = _chosen(uploads, "zip"), _chosen(uploads, "folder")
    if not (archive or folder or form.get("url")):
        raise CannotMake("source", Sentence(N_("Choose a zip file or a folder, or write a Git address.")))
    check_name(repositories, org, name)
    if archive:
        return import_app(repositories, cast(BinaryIO, archive[0].stream), org, name, author, now)
    if folder:
        files = packed((each.filename or "", each.stream) for each in folder)
        return import_app(repositories, files, org, name, author, now)
    return from_git_url(repositories, form["url"], org, name)


def packed(uploads: Iterable[tuple[str, IO[bytes]]]) -> ImportedFiles:
    """A folder that a browser sent as (path, content): through the door, and all checks, of zip files."""
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as stream:
        with zipfile.ZipFile(stream, "w") as archive:
            for path, content in uploads:
                archive.writestr(zipfile.ZipInfo(path), content.read())
        return from_zip(cast(BinaryIO, stream))


def _chosen(uploads: Uploads, field: str) -> list[FileStorage]:
    """What was really chosen: an empty file field is sent as one file without a name."""
    return [each for each in uploads.getlist(field) if each.filename]


def _source_name(form: Mapping[str, str], uploads: Uploads) -> str:
    archive, folder = _chosen(uploads, "zip"), _chosen(uploads, "folder")
    if archive:
        return PurePosixPath(archive[0].filename or "").stem
    if folder:
        return (folder[0].filename or "").split("/")[0]
    return PurePosixPath(urlsplit(form.get("url", "")).path).stem
