"""Keeping repositories fast: loose objects go into packs, in the background, while others read and write.

`git repack --geometric` rolls loose objects and small packs into larger ones, so that there are never more
than a few
dozen packs, and never drops an object: a commit that is being written is safe, whatever moment it is packed
at.
"""

import logging
import shutil
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from studio.history.locking import locked_if_free

# One directory of 256 stands for all, and the limit is near that of Git's own gc.auto: 6000 loose objects.
LOOSE_IN_ONE_FOLDER: Final = 24
_SAMPLE: Final = "17"
MOST_PACKS: Final = 40
_BROKEN_OFF_AFTER: Final = 86_400.0  # seconds; no push goes on for a day
TIMEOUT: Final = 600.0  # seconds

_log = logging.getLogger(__name__)


def after(repository: Path, commit_id: str) -> None:
    """To be called after a write: now and then (one commit of 16) it looks whether to pack, in a thread."""
    if commit_id.endswith("0") and needed(repository):
        threading.Thread(target=pack, args=(repository,), daemon=True, name="pack").start()


def after_push(repository: Path) -> None:
    """To be called after Git itself has written: it leaves small packs as well as loose objects."""
    clear_broken_off(repository, time.time() - _BROKEN_OFF_AFTER)
    packs = sum(1 for _ in (repository / "objects" / "pack").glob("*.pack"))
    if packs > MOST_PACKS or needed(repository):
        threading.Thread(target=pack, args=(repository,), daemon=True, name="pack").start()


def clear_broken_off(repository: Path, before: float) -> None:
    """Remove what had come in when a process was killed before that time (seconds of the epoch).

    Git keeps a push apart until it is accepted, and clears it away itself if it can; what comes from an
    outside remote lies apart as well.
    """
    for place in (*(repository / "objects").glob("tmp_objdir-*"), *repository.glob("outside-*")):
        with suppress(OSError):
            if place.stat().st_mtime < before:
                shutil.rmtree(place)


def needed(repository: Path) -> bool:
    """Have enough loose objects gathered?"""
    try:
        return sum(1 for _ in (repository / "objects" / _SAMPLE).iterdir()) > LOOSE_IN_ONE_FOLDER
    except FileNotFoundError:
        return False


def pack(repository: Path) -> bool:
    """Pack loose objects, one process at a time; returns whether it was done here."""
    with locked_if_free(repository, "studio-maintenance.lock") as lock:
        if lock is None:
            return False
        return _git(repository, lock, "repack", "--geometric=2", "-d", "-l", "-q")


def _git(repository: Path, lock: int, *arguments: str) -> bool:
    command = ["nice", "git", "-C", str(repository), *arguments]  # requests come first
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False, pass_fds=(lock,))
    except subprocess.TimeoutExpired:
        _log.warning("git %s in %s took too long", arguments[0], repository.name)
        return False
    if done.returncode != 0:
        _log.warning(
            "git %s in %s failed: %s", arguments[0], repository.name, done.stderr.decode(errors="replace")
        )
    return done.returncode == 0
