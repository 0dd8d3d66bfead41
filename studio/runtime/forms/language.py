"""How a form speaks: the language of the interface around it, the direction of its own, and its clock."""

from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone

# When something was sent or signed is told by the clock on the wall.
CLOCK: Final = get_timezone("Europe/Oslo")


def interface_of(language: str) -> str:
    """The interface language that goes with a form in `language`."""
    return language if language in {"nb", "nn", "en"} else "nb"


def direction_of(language: str) -> str:
    """`rtl` for a language that is written from right to left, such as Arabic; else `ltr`."""
    try:
        return str(Locale.parse(language).text_direction)
    except (ValueError, UnknownLocaleError):
        return "ltr"
