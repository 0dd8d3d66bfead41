"""All apps: bare Git repositories at {root}/{org}/{app}.git."""

import errno
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

import pygit2

from studio.definition.errors import NotThere
from studio.definition.files import Files
from studio.definition.sentences import N_, Sentence
from studio.history.commits import Author, CommitInfo
from studio.history.errors import AlreadyThere
from studio.history.names import InvalidName, valid_name
from studio.history.origins import committer
from studio.history.repository import MAIN, Repository
from studio.history.trees import EMPTY_TREE, write_edits

_INCOMING: Final = ".incoming"
_TRASH: Final = ".trash"
# What every repository of Studio is set to. Drafts are nobody else's business; packing is done by
# maintenance.py.
_SETTINGS: Final = {
    "transfer.hideRefs": "refs/drafts",
    "gc.auto": "0",
    "receive.autogc": "false",
    "receive.fsckObjects": "true",
    "receive.denyDeleteCurrent": "true",
    "core.logAllRefUpdates": "false",
    "http.receivepack": "true",
}


class Repositories:
    """The folder of all repositories. Names are checked before they become paths."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def create(
        self,
        org: str,
        app: str,
        files: Files,
        author: Author,
        message: str,
        now: datetime,
        executable: Collection[str] = (),
    ) -> Repository:
        """Make a new app of `files`, in one commit on main. Raises AlreadyThere, InvalidName, UnsafePath.

        It comes into being as a whole, or not at all.
        """
        with self.incoming(org, app) as folder:
            git = new_repository(folder)
            tree = write_edits(git, EMPTY_TREE, {path: files[path] for path in files}, executable)
            signature = author.signature(now)
            made_by = committer("new", signature)
            git.create_commit(f"refs/heads/{MAIN}", signature, made_by, message.strip() + "\n", tree, [])
        return self.open(org, app)

    def open(self, org: str, app: str) -> Repository:
        """The repository of an app; raises NotThere."""
        folder = self._folder(org, app)
        if folder is None or not folder.is_dir():
            raise NotThere(Sentence(N_("There is no app “%(app)s” at “%(org)s”."), {"app": app, "org": org}))
        return Repository(folder, org, app)

    def exists(self, org: str, app: str) -> bool:
        """Is there an app of that name?"""
        folder = self._folder(org, app)
        return folder is not None and folder.is_dir()

    def all(self) -> list[tuple[str, str]]:
        """All apps as (org, app), sorted."""
        return sorted(
            (folder.parent.name, folder.name.removesuffix(".git"))
            for folder in self.root.glob("[a-z]*/[a-z]*.git")
        )

    def last_changed(self, org: str, app: str) -> CommitInfo:
        """The newest shared commit: who changed the app last, and when. Reads one ref and one object."""
        return self.open(org, app).head()

    def copy(self, source: tuple[str, str], org: str, app: str) -> Repository:
        """Copy an app with its shared history (no drafts), under a new name. Raises NotThere,
        AlreadyThere."""
        original = self.open(*source)
        with self.incoming(org, app) as folder:
            # --no-local: the copy gets what a client would get, and so no drafts.
            command = ["git", "clone", "-q", "--bare", "--no-local", "--", str(original.folder), str(folder)]
            subprocess.run(command, check=True, capture_output=True)
            settle(folder).remotes.delete("origin")
        return self.open(org, app)

    def delete(self, org: str, app: str, confirmation: str, now: datetime) -> Path:
        """Move the app to the trash, and return the place there. `confirmation` is the app's name, typed
        again."""
        repository = self.open(org, app)
        if confirmation != app:
            raise InvalidName(
                Sentence(
                    N_("Type the name of the app, “%(app)s”, to confirm that it is to be deleted."),
                    {"app": app},
                )
            )
        trash = self.root / _TRASH
        trash.mkdir(exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=f"{now:%Y-%m-%dT%H%M%S}-{org}-{app}-", dir=trash))
        return repository.folder.rename(place / f"{app}.git")

    @contextmanager
    def incoming(self, org: str, app: str) -> Iterator[Path]:
        """A folder for a repository in the making; it becomes `org`/`app` at the end, or disappears on an
        error."""
        place = self.root / valid_name(org) / f"{valid_name(app)}.git"
        taken = AlreadyThere(
            Sentence(
                N_("There is already an app “%(app)s” at “%(org)s”. Choose another name."),
                {"app": app, "org": org},
            )
        )
        if place.exists():
            raise taken
        waiting = self.root / _INCOMING
        waiting.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=waiting, ignore_cleanup_errors=True) as temporary:
            folder = Path(temporary) / "app.git"
            yield folder
            place.parent.mkdir(exist_ok=True)
            try:
                folder.rename(place)
            except OSError as error:
                if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
                    raise taken from error
                raise

    def empty_trash(self, before: datetime) -> int:
        """Remove for good what was deleted before that time; returns how many apps."""
        old = [place for place in (self.root / _TRASH).glob("*") if place.name < f"{before:%Y-%m-%dT%H%M%S}"]
        for place in old:
            shutil.rmtree(place)
        return len(old)

    def _folder(self, org: str, app: str) -> Path | None:
        try:
            return self.root / valid_name(org) / f"{valid_name(app)}.git"
        except InvalidName:
            return None


def new_repository(folder: Path) -> pygit2.Repository:
    """An empty bare repository with Studio's settings."""
    pygit2.init_repository(str(folder), bare=True, initial_head=MAIN)
    return settle(folder)


def settle(folder: Path) -> pygit2.Repository:
    """Give a repository Studio's settings."""
    git = pygit2.Repository(str(folder))
    for name, value in _SETTINGS.items():
        git.config[name] = value
    return git
