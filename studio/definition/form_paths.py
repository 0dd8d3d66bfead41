"""Places in form data: "person.name", "rows[0].name"; reading, writing, and moving a path into a row.

Data is plain JSON: dictionaries, lists, text, numbers, booleans and None.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

_SEGMENT: Final = re.compile(r"^([^\[\]]+)((?:\[\d+\])*)$")
_INDEX: Final = re.compile(r"\[(\d+)\]")
_MAX_ROWS: Final = 10_000


class BadPath(ValueError):
    """The text is no path in form data."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One name of a path, with the index of the row where it names one row of a list."""

    name: str
    index: int | None = None

    def __str__(self) -> str:
        return self.name if self.index is None else f"{self.name}[{self.index}]"


@lru_cache(maxsize=50_000)
def parse(path: str) -> tuple[Segment, ...]:
    """The segments of a path; raises BadPath. The empty path has none."""
    if not path:
        return ()
    segments = []
    for part in path.split("."):
        match = _SEGMENT.match(part)
        if not match:
            raise BadPath(path)
        indexes = _INDEX.findall(match.group(2))
        if len(indexes) > 1 or any(int(index) >= _MAX_ROWS for index in indexes):
            raise BadPath(path)
        segments.append(Segment(match.group(1), int(indexes[0]) if indexes else None))
    return tuple(segments)


def join(segments: tuple[Segment, ...]) -> str:
    """The text of a path."""
    return ".".join(str(segment) for segment in segments)


def without_indexes(path: str) -> str:
    """The path as layouts and models write it: "rows[0].name" -> "rows.name"."""
    return _INDEX.sub("", path)


def row_numbers(path: str) -> tuple[int, ...]:
    """The row indexes in a path, outermost first: "a[1].b[0].c" -> (1, 0)."""
    return tuple(segment.index for segment in parse(path) if segment.index is not None)


def transpose(path: str, location: str) -> str:
    """`path` seen from the row that `location` names: ("rows.name", "rows[2]") -> "rows[2].name".

    Stops where the names part, or where the path has an index of its own (expressions, section 4).
    """
    if not location:
        return path
    try:
        target, here = list(parse(path)), parse(location)
    except BadPath:
        return path
    for place, current in enumerate(here[: len(target)]):
        if target[place].name != current.name or target[place].index is not None:
            break
        target[place] = Segment(current.name, current.index)
    return join(tuple(target))


def read(data: Any, path: str) -> Any:
    """The value at `path`; None where nothing is, or where the path crosses a list without a row index."""
    try:
        segments = parse(path)
    except BadPath:
        return None
    here = data
    for segment in segments:
        if not isinstance(here, dict):
            return None
        here = here.get(segment.name)
        if segment.index is not None:
            if not isinstance(here, list) or segment.index >= len(here):
                return None
            here = here[segment.index]
    return here


def write(data: dict[str, Any], path: str, value: Any) -> None:
    """Put `value` at `path` in `data`, making the objects on the way. None takes the value away.

    Raises BadPath where the path crosses something that is no object, or a row that is not there.
    """
    segments = parse(path)
    if not segments:
        raise BadPath(path)
    here: Any = data
    for segment in segments[:-1]:
        here = _step(here, segment, path)
    last = segments[-1]
    if last.index is not None:
        raise BadPath(path)
    if value is None:
        here.pop(last.name, None)
    else:
        here[last.name] = value


def _step(here: dict[str, Any], segment: Segment, path: str) -> dict[str, Any]:
    if segment.index is None:
        if here.get(segment.name) is None:
            here[segment.name] = {}
        inside = here[segment.name]
    else:
        rows = here.get(segment.name)
        if not isinstance(rows, list) or segment.index >= len(rows):
            raise BadPath(path)
        inside = rows[segment.index]
    if not isinstance(inside, dict):
        raise BadPath(path)
    return inside


def resolve(data: Any, path: str) -> Iterator[str]:
    """Every place that a path without indexes names: "rows.name" -> "rows[0].name", "rows[1].name" ..."""
    try:
        yield from _resolved(data, parse(path), "")
    except BadPath:
        return


def _resolved(here: Any, segments: tuple[Segment, ...], prefix: str) -> Iterator[str]:
    if not segments:
        yield prefix
        return
    first, rest = segments[0], segments[1:]
    inside = here.get(first.name) if isinstance(here, dict) else None
    name = f"{prefix}.{first.name}" if prefix else first.name
    if isinstance(inside, list) and rest and first.index is None:
        for index, row in enumerate(inside):
            yield from _resolved(row, rest, f"{name}[{index}]")
        return
    if first.index is not None:
        inside = inside[first.index] if isinstance(inside, list) and first.index < len(inside) else None
        name = f"{name}[{first.index}]"
    yield from _resolved(inside, rest, name)
