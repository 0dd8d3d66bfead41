"""The blocks of an organisation: components that are used again and again, each a file on its shelf."""

import json
import re
from dataclasses import dataclass
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
    """A block: the name of its file, what people call it, what it is for, and what it holds."""

    id: str
    name: str
    description: str
    snippet: Snippet


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
        self._write(
            Block(block.id, name, description, block.snippet), author, f"Rename the block {block.name}", now
        )

    def remove(self, block: Block, author: Author, now: datetime) -> None:
        """Take a block off the shelf; its history stays."""
        self._shelf.write({f"{_FOLDER}{block.id}.json": None}, author, f"Delete the block {block.name}", now)

    def _write(self, block: Block, author: Author, message: str, now: datetime) -> None:
        content = {"name": block.name, "description": block.description, **block.snippet.to_dict()}
        data = (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()
        self._shelf.write({f"{_FOLDER}{block.id}.json": data}, author, message, now)

    def _refuse_taken(self, name: str) -> None:
        if any(block.name.casefold() == name.casefold() for block in self.all()):
            words = N_("There is already a block called %(name)s. Choose another name.")
            raise DomainError(Sentence(words, {"name": name}))


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
    return Block(name, called if is_named else name, about if is_described else "", snippet)
