"""Which component types forms cannot show yet. A test holds the list against what the runtime knows."""

from typing import Final

NOT_BUILT: Final = frozenset(
    {
        "Map",
    }
)
