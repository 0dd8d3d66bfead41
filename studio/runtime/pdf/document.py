"""What a PDF holds, as values: the input of typesetting, and of nothing else.

Texts of the app are Markdown; texts that people wrote are plain (`Answer.text`, the cells of tables).
"""

from dataclasses import dataclass


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
class Break:
    """What follows begins on a new page."""


Part = Heading | Answer | Table | Prose | Break


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF. `language` is a language tag, `author` who sent the form, `footer` is said on every page."""

    title: str
    language: str
    author: str
    footer: str
    parts: tuple[Part, ...]
