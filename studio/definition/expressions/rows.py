"""Paths into form data, and what they mean inside the rows of repeating groups."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

_SEGMENT: Final = re.compile(r"([^.\[\]]+)((?:\[\d+\])*)")

# A path in parts: (name, index or None).
Segments = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Location:
    """The row of a data model that something stands in: "companies[1].employees[0]"."""

    data_type: str
    segments: Segments = ()

    def inside(self, binding: str, index: int) -> "Location":
        """The location of one row of the group at `binding`, itself read from here."""
        parts = list(transposed(split(binding), self.segments))
        if parts:
            parts[-1] = (parts[-1][0], index)
        return Location(self.data_type, tuple(parts))


@lru_cache(maxsize=50_000)
def split(path: str) -> Segments:
    """The parts of "a.b[1].c". Anything that is not a path gives parts that match nothing."""
    parts: list[tuple[str, int | None]] = []
    for piece in path.split("."):
        match = _SEGMENT.fullmatch(piece)
        if match is None:
            parts.append((piece, None))
            continue
        indexes = re.findall(r"\d+", match.group(2))
        parts.append((match.group(1), int(indexes[0]) if indexes else None))
        parts.extend(("", int(index)) for index in indexes[1:])
    return tuple(parts)


def joined(segments: Segments) -> str:
    """The path that the parts spell."""
    written = "".join(
        f".{name}" * bool(name) + ("" if index is None else f"[{index}]") for name, index in segments
    )
    return written.removeprefix(".")


def transposed(target: Segments, location: Segments) -> Segments:
    """`target` with the row indexes of `location`, while both go the same way and target has none itself."""
    moved: list[tuple[str, int | None]] = []
    for place, (name, index) in enumerate(target):
        if place >= len(location) or location[place][0] != name or index is not None:
            return (*moved, *target[place:])
        moved.append((name, location[place][1]))
    return tuple(moved)


def lookup(data: Any, segments: Segments) -> Any:
    """The value at a path; None where there is none, also behind a list without an index."""
    found = data
    for name, index in segments:
        if index is None and type(found) is dict:
            found = found.get(name) if name else found
            continue
        if name:
            found = found.get(name) if isinstance(found, dict) else None
        if index is not None:
            found = found[index] if isinstance(found, list) and index < len(found) else None
        if found is None:
            return None
    return found
