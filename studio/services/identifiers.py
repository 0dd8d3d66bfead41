"""Numbers that Norway gives people and organisations: their check digits, and synthetic ones for tests.

A synthetic national identity number has 80 added to its month (Skatteetaten's Tenor test data), so that it
can never be a real person's.
"""

from datetime import date
from typing import Final

_FIRST: Final = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND: Final = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_ORGANISATION: Final = (3, 2, 7, 6, 5, 4, 3, 2)
_SYNTHETIC_MONTHS: Final = 80


def _check_digit(digits: str, weights: tuple[int, ...]) -> int | None:
    """The modulus 11 check digit; None where the number has none and is therefore never given out."""
    rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    if rest == 1:
        return None
    return 0 if rest == 0 else 11 - rest


def is_national_number(text: str) -> bool:
    """Whether 11 digits carry the right two check digits."""
    if len(text) != 11 or not (text.isascii() and text.isdigit()):
        return False
    first = _check_digit(text[:9], _FIRST)
    return first == int(text[9]) and _check_digit(text[:10], _SECOND) == int(text[10])


def is_organisation_number(text: str) -> bool:
    """Whether 9 digits carry the right check digit."""
    if len(text) != 9 or not (text.isascii() and text.isdigit()):
        return False
    return _check_digit(text[:8], _ORGANISATION) == int(text[8])


def synthetic_national_number(born: date, serial: int) -> str:
    """The first valid synthetic number of somebody born that day, counted up from `serial` (0-999)."""
    day = f"{born.day:02}{born.month + _SYNTHETIC_MONTHS:02}{born.year % 100:02}"
    for number in range(serial, 1000):
        digits = f"{day}{number:03}"
        first = _check_digit(digits, _FIRST)
        second = None if first is None else _check_digit(f"{digits}{first}", _SECOND)
        if second is not None:
            return f"{digits}{first}{second}"
    raise ValueError(f"No number is left for {born} from {serial}.")


def synthetic_organisation_number(start: int) -> str:
    """The first valid organisation number from eight digits on. Test organisations are in the range of 31."""
    for number in range(start, start + 100):
        digit = _check_digit(f"{number:08}", _ORGANISATION)
        if digit is not None:
            return f"{number:08}{digit}"
    raise ValueError(f"No number is left from {start}.")
