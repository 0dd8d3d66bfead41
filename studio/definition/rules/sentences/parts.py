"""Rules in words: sentences whose values know what they name, and their parts for whoever draws them.

A rule in words is a Sentence like any other: the edge translates it, and it can stand in another one. What it
names (a field, a value) is a Term, a text that remembers what it is; `parts` takes a sentence apart again.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, Self

from studio.definition.sentences import Sentence

TermKind = Literal[
    "field", "component", "page", "value", "text", "options", "task", "setting", "data type", "function"
]
PartKind = TermKind | Literal["words", "operator"]
# The wording of a message in the reader's language.
Translate = Callable[[str], str]

_SIGN: Final = re.compile(r"%\((\w+)\)s|%%")
_LONGEST: Final = 80


class Term(str):
    """A name or a value in a sentence, set off with stars as in all sentences.

    `text` is it without them; `ref` names what is meant: a path, an id, a key; the value as JSON.
    """

    __slots__ = ("kind", "ref", "text")
    kind: TermKind
    ref: str
    text: str

    def __new__(cls, text: str, kind: TermKind, ref: str = "") -> Self:
        text = text.strip()
        shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
        # A star inside would end what the stars around it begin.
        made = super().__new__(cls, f"*{shown.replace('*', '') or '…'}*")
        made.text, made.kind, made.ref = text, kind, ref
        return made


@dataclass(frozen=True, slots=True)
class Said(Sentence):
    """A value that is put into words by a sentence, such as a date with the name of its month."""

    kind: TermKind = "value"
    ref: str = ""


def said(sentence: Sentence, kind: TermKind = "value", ref: str = "") -> Said:
    """What a sentence says, set off like a Term."""
    return Said("*%(said)s*", {"said": sentence}, kind, ref)


@dataclass(frozen=True, slots=True)
class Listing(Sentence):
    """Several things under a heading ("all of the following"). As a sentence: one line, in brackets."""

    heading: Sentence = field(default_factory=lambda: Sentence(""))
    items: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence in the reader's language. `ref` says what a term names."""

    kind: PartKind
    text: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sentence. Deeper lines are the items of the list that the line above them begins."""

    depth: int
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


def parts(sentence: Sentence, translate: Translate) -> tuple[Part, ...]:
    """The sentence in pieces, all on one line."""
    return _joined(_pieces(sentence, translate, "words"))


def lines(sentence: Sentence, translate: Translate) -> tuple[Line, ...]:
    """The sentence in lines: the groups of conditions with which it ends become lists."""
    return tuple(_lines(sentence, translate, 0))


def in_words(sentence: Sentence, translate: Translate) -> str:
    """The sentence as plain text, without stars."""
    return "".join(part.text for part in parts(sentence, translate))


def _lines(sentence: Sentence, translate: Translate, depth: int) -> Iterator[Line]:
    listing = _last(sentence, translate)
    if listing is None:
        yield Line(depth, parts(sentence, translate))
        return
    ends_with: dict[int, Sentence] = {id(listing): listing.heading}
    yield Line(depth, _joined(_pieces(sentence, translate, "words", ends_with)))
    for item in listing.items:
        yield from _lines(item, translate, depth + 1)


def _last(sentence: Sentence, translate: Translate) -> Listing | None:
    """The listing that a sentence is, or ends with in this language."""
    if isinstance(sentence, Listing):
        return sentence
    last = list(_SIGN.finditer(text)) if (text := translate(sentence.message)) else []
    if not last or last[-1].end() != len(text):
        return None
    value = sentence.values.get(last[-1][1] or "")
    return _last(value, translate) if isinstance(value, Sentence) else None


def _pieces(
    sentence: Sentence,
    translate: Translate,
    kind: PartKind,
    instead: "dict[int, Sentence] | None" = None,
) -> Iterator[Part]:
    sentence = (instead or {}).get(id(sentence), sentence)
    if isinstance(sentence, Said):
        inside = sentence.values["said"]
        words = (
            "".join(part.text for part in _pieces(inside, translate, kind))
            if isinstance(inside, Sentence)
            else ""
        )
        yield Part(sentence.kind, words, sentence.ref)
        return
    text, end = translate(sentence.message), 0
    if not sentence.values:
        yield Part(kind, text)
        return
    for sign in _SIGN.finditer(text):
        yield Part(kind, text[end : sign.start()])
        end = sign.end()
        name = sign[1]
        value = sentence.values.get(name, "") if name else "%"
        if isinstance(value, Sentence):
            yield from _pieces(value, translate, "operator" if name == "operator" else kind, instead)
        elif isinstance(value, Term):
            yield Part(value.kind, value.text, value.ref)
        else:
            yield Part(kind, str(value))
    yield Part(kind, text[end:])


def _joined(pieces: Iterator[Part]) -> tuple[Part, ...]:
    """Without empty pieces; words after words are one piece."""
    found: list[Part] = []
    for piece in pieces:
        if not piece.text:
            continue
        if found and piece.kind == found[-1].kind and piece.kind in {"words", "operator"}:
            found[-1] = Part(piece.kind, found[-1].text + piece.text)
        else:
            found.append(piece)
    return tuple(found)
