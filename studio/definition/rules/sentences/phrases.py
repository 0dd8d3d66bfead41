"""Small ways of putting phrases together, which hold in every language."""

from collections.abc import Sequence
from typing import Final

from studio.definition.rules.sentences.parts import Term
from studio.definition.sentences import N_, Sentence

Phrase = Sentence | Term
Values = dict[str, str | int | Sentence]

_MOST: Final = 12
_PAIRS: Final = {"and": N_("%(first)s and %(last)s"), "or": N_("%(first)s or %(last)s")}


def clause(left: Phrase, operator: Sentence, right: Phrase | None = None) -> Sentence:
    """ "Age is more than 18"."""
    values: Values = {"left": left, "operator": operator}
    if right is None:
        return Sentence("%(left)s %(operator)s", values)
    return Sentence("%(left)s %(operator)s %(right)s", values | {"right": right})


def joined(phrases: Sequence[Phrase], connective: str) -> Sentence:
    """ "a, b and c"; of very many the first ones, and how many more there are."""
    *first, last = phrases
    if len(phrases) > _MOST:
        first = list(phrases[: _MOST - 1])
        last = Sentence(N_("%(count)s more"), {"count": len(phrases) - len(first)})
    return (
        Sentence(_PAIRS[connective], {"first": listed(first), "last": last}) if first else as_sentence(last)
    )


def listed(phrases: Sequence[Phrase]) -> Sentence:
    """ "a, b, c"."""
    values: Values = {f"p{place}": each for place, each in enumerate(phrases)}
    return Sentence(", ".join(f"%({name})s" for name in values), values)


def bracketed(phrase: Phrase) -> Sentence:
    return Sentence("(%(inner)s)", {"inner": phrase})


def as_sentence(phrase: Phrase) -> Sentence:
    return phrase if isinstance(phrase, Sentence) else Sentence("%(phrase)s", {"phrase": phrase})
