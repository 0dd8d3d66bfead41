"""Fetching from other servers for apps: by https, from servers that are allowed, and never from private ones.

Whoever writes an app may name an address. What keeps that from reaching the machines around this one:
a list of servers, the look at every address that a name stands for, and speaking to the very address that
was looked at, so that a second answer of the name service changes nothing. Redirects are not followed.
"""

import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from studio.definition.sentences import N_, Sentence
from studio.web.public_addresses import is_public

_MOST_BYTES: Final = 1_000_000
_MOST_HEADERS: Final = 20
_LONGEST_ADDRESS: Final = 4000
# Headers that say who asks, or decide how the message is read, are not an app's to set.
_FORBIDDEN: Final = frozenset(
    {"host", "cookie", "connection", "content-length", "transfer-encoding", "proxy-authorization", "upgrade"}
)
# Name services, and servers that dribble, can take longer than any of their parts: a fetch as a whole is
# waited for from outside, and so many can be waited for at once.
_FETCHES: Final = ThreadPoolExecutor(16, "fetching")

# The addresses of a name and port, as socket.getaddrinfo gives them.
Resolve = Callable[..., Sequence[tuple[Any, ...]]]


class NotFetched(Exception):
    """There is no answer; the sentence is for those who make the app and look after the environment."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer of a server; redirects and errors are answers too."""

    status: int
    text: str


@dataclass(frozen=True, slots=True)
class Fetcher:
    """`servers` are the names that may be asked; `seconds` the longest that a fetch may take as a whole.

    `private_addresses`, `port` and `trust` (the certificates that count) are for servers of one's own,
    `resolve` for another name service.
    """

    servers: frozenset[str]
    seconds: float
    private_addresses: bool = False
    port: int = 443
    trust: ssl.SSLContext | None = None
    resolve: Resolve = socket.getaddrinfo
    most_bytes: int = _MOST_BYTES

    def get(self, address: str, headers: Mapping[str, str]) -> Fetched:
        """What the server answers. Raises NotFetched."""
        fetch = _FETCHES.submit(self._fetched, address, _allowed(headers))
        try:
            return fetch.result(self.seconds)
        except TimeoutError:
            fetch.cancel()
            raise NotFetched(Sentence(N_("The answer took too long."))) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise NotFetched(
                Sentence(N_("The server did not answer (%(why)s)."), {"why": type(error).__name__})
            ) from error

    def _fetched(self, address: str, headers: Mapping[str, str]) -> Fetched:
        if len(address) > _LONGEST_ADDRESS:
            values = {"size": _LONGEST_ADDRESS}
            raise NotFetched(Sentence(N_("The address is longer than %(size)s characters."), values))
        end = time.monotonic() + self.seconds
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or self.port
        if parts.scheme != "https" or parts.username is not None or port != self.port:
            raise NotFetched(
                Sentence(N_("Only https addresses without a name and a port of their own can be fetched."))
            )
        if host not in self.servers:
            raise NotFetched(
                Sentence(N_("%(host)s is not among the servers that may be asked here."), {"host": host})
            )
        ip = self._public(host, port)
        # The address that was looked at is the one spoken to; the certificate is still held against the name.
        url = httpx.URL(address).copy_with(host=ip, port=port)
        trust = self.trust or ssl.create_default_context()
        with httpx.Client(timeout=self.seconds, trust_env=False, verify=trust) as client:
            asked = client.build_request("GET", url, headers={**headers, "Host": parts.netloc})
            asked.extensions["sni_hostname"] = host
            answer = client.send(asked, stream=True)
            try:
                return Fetched(answer.status_code, _text(answer, end, self.most_bytes))
            finally:
                answer.close()

    def _public(self, host: str, port: int) -> str:
        found = [str(entry[4][0]) for entry in self.resolve(host, port, type=socket.SOCK_STREAM)]
        if not found or not (self.private_addresses or all(map(is_public, found))):
            raise NotFetched(
                Sentence(
                    N_("%(host)s is inside a private network, which may not be fetched from."), {"host": host}
                )
            )
        return found[0]


def _text(answer: httpx.Response, end: float, most: int) -> str:
    found = bytearray()
    for piece in answer.iter_bytes():
        found += piece
        if len(found) > most:
            raise NotFetched(Sentence(N_("The answer is longer than %(size)s kB."), {"size": most // 1000}))
        if time.monotonic() > end:
            raise NotFetched(Sentence(N_("The answer took too long.")))
    return found.decode(answer.charset_encoding or "utf-8", "replace")


def _allowed(headers: Mapping[str, str]) -> dict[str, str]:
    if len(headers) > _MOST_HEADERS:
        raise NotFetched(Sentence(N_("At most %(number)s headers can be sent."), {"number": _MOST_HEADERS}))
    return {name: text for name, text in headers.items() if name.lower() not in _FORBIDDEN}
