"""What stands open in a form, as a set of names that travels with the page: no data, and kept nowhere.

"rows[0]" is a row that stands open, "rows[0]#2" the third page of its panel, "rows[0]?" a row that somebody
wants to delete and is asked about, "rows#1" the second page of a group's rows. Of lists to choose from,
":list~-age" says by which column they are sorted, ":list=words" what is searched for, ":list%25" how many
rows are shown at once.
"""

from collections.abc import Iterable
from typing import Final

_LONGEST: Final = 100  # characters of what is searched for


def page_of(places: Iterable[str], name: str) -> int | None:
    """The number of the page of `name` that is shown; None where nobody has turned it."""
    start = f"{name}#"
    numbers = (place.removeprefix(start) for place in places if place.startswith(start))
    return next((int(number) for number in numbers if number.isdecimal() and len(number) < 6), None)


def row_page(places: Iterable[str], row: str) -> int:
    """The page of a row's panel."""
    return page_of(places, row) or 0


def asked(places: Iterable[str], row: str) -> bool:
    """Whether the person is being asked whether to delete a row."""
    return f"{row}?" in places


def turned(places: Iterable[str], name: str, page: int) -> frozenset[str]:
    """The places after a page of `name` was turned to."""
    return frozenset({*(place for place in places if not place.startswith(f"{name}#")), f"{name}#{page}"})


def without(places: Iterable[str], row: str) -> frozenset[str]:
    """The places after a row was closed."""
    return frozenset(
        place
        for place in places
        if place not in {row, f"{row}?"} and not place.startswith((f"{row}#", f"{row}."))
    )


def without_rows(places: Iterable[str], group: str) -> frozenset[str]:
    """The places after the rows of a group got other numbers."""
    return frozenset(place for place in places if not place.startswith(f"{group}["))


def sorted_by(places: Iterable[str], name: str) -> tuple[str, bool] | None:
    """The column that a list is sorted by, and whether downwards; None where nobody has asked."""
    start = f"{name}~"
    found = next((place.removeprefix(start) for place in places if place.startswith(start)), None)
    return None if found is None else (found.removeprefix("-"), found.startswith("-"))


def sorting(places: Iterable[str], name: str, column: str) -> frozenset[str]:
    """The places after the heading of a column was pressed: upwards, then downwards, from the first page."""
    before = sorted_by(places, name)
    down = before is not None and before == (column, False)
    kept = {place for place in places if not place.startswith((f"{name}~", f"{name}#"))}
    return frozenset({*kept, f"{name}~{'-' if down else ''}{column}"})


def words_of(places: Iterable[str], name: str) -> str:
    """What is searched for in a list; "" where nothing is."""
    return _after(places, f"{name}=")


def searching(places: Iterable[str], name: str, words: str) -> frozenset[str]:
    """The places after words were searched for, at the first page of what is found."""
    kept = {place for place in places if not place.startswith((f"{name}=", f"{name}#"))}
    words = " ".join(words.split())[:_LONGEST]
    return frozenset({*kept, f"{name}={words}"} if words else kept)


def size_of(places: Iterable[str], name: str) -> int:
    """How many rows of a list somebody wants to see at once; 0 where nobody has said."""
    size = _after(places, f"{name}%")
    return int(size) if size.isdecimal() and len(size) < 6 else 0


def sized(places: Iterable[str], name: str, size: int) -> frozenset[str]:
    """The places after somebody asked for so many rows at once, at the first page."""
    kept = {place for place in places if not place.startswith((f"{name}%", f"{name}#"))}
    return frozenset({*kept, f"{name}%{size}"})


def _after(places: Iterable[str], start: str) -> str:
    return next((place.removeprefix(start) for place in places if place.startswith(start)), "")
