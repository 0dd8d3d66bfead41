"""Whether two values of form data are the same to everybody who may read them."""

from typing import Any


def is_same(one: Any, other: Any) -> bool:
    """Equal, and written equally: 1, 1.0 and True are three values, and an object is read in its order."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(is_same(one[name], other[name]) for name in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return bool(one == other) and (isinstance(one, str) or repr(one) == repr(other))
