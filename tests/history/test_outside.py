"""Cloning from another server: a real Git server over HTTP on this machine."""

import base64
import subprocess
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from history_edits import SMALL_APP

from studio.history.importing import ImportRefused, Limits, from_git_url
from studio.history.outside import Access, OutsideError
from studio.history.repositories import Repositories

LOCAL = Access(private_addresses=True, timeout=20)


class Server(ThreadingHTTPServer):
    """Serves a folder of repositories (the "dumb" Git protocol), and remembers what it was sent."""

    token: str | None = None
    hang: bool = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.woken = threading.Event()
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(SimpleHTTPRequestHandler):
    server: Server

    def __init__(self, request, address, server) -> None:
        super().__init__(request, address, server, directory=str(server.folder))

    def do_GET(self) -> None:
        if self.server.hang:
            self.server.woken.wait(60)
        if "/moved/" in self.path:
            self.send_response(302)
            self.send_header("Location", self.path.replace("/moved/", "/"))
            self.end_headers()
            return
        if self.server.token:
            pair = base64.b64encode(f"git:{self.server.token}".encode()).decode()
            if self.headers.get("Authorization") != f"Basic {pair}":
                self.send_response(401)
                self.send_header("WWW-Authenticate", "Basic")
                self.end_headers()
                return
        super().do_GET()

    def log_message(self, *args: object) -> None: ...


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "served")
    server.folder.mkdir()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.woken.set()
    server.shutdown()
    thread.join()
    server.server_close()


def served(server: Server, name: str, files: dict[str, bytes], branch: str = "master") -> str:
    work = server.folder.parent / f"work-{name}"
    for path, data in files.items():
        (work / path).parent.mkdir(parents=True, exist_ok=True)
        (work / path).write_bytes(data)
    work.mkdir(exist_ok=True)
    run = ["git", "-C", str(work), "-c", "user.name=Kari", "-c", "user.email=kari@example.org"]
    subprocess.run([*run, "init", "-q", "-b", branch], check=True)
    subprocess.run([*run, "add", "-A"], check=True)
    subprocess.run([*run, "commit", "-q", "--allow-empty", "-m", "First"], check=True)
    bare = server.folder / f"{name}.git"
    subprocess.run(["git", "clone", "-q", "--bare", str(work), str(bare)], check=True)
    subprocess.run(["git", "-C", str(bare), "update-server-info"], check=True)
    return f"{server.url}/{name}.git"


def test_a_repository_comes_in_with_its_history_and_its_main_branch_is_main(
    repositories: Repositories, server: Server
) -> None:
    url = served(server, "app", SMALL_APP)
    repository = from_git_url(repositories, url, "ttd", "app", LOCAL)
    assert dict(repository.files()) == SMALL_APP
    assert repository.branches() == ["main"]
    assert [commit.subject for commit in repository.log()] == ["First"]
    assert server.url not in (repository.folder / "config").read_text()


def test_a_repository_without_app_leaves_nothing(repositories: Repositories, server: Server) -> None:
    with pytest.raises(ImportRefused, match="App"):
        from_git_url(repositories, served(server, "none", {"x": b""}), "ttd", "app", LOCAL)
    assert not repositories.exists("ttd", "app")
    assert list((repositories.root / ".incoming").iterdir()) == []


def test_a_file_too_large_is_refused_without_unpacking_it(repositories: Repositories, server: Server) -> None:
    url = served(server, "big", SMALL_APP | {"App/zeros": bytes(2_000_000)})
    with pytest.raises(ImportRefused, match="App/zeros"):
        from_git_url(repositories, url, "ttd", "app", LOCAL, Limits(one_file=1_000_000))


def test_a_repository_too_large_is_given_up(repositories: Repositories, server: Server) -> None:
    with pytest.raises(OutsideError, match="larger"):
        from_git_url(repositories, served(server, "app", SMALL_APP), "ttd", "app", LOCAL, Limits(total=1000))


def test_a_token_opens_what_is_closed_and_is_never_told(
    repositories: Repositories, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    url = served(server, "app", SMALL_APP)
    server.token = "sesame-open"
    caplog.set_level("DEBUG")
    for token in (None, "wrong-sesame"):
        with pytest.raises(OutsideError) as refused:
            from_git_url(repositories, url, "ttd", "app", Access(token, private_addresses=True))
        assert "sesame" not in str(refused.value)
    from_git_url(repositories, url, "ttd", "app", Access("sesame-open", private_addresses=True))
    with_secret = url.replace("http://", "http://git:sesame-open@")
    repository = from_git_url(repositories, with_secret, "ttd", "other", LOCAL)
    assert "sesame" not in (repository.folder / "config").read_text()
    assert "sesame" not in caplog.text


def test_a_server_that_does_not_answer_is_given_up(repositories: Repositories, server: Server) -> None:
    server.hang = True
    with pytest.raises(OutsideError, match="within"):
        from_git_url(
            repositories, f"{server.url}/x.git", "ttd", "app", Access(private_addresses=True, timeout=0.5)
        )


def test_a_server_is_not_followed_elsewhere(repositories: Repositories, server: Server) -> None:
    url = served(server, "app", SMALL_APP).replace("/app.git", "/moved/app.git")
    with pytest.raises(OutsideError, match="could not be fetched"):
        from_git_url(repositories, url, "ttd", "app", LOCAL)
