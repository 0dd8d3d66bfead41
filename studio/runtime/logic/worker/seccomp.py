"""The system calls that a process may make: a list, and an error (EPERM) for everything else.

A filter is a program of classic BPF over `struct seccomp_data` (seccomp(2), linux/filter.h). It needs no
rights, only that the process has given up getting new ones, and it can never be taken off again.
"""

import ctypes
import errno
import os
import struct
import sys
from collections.abc import Iterable, Mapping
from typing import Final

# What a call of a hook may do: read and write what is open, have memory, tell the time, end.
CALL: Final = frozenset(
    (
        *("read", "write", "readv", "writev", "close", "lseek"),
        *("mmap", "munmap", "mprotect", "mremap", "madvise", "brk", "membarrier"),
        *("rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall"),
        *("futex", "set_robust_list", "rseq", "sched_yield", "poll", "ppoll"),
        *("nanosleep", "clock_nanosleep", "clock_gettime", "clock_getres", "gettimeofday", "time", "times"),
        *("getrandom", "getrusage", "getpid", "gettid", "getuid", "geteuid", "getgid", "getegid"),
        *("exit", "exit_group"),
    )
)
# What the host of the calls does beside that: take calls in, start a process for each and end it.
HOST: Final = CALL | frozenset(
    (
        *("recvmsg", "clone", "fork", "set_tid_address", "wait4", "kill"),
        *("prctl", "seccomp", "prlimit64", "setrlimit", "getrlimit", "setsid"),
    )
)

# The numbers of the calls: x86-64 (asm/unistd_64.h) and 64-bit ARM (asm-generic/unistd.h).
_X86_64: Final[Mapping[str, int]] = {
    "read": 0, "write": 1, "readv": 19, "writev": 20, "close": 3, "lseek": 8, "mmap": 9, "munmap": 11,
    "mprotect": 10, "mremap": 25, "madvise": 28, "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14,
    "rt_sigreturn": 15, "sigaltstack": 131, "futex": 202, "sched_yield": 24, "nanosleep": 35,
    "clock_nanosleep": 230, "clock_gettime": 228, "clock_getres": 229, "gettimeofday": 96, "time": 201,
    "getrandom": 318, "getpid": 39, "gettid": 186, "getuid": 102, "geteuid": 107, "getgid": 104, "getegid":
    108, "exit": 60, "exit_group": 231, "poll": 7, "ppoll": 271, "restart_syscall": 219, "rseq": 334,
    "membarrier": 324, "getrusage": 98, "times": 100, "set_robust_list": 273, "recvmsg": 47, "clone": 56,
    "fork": 57, "wait4": 61, "kill": 62, "prctl": 157, "seccomp": 317,
    "prlimit64": 302, "setrlimit": 160, "getrlimit": 97, "set_tid_address": 218, "setsid": 112,
}  # fmt: skip
_AARCH64: Final[Mapping[str, int]] = {
    "read": 63, "write": 64, "readv": 65, "writev": 66, "close": 57, "lseek": 62, "mmap": 222, "munmap": 215,
    "mprotect": 226, "mremap": 216, "madvise": 233, "brk": 214, "rt_sigaction": 134, "rt_sigprocmask": 135,
    "rt_sigreturn": 139, "sigaltstack": 132, "futex": 98, "sched_yield": 124, "nanosleep": 101,
    "clock_nanosleep": 115, "clock_gettime": 113, "clock_getres": 114, "gettimeofday": 169, "getrandom": 278,
    "getpid": 172, "gettid": 178, "getuid": 174, "geteuid": 175, "getgid": 176, "getegid": 177, "exit": 93,
    "exit_group": 94, "ppoll": 73, "restart_syscall": 128, "rseq": 293, "membarrier": 283, "getrusage": 165,
    "times": 153, "set_robust_list": 99, "recvmsg": 212, "clone": 220,
    "wait4": 260, "kill": 129, "prctl": 167, "seccomp": 277, "prlimit64": 261, "setrlimit": 164,
    "getrlimit": 163, "set_tid_address": 96, "setsid": 157,
}  # fmt: skip
# Machine as os.uname() names it -> AUDIT_ARCH_… (linux/audit.h) and the numbers.
_MACHINES: Final = {"x86_64": (0xC000003E, _X86_64), "aarch64": (0xC00000B7, _AARCH64)}

LIBC: Final = ctypes.CDLL(None, use_errno=True)
_PR_SET_SECCOMP: Final = 22
_PR_SET_NO_NEW_PRIVS: Final = 38
_MODE_FILTER: Final = 2
_PROT_EXEC: Final = 4
_X32: Final = 0x40000000  # calls of the x32 ABI carry this bit, and the same architecture as others

_KILL, _ERROR, _ALLOW = 0x80000000, 0x00050000 | errno.EPERM, 0x7FFF0000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH, _THIRD_ARGUMENT = 0, 4, 32  # offsets in struct seccomp_data, little-endian


class NotConfined(OSError):
    """The platform does not have this layer, or does not let this process have it."""


def give_up_new_rights() -> None:
    """Nothing started from here gets more rights than this process (no_new_privs). Raises NotConfined."""
    prctl(_PR_SET_NO_NEW_PRIVS, 1)


class Filter:
    """These system calls and no others; made beforehand, as the first filter may keep from making another."""

    def __init__(self, calls: Iterable[str]) -> None:
        """Raises NotConfined where the numbers of the calls are not known."""
        if sys.platform != "linux" or os.uname().machine not in _MACHINES:
            raise NotConfined(
                errno.ENOSYS, f"no list of system calls for {sys.platform} {os.uname().machine}"
            )
        program = _program(*_MACHINES[os.uname().machine], calls)
        self._program = ctypes.create_string_buffer(program, len(program))
        # struct sock_fprog: the number of instructions, and where they are.
        described = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(self._program))
        self._described = ctypes.create_string_buffer(described, len(described))

    def put_on(self) -> None:
        """From now on: these calls and no new code, for all that is started too. Raises NotConfined."""
        prctl(_PR_SET_SECCOMP, _MODE_FILTER, self._described)


def _program(architecture: int, numbers: Mapping[str, int], calls: Iterable[str]) -> bytes:
    """The filter: by architecture, then call by call."""
    code = [
        _step(_LOAD, _ARCH),
        _step(_EQUAL, architecture, 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER),
        _step(_AT_LEAST, _X32, 0, 1),
        _step(_RETURN, _ERROR),
    ]
    for name in sorted(set(calls) & numbers.keys()):
        if name in {"mmap", "mprotect"}:
            code += [
                _step(_EQUAL, numbers[name], 0, 4),
                _step(_LOAD, _THIRD_ARGUMENT),
                _step(_ANY_BIT, _PROT_EXEC, 0, 1),
                _step(_RETURN, _ERROR),
                _step(_RETURN, _ALLOW),
            ]
        else:
            code += [_step(_EQUAL, numbers[name], 0, 1), _step(_RETURN, _ALLOW)]
    return b"".join([*code, _step(_RETURN, _ERROR)])


def _step(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    """One instruction (struct sock_filter); the jumps count instructions from the next one."""
    return struct.pack("HBBI", code, if_so, if_not, value)


def prctl(option: int, value: int, more: "ctypes.Array[ctypes.c_char] | None" = None) -> None:
    """prctl(2). Raises NotConfined."""
    if not hasattr(LIBC, "prctl"):
        raise NotConfined(errno.ENOSYS, "prctl")
    none = ctypes.c_ulong(0)
    if LIBC.prctl(option, ctypes.c_ulong(value), none if more is None else more, none, none) != 0:
        raise NotConfined(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
