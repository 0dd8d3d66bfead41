"""Requests of Git's protocol that no Git would send: what is pushed is put together by hand."""

import base64
import socket
import struct
import zlib
from contextlib import suppress
from hashlib import sha1
from pathlib import Path

import httpx

from studio.history.push_checks import NOTHING
from studio.history.repository import Repository
from tests.features.git_http.conftest import Server

BLOB, TREE, COMMIT = 3, 2, 1


def packet(text: bytes) -> bytes:
    return f"{len(text) + 4:04x}".encode() + text


def command(ref: str, new: str, old: str = NOTHING) -> bytes:
    """What a push begins with."""
    return packet(f"{old} {new} {ref}\0 report-status side-band-64k".encode()) + b"0000"


def pack(objects: list[tuple[int, bytes]]) -> bytes:
    """A pack of whole objects."""
    data = b"PACK" + struct.pack(">II", 2, len(objects))
    for kind, content in objects:
        size = len(content)
        first, size = kind << 4 | size & 15, size >> 4
        head = bytearray()
        while size:
            head.append(first | 0x80)
            first, size = size & 0x7F, size >> 7
        data += bytes([*head, first]) + zlib.compress(content)
    return data + sha1(data).digest()


def commit_of(app: Repository, tree: str) -> bytes:
    who = "Dina <dina@example.org> 1700000000 +0000"
    return f"tree {tree}\nparent {app.head().id}\nauthor {who}\ncommitter {who}\n\nBy hand\n".encode()


def name_of(kind: str, content: bytes) -> str:
    return sha1(f"{kind} {len(content)}\0".encode() + content).hexdigest()


def push(server: Server, app: Repository, body: bytes) -> str:
    answer = httpx.post(
        f"{server.address(app.app, server.token('ola'))}/git-receive-pack",
        content=body,
        headers={"Content-Type": "application/x-git-receive-pack-request"},
        trust_env=False,
        timeout=60,
    )
    return answer.text


def connection(server: Server, app: Repository, service: str, extra: str = "") -> socket.socket:
    """A request that has begun: its head is sent, and its body comes in chunks."""
    secret = base64.b64encode(f"x:{server.token('ola')}".encode()).decode()
    made = socket.create_connection(("127.0.0.1", server.port), timeout=60)
    made.sendall(
        f"POST /ttd/{app.app}.git/{service} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic {secret}\r\n"
        f"Content-Type: application/x-{service}-request\r\nTransfer-Encoding: chunked\r\n{extra}\r\n".encode()
    )
    return made


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def processes(app: Repository) -> list[str]:
    """The programs of Git that work inside this app's repository, by their numbers."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):  # it has just ended
            if place.readlink().is_relative_to(app.folder):
                found.append(place.parent.name)
    return found
