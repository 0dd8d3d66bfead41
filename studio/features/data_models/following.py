"""Finding the same item and the same opened branches again after an edit."""

from collections.abc import Iterator

from studio.features.data_models.commands import After
from studio.features.data_models.outline import Item, Outline


def followed(outline: Outline, after: After) -> str | None:
    """The key of what is chosen after an edit; None where it is not there."""
    if not after.parent:
        return next((found.key for found in outline.types if found.name == after.name), None)
    parent = outline.find(after.parent)
    if parent is None or not after.name:
        return parent.key if parent else None
    return next((child.key for child in outline.children(parent) if child.name == after.name), parent.key)


def moved_ids(
    before: Outline, after: Outline, opened: frozenset[str], moved: tuple[str, str]
) -> frozenset[str]:
    """The new ids of the opened branches that lie in what was renamed or moved."""
    old, new = (f"#{pointer}" for pointer in moved)
    found: set[str] = set()
    for item in _opened(before, opened):
        if old in item.key:
            there = after.find(item.key.replace(old, new))
            found.update([there.id] if there else [])
    return frozenset(found)


def _opened(outline: Outline, opened: frozenset[str]) -> Iterator[Item]:
    waiting = [outline.root, *outline.types]
    while waiting:
        item = waiting.pop()
        if item.id in opened or item.parent is None:
            yield item
            waiting.extend(outline.children(item))
