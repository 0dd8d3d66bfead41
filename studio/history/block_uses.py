"""Which apps of an organisation have which of its blocks, as their main lines say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from studio.definition.app import app_definition
from studio.definition.content_cache import ContentCache
from studio.definition.library.used_blocks import UsedBlock, used_blocks
from studio.history.repositories import Repositories

_USED: Final[ContentCache[Mapping[str, UsedBlock]]] = ContentCache(2000)


@dataclass(frozen=True, slots=True)
class BlockUse:
    """An app in which a block stands; `title` in the language that was asked for."""

    app: str
    title: str
    used: UsedBlock


def block_uses(repositories: Repositories, org: str, language: str) -> Mapping[str, list[BlockUse]]:
    """Id of a block -> where it stands, by what the apps of the organisation have shared."""
    found: dict[str, list[BlockUse]] = {}
    for organisation, name in repositories.all():
        if organisation != org:
            continue
        app = app_definition(repositories.open(org, name).files())
        # mypy does not know the default of a lambda's argument.
        for used in _USED.get(app.files.tree_id, lambda app=app: used_blocks(app)).values():  # type: ignore[misc]
            if used.organisation == org:
                found.setdefault(used.block, []).append(BlockUse(name, app.title(language) or name, used))
    return found
