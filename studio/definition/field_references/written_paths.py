"""Paths of fields as files write them: names between dots, with marks for rows (a[0].b, a[{0}].b, a{0}.b)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_PART: Final = re.compile(r"([^.\[\]{}]+)((?:\[[^\[\]]*\]|\{\d+\})*)")


@dataclass(frozen=True, slots=True)
class WrittenPath:
    """A path in parts: (name, marks behind it)."""

    parts: tuple[tuple[str, str], ...]

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.parts]

    @property
    def plain(self) -> str:
        """The path without marks."""
        return ".".join(self.names)

    @property
    def text(self) -> str:
        """The path as it is written."""
        return ".".join(name + marks for name, marks in self.parts)

    def moved(self, length: int, names: Sequence[str]) -> "WrittenPath":
        """The path whose first `length` parts, up to a field, have become `names`.

        The field keeps its marks, and so do the groups that are still the same ones.
        """
        same = 0
        while same < min(length, len(names)) - 1 and names[same] == self.parts[same][0]:
            same += 1
        marks = [marks for _, marks in self.parts[:same]]
        marks += [""] * (len(names) - same - 1) + [self.parts[length - 1][1]]
        return WrittenPath((*zip(names, marks, strict=True), *self.parts[length:]))


def read_path(text: str) -> WrittenPath | None:
    """The path in a text; None where it is none."""
    parts = []
    for part in text.split("."):
        match = _PART.fullmatch(part)
        if match is None:
            return None
        parts.append((match[1], match[2]))
    return WrittenPath(tuple(parts))
