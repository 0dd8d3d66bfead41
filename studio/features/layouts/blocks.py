"""The blocks of an organisation on its shelf: kept, renewed, renamed, taken away."""

import re
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Final

from studio.definition.errors import DomainError, NotThere
from studio.definition.field_names import in_ascii
from studio.definition.library import Published
from studio.definition.library.blocks import (
    BLOCKS,
    Block,
    all_blocks,
    block_version,
    block_versions,
    newest_block,
    path_of_earlier,
    written_block,
)
from studio.definition.sentences import N_, Sentence
from studio.definition.snippets import Snippet
from studio.history.commits import Author
from studio.history.shelf import Shelf

_LONGEST_NAME: Final = 80
_LONGEST_DESCRIPTION: Final = 1000


class Blocks:
    """The blocks on a shelf. Raises NotThere, and DomainError for what cannot be kept."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def all(self) -> list[Block]:
        """Every block that can be read, by name."""
        return all_blocks(self._shelf.files)

    def named(self, name: str) -> Block:
        """The block in the file of that name."""
        found = newest_block(self._shelf.files, name)
        if found is None:
            raise NotThere(Sentence(N_("There is no block %(name)s any more."), {"name": name}))
        return found

    def versions(self, name: str) -> tuple[Block, ...]:
        """The versions of a block that can be read, newest first."""
        return block_versions(self._shelf.files, name)

    def version(self, name: str, number: int) -> Block:
        """One version of a block."""
        return block_version(self._shelf.files, name, number)

    def renew(self, block: Block, snippet: Snippet, note: str, author: Author, now: datetime) -> Block:
        """Put a newer version in the place of a block; the one before stays beside it.

        Raises AlreadyThere where somebody else was faster.
        """
        if len(note) > _LONGEST_DESCRIPTION:
            words = N_("The description can have at most %(count)s characters.")
            raise DomainError(Sentence(words, {"count": _LONGEST_DESCRIPTION}))
        said = _said(note, author, now)
        newer = replace(block, snippet=snippet, version=block.version + 1, published=said)
        kept = path_of_earlier(block.id, block.version)
        edits = {kept: written_block(block), f"{BLOCKS}{block.id}.json": written_block(newer)}
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
        block = Block(free, name, description, snippet, published=_said("", author, now))
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
        folder = f"{BLOCKS}{block.id}/"
        paths = [path for path in self._shelf.files if path.startswith(folder)]
        edits = dict.fromkeys([f"{BLOCKS}{block.id}.json", *paths])
        self._shelf.write(edits, author, f"Delete the block {block.name}", now)

    def _write(self, block: Block, author: Author, message: str, now: datetime) -> None:
        self._shelf.write({f"{BLOCKS}{block.id}.json": written_block(block)}, author, message, now)

    def _refuse_taken(self, name: str) -> None:
        if any(block.name.casefold() == name.casefold() for block in self.all()):
            words = N_("There is already a block called %(name)s. Choose another name.")
            raise DomainError(Sentence(words, {"name": name}))


def _said(note: str, author: Author, now: datetime) -> Published:
    return Published(author.name, now.isoformat(timespec="seconds"), note)


def _refuse_bad_name(name: str, description: str) -> None:
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        words = N_("Give the block a name of at most %(count)s characters.")
        raise DomainError(Sentence(words, {"count": _LONGEST_NAME}))
    if len(description) > _LONGEST_DESCRIPTION:
        words = N_("The description can have at most %(count)s characters.")
        raise DomainError(Sentence(words, {"count": _LONGEST_DESCRIPTION}))
