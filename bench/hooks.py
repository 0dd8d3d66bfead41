"""Python hooks: the time of a call, and of the first one after a release.

The floors, in the same run: the same bytes there and back over a pair of sockets to a process that waits for
them and does nothing (what a worker kept warm could not beat), and starting Python with nothing in it.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final

from bench._figures import spread, table, timed
from studio.definition.app_logic import AVAILABLE
from studio.runtime.logic.hosts import Hosts, Logic
from studio.runtime.logic.messages import MOST_REQUEST, packed, received

_CALLS: Final = 300
_STARTS: Final = 10
_SOURCE: Final = """
from studio_app import Issue
def validate(data, context):
    for index, row in enumerate(data["rows"]):
        if row["amount"] < 0:
            yield Issue(f"rows[{index}].amount", "negative")
"""
_CONTEXT: Final = {
    "language": "nb",
    "today": date(2026, 1, 31),
    "now": datetime(2026, 1, 31, tzinfo=UTC),
    "party": {},
    "person": {},
    "instance_id": "",
    "task": {},
    "data_type": "model",
    "models": {},
    "environment": "test",
    "preview": False,
}


def measure() -> dict[str, Any]:
    """{what: {rows of the data: {median, p95, max} in ms}}, and "start" in ms."""
    hosts = Hosts()
    figures: dict[str, Any] = {"call": {}, "floor: echo": {}}
    try:
        for rows in (1, 100, 2000):
            request = _request(rows)
            figures["call"][rows] = _times(lambda request=request: hosts.call(_logic(0), request, 10))
            figures["floor: echo"][rows] = _echoed(request)
        starts = iter(range(1, 1000))
        figures["first call"] = _times(lambda: hosts.call(_logic(next(starts)), _request(1), 10), _STARTS)
    finally:
        hosts.end()
    figures["floor: Python starts"] = _times(_start_python, _STARTS)
    names = ["call", "floor: echo"]
    lines = [
        [f"{name}, {rows} rows", *each.values()] for name in names for rows, each in figures[name].items()
    ]
    lines += [[name, *figures[name].values()] for name in ("first call", "floor: Python starts")]
    print(table(["ms", "median", "p95", "max"], lines))
    return figures


def _logic(version: int) -> Logic:
    return Logic(f"ttd/bench:{version}", {"logic.rules": ("App/logic/rules.py", _SOURCE)}, AVAILABLE)


def _request(rows: int) -> bytes:
    data = {"rows": [{"name": f"row {number}", "amount": number} for number in range(rows)]}
    arguments = {"data": data, "context": _CONTEXT}
    return packed({"hook": "validate", "modules": ["logic.rules"], "arguments": arguments}, MOST_REQUEST)


def _times(act: Callable[[], object], count: int = _CALLS) -> dict[str, float]:
    act()
    return spread([timed(act) for _ in range(count)], digits=2)


def _echoed(request: bytes) -> dict[str, float]:
    here, there = socket.socketpair()
    child = os.fork()
    if child == 0:
        here.close()
        while (body := received(there.recv, MOST_REQUEST)) is not None:
            there.sendall(len(body).to_bytes(4) + body)
        os._exit(0)
    there.close()

    def ask() -> None:
        here.sendall(request)
        received(here.recv, MOST_REQUEST)

    try:
        return _times(ask)
    finally:
        here.close()
        os.waitpid(child, 0)


def _start_python() -> None:
    subprocess.run([sys.executable, "-I", "-S", "-c", ""], check=True)
