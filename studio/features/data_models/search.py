"""Finding fields by name, title or place."""

from dataclasses import dataclass
from functools import lru_cache

from studio.features.data_models.outline import Item, Outline
from studio.features.data_models.rows import Row, Rows

MOST = 100


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search has found: the best first, and how many there are in all."""

    rows: tuple[Row, ...]
    count: int


def hits(rows: Rows, outline: Outline, query: str) -> Hits:
    """The fields and types that have every word of the query in their name, title or place."""
    words = query.casefold().replace(".", " ").split()
    ranked = sorted(
        (rank, place, item)
        for place, (item, name, text) in enumerate(_index(outline))
        if (rank := _rank(words, name, text)) is not None
    )
    return Hits(tuple(rows.row(item) for _, _, item in ranked[:MOST]), len(ranked))


def _rank(words: list[str], name: str, text: str) -> int | None:
    """0 for the name itself, 1 where it begins so, 2 where it is in the name, 3 elsewhere; None: nowhere."""
    if not words or not all(word in text for word in words):
        return None
    last = words[-1]
    return 0 if name == last else 1 if name.startswith(last) else 2 if last in name else 3


@lru_cache(maxsize=8)
def _index(outline: Outline) -> tuple[tuple[Item, str, str], ...]:
    items = (*outline.entries, *outline.types)
    return tuple((item, item.name.casefold(), _text(item)) for item in items if item.role != "option")


def _text(item: Item) -> str:
    schema = item.node.schema
    titles = schema.get("@titles")
    words = (
        item.path or item.name,
        schema.get("title"),
        *(titles.values() if isinstance(titles, dict) else ()),
    )
    return " ".join(word for word in words if isinstance(word, str)).casefold()
