"""What a PDF holds, as values: the input of typesetting, and of nothing else.

Texts of the app are Markdown; texts that people wrote are plain (`Answer.text`, the cells of tables).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from studio.runtime.pdf.pictures import Prepared


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` counts from 2, below the title of the document."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked and what was answered. `several` are the choices of a list, in Markdown."""

    label: str
    text: str
    several: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """Something that the app says."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture. `alternative` says in words what is on it, in Markdown; "" where that is nothing.

    `width` is what it is to have, in pixels or as a share of the page ("200", "50%"), "" for its own size.
    `align` is "start", "center" or "end".
    """

    picture: Prepared
    alternative: str
    width: str = ""
    align: str = "start"


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins on a new page."""


Part = Heading | Answer | Table | Prose | Picture | Break
# Somebody waits for the PDF: the most characters that one holds, about three hundred pages or three thousand
# rows. A cell counts as many characters as it costs to set it, beside its own.
MOST: Final = 500_000
_CELL: Final = 50
_PICTURE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF. `language` is a language tag, `author` who sent the form, `footer` is said on every page."""

    title: str
    language: str
    author: str
    footer: str
    parts: tuple[Part, ...]


def within(parts: Iterable[Part], most: int = MOST) -> tuple[tuple[Part, ...], bool]:
    """The parts as far as there is room, and whether something had to be left out."""
    kept = list[Part]()
    for part in parts:
        found = _cut(part, most)
        if found is not None:
            kept.append(found)
        most -= _size(part)
        if most < 0:
            return tuple(kept), True
    return tuple(kept), False


def _cut(part: Part, most: int) -> Part | None:
    if _size(part) <= most:
        return part
    match part:
        case Answer():
            return Answer(part.label, f"{part.text[:most]} …")
        case Table():
            rows, left = list[tuple[str, ...]](), most
            for row in part.rows:
                left -= sum(len(cell) + _CELL for cell in row)
                if left < 0:
                    break
                rows.append(row)
            return Table(part.heads, tuple(rows))
    return None


def _size(part: Part) -> int:
    match part:
        case Answer():
            return _CELL + len(part.label) + len(part.text) + sum(len(each) for each in part.several)
        case Table():
            return sum(len(cell) + _CELL for row in part.rows for cell in row)
        case Heading() | Prose():
            return _CELL + len(part.text)
        case Picture():
            return _PICTURE
    return 0
