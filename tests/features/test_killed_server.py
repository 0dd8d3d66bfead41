"""A server killed at any moment in a stream of edits loses none that it acknowledged, over real HTTP."""

import http.client
import os
import random
import signal
import socket
import subprocess
import threading
from collections import Counter
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.serving import make_server

from studio.database import studio_db
from studio.history.repository import Repository

# tests/history kills a writer 500 times; STUDIO_KILLS=500 does the same with a server, in some minutes.
KILLS = int(os.environ.get("STUDIO_KILLS", "60"))
ADDRESS = "/ttd/kontakt/form/Task_1/about-you/edits?lang=nb"

pytestmark = pytest.mark.slow


class Servers:
    """One listening socket, served by one process after another."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=16)
        self.port: int = self._listening.getsockname()[1]

    def start(self) -> int:
        """Serve in a new process; its id."""
        process = os.fork()
        if process == 0:
            # Whatever happens here must not run the tests' own clean-up a second time.
            try:
                make_server("127.0.0.1", self.port, self._app, fd=self._listening.fileno()).serve_forever()
            finally:
                os._exit(1)
        return process

    def close(self) -> None:
        self._listening.close()


class Editing:
    """A browser that writes one text after another, and sends again what was not acknowledged."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self._port = port
        self._headers = headers | {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
        self.acknowledged: list[str] = []
        self._number = 1

    def write_until_cut_off(self, first: "threading.Event") -> None:
        """Send edits until the server is gone; `first` is set at the first acknowledgement.

        A request that no server had taken up when it was killed waits in vain: it is given up after a
        while, and the next server may still find it, before or after it is sent again.
        """
        try:
            while True:
                connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=3)
                try:
                    connection.request("POST", ADDRESS, urlencode(self._edit()), self._headers)
                    answer = connection.getresponse()
                    answer.read()
                finally:
                    connection.close()
                assert answer.status == 200, answer.status
                self.acknowledged.append(f"edit-{self._number}")
                self._number += 1
                first.set()
        except (OSError, http.client.HTTPException):
            return

    def _edit(self) -> dict[str, str]:
        text = {"do": "text", "id": "full-name", "slot": "title", "value": f"Navn {self._number}"}
        return text | {"edit_id": f"edit-{self._number}"}


@pytest.mark.timeout(900)
def test_a_server_killed_at_any_moment_loses_no_acknowledged_edit(
    studio: Flask, kari: Any, contact: Repository
) -> None:
    chance = random.Random(2026)
    kari.get("/ttd/kontakt/form/Task_1/about-you")
    cookie = kari.client.get_cookie("studio_session")
    headers = {"Cookie": f"studio_session={cookie.value}", "X-CSRFToken": kari._token}
    with studio.app_context():
        studio_db.engine.dispose()  # no connection is shared with the processes to come
    servers = Servers(studio)
    editing = Editing(servers.port, headers)
    for kill in range(KILLS):
        _serve_and_kill(servers, editing, chance.uniform(0, 0.08))
        if kill % 100 == 99:
            _fsck(contact)
    servers.close()

    _fsck(contact)
    recorded = Counter(mark.edit for _, mark in contact.draft("kari")._chain.walk() if mark.edit)
    assert len(editing.acknowledged) >= KILLS  # one before each kill, at least
    assert set(editing.acknowledged) - set(recorded) == set()
    assert [edit for edit, times in recorded.items() if times > 1] == []
    assert len(set(recorded) - set(editing.acknowledged)) <= 1


def _serve_and_kill(servers: Servers, editing: Editing, seconds: float) -> None:
    process = servers.start()
    first = threading.Event()

    def kill() -> None:
        first.wait(30)
        threading.Event().wait(seconds)  # the random moment is the very point
        os.kill(process, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    editing.write_until_cut_off(first)
    killer.join()
    assert os.WIFSIGNALED(os.waitpid(process, 0)[1]), "the server had ended by itself"


def _fsck(repository: Repository) -> None:
    command = ["git", "-C", str(repository.folder), "fsck", "--strict", "--full", "--no-dangling"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
