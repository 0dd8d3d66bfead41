"""A running Studio with its environments, in a folder of its own on free ports, and clients for it."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from studio import demo
from studio.definition.files import Files
from studio.delivery.bundling import bundle_of
from studio.delivery.client import ManagementClient
from studio.delivery.environments import Environment
from studio.history.repositories import Repositories

ROOT = Path(__file__).parents[1]
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Stack:
    """Where the parts of a running Studio are."""

    data: Path
    studio: str
    test: str
    log: Path

    @property
    def repositories(self) -> Repositories:
        """Its repositories, to put apps into."""
        return Repositories(self.data / "repos")

    def deploy(self, org: str, app: str, files: Files) -> str:
        """Serve these files in the test environment; returns the address of the app."""
        key = (self.data / "keys" / "test-environment").read_text().strip()
        client = ManagementClient(Environment("test", self.test, self.test, key))
        bundle = bundle_of(files)
        client.hand_over(bundle)
        client.activate(org, app, release="bench", version=1, bundle=bundle.id, by="bench")
        client.close()
        return f"{self.test}/{org}/{app}/"

    def editing(self, user_name: str = "ola") -> httpx.Client:
        """A client that has signed in to Studio."""
        http = httpx.Client(base_url=self.studio, trust_env=False, timeout=60)
        fields = {"user_name": user_name, "password": demo.PASSWORD, "csrf_token": token(http, "/sign-in")}
        _expect(http.post("/sign-in", data=fields), 302, 303)
        return http


@contextmanager
def stack(environ: Mapping[str, str] = {}) -> Iterator[Stack]:
    """`studio serve` with the demo people; `environ` is added to the environment. Raises SystemExit."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        data = Path(folder)
        studio, test, production = free_ports(3)
        settings = {
            "STUDIO_DATA": folder,
            "STUDIO_PORT": str(studio),
            "STUDIO_TEST_PORT": str(test),
            "STUDIO_PRODUCTION_PORT": str(production),
            "PYTHONUNBUFFERED": "1",
        }
        log = data / "log.txt"
        with log.open("w") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "studio", "serve"],
                env=os.environ | settings | environ,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        try:
            _wait(process, log)
            yield Stack(data, f"http://127.0.0.1:{studio}", f"http://127.0.0.1:{test}", log)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def token(http: httpx.Client, address: str) -> str:
    """The CSRF token of a page. Raises SystemExit where the page has none."""
    answer = http.get(address)
    found = _TOKEN.search(answer.text)
    if found is None:
        raise SystemExit(f"{answer.url} answered {answer.status_code} without a token.")
    return found[1]


def free_ports(count: int) -> list[int]:
    """Ports that nothing listens on at this moment."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _expect(answer: httpx.Response, *statuses: int) -> None:
    if answer.status_code not in statuses:
        raise SystemExit(f"{answer.url} answered {answer.status_code}.")


def _wait(process: "subprocess.Popen[str]", log: Path) -> None:
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if "Ctrl+C" in line:
            # Nobody reads on; a full pipe would stop the server.
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return
    raise SystemExit(
        f"Studio ended with {process.wait()} while it was starting:\n{''.join(said)}{log.read_text()}"
    )
