"""One writer at a time in a repository: a lock of the kernel, which dies with its process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(repository: Path, name: str = "studio.lock") -> Iterator[None]:
    """Hold the repository's lock, waiting for whoever has it. Threads exclude one another as processes do."""
    handle = os.open(repository / name, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def locked_if_free(repository: Path, name: str) -> Iterator[int | None]:
    """Try to hold a lock without waiting; yields its file descriptor, or None where another has it.

    A child process that is given the descriptor holds the lock too, for as long as it lives.
    """
    handle = os.open(repository / name, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield handle
    finally:
        os.close(handle)
