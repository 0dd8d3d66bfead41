"""What holds an app's hooks in, layer by layer (docs/decisions/0017).

Each layer stands by itself, so that a hole in one is not a way out. `seccomp` is the one that must be
there; the others are put on where the platform lets an ordinary process do so.
"""

import ctypes
import os
import resource
import sys
from collections.abc import Callable, Sequence
from typing import Final

from studio.runtime.logic.worker import landlock, seccomp
from studio.runtime.logic.worker.seccomp import LIBC, Filter, NotConfined, prctl

NOBODY: Final = 65534
_CLONE_NEWNS, _CLONE_NEWUTS, _CLONE_NEWIPC, _CLONE_NEWUSER, _CLONE_NEWNET = (
    0x00020000, 0x04000000, 0x08000000, 0x10000000, 0x40000000,
)  # fmt: skip
OPEN_FILES: Final = 64
_PR_SET_DUMPABLE: Final = 4
_PR_SET_PDEATHSIG: Final = 1
_KILL: Final = 9


def confine_host(memory: int, wanted: Sequence[str]) -> tuple[list[str], dict[str, str], Filter | None]:
    """Put the layers that are `wanted` on the process that starts the calls.

    Those that hold, those that do not and why, and the filter that each call puts on beside them (None
    where the platform has none). `memory` is the most address space in bytes, for this process and for each
    of its calls.
    """
    held: list[str] = []
    missing: dict[str, str] = {}
    filters: list[Filter] = []

    def filter_calls() -> None:
        of_call = Filter(seccomp.CALL)
        Filter(seccomp.HOST).put_on()
        filters.append(of_call)

    layers: tuple[tuple[str, Callable[[], None]], ...] = (
        ("limits", lambda: _limit(memory)),
        ("nobody", _become_nobody),
        ("namespaces", _leave_namespaces),
        ("no-new-rights", _give_up_rights),
        ("landlock", landlock.shut_out),
        ("seccomp", filter_calls),
    )
    for name, put_on in layers:
        if name not in wanted:
            missing[name] = "not wanted"
            continue
        try:
            put_on()
            held.append(name)
        except (OSError, ValueError, AttributeError) as error:
            missing[name] = f"{type(error).__name__}: {error}"
    return held, missing, next(iter(filters), None)


def confine_call(seconds: float, filter_: Filter | None) -> None:
    """What a call may do less than its host: start nothing, signal nobody, lift no limit.

    Without the filter of system calls the limits are all there is.
    """
    whole = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    if filter_ is not None:
        prctl(_PR_SET_PDEATHSIG, _KILL)
        filter_.put_on()


def _limit(memory: int) -> None:
    for limit, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        resource.setrlimit(limit, (most, most))
    if (
        sys.platform == "linux"
    ):  # elsewhere the address space of a new process is larger than any useful limit
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _become_nobody() -> None:
    """An administrator gives up being one; everybody else is who they are."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def _leave_namespaces() -> None:
    """A network without a single way out, and as the whole file system the empty folder that we stand in."""
    if sys.platform != "linux":
        raise NotConfined(0, "namespaces are Linux's")
    everything = _CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC | _CLONE_NEWUTS | _CLONE_NEWNS
    if LIBC.unshare(everything) != 0:
        raise NotConfined(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    os.chroot(".")
    os.chdir("/")


def _give_up_rights() -> None:
    seccomp.give_up_new_rights()
    prctl(_PR_SET_DUMPABLE, 0)
