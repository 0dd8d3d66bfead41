"""Becomes Chromium, with less than its parent has. Run as a file in a process of its own, before any thread.

Arguments: the descriptors to read from and to write to, then the command. Chromium wants them as 3 and 4.
"""

import ctypes
import fcntl
import os
import resource
import signal
import sys
from pathlib import Path

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG = 1
_LARGEST_FILE = 256 * 1024 * 1024  # bytes
_FIRST_FREE = 10


def main(arguments: list[str]) -> None:
    """Put on what the platform allows, and become the command."""
    reading, writing = (fcntl.fcntl(int(each), fcntl.F_DUPFD, _FIRST_FREE) for each in arguments[:2])
    os.dup2(reading, 3)
    os.dup2(writing, 4)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    if sys.platform == "linux":
        leave_network()
        # Studio may be killed: then this one goes too, and with it the processes that it has started.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    os.execv(arguments[2], arguments[2:])  # noqa: S606 - a program without a shell is what is wanted


def leave_network() -> None:
    """Enter a network that has nothing in it. Where the platform does not allow it, the flags have to do."""
    libc = ctypes.CDLL(None)
    if libc.unshare(_CLONE_NEWNET) == 0:
        return
    user, group = os.geteuid(), os.getegid()
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0:
        # The same person as before, in a namespace where nobody is more.
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{user} {user} 1"),
            ("gid_map", f"{group} {group} 1"),
        ):
            Path("/proc/self", name).write_text(text, encoding="ascii")


if __name__ == "__main__":
    main(sys.argv[1:])
