"""A Git server beside Studio: `git http-backend` over bare repositories, with a token, and with faults."""

import base64
import os
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any

_GIT = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_NAME": "Gro" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "gro@example.org" for who in ("AUTHOR", "COMMITTER")},
}

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass
class SecondServer:
    """`fault`: a status such as 404, "hang", "half" (of every body), or an address to be sent to."""

    folder: Path
    port: int
    token: str = "deploy-token-of-gro"
    fault: int | str | None = None
    asked: list[str] = field(default_factory=list)  # "GET /x.git/info/refs …", as they came
    released: threading.Event = field(default_factory=threading.Event)

    def address(self, name: str = "app") -> str:
        return f"http://127.0.0.1:{self.port}/{name}.git"

    def bare(self, name: str = "app") -> Path:
        """An empty repository that can be sent to."""
        place = self.folder / f"{name}.git"
        if not place.exists():
            git(self.folder, "init", "-q", "--bare", "-b", "main", str(place))
            git(place, "config", "http.receivepack", "true")
        return place

    def commit(self, branch: str, files: dict[str, bytes], onto: str | None = "", name: str = "app") -> str:
        """A commit of somebody there; onto the branch itself, another commit, or (None) onto nothing."""
        bare, environ = self.bare(name), {"GIT_INDEX_FILE": str(self.folder / "index")}
        parent = onto if onto != "" else self.head(branch, name)
        git(bare, "read-tree", parent or "--empty", environ=environ)
        for path, data in files.items():
            blob = git(bare, "hash-object", "-w", "--stdin", given=data)
            mode = "120000" if path.endswith(".link") else "100644"
            git(bare, "update-index", "--add", "--cacheinfo", f"{mode},{blob},{path}", environ=environ)
        tree = git(bare, "write-tree", environ=environ)
        parents = ("-p", parent) if parent else ()
        made = git(bare, "commit-tree", tree, *parents, "-m", f"Gro: {', '.join(files)}")
        git(bare, "update-ref", f"refs/heads/{branch}", made)
        return made

    def head(self, branch: str = "main", name: str = "app") -> str:
        """The newest commit of a branch; "" where there is none."""
        return git(self.bare(name), "for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")


def git(
    folder: Path, *arguments: str, given: bytes = b"", environ: Mapping[str, str] = MappingProxyType({})
) -> str:
    """What Git says, without its last line break; the test fails where Git does."""
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, input=given, env=_GIT | dict(environ), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().removesuffix("\n")


@contextmanager
def second_server(folder: Path) -> Iterator[SecondServer]:
    """A server for the bare repositories in a folder."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            _answer(self, there)

        do_POST = do_GET  # noqa: N815 - the name that the server looks for

        def log_message(self, *_arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    there = SecondServer(folder, server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield there
    there.released.set()
    server.shutdown()
    server.server_close()
    thread.join()


def _answer(handler: BaseHTTPRequestHandler, there: SecondServer) -> None:
    there.asked.append(f"{handler.command} {handler.path}")
    body = _body(handler)
    handler.close_connection = True
    if there.fault == "hang":
        there.released.wait(60)
        return
    if isinstance(there.fault, int) or (there.fault or "").startswith("http"):
        _plain(handler, 302 if isinstance(there.fault, str) else there.fault or 500, str(there.fault))
        return
    pair = base64.b64encode(f"git:{there.token}".encode()).decode()
    if there.token and handler.headers.get("Authorization") != f"Basic {pair}":
        _plain(handler, 401, "")
        return
    path, _, query = handler.path.partition("?")
    done = subprocess.run(
        ["git", "-c", "safe.directory=*", "http-backend"],
        input=body,
        capture_output=True,
        check=True,
        env=_GIT
        | {
            "GIT_PROJECT_ROOT": str(there.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": handler.command,
            "REMOTE_USER": "gro",
            "CONTENT_TYPE": handler.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": handler.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": handler.headers.get("Git-Protocol", ""),
        },
    )
    head, _, answer = done.stdout.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
    handler.send_response(int(headers.pop("Status", "200").split(" ")[0]))
    for name, value in (headers | {"Content-Length": str(len(answer))}).items():
        handler.send_header(name, value)
    handler.end_headers()
    is_cut = there.fault == "half" and handler.command == "POST" and b"PACK" in answer
    handler.wfile.write(answer[: len(answer) // 2] if is_cut else answer)


def _plain(handler: BaseHTTPRequestHandler, status: int, to: str) -> None:
    handler.send_response(status)
    if status == 302:
        handler.send_header("Location", f"{to}{handler.path}")
    if status == 401:
        handler.send_header("WWW-Authenticate", 'Basic realm="Second"')
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def _body(handler: BaseHTTPRequestHandler) -> bytes:
    if handler.headers.get("Transfer-Encoding") != "chunked":
        return handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
    found = b""
    while size := int(handler.rfile.readline(), 16):
        found += handler.rfile.read(size)
        handler.rfile.readline()
    handler.rfile.readline()
    return found
