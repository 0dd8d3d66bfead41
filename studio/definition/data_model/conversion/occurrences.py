"""How often a part of a document may come: its own numbers times those of what it stands in."""

from dataclasses import dataclass
from typing import Final

from lxml import etree

from studio.definition.data_model.xsd_documents import XsdDocuments
from studio.definition.sentences import N_, Sentence

_UNBOUNDED: Final = "unbounded"


@dataclass(frozen=True, slots=True)
class Occurs:
    """From `low` to `high` times; None for any number."""

    low: int = 1
    high: int | None = 1

    @property
    def repeats(self) -> bool:
        """Whether there can be more than one: a list in the data."""
        return self.high is None or self.high > 1

    @property
    def never(self) -> bool:
        """Whether it is forbidden."""
        return self.high == 0

    def times(self, inner: "Occurs") -> "Occurs":
        """How often what is inside comes in all."""
        if self.never or inner.never:
            return Occurs(0, 0)
        high = None if self.high is None or inner.high is None else self.high * inner.high
        return Occurs(self.low * inner.low, high)

    def plus(self, other: "Occurs") -> "Occurs":
        """Two places for the same thing in a row."""
        high = None if self.high is None or other.high is None else self.high + other.high
        return Occurs(self.low + other.low, high)


ONCE: Final = Occurs()


def occurs(documents: XsdDocuments, part: etree._Element) -> Occurs:
    """The numbers that are written at an element or particle. Raises BrokenXsd where they are none."""
    low = _number(documents, part, "minOccurs")
    high = None if part.get("maxOccurs", "").strip() == _UNBOUNDED else _number(documents, part, "maxOccurs")
    if high is not None and low > high:
        values: dict[str, int | str | Sentence] = {"low": low, "high": high}
        sentence = N_("minOccurs is %(low)s, more than maxOccurs, which is %(high)s. Correct one of the two.")
        raise documents.broken(part, Sentence(sentence, values))
    return Occurs(low, high)


def _number(documents: XsdDocuments, part: etree._Element, attribute: str) -> int:
    text = part.get(attribute, "1").strip().removeprefix("+")
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return int(text)
    values = {"name": attribute, "value": part.get(attribute, "")}
    sentence = N_("%(name)s has the value %(value)s, which is not a number from 0 upwards. Correct it.")
    raise documents.broken(part, Sentence(sentence, values))
