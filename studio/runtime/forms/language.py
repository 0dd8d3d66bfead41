"""Which language the interface speaks around a form, and in which direction the form's own is written."""

from babel import Locale, UnknownLocaleError


def interface_of(language: str) -> str:
    """The interface language that goes with a form in `language`."""
    return language if language in {"nb", "nn", "en"} else "nb"


def direction_of(language: str) -> str:
    """`rtl` for a language that is written from right to left, such as Arabic; else `ltr`."""
    try:
        return str(Locale.parse(language).text_direction)
    except (ValueError, UnknownLocaleError):
        return "ltr"
