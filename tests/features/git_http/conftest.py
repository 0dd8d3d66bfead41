"""A real Studio on a port, and the real Git client. After each test, `git fsck` checks the repository."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from studio.accounts.passwords import Passwords
from studio.accounts.service import person_named
from studio.accounts.tokens import AccessToken, Scope, make_token
from studio.database import engine_options
from studio.database.clock import now
from studio.database.migrations import migrate
from studio.definition.files import MemoryFiles
from studio.demo import create_demo
from studio.history.commits import Author
from studio.history.repositories import Repositories
from studio.history.repository import Repository

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
KARI = Author("Kari Lunde", "kari@example.org")
_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_SERVE = """
import os
from functools import partial
from studio import create_app
from studio.config import read_settings
from studio.supervisor import Service, serve
settings = read_settings(os.environ)
make = partial(create_app, settings)
service = Service("Studio", "127.0.0.1", settings.port, "STUDIO_PORT", make, workers=2, threads=128)
serve(service, os.getppid())
"""
_numbers = count()


@dataclass
class Server:
    """A Studio that serves Git, as `studio serve` would."""

    data: Path
    port: int
    process: "subprocess.Popen[bytes]"
    _secrets: dict[tuple[str, Scope], str] = field(default_factory=dict)

    @property
    def repositories(self) -> Repositories:
        return Repositories(self.data / "repos")

    @contextmanager
    def session(self) -> Iterator[Session]:
        url = f"sqlite:///{self.data}/studio.db"
        engine = create_engine(url, **engine_options(url))
        with Session(engine) as session:
            yield session
            session.commit()
        engine.dispose()

    def token(self, who: str, scope: Scope = Scope.WRITE) -> str:
        """A token of this person, made once."""
        if (who, scope) not in self._secrets:
            with self.session() as session:
                self._secrets[who, scope] = self.new_token(session, who, scope)[1]
        return self._secrets[who, scope]

    def new_token(
        self, session: Session, who: str, scope: Scope = Scope.WRITE, when: datetime | None = None
    ) -> tuple[AccessToken, str]:
        person = person_named(session, who)
        assert person is not None
        return make_token(session, person, name="git", scope=scope, days=7, now=when or now())

    def expired_token(self, who: str) -> str:
        with self.session() as session:
            return self.new_token(session, who, when=now() - timedelta(days=8))[1]

    def address(self, app: str, secret: str) -> str:
        return f"http://git:{secret}@127.0.0.1:{self.port}/ttd/{app}.git"

    def memory(self) -> int:
        """Bytes that the processes of Studio (without Git's) hold: their own pages alone."""
        pids = subprocess.run(
            ["pgrep", "-g", str(os.getpgid(self.process.pid)), "python"], capture_output=True, check=True
        )
        return max(_resident(int(pid)) for pid in pids.stdout.split())


def _resident(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss_Anon"):
            return int(line.split()[1]) * 1024
    raise LookupError(pid)


@contextmanager
def serving(data: Path, environ: Mapping[str, str] = {}) -> Iterator[Server]:
    """Studio with the demo people, and without apps."""
    migrate(f"sqlite:///{data}/studio.db", "studio")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = {"STUDIO_DATA": str(data), "STUDIO_PORT": str(port), **environ}
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE], env=os.environ | settings, start_new_session=True
    )
    server = Server(data, port, process)
    try:
        with server.session() as session:
            create_demo(session, Passwords(_QUICK), NOW)
        _wait_for(port)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(600):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise TimeoutError


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("studio")) as server:
        yield server


@pytest.fixture
def app(server: Server) -> Iterator[Repository]:
    """An app of its own for each test, checked by Git at the end."""
    repository = new_app(server)
    yield repository
    check_repository(repository)


def new_app(server: Server) -> Repository:
    files = {
        "App/config/applicationmetadata.json": b'{\n  "id": "ttd/app",\n  "org": "ttd"\n}\n',
        "App/ui/form/layouts/Side1.json": b'{\n  "data": {\n    "layout": []\n  }\n}\n',
        "README.md": b"An app.\n",
    }
    name = f"app{next(_numbers)}-{os.getpid()}"
    return server.repositories.create("ttd", name, MemoryFiles(files), KARI, "Create the app", NOW)


def check_repository(repository: Repository) -> None:
    done = subprocess.run(
        ["git", "-C", str(repository.folder), "fsck", "--full", "--strict"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@dataclass
class Client:
    """The Git client of somebody, with a folder of its own."""

    folder: Path
    environ: dict[str, str]

    def run(self, *arguments: str, cwd: Path | None = None, given: bytes | None = None) -> "Done":
        done = subprocess.run(
            ["git", *arguments],
            cwd=cwd or self.folder,
            env=self.environ,
            input=given,
            capture_output=True,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def git(self, *arguments: str, cwd: Path | None = None) -> str:
        """What Git says on stdout; the test fails where Git does."""
        done = self.run(*arguments, cwd=cwd)
        assert done.code == 0, done.said
        return done.out

    def clone(self, address: str, *options: str, name: str = "clone") -> Path:
        self.git("clone", "-q", *options, address, name)
        return self.folder / name

    def commit(self, clone: Path, files: Mapping[str, bytes], message: str = "Change") -> str:
        """Write files and commit them; the id of the commit."""
        for path, data in files.items():
            place = clone / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        self.git("add", "-A", cwd=clone)
        self.git("commit", "-q", "-m", message, cwd=clone)
        return self.git("rev-parse", "HEAD", cwd=clone).strip()


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    said: str


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return new_client(tmp_path)


def new_client(folder: Path) -> Client:
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_AUTHOR_NAME": "Dina",
        "GIT_AUTHOR_EMAIL": "dina@example.org",
        "GIT_COMMITTER_NAME": "Dina",
        "GIT_COMMITTER_EMAIL": "dina@example.org",
    }
    return Client(folder, environ)


Address = Callable[..., str]


@pytest.fixture
def address(server: Server, app: Repository) -> Address:
    """`address("dina")`: where the app is cloned from with Dina's token."""

    def of(who: str, scope: Scope = Scope.WRITE) -> str:
        return server.address(app.app, server.token(who, scope))

    return of
