"""The places of Norwegian postal codes. Where the list comes from stands in docs/reference/data.md."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).parent / "data" / "postal_codes.csv"


@lru_cache(maxsize=1)
def _places() -> Mapping[str, str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return dict(line.split(";", 1) for line in lines)


def place_of(code: str) -> str | None:
    """The place of a postal code ("0580" -> "OSLO"); None for a code that is not given out."""
    return _places().get(code)
