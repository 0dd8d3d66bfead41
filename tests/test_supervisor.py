"""`studio serve` as people start it: addresses, taken ports, restarts, and an end that leaves nothing."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from studio.supervisor import answers

pytestmark = pytest.mark.slow

Start = Callable[..., "Serving"]


class Serving:
    """A running `studio serve`."""

    def __init__(self, process: "subprocess.Popen[str]", ports: list[int]) -> None:
        self.process = process
        self.ports = ports

    def read_until(self, words: str) -> str:
        assert self.process.stdout is not None
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if words in line:
                return "".join(lines)
        pytest.fail(f"{words!r} was not said:\n{''.join(lines)}")

    @property
    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def is_up(self) -> bool:
        return all(answers("127.0.0.1", port) for port in self.ports)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start `studio serve` on free ports in a folder of its own."""
    started: list[Serving] = []

    def do(**environ: str) -> Serving:
        probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
        ports = [probe.getsockname()[1] for probe in probes]
        for probe in probes:
            probe.close()
        names = ("STUDIO_PORT", "STUDIO_TEST_PORT", "STUDIO_PRODUCTION_PORT")
        settings = {name: str(port) for name, port in zip(names, ports, strict=True)}
        process = subprocess.Popen(
            [sys.executable, "-m", "studio", "serve"],
            env=os.environ | {"STUDIO_DATA": str(tmp_path), "PYTHONUNBUFFERED": "1"} | settings | environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(Serving(process, ports))
        return started[-1]

    yield do
    for serving in started:
        assert serving.process.stdout is not None
        serving.process.kill()
        serving.process.wait()
        serving.process.stdout.close()


def _wait_for(condition: Callable[[], bool], seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_everything_is_served_and_ends_together(start: Start) -> None:
    serving = start()
    said = serving.read_until("Ctrl+C")
    family = serving.family

    assert serving.is_up()
    assert all(f"http://127.0.0.1:{port}" in said for port in serving.ports)
    assert re.search(r"kari\s+Kari Lunde", said)
    serving.process.send_signal(signal.SIGTERM)
    assert serving.process.wait(15) == 0
    assert not any(answers("127.0.0.1", port) for port in serving.ports)
    assert psutil.wait_procs(family, timeout=10)[1] == []


def test_a_second_start_goes_on_with_what_the_first_made(start: Start) -> None:
    first = start()
    first.read_until("Ctrl+C")
    first.process.send_signal(signal.SIGINT)
    assert first.process.wait(15) == 0

    second = start()
    second.read_until("Ctrl+C")
    assert all(answers("127.0.0.1", port) for port in second.ports)


def test_children_end_when_their_parent_was_killed(start: Start) -> None:
    serving = start()
    serving.read_until("Ctrl+C")
    family = serving.family
    assert len(family) >= 6

    serving.process.kill()

    assert psutil.wait_procs(family, timeout=15)[1] == []


def test_a_child_that_dies_is_started_again_and_it_is_said(start: Start) -> None:
    serving = start()
    serving.read_until("Ctrl+C")
    children = psutil.Process(serving.process.pid).children()
    runtime = sorted(children, key=lambda child: child.create_time())[1]  # as the services are listed

    runtime.kill()

    assert "Starting it again in 0.5 s" in serving.read_until("stopped (exit code -9)")
    assert _wait_for(serving.is_up)


def test_a_taken_port_is_said_in_one_clear_sentence(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        serving = start(STUDIO_TEST_PORT=str(port))

        output, _ = serving.process.communicate(timeout=15)

    assert serving.process.returncode == 2
    assert output == (
        f"Port {port} for the test environment is taken. Stop what uses it, or choose another port "
        "with STUDIO_TEST_PORT.\n"
    )


def test_production_does_not_start_without_a_sign_in_away_from_home(start: Start) -> None:
    serving = start(STUDIO_HOST="0.0.0.0")

    output, _ = serving.process.communicate(timeout=15)

    assert serving.process.returncode == 2
    assert "STUDIO_PRODUCTION_SIGN_IN" in output
    assert "Traceback" not in output


def test_a_bad_setting_is_said_without_a_stack_trace(start: Start) -> None:
    serving = start(STUDIO_PORT="http")

    output, _ = serving.process.communicate(timeout=15)

    assert serving.process.returncode == 2
    assert output == "STUDIO_PORT is 'http', but must be a whole number from 1 to 65535.\n"
