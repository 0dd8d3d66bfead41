"""Pushes that are too large, broken off, or not made by Git; clients that leave; too many at once."""

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from flask import Flask

from studio.accounts.install import limiter
from studio.accounts.service import person_named
from studio.accounts.tokens import Scope, make_token
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.changes import SetText
from studio.features.git_http.gate import Gate, TooBusy
from studio.features.git_http.room import GitRoom, git_room
from studio.history.maintenance import clear_broken_off
from studio.history.repository import Repository
from tests.features.git_http import raw
from tests.features.git_http.conftest import (
    KARI,
    NOW,
    Address,
    Client,
    Server,
    check_repository,
    new_app,
    new_client,
    serving,
)

_MB = 1_000_000


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Studio that takes 5 MB at once."""
    with serving(tmp_path_factory.mktemp("small"), {"STUDIO_LARGEST_PUSH_MB": "5"}) as server:
        yield server


def _random(megabytes: int, files: int = 1) -> dict[str, bytes]:
    return {f"big{number}.bin": os.urandom(megabytes * _MB // files) for number in range(files)}


def _until(holds: Callable[[], bool]) -> None:
    for _ in range(300):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail("It did not come about within 30 s.")


def _left_over(app: Repository) -> list[str]:
    names = [place.name for place in (app.folder / "objects").iterdir()]
    return [name for name in names if name.startswith(("incoming", "tmp"))]


# ── too large ──


def test_a_push_that_is_too_large_is_refused_in_words(small: Server, client: Client) -> None:
    app = new_app(small)
    clone = client.clone(small.address(app.app, small.token("dina")))
    client.commit(clone, _random(12))

    refused = client.run("push", "origin", "main:dina/x", cwd=clone)

    assert refused.code != 0
    assert "større enn 5 MB" in refused.said
    assert app.branches() == ["main"]
    check_repository(app)
    _until(lambda: _left_over(app) == [])


def test_two_gigabytes_are_not_read_to_their_end(small: Server) -> None:
    app = new_app(small)
    block = raw.chunk(os.urandom(_MB))
    sent = 0
    with raw.connection(small, app, "git-receive-pack") as connection:
        begun = b"PACK" + (2).to_bytes(4) + (1).to_bytes(4) + b"\xb0\x80\x80\x80\x08"  # one file of 2 GB
        connection.sendall(raw.chunk(raw.command("refs/heads/x", "1" * 40) + begun))
        with suppress(OSError):  # reset, or broken: as the network has it
            while sent < 2000:
                connection.sendall(block)
                sent += 1

    assert sent < 500
    _until(lambda: _left_over(app) == [] and not raw.processes(app))
    check_repository(app)


@contextmanager
def _watched(server: Server) -> Iterator[list[int]]:
    """How much memory Studio has while something goes on."""
    seen = [server.memory()]
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.2):
            seen.append(server.memory())

    thread = threading.Thread(target=look)
    thread.start()
    yield seen
    ended.set()
    thread.join()


@pytest.mark.slow
def test_a_large_push_and_its_clone_are_never_held_in_memory(
    server: Server, app: Repository, address: Address, client: Client
) -> None:
    """What is slow is making 200 MB; that bodies are passed on piece by piece the test above sees too."""
    clone = client.clone(address("dina"))
    client.commit(clone, _random(200, 5))

    with _watched(server) as memory:
        client.git("push", "-q", "origin", "main:dina/big", cwd=clone)
        client.git("clone", "-q", "--branch", "dina/big", address("kari"), "again")

    assert max(memory) - memory[0] < 60 * _MB
    assert (client.folder / "again" / "big4.bin").stat().st_size == 40 * _MB


# ── not made by Git ──


def test_a_pack_with_a_missing_object_is_refused(server: Server, app: Repository) -> None:
    tree = b"100644 a.txt\0" + bytes.fromhex("ab" * 20)
    commit = raw.commit_of(app, raw.name_of("tree", tree))
    new = raw.name_of("commit", commit)

    answer = raw.push(
        server,
        app,
        raw.command("refs/heads/x", new) + raw.pack([(raw.TREE, tree), (raw.COMMIT, commit)]),
    )

    assert "ng refs/heads/x" in answer
    assert app.branches() == ["main"]


@pytest.mark.parametrize(
    "ref", ["refs/heads/../x", "refs/heads/../../../x", "../x", "refs/heads/x.lock", "refs/heads/-x", "HEAD"]
)
def test_a_ref_that_leads_out_of_its_folder_is_refused(server: Server, app: Repository, ref: str) -> None:
    before = sorted(place.name for place in app.folder.rglob("*"))

    raw.push(server, app, raw.command(ref, app.head().id) + raw.pack([]))

    assert app.branches() == ["main"]
    assert sorted(place.name for place in app.folder.rglob("*")) == before
    assert not (app.folder.parent / "x").exists()


def test_names_of_git_inside_a_tree_are_refused(server: Server, app: Repository) -> None:
    inner = b"100644 config\0" + bytes.fromhex(raw.name_of("blob", b"x"))
    tree = b"40000 .git\0" + bytes.fromhex(raw.name_of("tree", inner))
    commit = raw.commit_of(app, raw.name_of("tree", tree))
    objects = [(raw.BLOB, b"x"), (raw.TREE, inner), (raw.TREE, tree), (raw.COMMIT, commit)]

    answer = raw.push(
        server, app, raw.command("refs/heads/x", raw.name_of("commit", commit)) + raw.pack(objects)
    )

    assert "hasDotgit" in answer
    assert app.branches() == ["main"]


# ── broken off ──


def _half_a_push(server: Server, app: Repository, client: Client) -> socket.socket:
    clone = client.clone(server.address(app.app, server.token("ola")))
    new = client.commit(clone, _random(2))
    content = client.folder / "content.pack"
    with content.open("wb") as file:
        made = ["git", "-C", str(clone), "pack-objects", "-q", "--revs", "--stdout"]
        subprocess.run(made, input=f"{new}\n".encode(), stdout=file, check=True)
    connection = raw.connection(server, app, "git-receive-pack")
    connection.sendall(raw.chunk(raw.command("refs/heads/x", new)))
    connection.sendall(raw.chunk(content.read_bytes()[:_MB]))
    _until(lambda: _left_over(app) != [])
    return connection


def test_a_push_that_breaks_off_leaves_nothing_behind(
    server: Server, app: Repository, client: Client
) -> None:
    _half_a_push(server, app, client).close()

    _until(lambda: _left_over(app) == [] and not raw.processes(app))
    assert app.branches() == ["main"]


def test_studio_killed_in_a_push_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with serving(tmp_path / "data") as server:
        app = new_app(server)
        draft = app.draft("kari")
        draft.apply(SetText("nb", "appName", "Karis tittel"), draft.revision, KARI, NOW)
        with _half_a_push(server, app, new_client(tmp_path)):
            os.killpg(server.process.pid, signal.SIGKILL)
            _until(lambda: not raw.processes(app))

        clear_broken_off(app.folder, before=time.time() + 1)
        assert _left_over(app) == []
        check_repository(app)
        assert app.branches() == ["main"]
        draft = app.draft("kari")
        assert b"Karis tittel" in draft.files["App/config/texts/resource.nb.json"]
        draft.apply(SetText("nb", "appName", "Ny tittel"), draft.revision, KARI, NOW)


def test_a_client_that_leaves_takes_its_git_along(
    server: Server, app: Repository, address: Address, client: Client
) -> None:
    clone = client.clone(address("ola"))
    client.commit(clone, _random(20))
    client.git("push", "-q", "origin", "main:ola/big", cwd=clone)
    words = ["command=fetch", "object-format=sha1"]
    asked = b"".join(raw.packet(each.encode()) for each in words) + b"0001"
    asked += raw.packet(f"want {app.head('ola/big').id}\n".encode()) + raw.packet(b"done\n") + b"0000"

    with raw.connection(server, app, "git-upload-pack", "Git-Protocol: version=2\r\n") as connection:
        connection.sendall(raw.chunk(asked) + b"0\r\n\r\n")
        assert connection.recv(1000)
        assert raw.processes(app)

    _until(lambda: not raw.processes(app))


# ── too many ──


def test_the_gate_lets_so_many_in_and_sends_the_rest_away() -> None:
    gate = Gate(running=1, waiting=1, of_one=2, seconds=0.05)

    with gate.turn("kari"), pytest.raises(TooBusy), gate.turn("ola"):
        pass  # waited in vain
    with gate.turn("ola"):
        pass


def test_nobody_takes_all_the_places() -> None:
    gate = Gate(running=3, waiting=0, of_one=1)

    with gate.turn("kari"), gate.turn("ola"):
        with pytest.raises(TooBusy), gate.turn("kari"):
            pass
        with gate.turn("dina"):
            pass


def test_whoever_is_sent_away_is_told_when_to_come_back(
    studio: Flask, contact: Repository, tmp_path: Path
) -> None:
    gate = Gate(running=1, waiting=0)
    git_room.give(studio, GitRoom(tmp_path / "git-hooks", gate=gate))
    with studio.app_context():
        person = person_named(studio_db.session, "kari")
        assert person is not None
        _, secret = make_token(studio_db.session, person, name="x", scope=Scope.READ, days=7, now=now())
        studio_db.session.commit()

    with gate.turn("ola"):
        answer = studio.test_client().get(
            "/ttd/kontakt.git/info/refs?service=git-upload-pack", auth=("x", secret)
        )

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "10"
    assert answer.mimetype == "text/plain"


def test_many_wrong_tokens_make_one_wait(studio: Flask, contact: Repository) -> None:
    client = studio.test_client()
    address = "/ttd/kontakt.git/info/refs?service=git-upload-pack"
    limiter.reset()

    answers = [client.get(address, auth=("x", f"studio_{number}")).status_code for number in range(22)]
    limiter.reset()

    assert answers == [401] * 20 + [429] * 2
    assert client.get(address).headers["WWW-Authenticate"].startswith('Basic realm="Studio"')
