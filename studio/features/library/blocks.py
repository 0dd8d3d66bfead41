"""The blocks that stand in an app: which are followed, what is new, and a newer version on its way."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from studio.definition.app import AppDefinition
from studio.definition.blocks import Brought, brought, is_there
from studio.definition.blocks.laying import laid
from studio.definition.content_cache import ContentCache
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import EditedFiles, Files, changed_paths
from studio.definition.library import LATEST
from studio.definition.library.blocks import Block, all_blocks, block_version, newest_block
from studio.definition.library.used_blocks import UsedBlock, used_blocks
from studio.definition.merge import Choice
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence
from studio.definition.snippet_differences import snippet_differences

State = Literal["newest", "newer", "held", "gone", "missing", "elsewhere"]
# Asked again for every picture of a page.
_BROUGHT: Final[ContentCache[Brought]] = ContentCache(100)


@dataclass(frozen=True, slots=True)
class FollowedBlock:
    """A block that stands in an app. `state` as in `offers.Followed`; `page`: that it is on, or ""."""

    used: UsedBlock
    newest: Block | None
    state: State
    page: str

    @property
    def name(self) -> str:
        """What it is called."""
        return self.newest.name if self.newest else self.used.block


def followed_blocks(app: AppDefinition, shelf: Files, org: str) -> tuple[FollowedBlock, ...]:
    """The blocks that stand in an app, by name and page."""
    found = [_followed(app, shelf, org, used) for used in used_blocks(app).values()]
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.page, each.used.key)))


def offered_blocks(app: AppDefinition, shelf: Files, org: str) -> tuple[Block, ...]:
    """The blocks that do not stand in the app."""
    known = {used.block for used in used_blocks(app).values() if used.organisation == org}
    return tuple(block for block in all_blocks(shelf) if block.id not in known)


def is_altered(app: AppDefinition, shelf: Files, used: UsedBlock) -> bool:
    """Whether the app has changed something of a block since it took it."""
    try:
        snippet = block_version(shelf, used.block, used.version).snippet
        return bool(changed_paths(laid(app, used, snippet).files, app.files))
    except DomainError:
        return False


@dataclass(frozen=True)
class Bringing:
    """A version of a block held against what the app has of it."""

    app: AppDefinition
    used: UsedBlock
    before: Block
    after: Block
    choices: Mapping[str, Choice]
    shelf_id: str  # of all that lies on the shelf

    @cached_property
    def brought(self) -> Brought:
        """What it comes to. Raises NotThere and DomainError."""
        versions = (self.before.snippet, self.after.snippet)
        asked = [self.used.key, self.after.version, sorted(self.choices.items())]
        return _BROUGHT.get(
            f"{self.app.files.tree_id}:{self.shelf_id}:{json.dumps(asked)}",
            lambda: brought(self.app, self.used, versions, self.after.version, self.choices),
        )

    @property
    def files(self) -> Files:
        """The app afterwards."""
        return EditedFiles(self.app.files, self.brought.edits)

    @property
    def news(self) -> tuple[Sentence, ...]:
        """What is new in the block."""
        return snippet_differences(self.before.snippet, self.after.snippet)


def bringing(
    app: AppDefinition, shelf: Files, org: str, key: str, number: str, choices: Mapping[str, Choice]
) -> Bringing:
    """A version of the block that stands in the app as `key`; the newest where `number` is none.

    Raises NotThere where the app does not follow it, or it is not in this library.
    """
    used = used_blocks(app).get(key)
    newest = newest_block(shelf, used.block) if used and used.organisation == org else None
    if used is None or newest is None:
        raise NotThere(Sentence(N_("There is no %(name)s in the library any more."), {"name": key}))
    wanted = int(number) if number.isdecimal() and len(number) < 7 else newest.version
    before = block_version(shelf, used.block, used.version)
    after = block_version(shelf, used.block, wanted)
    return Bringing(app, used, before, after, choices, shelf.tree_id)


def _followed(app: AppDefinition, shelf: Files, org: str, used: UsedBlock) -> FollowedBlock:
    newest = newest_block(shelf, used.block) if used.organisation == org else None
    if used.organisation != org:
        state: State = "elsewhere"
    elif newest is None:
        state = "gone"
    elif not is_there(app, used):
        state = "missing"
    elif newest.version <= used.version:
        state = "newest"
    else:
        state = "newer" if used.follows == LATEST else "held"
    return FollowedBlock(used, newest, state, _page(app, used))


def _page(app: AppDefinition, used: UsedBlock) -> str:
    layout_set = app.layout_set(used.layout_set)
    found = (layout_set.find(name) for name in used.components.values()) if layout_set else ()
    page = next((each[0] for each in found if each), None)
    return page_name(app, page.name) if page else ""
