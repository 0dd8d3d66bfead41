"""Which texts are shown: what somebody searches for, and what is the matter with them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.sentences import N_
from studio.definition.translation.table import Row, rows

# Name -> words: what is the matter, then how far a translation has come.
SHOWN: Final[Mapping[str, str]] = {
    "missing": N_("Missing"),
    "stale": N_("Changed since translated"),
    "variables": N_("Different variables"),
    "too-long": N_("Too long for the place"),
    "html": N_("Contains HTML"),
    "unused": N_("Not used"),
    "needs-work": N_("Needs work"),
    "translated": N_("Translated"),
    "approved": N_("Approved"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see. `show` is a name of SHOWN or ""; no languages are all languages."""

    query: str = ""
    show: str = ""
    languages: tuple[str, ...] = ()


def found(app: AppDefinition, wish: Wish, languages: tuple[str, ...]) -> tuple[Row, ...]:
    """The texts that fit a wish. Every word of the query has to be in the key or in a text that is shown."""
    listed: Iterable[Row] = rows(app)
    words, searched = wish.query.casefold().split(), ("", *languages)
    if words:
        listed = [row for row in listed if _has(row, words, searched)]
    if wish.show:
        listed = [row for row in listed if wish.show in names(row, languages)]
    return tuple(listed)


def counts(app: AppDefinition, languages: tuple[str, ...]) -> Mapping[str, int]:
    """How many texts each name of SHOWN would show."""
    return Counter(name for row in rows(app) for name in names(row, languages))


def names(row: Row, languages: tuple[str, ...]) -> set[str]:
    """The names of SHOWN that a text is shown for, where these languages are."""
    said: set[str] = set(row.flags.get("", ()))
    for language in languages:
        said |= row.flags.get(language, frozenset())
    # The first language is translated from nothing.
    said.update(state.status for each in languages[1:] if (state := row.states.get(each)) is not None)
    return said


def _has(row: Row, words: list[str], searched: tuple[str, ...]) -> bool:
    texts = row.searched
    return all(any(word in texts.get(place, "") for place in searched) for word in words)
