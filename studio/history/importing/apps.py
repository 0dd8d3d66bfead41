"""From a source to a new app in Studio."""

import subprocess
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from studio.definition.files import MemoryFiles
from studio.definition.sentences import N_, Sentence
from studio.history import outside
from studio.history.commits import Author
from studio.history.importing.files import ImportedFiles, from_folder, from_zip
from studio.history.importing.limits import (
    ImportRefused,
    Limits,
    Tally,
    check_clashes,
    check_is_app,
    checked_path,
)
from studio.history.repositories import Repositories, settle
from studio.history.repository import MAIN, Repository
from studio.web import translate

_MESSAGE: Final = Sentence(N_("Import the app"))


def import_app(
    repositories: Repositories,
    source: Path | BinaryIO | MemoryFiles,
    org: str,
    name: str,
    author: Author,
    now: datetime,
) -> Repository:
    """Make the app `org`/`name` from a folder, a zip file (path or seekable stream) or files already read.

    Raises ImportRefused, InvalidName, AlreadyThere; then nothing was made. (From a Git server:
    `from_git_url`.)
    """
    files = source if isinstance(source, MemoryFiles) else _read(source)
    check_is_app(files)
    executable = files.executable if isinstance(files, ImportedFiles) else frozenset[str]()
    return repositories.create(org, name, files, author, translate(_MESSAGE), now, executable)


def from_git_url(
    repositories: Repositories,
    url: str,
    org: str,
    name: str,
    access: outside.Access | None = None,
    limits: Limits | None = None,
) -> Repository:
    """Make the app `org`/`name` from a repository on another server, with its history.

    Its main branch is called "main" here. Raises ImportRefused, outside.OutsideError, InvalidName,
    AlreadyThere.
    """
    limits = limits or Limits()
    with repositories.incoming(org, name) as folder:
        outside.clone(url, folder, access or outside.Access(), limits.total)
        _check_tree(folder, limits)
        git = settle(folder)
        git.remotes.delete("origin")
        first = git.head.name
        if first != f"refs/heads/{MAIN}":
            git.references.create(f"refs/heads/{MAIN}", git.head.target, force=True)
            git.set_head(f"refs/heads/{MAIN}")
            git.references.delete(first)
    return repositories.open(org, name)


def _read(source: Path | BinaryIO) -> ImportedFiles:
    if not isinstance(source, Path):
        return from_zip(source)
    if source.is_dir():
        return from_folder(source)
    if not source.is_file():
        raise ImportRefused(Sentence(N_("There is nothing at “%(path)s”."), {"path": str(source)}))
    with source.open("rb") as stream:
        return from_zip(stream)


def _check_tree(folder: Path, limits: Limits) -> None:
    """Hold the newest commit against the limits, by what Git knows of it: no file is unpacked for that."""
    command = ["git", "-C", str(folder), "ls-tree", "-r", "-l", "-z", "HEAD"]
    listed = subprocess.run(command, capture_output=True, check=False)
    if listed.returncode != 0:
        raise ImportRefused(Sentence(N_("The repository is empty.")))
    tally = Tally(limits)
    paths = []
    for line in listed.stdout.decode("utf-8", "replace").split("\0")[:-1]:
        facts, path = line.split("\t", 1)
        size = facts.split()[3]
        tally.file()
        tally.data(path, 0, int(size) if size.isdigit() else 0)
        paths.append(checked_path(path, limits))
    check_is_app(paths)
    check_clashes(paths)
