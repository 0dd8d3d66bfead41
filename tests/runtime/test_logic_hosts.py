"""Hosts of several apps and versions; and each layer around them by itself."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import psutil
import pytest
from logic_calls import LOGIC, request, run

from studio.definition.app_logic import AVAILABLE
from studio.runtime.logic.hosts import CallFailed, Host, Hosts, Logic, NotConfined

# Each layer by itself, as far as it goes: a mistake in one of the others is then no way out.

OPENS = "import os\nanswer = {'a': len(os.listdir('/')), 'b': open('/etc/hostname').read()}"
CONNECTS = (
    "import socket\nfound = socket.socket()\nfound.settimeout(1)\n"
    "try: found.connect(('127.0.0.1', data['port']))\n"
    "except OSError as error: answer = {'error': type(error).__name__}\n"
    "else: answer = {'error': ''}"
)


@pytest.fixture
def alone() -> Iterator[Callable[..., Host]]:
    started: list[Host] = []

    def start(*layers: str) -> Host:
        started.append(Host(LOGIC, unconfined=True, layers=layers))
        return started[-1]

    yield start
    for each in started:
        each.end()


def test_landlock_alone_keeps_from_files_networks_and_signals(alone: Callable[..., Host]) -> None:
    host = alone("no-new-rights", "landlock")
    assert list(host.held) == ["no-new-rights", "landlock"]
    assert run(host, "open('/etc/passwd')") == "PermissionError"
    assert run(host, "import os; os.listdir('/')") == "PermissionError"
    assert run(host, "open('/tmp/made', 'w')") == "PermissionError"
    assert run(host, f"import os; os.kill({os.getpid()}, 0)") == "PermissionError"
    assert _connects(host) == "PermissionError"


def test_namespaces_alone_leave_no_file_and_no_network_to_be_seen(alone: Callable[..., Host]) -> None:
    host = alone("nobody", "namespaces")
    assert "namespaces" in host.held
    assert run(host, "import os; answer = {'a': os.listdir('/')}") == {"a": []}
    assert run(host, "open('/etc/passwd')") == "FileNotFoundError"
    assert _connects(host) == "OSError"


def test_limits_alone_keep_from_filling_memory_and_disk(alone: Callable[..., Host]) -> None:
    host = alone("limits", "nobody")
    assert run(host, "len(bytearray(10 * 2**30))") == "MemoryError"
    assert run(host, "import os; os.fork()") == "BlockingIOError"
    assert run(host, "while True: pass", 0.3) == "time"
    full = "import tempfile\nwith tempfile.TemporaryFile() as f: f.write(b'x' * 10); f.flush()"
    assert run(host, full) in {"FileNotFoundError", "ModuleNotFoundError"}  # no folder takes anything


def _connects(host: Host) -> Any:
    """What comes of a connection to a server of this machine: the kind of error, or an empty text."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = run(host, CONNECTS.replace("data['port']", str(server.getsockname()[1])), 3)
    return found["error"] if isinstance(found, dict) else found


# Hosts of several apps and versions.


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    found = Hosts()
    yield found
    found.end()


def version(app: str, number: int) -> Logic:
    source = f"def calculate(data, context):\n    return {{'version': {number}}}\n"
    return Logic(f"{app}:{number}", {"logic.rules": ("App/logic/rules.py", source)}, AVAILABLE)


def told(hosts: Hosts, logic: Logic) -> Any:
    return hosts.call(logic, request(""), 2)["answer"]


def test_a_new_version_is_never_answered_by_the_code_of_the_old_one(hosts: Hosts) -> None:
    assert told(hosts, version("ttd/a", 1)) == [{"version": 1}]
    assert told(hosts, version("ttd/a", 2)) == [{"version": 2}]
    assert told(hosts, version("ttd/a", 1)) == [{"version": 1}]


def test_a_host_that_was_killed_is_started_again_and_others_go_on(hosts: Hosts) -> None:
    first, second = version("ttd/a", 1), version("ttd/b", 2)
    told(hosts, first), told(hosts, second)
    other = hosts._hosts[second.key]
    hosts._hosts[first.key]._process.kill()
    assert told(hosts, first) == [{"version": 1}]
    assert told(hosts, second) == [{"version": 2}]
    assert hosts._hosts[second.key] is other


def test_a_host_that_no_longer_listens_is_ended_with_everything_in_it(hosts: Hosts) -> None:
    logic = version("ttd/a", 1)
    told(hosts, logic)
    process = psutil.Process(hosts._hosts[logic.key]._process.pid)
    process.suspend()
    with pytest.raises(CallFailed, match="time"):
        hosts.call(logic, request(""), 0.3)
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    assert told(hosts, logic) == [{"version": 1}]


def test_only_so_many_hosts_are_kept(hosts: Hosts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.runtime.logic.hosts._MOST_HOSTS", 2)
    processes = []
    for number in range(4):
        told(hosts, version("ttd/a", number))
        processes.append(hosts._hosts[f"ttd/a:{number}"]._process)
    assert [process.poll() is None for process in processes] == [False, False, True, True]


def test_hosts_end_when_the_process_that_asked_them_is_killed() -> None:
    script = (
        "import sys; sys.path[:0] = ['.', 'tests/runtime']\n"
        "from logic_calls import LOGIC\n"
        "from studio.runtime.logic.hosts import Host\n"
        "host = Host(LOGIC); print(host._process.pid, flush=True); sys.stdin.read()\n"
    )
    asking = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert asking.stdout is not None
    host = psutil.Process(int(asking.stdout.readline()))
    asking.kill()
    asking.communicate()
    assert psutil.wait_procs([host], timeout=10)[1] == []


def test_without_the_filter_hooks_are_not_run_unless_it_is_asked_for() -> None:
    with pytest.raises(NotConfined):
        Host(LOGIC, layers=("limits",))
