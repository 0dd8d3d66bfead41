"""Numbers inside sentences, with the decimal sign of the language that they are read in."""

from decimal import Decimal
from typing import Final

from studio.definition.sentences import N_, Sentence

# Longer numbers are put in groups of three.
_GROUPED_FROM: Final = 10_000


def number_words(value: Decimal) -> Sentence:
    """A finite number as people write it: "−12 500.5" in English, "−12 500,5" in Norwegian."""
    whole, _, decimals = f"{value:f}".partition(".")
    decimals = decimals.rstrip("0")
    if abs(value) >= _GROUPED_FROM:
        # No-break spaces, so that a number never goes over two lines.
        whole = f"{int(whole):,}".replace(",", "\xa0")
    whole = whole.replace("-", "−")
    if not decimals:
        return Sentence(whole)
    return Sentence(N_("%(whole)s.%(decimals)s"), {"whole": whole, "decimals": decimals})
