"""The lists that every app can choose by their ids; what is in them is the services' (standard_lists.py)."""

from collections.abc import Mapping
from typing import Final

from studio.definition.sentences import N_, Sentence

# Ids that no list of an app has by chance; an app's own list of the same id stands before ours.
_PREFIX: Final = "standard-"
_NAMES: Final[Mapping[str, str]] = {
    "countries": N_("Countries"),
    "currencies": N_("Currencies"),
    "counties": N_("Counties of Norway"),
    "municipalities": N_("Municipalities of Norway"),
    "postal-codes": N_("Norwegian postal codes"),
    "industry-codes": N_("Industry codes"),
}
STANDARD_LISTS: Final = tuple(_PREFIX + name for name in _NAMES)


def standard_name(option_id: str) -> str | None:
    """What a standard list is called among the services ("countries"); None for every other id."""
    return option_id.removeprefix(_PREFIX) if option_id in STANDARD_LISTS else None


def standard_words(option_id: str) -> Sentence | None:
    """What people call a standard list; None for every other id."""
    name = standard_name(option_id)
    return Sentence(_NAMES[name]) if name is not None else None
