"""The lists that every app can choose by their ids; what is in them is the services' (standard_lists.py)."""

from typing import Final

# Ids that no list of an app has by chance; an app's own list of the same id stands before ours.
_PREFIX: Final = "standard-"
_NAMES: Final = ("countries", "currencies", "counties", "municipalities", "postal-codes", "industry-codes")
STANDARD_LISTS: Final = tuple(_PREFIX + name for name in _NAMES)


def standard_name(option_id: str) -> str | None:
    """What a standard list is called among the services ("countries"); None for every other id."""
    return option_id.removeprefix(_PREFIX) if option_id in STANDARD_LISTS else None
