"""Hooks have things fetched from servers that app and environment name, by https, and from nowhere else."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from https_server import https_server
from logic_calls import LOGIC, request

from studio.runtime.fetching import Fetcher
from studio.runtime.logic.fetching import answered
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
    with https_server(tmp_path_factory.mktemp("certificate"), _Answers) as server:
        yield Fetcher(frozenset({"localhost"}), 1.0, True, server.port, server.trust)


def fetched(fetcher: Fetcher, path: str = "/data?a=1", host: str = "localhost", **headers: str) -> Any:
    return answered(fetcher, {"address": f"https://{host}:{fetcher.port}{path}", "headers": headers})


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
    assert "refused" in answered(fetcher, {"address": address, "headers": {}})


def test_headers_cannot_carry_a_second_request(fetcher: Fetcher) -> None:
    assert "refused" in fetched(fetcher, accept="a\r\nX-More: b")
    assert "refused" in answered(
        fetcher, {"address": f"https://localhost:{fetcher.port}/", "headers": {"a b": "c"}}
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
        answer = host.call(request(code), 3, partial(answered, fetcher))["answer"][0]
        elsewhere = address.replace("localhost", "elsewhere.example")
        refused = host.call(request(f"context.http.get({elsewhere!r})"), 3, partial(answered, fetcher))
    finally:
        host.end()
    assert answer["s"] == 200
    assert json.loads(answer["t"])["path"] == "/data"
    assert refused["error"]["kind"] == "HttpFailed"
    assert "not among the servers" in refused["error"]["message"]


class _Changing:
    """A name service that gives another address each time: a public one first, then those of this machine."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = list(addresses)
        self.asked = 0

    def __call__(self, _host: str, port: int, **_more: Any) -> list[tuple[Any, ...]]:
        self.asked += 1
        address = self.addresses.pop(0) if len(self.addresses) > 1 else self.addresses[0]
        return [(None, None, None, "", (address, port))]


def test_the_address_that_was_looked_at_is_the_one_that_is_spoken_to(fetcher: Fetcher) -> None:
    # Nothing answers at the first address; a second look would have led to this machine, which does.
    changing = _Changing("1.0.0.0", "127.0.0.1")
    told = fetched(replace(fetcher, private_addresses=False, seconds=0.3, resolve=changing))
    assert "refused" in told
    assert changing.asked == 1


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1"),
        *("2002:7f00:1::", "224.0.0.1", "255.255.255.255", "::"),
    ],
)
def test_no_name_leads_inside_whatever_it_stands_for(fetcher: Fetcher, address: str) -> None:
    held_in = replace(fetcher, private_addresses=False)
    assert "private network" in fetched(replace(held_in, resolve=_Changing(address)))["refused"]


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_other_ways_of_writing_this_machine_lead_nowhere_even_where_they_are_named(
    fetcher: Fetcher, host: str
) -> None:
    named = replace(fetcher, servers=frozenset({host.strip("[]")}), private_addresses=False)
    assert "private network" in fetched(named, host=host)["refused"]


def test_a_name_with_one_private_address_among_others_is_refused(fetcher: Fetcher) -> None:
    def both(_host: str, port: int, **_more: Any) -> list[tuple[Any, ...]]:
        return [(None, None, None, "", (each, port)) for each in ("1.1.1.1", "10.0.0.1")]

    told = fetched(replace(fetcher, private_addresses=False, resolve=both))
    assert "private network" in told["refused"]


def test_a_name_service_that_does_not_answer_is_not_waited_for(fetcher: Fetcher) -> None:
    def slow(*_arguments: Any, **_more: Any) -> list[tuple[Any, ...]]:
        time.sleep(1)
        return []

    assert "too long" in fetched(replace(fetcher, seconds=0.2, resolve=slow))["refused"]
