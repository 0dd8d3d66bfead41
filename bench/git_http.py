"""Git over HTTP: cloning and pushing beside plain `git http-backend` behind a bare server, in one run.

Both serve copies of the same repositories on the same machine; the client is the same. What Studio adds is
who may come in, the check of what is pushed, and Python in between. Then 100 clones at once, while somebody
edits: what an edit takes meanwhile is what the bound on Git processes is there for.
"""

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from bench._stack import Stack, stack
from bench.editing import Editor
from bench.standard_form import standard_form
from studio.accounts.service import person_named
from studio.accounts.tokens import Scope, make_token
from studio.database import engine_options
from studio.database.clock import now
from studio.definition.files import MemoryFiles
from studio.definition.templates import new_app
from studio.history.commits import Author

ROUNDS = 5
LARGE_MB = 40
CLONES = 100
APP = "bench-git"
_WHO = Author("Bench", "bench@example.org")
_PEOPLE = ("ola", "kari", "dina", "runa", "tor")
_GIT = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    **{
        f"GIT_{who}_{what}": "bench@example.org"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    },
}


def measure() -> dict[str, Any]:
    """Seconds for each act on Studio and on the bare server (medians), and 100 clones at once."""
    with stack() as running, tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        tokens = {who: _token(running, who) for who in _PEOPLE}
        app = _make_app(running)
        with _bare_server(running.data / "repos", work / "bare") as bare:
            addresses = {
                "studio": _address(running, app, tokens["ola"]),
                "bare": f"{bare}/ttd/{app}.git",
            }
            figures = _acts(addresses, work)
        figures |= _at_once(running, app, tokens, work)
    return figures


def _acts(addresses: dict[str, str], work: Path) -> dict[str, Any]:
    found: dict[str, list[float]] = {}
    for number in range(ROUNDS):
        for name, address in addresses.items():
            place = work / f"{name}-{number}"
            place.mkdir()
            acts = _one_round(address, place, large=number == 0)
            for act, seconds in acts.items():
                found.setdefault(f"{act}, {name}, s", []).append(seconds)
            shutil.rmtree(place)
    return {name: round(median(each), 3) for name, each in sorted(found.items())}


def _address(running: Stack, app: str, secret: str) -> str:
    return f"{running.studio.replace('://', f'://x:{secret}@')}/ttd/{app}.git"


def _one_round(address: str, place: Path, *, large: bool) -> dict[str, float]:
    clone = place / "clone"
    acts = {"clone": _timed(lambda: _git("clone", "-q", address, str(clone)))}
    (clone / "README.md").write_text(f"{time.time()}\n")
    _git("commit", "-q", "-am", "Change", cwd=clone, add=True)
    acts["push of a line"] = _timed(
        lambda: _git("push", "-q", "origin", f"HEAD:bench/{time.time_ns()}", cwd=clone)
    )
    acts["fetch of nothing"] = _timed(lambda: _git("fetch", "-q", cwd=clone))
    if large:
        (clone / "large.bin").write_bytes(os.urandom(LARGE_MB * 1_000_000))
        _git("commit", "-q", "-m", "Large", cwd=clone, add=True)
        branch = f"bench/{time.time_ns()}"
        act = f"{LARGE_MB} MB"
        acts[f"push of {act}"] = _timed(lambda: _git("push", "-q", "origin", f"HEAD:{branch}", cwd=clone))
        again = str(place / "again")
        acts[f"clone of {act}"] = _timed(lambda: _git("clone", "-q", "-b", branch, address, again))
    return acts


def _at_once(running: Stack, app: str, tokens: dict[str, str], work: Path) -> dict[str, Any]:
    """Edits of one person alone, and while a hundred clones of five people come in at the same moment."""
    editor = Editor(running.editing("ola"), f"/ttd/{app}/form/Task_1")
    numbers = count()

    def edit() -> None:
        editor.set_property(next(numbers))

    for _ in range(10):  # the server's caches, as in the middle of a working day
        edit()
    alone = [_timed(edit) for _ in range(40)]
    meanwhile: list[float] = []
    ended = threading.Event()

    def go_on() -> None:
        while not ended.is_set():
            meanwhile.append(_timed(edit))

    def clone(number: int) -> int:
        secret = tokens[_PEOPLE[number % len(_PEOPLE)]]
        # The clients stand for other machines: they shall not take this one from the server.
        command = [
            "nice",
            "-n",
            "19",
            "git",
            "clone",
            "-q",
            _address(running, app, secret),
            str(work / f"at-once-{number}"),
        ]
        return subprocess.run(command, env=_GIT, capture_output=True, check=False).returncode

    editing = threading.Thread(target=go_on)
    editing.start()
    begun = time.perf_counter()
    with ThreadPoolExecutor(CLONES) as pool:
        codes = list(pool.map(clone, range(CLONES)))
    lasted = time.perf_counter() - begun
    ended.set()
    editing.join()
    return {
        f"{CLONES} clones at once, s": round(lasted, 1),
        f"{CLONES} clones at once, that came through": codes.count(0),
        "an edit alone, p95 ms": _p95(alone),
        f"an edit during {CLONES} clones, p95 ms": _p95(meanwhile),
        f"an edit during {CLONES} clones, median ms": round(median(meanwhile) * 1000, 1),
        "edits measured": len(meanwhile),
        "load average": round(os.getloadavg()[0], 1),
    }


def _make_app(running: Stack) -> str:
    files = dict(standard_form("ttd", APP, 1000, new_app(APP, "ttd", {"nb": APP})))
    for number in range(500 - len(files)):
        files[f"App/other/{number % 20}/{number}.txt"] = f"file {number}\n".encode() * 100
    return running.repositories.create("ttd", APP, MemoryFiles(files), _WHO, "Make the app", now()).app


def _token(running: Stack, who: str) -> str:
    url = f"sqlite:///{running.data}/studio.db"
    engine = create_engine(url, **engine_options(url))
    with Session(engine) as session:
        person = person_named(session, who)
        assert person is not None
        _, secret = make_token(session, person, name="bench", scope=Scope.WRITE, days=7, now=now())
        session.commit()
    engine.dispose()
    return secret


@contextmanager
def _bare_server(repositories: Path, copy: Path) -> Iterator[str]:
    """`git http-backend` behind the server of the standard library, for a copy of the repositories."""
    shutil.copytree(repositories, copy)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            _cgi(self, copy)

        do_POST = do_GET  # noqa: N815 - the name that the server looks for

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _cgi(handler: BaseHTTPRequestHandler, root: Path) -> None:
    path, _, query = handler.path.partition("?")
    running = subprocess.Popen(
        ["git", "-c", "safe.directory=*", "http-backend"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=_GIT
        | {
            "GIT_PROJECT_ROOT": str(root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": handler.command,
            "REMOTE_USER": "bench",
            "CONTENT_TYPE": handler.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": handler.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": handler.headers.get("Git-Protocol", ""),
        },
    )
    assert running.stdin is not None
    assert running.stdout is not None
    for piece in _body(handler):
        running.stdin.write(piece)
    running.stdin.close()
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += running.stdout.readline()
    handler.send_response(200)
    for line in head.decode().split("\r\n"):
        name, separator, value = line.partition(": ")
        if separator:
            handler.send_header(name, value)
    handler.send_header("Connection", "close")
    handler.end_headers()
    shutil.copyfileobj(running.stdout, handler.wfile)
    running.wait()
    handler.close_connection = True


def _body(handler: BaseHTTPRequestHandler) -> Iterator[bytes]:
    if handler.headers.get("Transfer-Encoding") == "chunked":
        while size := int(handler.rfile.readline(), 16):
            yield handler.rfile.read(size)
            handler.rfile.readline()
        handler.rfile.readline()
    else:
        yield handler.rfile.read(int(handler.headers.get("Content-Length", 0)))


def _git(*arguments: str, cwd: Path | None = None, add: bool = False) -> None:
    if add:
        subprocess.run(["git", "add", "-A"], cwd=cwd, env=_GIT, check=True)
    subprocess.run(["git", *arguments], cwd=cwd, env=_GIT, check=True, capture_output=True)


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _p95(seconds: list[float]) -> float:
    return round(sorted(seconds)[int(len(seconds) * 0.95)] * 1000, 1)
