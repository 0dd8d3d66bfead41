"""Numbers as people write them: with spaces between thousands, and a comma or a point before decimals."""

from decimal import Decimal, InvalidOperation
from typing import Final

_MOST_DIGITS: Final = 28


def read_number(written: str) -> int | float | None:
    """The number; None where it is none, or larger than the language can reckon with."""
    text = "".join(written.split()).replace("\N{MINUS SIGN}", "-").replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        return None
    return int(number) if number == number.to_integral_value() else float(number)
