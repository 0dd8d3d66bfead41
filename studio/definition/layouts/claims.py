"""Which components a component holds: the ids it names as its children, and where it names them.

Sources: `children` (with a page number before the id where `edit.multiPage`), cells of Grid and of the rows
before and after a repeating group, cards and their media, tabs.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

_PAGE_NUMBER: Final = re.compile(r"\d+:")


@dataclass(frozen=True, slots=True)
class Claim:
    """A child by its id.

    `pointer` is where it is named, inside the component; `prefix` stands before the id there.
    """

    id: str
    pointer: str
    prefix: str = ""


# Most components hold no others: a page of a thousand is read with every edit of it.
_HOLDING: Final = frozenset({"children", "rows", "rowsBefore", "rowsAfter", "cards", "tabs"})


def claims(raw: Mapping[str, Any]) -> Iterator[Claim]:
    """The children that a component names, in the order in which they are shown."""
    if _HOLDING.isdisjoint(raw):
        return
    yield from _row_claims(raw, "rowsBefore")
    yield from _child_claims(raw)
    yield from _row_claims(raw, "rows")
    yield from _row_claims(raw, "rowsAfter")
    yield from _card_claims(raw)
    yield from _list_claims(raw, "tabs")


def child_prefix(raw: Mapping[str, Any]) -> str:
    """What stands before the id of a new child: its page number in a group of several pages."""
    return "0:" if _is_multi_page(raw) else ""


def _is_multi_page(raw: Mapping[str, Any]) -> bool:
    edit = raw.get("edit")
    return isinstance(edit, dict) and edit.get("multiPage") is True


def _child_claims(raw: Mapping[str, Any]) -> Iterator[Claim]:
    multi_page = _is_multi_page(raw)
    for place, child in _strings(raw.get("children")):
        number = _PAGE_NUMBER.match(child) if multi_page else None
        prefix = number[0] if number else ""
        yield Claim(child.removeprefix(prefix), f"/children/{place}", prefix)


def _row_claims(raw: Mapping[str, Any], key: str) -> Iterator[Claim]:
    for row_place, row in _objects(raw.get(key)):
        for cell_place, cell in _objects(row.get("cells")):
            if isinstance(cell.get("component"), str):
                yield Claim(cell["component"], f"/{key}/{row_place}/cells/{cell_place}/component")


def _card_claims(raw: Mapping[str, Any]) -> Iterator[Claim]:
    for place, card in _objects(raw.get("cards")):
        if isinstance(card.get("media"), str):
            yield Claim(card["media"], f"/cards/{place}/media")
    yield from _list_claims(raw, "cards")


def _list_claims(raw: Mapping[str, Any], key: str) -> Iterator[Claim]:
    for place, part in _objects(raw.get(key)):
        for child_place, child in _strings(part.get("children")):
            yield Claim(child, f"/{key}/{place}/children/{child_place}")


def _objects(value: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for place, item in enumerate(value if isinstance(value, list) else []):
        if isinstance(item, dict):
            yield place, item


def _strings(value: Any) -> Iterator[tuple[int, str]]:
    for place, item in enumerate(value if isinstance(value, list) else []):
        if isinstance(item, str):
            yield place, item
