"""`studio serve`: from the command to the line that says how to stop, in ms; the first start and later ones.

The floor, in the same run: starting the interpreter and importing Flask.
"""

import os
import signal
import subprocess
import sys
import tempfile
from typing import Any

from bench._figures import spread, table, timed
from bench._stack import ROOT, free_ports


def measure() -> dict[str, Any]:
    """{"first", "later" and "floor": spreads of ms}."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as data:
        ports = map(str, free_ports(3))
        names = ("STUDIO_PORT", "STUDIO_TEST_PORT", "STUDIO_PRODUCTION_PORT")
        environ = (
            os.environ | {"STUDIO_DATA": data, "PYTHONUNBUFFERED": "1"} | dict(zip(names, ports, strict=True))
        )
        first = [_start(environ)]
        later = [_start(environ) for _ in range(5)]
    floor = [
        timed(lambda: subprocess.run([sys.executable, "-c", "import flask"], check=True)) for _ in range(5)
    ]
    figures = {"first": spread(first), "later": spread(later), "floor": spread(floor)}
    print(
        table(["start", "median", "p95", "max"], [[name, *each.values()] for name, each in figures.items()])
    )
    return figures


def _start(environ: dict[str, str]) -> float:
    process = subprocess.Popen(
        [sys.executable, "-m", "studio", "serve"], env=environ, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        return timed(lambda: _read_until_served(process))
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=15)


def _read_until_served(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if "Ctrl+C" in line:
            return
    raise SystemExit("Studio did not start.")
