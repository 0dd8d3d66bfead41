"""The name that was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

# Among more names than this, a near one is not looked for: it would take longer than anyone waits.
_MOST_NAMES = 5000


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that is most like `name`: in other letters, or with a slip of the pen; None where none is."""
    listed = list(dict.fromkeys(names))[:_MOST_NAMES]
    folded = name.casefold()
    same = next((each for each in listed if each.casefold() == folded and each != name), None)
    if same is not None:
        return same
    close = get_close_matches(name, listed, n=1, cutoff=0.75)
    return close[0] if close and close[0] != name else None
