"""What a fetch may ask for: by version 2 of the protocol a client can want any object whose name it knows.

Drafts are nobody else's business, also for whoever was given the name of a commit in one. So a commit is
handed out only where it can be reached from what is there for all. Files and folders are not looked at:
partial clones ask for them one by one, and their names say no more than their content does.
"""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

import pygit2
from pygit2.enums import ObjectType
from werkzeug.exceptions import RequestEntityTooLarge

from studio.features.git_http.backend import Body

_MOST: Final = 10 * 1024 * 1024  # bytes, unpacked: as much as Git itself reads of such a request
_CHUNK: Final = 1 << 16
_FOR_ALL: Final = ("refs/heads/", "refs/tags/", "refs/pull/")
_WANT: Final = b"want "
_SPECIAL: Final = 3  # lengths up to this stand for themselves: the ends of parts and of messages


def read_request(body: Body, encoding: str) -> BytesIO:
    """The whole request, which is short, unpacked; empty where its gzip is broken.

    Raises RequestEntityTooLarge.
    """
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if encoding in {"gzip", "x-gzip"} else None
    found = bytearray()
    try:
        while piece := body.read(_CHUNK):
            found += unpack.decompress(piece, _MOST) if unpack else piece
            if len(found) > _MOST or (unpack and unpack.unconsumed_tail):
                raise RequestEntityTooLarge
    except zlib.error:
        return BytesIO()
    return BytesIO(bytes(found))


def hidden_want(repository: pygit2.Repository, request: bytes) -> str | None:
    """The first commit that is wanted and not there for all; None where all may be handed out."""
    named = [repository.get(name) for name in _wanted(request)]
    commits = [each for each in named if each is not None and each.type == ObjectType.COMMIT]
    heads = _heads(repository) if commits else set()
    for commit in commits:
        reached = commit.id in heads or any(repository.descendant_of(head, commit.id) for head in heads)
        if not reached:
            return str(commit.id)
    return None


def refusal_of(name: str) -> bytes:
    """Git's own answer for what it has not."""
    text = f"ERR upload-pack: not our ref {name}\n".encode()
    return f"{len(text) + 4:04x}".encode() + text


def _heads(repository: pygit2.Repository) -> set[pygit2.Oid]:
    found = set()
    for ref in repository.references.iterator():
        if ref.name.startswith(_FOR_ALL):
            pointed = ref.peel()
            if pointed.type == ObjectType.COMMIT:
                found.add(pointed.id)
    return found


def _wanted(request: bytes) -> Iterator[str]:
    place = 0
    while place + 4 <= len(request):
        try:
            length = int(request[place : place + 4], 16)
        except ValueError:
            return  # Git will say what it thinks of this
        line = request[place + 4 : place + length]
        place += max(length, 4)
        if length > _SPECIAL and line.startswith(_WANT):
            name = line.removeprefix(_WANT)[:40].decode("ascii", "replace")
            if len(name) == 40 and all(digit in "0123456789abcdef" for digit in name):
                yield name
