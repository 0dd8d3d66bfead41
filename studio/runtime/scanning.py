"""Looking for viruses in what people attach. ClamAV's daemon does it where the environment names one."""

import socket
import struct
from collections.abc import Iterator
from typing import Final, Literal, Protocol

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

Verdict = Literal["NotApplicable", "Clean", "Infected"]
_CHUNK: Final = 64 * 1024
_PATIENCE: Final = 30.0  # seconds


class CannotScan(DomainError):
    """The scanner does not answer, or not as it should: nothing is taken in meanwhile."""


class Scanner(Protocol):
    """Says whether some bytes are harmless."""

    def scan(self, content: bytes, /) -> Verdict:
        """The verdict. Raises CannotScan."""


class NoScanner:
    """For environments without a scanner."""

    def scan(self, _content: bytes) -> Verdict:
        """No verdict."""
        return "NotApplicable"


class ClamAV:
    """ClamAV's daemon at "host:port" or at the path of a socket (its command INSTREAM)."""

    def __init__(self, address: str) -> None:
        self._address = address

    def scan(self, content: bytes) -> Verdict:
        """Clean or Infected. Raises CannotScan, also where the daemon finds the file too large."""
        try:
            answer = self._ask(content)
        except OSError as error:
            raise _cannot() from error
        if answer.endswith("OK"):
            return "Clean"
        if answer.endswith("FOUND"):
            return "Infected"
        raise _cannot()

    def _ask(self, content: bytes) -> str:
        with self._connected() as connection:
            connection.sendall(b"zINSTREAM\0")
            for chunk in _chunks(content):
                connection.sendall(struct.pack(">I", len(chunk)) + chunk)
            connection.sendall(struct.pack(">I", 0))
            return connection.makefile("rb").read(4096).decode(errors="replace").strip("\0\n ")

    def _connected(self) -> socket.socket:
        if "/" in self._address:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(_PATIENCE)
            connection.connect(self._address)
            return connection
        host, _, port = self._address.rpartition(":")
        return socket.create_connection((host, int(port)), _PATIENCE)


def _chunks(content: bytes) -> Iterator[bytes]:
    return (content[start : start + _CHUNK] for start in range(0, len(content), _CHUNK))


def _cannot() -> CannotScan:
    return CannotScan(Sentence(N_("Files cannot be checked for viruses just now. Try again in a while.")))


def scanner_at(address: str) -> Scanner:
    """The scanner that a setting names; none for an empty one."""
    return ClamAV(address) if address else NoScanner()
