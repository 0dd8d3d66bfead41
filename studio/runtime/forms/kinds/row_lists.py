"""The rows that a List offers: from where they come, and which of them are shown (components.md, List).

A list is a file of rows, App/lists/{id}.json, or an option list of that id wherever it comes from: a file, a
hook, another server, or a standard list. The columns of an option are its value, label, description, helpText
and its tags.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.expressions import Spot
from studio.definition.expressions.asked_options import asked_for
from studio.definition.expressions.errors import OptionsNotThere
from studio.definition.expressions.listed_options import listed_in
from studio.runtime.forms import open_places
from studio.runtime.forms.state import FormState
from studio.runtime.forms.values import to_text

Row = Mapping[str, Any]
_SEARCH: Final = "search"
_TEXTS: Final = ("label", "description", "helpText")
_NUMBER: Final = re.compile(r"-?\d{1,15}([.,]\d{1,15})?")
# Lists of fewer rows are seen at a glance, where they are not turned page by page anyway.
_FEW: Final = 10


@dataclass(frozen=True, slots=True)
class Rows:
    """`offered` can be chosen, `all` also with what is not asked for, by which posts are read.

    `is_known`: there is a list of that id; `is_there`: its rows can be had now.
    """

    offered: tuple[Row, ...] = ()
    all: tuple[Row, ...] = ()
    is_known: bool = True
    is_there: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """The rows that are shown: page `page` of `pages`, of `count` rows that were found for `words`.

    `sort` is the column and whether downwards; `size` is 0 where all are shown; `can_search`: it is worth it.
    """

    rows: tuple[Row, ...]
    page: int
    pages: int
    count: int
    size: int
    sort: tuple[str, bool]
    words: str
    can_search: bool


def rows_of(state: FormState, spot: Spot, raw: Mapping[str, Any]) -> Rows:
    """The rows of a component."""
    list_id = str(raw.get("dataListId") or "")
    own = state.app.data_list(list_id)
    if own is not None:
        wanted = [] if state.design else list(asked_for(raw, spot))
        return Rows(tuple(row for row in own if _matches(row, wanted)), own)
    asks = {name: raw[name] for name in ("queryParameters", "mapping") if name in raw}
    try:
        found = tuple(
            _row(option, place) for option, place in listed_in({**asks, "optionsId": list_id}, spot)
        )
    except OptionsNotThere:
        return Rows(is_known=state.hooks.knows(list_id), is_there=False)
    return Rows(found, found)


def part_of(
    rows: Sequence[Row], raw: Mapping[str, Any], columns: Sequence[str], places: frozenset[str], name: str
) -> Part:
    """What is shown of rows; `places` are those that are open, under the `name` of the component."""
    words = open_places.words_of(places, name)
    found = [row for row in rows if _has(row, columns, words)]
    by, down = open_places.sorted_by(places, name) or ("", False)
    sortable = raw.get("sortableColumns")
    if by in (sortable if isinstance(sortable, list) else ()):
        found.sort(key=lambda row: _sort_key(row.get(by)), reverse=down)
    size = open_places.size_of(places, name)
    size = size if size in sizes_of(raw) else _size(raw)
    pages = max(1, -(-len(found) // size)) if size else 1
    page = min(open_places.page_of(places, name) or 0, pages - 1)
    shown = found[page * size : (page + 1) * size] if size else found
    can_search = bool(words) or len(rows) > min(size or _FEW, _FEW)
    return Part(tuple(shown), page, pages, len(found), size, (by, down), words, can_search)


def sizes_of(raw: Mapping[str, Any]) -> tuple[int, ...]:
    """How many rows a page of a list can have, for the person to choose from."""
    given = _pagination(raw).get("alternatives")
    sizes = {each for each in (given if isinstance(given, list) else []) if _is_size(each)}
    return tuple(sorted(sizes | ({_size(raw)} - {0})))


def _size(raw: Mapping[str, Any]) -> int:
    size = _pagination(raw).get("default")
    return size if isinstance(size, int) and _is_size(size) else 0


def _pagination(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    given = raw.get("pagination")
    return given if isinstance(given, Mapping) else {}


def _is_size(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _row(option: Mapping[str, Any], place: Spot) -> Row:
    tags = option.get("tags")
    texts = {name: place.text(str(option[name])) for name in _TEXTS if option.get(name)}
    return {**(tags if isinstance(tags, Mapping) else {}), "value": option.get("value"), **texts}


def _matches(row: Row, wanted: Sequence[tuple[str, str]]) -> bool:
    """Rows of a file are found by words anywhere in them ("search"), or by the value of a column."""
    for name, value in wanted:
        if not value:
            continue
        if name in row:
            if to_text(row[name]) != value:
                return False
        elif name == _SEARCH and not _has(row, tuple(row), value):
            return False
    return True


def _has(row: Row, columns: Sequence[str], words: str) -> bool:
    """Whether every word is somewhere in the columns of a row."""
    cells = (row.get(name) for name in columns)
    text = " ".join(to_text(cell) for cell in cells if not isinstance(cell, list | dict)).casefold()
    return all(word in text for word in words.casefold().split())


def _sort_key(value: Any) -> tuple[int, float, str]:
    text = to_text(value)
    if _NUMBER.fullmatch(text):
        return (0, float(text.replace(",", ".")), "")
    return (1, 0.0, text.casefold())
