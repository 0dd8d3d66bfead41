"""Plain values as XML writes them, and the names that XML allows."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final
from xml.parsers import expat

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

_ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Everything but the characters that are written as they are.
_SPECIAL: Final = re.compile(
    "[^\u0020-\u0021\u0023-\u0025\u0027-\u003b\u003d\u003f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_REFERENCES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)
# Namespaces in XML 1.0, NCName.
_NAME: Final = re.compile(
    "[A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]"
    "[-.0-9A-Z_a-z\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c-\u200d\u203f-\u2040"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]*"
)
_MAX_EXPONENT: Final = 400


def text_of(value: Any) -> str:
    """A plain value as XML writes it. Raises DomainError for numbers of absurd size."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _int_text(value)
    if isinstance(value, float):
        value = Decimal(repr(value))
    return number_text(value) if isinstance(value, Decimal) else str(value)


def number_text(number: Decimal) -> str:
    """A number with all its digits and no exponent. Raises DomainError where that would be absurdly long."""
    if number.is_nan():
        return "NaN"
    if number.is_infinite():
        return "INF" if number > 0 else "-INF"
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or abs(exponent) > _MAX_EXPONENT:
        raise _absurd(str(number))
    return f"{number:f}"


def _int_text(number: int) -> str:
    try:
        return str(number)
    except ValueError as error:
        # Python writes no int of more than some thousand digits.
        raise _absurd("1e4300") from error


def _absurd(number: str) -> DomainError:
    values = {"number": number[:50]}
    return DomainError(Sentence(N_("The number %(number)s is too large or too small."), values))


def escaped(text: str) -> str:
    """Text for an element or an attribute. Characters that XML cannot hold become U+FFFD."""
    if _SPECIAL.search(text) is None:
        return text
    return _ILLEGAL.sub("\ufffd", text).translate(_REFERENCES)


def split_tag(tag: str) -> tuple[str, str]:
    """(namespace, name) of a tag as lxml writes it: "{namespace}name"."""
    namespace, _, name = tag.rpartition("}")
    return namespace[1:], name


def check_name(name: str) -> None:
    """Raise DomainError for what cannot be the name of an element or attribute."""
    if not is_name(name):
        values = {"name": name[:100]}
        sentence = N_("%(name)s cannot be the name of an XML element. Rename the field.")
        raise DomainError(Sentence(sentence, values))


@lru_cache(maxsize=1000)
def is_name(name: str) -> bool:
    """Whether an element or attribute can be called so (without a prefix)."""
    if not _NAME.fullmatch(name) or name == "xmlns":
        return False
    # Readers that keep to the fourth edition of XML 1.0, as expat does, allow fewer letters.
    try:
        expat.ParserCreate().Parse(f"<{name}/>".encode(), True)
    except expat.ExpatError:
        return False
    return True
