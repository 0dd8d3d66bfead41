"""The blocks on a shelf: components that are used again and again, each version in a file.

The newest version is `blocks/{id}.json`, those before it `blocks/{id}/{number}.json`. A file holds a snippet
(snippets.py) with `name`, `description`, `version`, `by` (who made it), `at` and `note` (what is new).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.content_cache import ContentCache
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import Files
from studio.definition.library.items import Published
from studio.definition.sentences import N_, Sentence
from studio.definition.snippets import Snippet, read_snippet

BLOCKS: Final = "blocks/"
_FILE: Final = re.compile(r"blocks/([a-z0-9]+(?:-[a-z0-9]+)*)\.json")
# Blocks have told who made them only since apps can follow them.
_NOBODY: Final = Published()
_READ: Final[ContentCache["Block | None"]] = ContentCache(500)


@dataclass(frozen=True)
class Block:
    """A block: the name of its file, what people call it, what it is for, and what it holds.

    `version` counts from 1; `published` is who made this version, when, and what they said is new.
    """

    id: str
    name: str
    description: str
    snippet: Snippet
    version: int = 1
    published: Published = _NOBODY

    @property
    def note(self) -> str:
        """What is new in this version."""
        return self.published.note


def all_blocks(shelf: Files) -> list[Block]:
    """The newest version of every block that can be read, by name."""
    names = [match[1] for path in shelf if (match := _FILE.fullmatch(path))]
    found = [newest_block(shelf, name) for name in names]
    return sorted((block for block in found if block), key=lambda block: block.name.casefold())


def newest_block(shelf: Files, block_id: str) -> Block | None:
    """The newest version of a block; None where there is none, or its file is broken."""
    path = f"{BLOCKS}{block_id}.json"
    return _at(shelf, path, block_id) if _FILE.fullmatch(path) else None


def block_versions(shelf: Files, block_id: str) -> tuple[Block, ...]:
    """Every version that can be read, newest first."""
    newest = newest_block(shelf, block_id)
    if newest is None:
        return ()
    paths = (path_of_earlier(block_id, number) for number in reversed(range(1, newest.version)))
    return (newest, *(found for path in paths if (found := _at(shelf, path, block_id)) is not None))


def block_version(shelf: Files, block_id: str, number: int) -> Block:
    """One version of a block. Raises NotThere."""
    newest = newest_block(shelf, block_id)
    if newest is None:
        raise NotThere(Sentence(N_("There is no block %(name)s any more."), {"name": block_id}))
    found = newest if newest.version == number else _at(shelf, path_of_earlier(block_id, number), block_id)
    if found is None:
        words = N_("There is no version %(number)s of %(name)s any more.")
        raise NotThere(Sentence(words, {"number": number, "name": newest.name}))
    return found


def path_of_earlier(block_id: str, number: int) -> str:
    """The file of a version that is not the newest any more."""
    return f"{BLOCKS}{block_id}/{number}.json"


def written_block(block: Block) -> bytes:
    """A version of a block as its file holds it."""
    content = {"name": block.name, "description": block.description, **block.snippet.to_dict()}
    said = block.published
    content |= {"version": block.version, "note": said.note, "by": said.by, "at": said.at}
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _at(shelf: Files, path: str, block_id: str) -> Block | None:
    if path not in shelf:
        return None
    return _READ.get(f"{block_id}:{shelf.blob_id(path)}", lambda: _read(block_id, shelf[path]))


def _read(block_id: str, data: bytes) -> Block | None:
    try:
        content: Any = json.loads(data)
        snippet = read_snippet(data.decode())
    except (ValueError, RecursionError, DomainError):
        return None
    said = content if isinstance(content, Mapping) else {}
    version = said.get("version")
    number = version if isinstance(version, int) and not isinstance(version, bool) and version > 0 else 1
    name, about = (_text(said.get(each)) for each in ("name", "description"))
    by, at, note = (_text(said.get(each)) for each in ("by", "at", "note"))
    return Block(block_id, name or block_id, about, snippet, number, Published(by, at, note))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
