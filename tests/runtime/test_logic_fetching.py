"""Hooks have things fetched from servers that app and environment name, by https, and from nowhere else."""

import json
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from logic_calls import LOGIC, request

from studio.runtime.logic.fetching import Fetcher
from studio.runtime.logic.hosts import Host


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "https://elsewhere.example/")
            self.end_headers()
            return
        body = json.dumps({"path": self.path, "headers": dict(self.headers)}).encode()
        if self.path == "/long":
            body = b"x" * 2_000_000
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.path == "/slow":
            time.sleep(1.5)
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def fetcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fetcher]:
    """May ask a server on this machine, whose certificate is for `localhost`."""
    folder = tmp_path_factory.mktemp("certificate")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    _make_certificate(key, certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # some go away before they are answered
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    trust = ssl.create_default_context(cafile=str(certificate))
    yield Fetcher(frozenset({"localhost"}), 1.0, True, server.server_address[1], trust)
    server.shutdown()
    thread.join()
    server.server_close()


def _make_certificate(key: Path, certificate: Path) -> None:
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )


def fetched(fetcher: Fetcher, path: str = "/data?a=1", host: str = "localhost", **headers: str) -> Any:
    return fetcher.fetch({"address": f"https://{host}:{fetcher.port}{path}", "headers": headers})


def test_an_answer_of_a_server_that_is_named_comes_back(fetcher: Fetcher) -> None:
    answer = fetched(fetcher, accept="application/json", cookie="secret=1", host_="x")
    seen = json.loads(answer["text"])
    assert (answer["status"], seen["path"]) == (200, "/data?a=1")
    assert seen["headers"]["accept"] == "application/json"
    assert "cookie" not in {name.lower() for name in seen["headers"]}
    assert seen["headers"]["Host"] == f"localhost:{fetcher.port}"


def test_a_server_that_is_not_named_is_not_asked(fetcher: Fetcher) -> None:
    assert "not among the servers" in fetched(fetcher, host="data.example.org")["refused"]
    assert "not among the servers" in fetched(fetcher, host="127.0.0.1")["refused"]


def test_a_private_address_is_not_asked_whatever_its_name(fetcher: Fetcher) -> None:
    assert "private network" in fetched(replace(fetcher, private_addresses=False))["refused"]


def test_a_certificate_of_another_name_is_refused(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    named = replace(fetcher, servers=frozenset({"127.0.0.1"}))
    assert "did not answer" in fetched(named, host="127.0.0.1")["refused"]


def test_certificates_that_nobody_vouches_for_are_refused(fetcher: Fetcher) -> None:
    assert "did not answer" in fetched(replace(fetcher, trust=None))["refused"]


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/",
        "https://localhost:22/",
        "https://user@localhost/",
        "file:///etc/passwd",
        "localhost",
        "",
        "https://[::1",
        "https://localhost:99999999/",
        "https://localhost\n/",
    ],
)
def test_only_plain_https_addresses_are_fetched(fetcher: Fetcher, address: str) -> None:
    assert "refused" in fetcher.fetch({"address": address, "headers": {}})


def test_headers_cannot_carry_a_second_request(fetcher: Fetcher) -> None:
    assert "refused" in fetched(fetcher, accept="a\r\nX-More: b")
    assert "refused" in fetcher.fetch(
        {"address": f"https://localhost:{fetcher.port}/", "headers": {"a b": "c"}}
    )


def test_a_redirect_is_told_and_not_followed(fetcher: Fetcher) -> None:
    assert fetched(fetcher, "/away")["status"] == 302


def test_long_and_slow_answers_are_not_waited_for(fetcher: Fetcher) -> None:
    assert "longer" in fetched(fetcher, "/long")["refused"]
    start = time.monotonic()
    assert "refused" in fetched(fetcher, "/slow")
    assert time.monotonic() - start < 5


def test_a_hook_gets_the_answer_through_its_channel_and_a_failure_as_an_exception(fetcher: Fetcher) -> None:
    address = f"https://localhost:{fetcher.port}/data"
    code = f"a = context.http.get({address!r})\nanswer = {{'s': a.status, 't': a.text}}"
    host = Host(LOGIC)
    try:
        answer = host.call(request(code), 3, fetcher.fetch)["answer"][0]
        elsewhere = address.replace("localhost", "elsewhere.example")
        refused = host.call(request(f"context.http.get({elsewhere!r})"), 3, fetcher.fetch)
    finally:
        host.end()
    assert answer["s"] == 200
    assert json.loads(answer["t"])["path"] == "/data"
    assert refused["error"]["kind"] == "HttpFailed"
    assert "not among the servers" in refused["error"]["message"]
