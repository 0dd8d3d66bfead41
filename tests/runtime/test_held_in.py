"""Hooks that want out: every way is closed, each call ends in time, and the next one works."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import psutil
import pytest
from logic_calls import LOGIC, run

from studio.runtime.logic.hosts import Host

# The filter of system calls by itself, as in a container that allows nothing else; and everything there is.
HELD: dict[str, tuple[str, ...]] = {
    "seccomp alone": ("limits", "no-new-rights", "seccomp"),
    "all layers": ("limits", "nobody", "namespaces", "no-new-rights", "landlock", "seccomp"),
}


@pytest.fixture(scope="module", params=list(HELD))
def host(request: pytest.FixtureRequest) -> Iterator[Host]:
    """One host for all that is tried, so that what one call leaves behind would meet the next one."""
    found = Host(LOGIC, layers=HELD[request.param])
    yield found
    found.end()


@pytest.fixture(autouse=True)
def works_afterwards(host: Host) -> Iterator[None]:
    yield
    assert run(host, "answer = {'works': 1}") == {"works": 1}


FILES = {
    "a file of the system": "open('/etc/passwd')",
    "a file of Studio": f"open({__file__!r})",
    "Python's own library": "import os; open(os.__file__)",
    "a new file": "open('/tmp/made', 'w')",
    "a file where it stands": "open('made', 'w')",
    "a folder": "import os; os.listdir('/')",
    "whether a file is there": "import os; os.stat('/etc/passwd')",
    "a file by its descriptor's folder": "import os; os.open('passwd', 0, dir_fd=3)",
    "the memory of its host": "import os; open(f'/proc/{os.getppid()}/mem')",
    "where it stands": "import os; os.getcwd()",
    "another folder": "import os; os.chdir('/')",
    "a link": "import os; os.symlink('/etc/passwd', 'made')",
}
WAYS_OUT = {
    "a socket": "import socket; socket.socket()",
    "a local socket": "import socket; socket.socket(socket.AF_UNIX)",
    "a pair of sockets": "import socket; socket.socketpair()",
    "a program": "import os; os.execv('/bin/sh', ['sh'])",
    "a process": "import os; os.fork()",
    "a program beside it": "import os; os.posix_spawn('/bin/sh', ['sh'], {})",
    "its host": "import os; os.kill(os.getppid(), 9)",
    "everybody": "import os; os.kill(-1, 9)",
    "another group": "import os; os.setsid()",
    "a timer": "import signal; signal.setitimer(signal.ITIMER_REAL, 0.1)",
    "more memory": "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**40, 2**40))",
    "a priority": "import os; os.nice(-1)",
    "the name of the machine": "import os; os.uname()",
    "a pipe": "import os; os.pipe()",
}
# What Python makes of a refusal: EPERM in several dresses, or a module that was never loaded.
REFUSED = {"PermissionError", "OSError", "itimer_error", "ValueError", "ModuleNotFoundError"}
ENDINGS = {
    "an exit in Python": ("import sys; sys.exit(0)", "SystemExit"),
    "an exit past Python": ("import os; os._exit(0)", "ended"),
    "a jump into nothing": ("import ctypes; ctypes.string_at(0)", "ended"),
    "ten gigabytes": ("answer = {'a': len(bytearray(10 * 2**30))}", "MemoryError"),
    "memory piece by piece": ("kept = []\nwhile True: kept.append('x' * 10**6)", "MemoryError"),
    "endless depth": ("def f(): return f()\nf()", "RecursionError"),
    "a depth without its limit": (
        (
            "import sys; sys.setrecursionlimit(10**9)\n"
            "class A:\n    def __repr__(self): return repr(self)\n"
            "repr(A())"
        ),
        "ended",
    ),
    "a giant answer": ("answer = {'a': 'x' * (5 * 2**20)}", "BadMessage"),
    "an answer that holds itself": ("answer = {}; answer['a'] = answer", "BadValue"),
    "a binary float": ("answer = {'a': 0.5}", "BadValue"),
    "the environment": ("import os; answer = {'a': [name for name in os.environ]}", {"a": ["LC_CTYPE"]}),
    "a closed channel": (
        "import os\nfor n in range(64):\n    try: os.close(n)\n    except OSError: pass",
        "ended",
    ),
}
ENDLESS = {
    "a loop": "while True: pass",
    "a loop that catches everything": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    ),
    "a pattern": "import re; re.match('(a|aa)+$', 'a' * 60 + 'b')",
    "a number": "10 ** 10 ** 8",
    "sleep": "import time; time.sleep(100)",
    "a loop with signals switched off": (
        "import signal\n"
        "for n in (2, 14, 15, 24): signal.signal(n, signal.SIG_IGN)\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))\n"
        "while True: pass"
    ),
    "endless output": "while True: print('x' * 10000)",
    "output past Python": "import os\nwhile True: os.write(1, b'x' * 65536)",
}


@pytest.mark.parametrize("wanted", FILES)
def test_no_file_can_be_reached(host: Host, wanted: str) -> None:
    assert run(host, FILES[wanted]) in REFUSED


@pytest.mark.parametrize("wanted", WAYS_OUT)
def test_nothing_outside_can_be_reached(host: Host, wanted: str) -> None:
    assert run(host, WAYS_OUT[wanted]) in REFUSED


@pytest.mark.parametrize("code", ENDINGS)
def test_what_ends_a_call_ends_that_call_alone(host: Host, code: str) -> None:
    source, ending = ENDINGS[code]
    assert run(host, source, 5) == ending


@pytest.mark.parametrize("code", ENDLESS)
def test_what_never_ends_is_ended(host: Host, code: str) -> None:
    start = time.monotonic()
    assert run(host, ENDLESS[code], 0.3) == "time"
    assert time.monotonic() - start < 5


def test_no_thread_and_no_process_can_be_started_in_any_way(host: Host) -> None:
    threads = "import _thread\n_thread.start_new_thread(print, ())"
    assert run(host, threads) in {"RuntimeError", "error"}
    bomb = (
        "import os\nn = 0\n"
        "for _ in range(1000):\n"
        "    try: os.fork(); n += 1\n"
        "    except OSError: pass\n"
        "answer = {'started': n}"
    )
    assert run(host, bomb) == {"started": 0}
    assert _come_to_rest(host)


def test_native_code_reaches_no_further(host: Host) -> None:
    # By the C library's own functions, past everything that Python checks.
    code = (
        "import ctypes\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "answer = {\n"
        "    'open': libc.open(b'/etc/passwd', 0), 'socket': libc.socket(2, 1, 0),\n"
        "    'fork': libc.syscall(57), 'clone3': libc.syscall(435, 0, 0),\n"
        "    'ptrace': libc.ptrace(0, 0, 0, 0),\n"
        "    'read memory': libc.syscall(310, 1, 0, 0, 0, 0, 0), 'io_uring': libc.syscall(425, 8, 0),\n"
        "    'bpf': libc.syscall(321, 0, 0, 0), 'x32 open': libc.syscall(0x40000002, b'/etc/passwd', 0),\n"
        "    'code': libc.mmap(0, 4096, 7, 0x22, -1, 0) in (-1, 2**64 - 1),\n"
        "    'unshare': libc.unshare(0x10000000), 'landlock': libc.syscall(444, 0, 0, 1),\n"
        "    'filter off': libc.prctl(22, 0, 0, 0, 0), 'keys': libc.syscall(250, 0, 0, 0, 0, 0),\n"
        "}\n"
    )
    found = run(host, code)
    assert found.pop("code") is True
    assert set(found.values()) == {-1}


def test_what_a_call_changes_in_python_is_gone_in_the_next_one(host: Host) -> None:
    change = (
        "import builtins, json, studio_app, sys\n"
        "builtins.len = lambda _: 7; json.dumps = lambda *a, **k: 'x'\n"
        "sys.modules['logic.rules'].calculate = None\n"
        "studio_app.left = data\n"
    )
    run(host, change)
    assert run(host, "answer = {'a': len('abc'), 'b': hasattr(studio_app, 'left')}") == {"a": 3, "b": False}


@pytest.mark.parametrize(
    "sent",
    [
        "b'garbage'",
        "b'\\xff\\xff\\xff\\xff'",
        "b'\\0\\0\\0\\2[]'",
        "b'\\0\\0\\0\\3nan'",
        "b'\\0\\0\\0\\5' + b'x' * 4",
        "b'\\0\\0\\x27\\x10' + b'[' * 10000",
        'struct.pack(\'!I\', 30) + b\'{"answer":[{"$":"decimal","v":1}\'',
    ],
)
def test_an_answer_that_is_forged_on_the_channel_is_no_answer(host: Host, sent: str) -> None:
    code = (
        "import os, struct\n"
        "for number in range(3, 64):\n"
        f"    try: os.write(number, {sent})\n"
        "    except OSError: pass\n"
        "os._exit(0)"
    )
    assert run(host, code) in {"answer", "ended"}


def test_nothing_goes_on_after_its_answer(host: Host) -> None:
    code = (
        "import os, struct\n"
        'forged = b\'{"answer":[{"forged":1}],"printed":""}\'\n'
        "for number in range(3, 64):\n"
        "    try: os.write(number, struct.pack('!I', len(forged)) + forged)\n"
        "    except OSError: pass\n"
        "while True: pass"
    )
    assert run(host, code, 30) == {"forged": 1}
    assert _come_to_rest(host)


def test_two_calls_at_once_do_not_wait_for_one_another(host: Host) -> None:
    answers: list[Any] = []
    slow = [
        threading.Thread(target=lambda: answers.append(run(host, "import time; time.sleep(100)", 2.5)))
        for _ in range(3)
    ]
    for each in slow:
        each.start()
    assert run(host, "answer = {'quick': 1}") == {"quick": 1}
    assert answers == []
    for each in slow:
        each.join()
    assert answers == ["time"] * 3


def test_more_calls_at_once_than_there_may_be_are_told_so(host: Host) -> None:
    answers: list[Any] = []
    crowd = [
        threading.Thread(target=lambda: answers.append(run(host, "import time; time.sleep(1.5)", 4)))
        for _ in range(24)
    ]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert sorted(answers, key=str) == ["busy"] * 16 + [{}] * 8


def test_two_calls_do_not_draw_the_same_numbers(host: Host) -> None:
    draw = (
        "import random, secrets, uuid\n"
        "answer = {'a': [random.random().hex(), secrets.token_hex(), str(uuid.uuid4())]}"
    )
    one, other = run(host, draw), run(host, draw)
    assert not set(one["a"]) & set(other["a"])


LIBRARY = r"""
import base64, calendar, csv, dataclasses, datetime, decimal, difflib, enum, fractions, graphlib, hashlib
import hmac, html, io, json, re, statistics, textwrap, unicodedata, urllib.parse, uuid, warnings
import zlib, zoneinfo

@dataclasses.dataclass(frozen=True)
class Row:
    sum: decimal.Decimal

warnings.warn("heard")
day = datetime.datetime.strptime("17.05.2026 12:30", "%d.%m.%Y %H:%M")
there = day.replace(tzinfo=zoneinfo.ZoneInfo("Europe/Oslo")).astimezone(zoneinfo.ZoneInfo("UTC"))
answer = {
    "day": there.isoformat(),
    "words": [day.strftime("%A"), calendar.month_name[5], enum.Enum("Colour", "RED").RED.name],
    "sum": sum((Row(decimal.Decimal("0.1")).sum for _ in range(3)), decimal.Decimal(0)),
    "mean": statistics.mean([decimal.Decimal(1), decimal.Decimal(2)]),
    "rows": [row["a"] for row in csv.DictReader(io.StringIO("a,b\n1,2\n"))],
    "json": json.loads(json.dumps({"a": [1, None]})),
    "near": difflib.get_close_matches("ab", ["abc"]),
    "digests": [hashlib.sha256(b"a").hexdigest()[:4], hmac.new(b"k", b"a", "sha256").hexdigest()[:4]],
    "letters": [unicodedata.normalize("NFC", "a\u030a"), urllib.parse.quote("\u00e5")],
    "bytes": [b"\xe5".decode("cp1252"), "\u00e5.no".encode("idna").decode()],
    "third": str(fractions.Fraction(1, 3)),
    "zip": zlib.decompress(zlib.compress(b"a")).decode() + base64.b64encode(b"a").decode(),
    "page": html.escape("<") + textwrap.shorten("a b c", 3, placeholder="") + re.sub("a+", "b", "aa"),
    "order": list(graphlib.TopologicalSorter({"b": {"a"}}).static_order()),
    "id": str(uuid.uuid5(uuid.NAMESPACE_DNS, "a"))[:4],
}
"""


def test_what_hooks_may_import_works_where_there_are_no_files_to_load_it_from(host: Host) -> None:
    found = run(host, LIBRARY)
    assert found["day"] == "2026-05-17T10:30:00+00:00"
    assert found["words"] == ["Sunday", "May", "RED"]
    assert str(found["sum"]) == "0.3"
    assert found["letters"] == ["å", "%C3%A5"]
    assert found["bytes"] == ["å", "xn--5ca.no"]
    assert found["order"] == ["a", "b"]


def _come_to_rest(host: Host) -> bool:
    """Whether after a while there are only the two processes that wait for the next calls, and they wait."""
    for _ in range(50):
        if sorted(_statuses(host)) == [psutil.STATUS_SLEEPING] * 2:
            return True
        time.sleep(0.1)
    return False


def _statuses(host: Host) -> Iterator[str]:
    for child in psutil.Process(host._process.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            yield child.status()
