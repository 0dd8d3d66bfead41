"""No file system and no network at all, by Landlock (landlock(7)): a rule set without a single rule.

Works without rights from Linux 5.13 on. What a kernel knows to hold back differs by version, and is asked
first.
"""

import ctypes
import errno
import os
import struct
import sys
from typing import Final

from studio.runtime.logic.worker.seccomp import LIBC, NotConfined

_CREATE, _RESTRICT = 444, 446  # the same numbers on every architecture
_VERSION_FLAG: Final = 1
# Version of the interface -> everything it can hold back in the file system (linux/landlock.h).
_FILES: Final = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF, 5: 0xFFFF}
_TCP: Final = 0x3  # bind and connect, from version 4
_SCOPES: Final = 0x3  # abstract sockets and signals to processes outside, from version 6


def shut_out() -> None:
    """Let this process and all it starts open nothing and reach nobody. Raises NotConfined."""
    if sys.platform != "linux":
        raise NotConfined(errno.ENOSYS, "Landlock is Linux's")
    syscall = LIBC.syscall
    version = syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG))
    if version < 1:
        raise NotConfined(ctypes.get_errno(), "Landlock")
    held = struct.pack(
        "QQQ", _FILES[min(version, 5)], _TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0
    )
    known = held[: 24 if version >= 6 else 16 if version >= 4 else 8]
    rules = syscall(
        _CREATE,
        ctypes.create_string_buffer(known, len(known)),
        ctypes.c_size_t(len(known)),
        ctypes.c_uint32(0),
    )
    if rules < 0:
        raise NotConfined(ctypes.get_errno(), "Landlock")
    try:
        if syscall(_RESTRICT, ctypes.c_int(rules), ctypes.c_uint32(0)) != 0:
            raise NotConfined(ctypes.get_errno(), "Landlock")
    finally:
        os.close(rules)
