"""Which component types forms cannot show yet: none. A test holds the list against what the runtime knows."""

from typing import Final

NOT_BUILT: Final[frozenset[str]] = frozenset()
