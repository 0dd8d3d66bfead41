"""Rules as sentences, for pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext

from studio.definition.content_cache import ContentCache
from studio.definition.rules.places import ExpressionPlace
from studio.definition.rules.sentences import Line, Names, lines, rule_sentence
from studio.definition.sentences import Sentence
from studio.features.rules.workplace import Workplace
from studio.web.language import current_language


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in the language of the interface, in lines; deeper lines are items of a list."""

    lines: Sequence[Line]

    @property
    def text(self) -> str:
        """All of it as one line."""
        return " ".join(line.text for line in self.lines)


# The sentences of all rules of a state of an app, in one language: a search asks for them at every letter.
_SAID: Final[ContentCache[dict[str, Said]]] = ContentCache(8)


def said(work: Workplace, place: ExpressionPlace) -> Said:
    """A rule in words."""
    known = _SAID.get(f"{work.app.files.tree_id} {current_language()} {work.language}", dict)
    found = known.get(place.key)
    if found is None:
        found = known[place.key] = spoken(rule_sentence(place, names_at(work, place)))
    return found


def spoken(sentence: Sentence) -> Said:
    """A sentence in words."""
    return Said(lines(sentence, gettext))


def names_at(work: Workplace, place: ExpressionPlace) -> Names:
    """What things are called, seen from the form of a rule."""
    return work.names(place.layout_set, place.data_type)
