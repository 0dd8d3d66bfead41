"""Rules as sentences, for pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext

from studio.definition.rules.places import ExpressionPlace
from studio.definition.rules.sentences import Line, Names, lines, rule_sentence
from studio.definition.sentences import Sentence
from studio.features.rules.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in the language of the interface, in lines; deeper lines are items of a list."""

    lines: Sequence[Line]

    @property
    def text(self) -> str:
        """All of it as one line."""
        return " ".join(line.text for line in self.lines)


def said(work: Workplace, place: ExpressionPlace) -> Said:
    """A rule in words."""
    return spoken(rule_sentence(place, names_at(work, place)))


def spoken(sentence: Sentence) -> Said:
    """A sentence in words."""
    return Said(lines(sentence, gettext))


def names_at(work: Workplace, place: ExpressionPlace) -> Names:
    """What things are called, seen from the form of a rule."""
    return work.names(place.layout_set, place.data_type)
