"""The blocks of an organisation: components that are used again and again, each a file on its shelf."""

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any, Final

from studio.definition.errors import DomainError, NotThere
from studio.definition.field_names import in_ascii
from studio.definition.sentences import N_, Sentence
from studio.definition.snippets import Snippet, read_snippet
from studio.history.commits import Author
from studio.history.shelf import Shelf

_FOLDER: Final = "blocks/"
_FILE: Final = re.compile(r"blocks/([a-z0-9]+(?:-[a-z0-9]+)*)\.json")
_LONGEST_NAME: Final = 80
_LONGEST_DESCRIPTION: Final = 1000


@dataclass(frozen=True)
class Block:
    """A block: the name of its file, what people call it, what it is for, and what it holds.

    `version` counts from 1; `note` is what whoever made this version said is new.
    """

    id: str
    name: str
    description: str
    snippet: Snippet
    version: int = 1
    note: str = ""


class Blocks:
    """The blocks on a shelf. Raises NotThere, and DomainError for what cannot be kept."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def all(self) -> list[Block]:
        """Every block that can be read, by name."""
        files = self._shelf.files
        names = [match[1] for path in files if (match := _FILE.fullmatch(path))]
        found = [_read(name, files[f"{_FOLDER}{name}.json"]) for name in names]
        return sorted((block for block in found if block), key=lambda block: block.name.casefold())

    def named(self, name: str) -> Block:
        """The block in the file of that name."""
        path = f"{_FOLDER}{name}.json"
        found = _read(name, self._shelf.files[path]) if path in self._shelf.files else None
        if found is None or not _FILE.fullmatch(path):
            raise NotThere(Sentence(N_("There is no block %(name)s any more."), {"name": name}))
        return found

    def earlier(self, block: Block) -> list[Block]:
        """The versions before this one that can be read, newest first."""
        files = self._shelf.files
        paths = [f"{_FOLDER}{block.id}/{number}.json" for number in reversed(range(1, block.version))]
        found = [_read(block.id, files[path]) for path in paths if path in files]
        return [each for each in found if each]

    def version(self, name: str, number: int) -> Block:
        """One version of a block."""
        newest = self.named(name)
        for each in (newest, *self.earlier(newest)):
            if each.version == number:
                return each
        words = N_("There is no version %(number)s of %(name)s any more.")
        raise NotThere(Sentence(words, {"number": number, "name": newest.name}))

    def renew(self, block: Block, snippet: Snippet, note: str, author: Author, now: datetime) -> Block:
        """Put a newer version in the place of a block; the one before stays beside it.

        Raises AlreadyThere where somebody else was faster.
        """
        if len(note) > _LONGEST_DESCRIPTION:
            words = N_("The description can have at most %(count)s characters.")
            raise DomainError(Sentence(words, {"count": _LONGEST_DESCRIPTION}))
        newer = replace(block, snippet=snippet, version=block.version + 1, note=note)
        kept = f"{_FOLDER}{block.id}/{block.version}.json"
        edits = {kept: _written(block), f"{_FOLDER}{block.id}.json": _written(newer)}
        message = f"Save version {newer.version} of the block {block.name}"
        self._shelf.write(edits, author, message, now, new=[kept])
        return newer

    def save(self, name: str, description: str, snippet: Snippet, author: Author, now: datetime) -> Block:
        """Put a new block on the shelf."""
        _refuse_bad_name(name, description)
        self._refuse_taken(name)
        taken = {block.id for block in self.all()}
        stem = re.sub(r"[^a-z0-9]+", "-", in_ascii(name).lower()).strip("-")[:60].strip("-") or "block"
        names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
        free = next(each for each in names if each not in taken)
        block = Block(free, name, description, snippet)
        self._write(block, author, f"Save the block {name}", now)
        return block

    def rename(self, block: Block, name: str, description: str, author: Author, now: datetime) -> None:
        """Give a block another name and description."""
        _refuse_bad_name(name, description)
        if name.casefold() != block.name.casefold():
            self._refuse_taken(name)
        renamed = replace(block, name=name, description=description)
        self._write(renamed, author, f"Rename the block {block.name}", now)

    def remove(self, block: Block, author: Author, now: datetime) -> None:
        """Take a block off the shelf; its history stays."""
        folder = f"{_FOLDER}{block.id}/"
        paths = [path for path in self._shelf.files if path.startswith(folder)]
        edits = dict.fromkeys([f"{_FOLDER}{block.id}.json", *paths])
        self._shelf.write(edits, author, f"Delete the block {block.name}", now)

    def _write(self, block: Block, author: Author, message: str, now: datetime) -> None:
        self._shelf.write({f"{_FOLDER}{block.id}.json": _written(block)}, author, message, now)

    def _refuse_taken(self, name: str) -> None:
        if any(block.name.casefold() == name.casefold() for block in self.all()):
            words = N_("There is already a block called %(name)s. Choose another name.")
            raise DomainError(Sentence(words, {"name": name}))


def _written(block: Block) -> bytes:
    content = {"name": block.name, "description": block.description, **block.snippet.to_dict()}
    if block.version > 1:
        content |= {"version": block.version, "note": block.note}
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _refuse_bad_name(name: str, description: str) -> None:
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        words = N_("Give the block a name of at most %(count)s characters.")
        raise DomainError(Sentence(words, {"count": _LONGEST_NAME}))
    if len(description) > _LONGEST_DESCRIPTION:
        words = N_("The description can have at most %(count)s characters.")
        raise DomainError(Sentence(words, {"count": _LONGEST_DESCRIPTION}))


def _read(name: str, data: bytes) -> Block | None:
    """The block in a file; None where it holds none."""
    try:
        content: Any = json.loads(data)
        snippet = read_snippet(data.decode())
    except (ValueError, RecursionError, DomainError):
        return None
    called, about = (content.get(each) for each in ("name", "description"))
    is_named, is_described = isinstance(called, str), isinstance(about, str)
    version, note = content.get("version"), content.get("note")
    number = version if isinstance(version, int) and not isinstance(version, bool) and version > 0 else 1
    said = note if isinstance(note, str) else ""
    return Block(name, called if is_named else name, about if is_described else "", snippet, number, said)
