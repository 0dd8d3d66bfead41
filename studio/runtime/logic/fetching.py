"""Fetching for hooks, which have no network: from servers that the app and the environment both name."""

import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from studio.web.public_addresses import is_public

_MOST_BYTES: Final = 1_000_000
_MOST_HEADERS: Final = 20
# Headers that say who asks, or decide how the message is read, are not a hook's to set.
_FORBIDDEN: Final = frozenset(
    {"host", "cookie", "connection", "content-length", "transfer-encoding", "proxy-authorization", "upgrade"}
)


class _Refused(Exception):
    """The address may not be fetched; the message is for the hook's developer."""


@dataclass(frozen=True, slots=True)
class Fetcher:
    """`servers` are the names that may be asked; `seconds` the longest that one answer may take.

    `private_addresses`, `port` and `trust` (the certificates that count) are for servers of one's own.
    """

    servers: frozenset[str]
    seconds: float
    private_addresses: bool = False
    port: int = 443
    trust: ssl.SSLContext | None = None

    def fetch(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        """{"status", "text"} for {"address", "headers"}; {"refused"} in words where there is no answer."""
        try:
            return self._fetched(str(wanted.get("address")), _headers(wanted.get("headers")))
        except _Refused as refused:
            return {"refused": str(refused)}
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            return {"refused": f"The server did not answer ({type(error).__name__})."}

    def _fetched(self, address: str, headers: Mapping[str, str]) -> Mapping[str, Any]:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or 443
        if parts.scheme != "https" or parts.username is not None or port != self.port:
            raise _Refused("Only https addresses without a name and a port of their own can be fetched.")
        if host not in self.servers:
            raise _Refused(f"{host} is not among the servers that the app and this environment both name.")
        ip = self._public(host, port)
        # The address that was looked at is the one spoken to; the certificate is still held against the name.
        url = httpx.URL(address).copy_with(host=ip)
        trust = self.trust or ssl.create_default_context()
        with httpx.Client(timeout=self.seconds, trust_env=False, verify=trust) as client:
            asked = client.build_request("GET", url, headers={**headers, "Host": parts.netloc})
            asked.extensions["sni_hostname"] = host
            answer = client.send(asked, stream=True)
            try:
                return {"status": answer.status_code, "text": self._text(answer)}
            finally:
                answer.close()

    def _text(self, answer: httpx.Response) -> str:
        end, found = time.monotonic() + self.seconds, bytearray()
        for piece in answer.iter_bytes():
            found += piece
            if len(found) > _MOST_BYTES:
                raise _Refused(f"The answer is longer than {_MOST_BYTES // 1000} kB.")
            if time.monotonic() > end:
                raise _Refused("The answer took too long.")
        return found.decode(answer.charset_encoding or "utf-8", "replace")

    def _public(self, host: str, port: int) -> str:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        if not found or not (self.private_addresses or all(map(is_public, found))):
            raise _Refused(f"{host} is inside a private network, which may not be fetched from.")
        return found[0]


def _headers(given: Any) -> dict[str, str]:
    found = given if isinstance(given, Mapping) else {}
    if len(found) > _MOST_HEADERS:
        raise _Refused(f"At most {_MOST_HEADERS} headers can be sent.")
    return {str(name): str(text) for name, text in found.items() if str(name).lower() not in _FORBIDDEN}
