"""Fields that expressions read: dataModel(path[, type]) with a path that is written out.

Paths that are put together while the form is filled in cannot be seen here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.data_model.places import escaped

_LOOKUP: Final = "dataModel"
# (path of a list, property of its rows, ...)
_SELECT: Final = "_experimentalSelectAndMap"


@dataclass(frozen=True, slots=True)
class Reading:
    """A path in an expression. `relative_to`: the list that it begins in."""

    pointer: str
    path: str
    data_type: str | None = None
    relative_to: str | None = None


def readings(value: Any, pointer: str = "") -> Iterator[Reading]:
    """Every field that expressions anywhere in `value` read."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from readings(item, f"{pointer}/{escaped(key)}")
    elif isinstance(value, list):
        yield from _of_call(value, pointer)
        for place, item in enumerate(value):
            yield from readings(item, f"{pointer}/{place}")


def _of_call(call: list[Any], pointer: str) -> Iterator[Reading]:
    name, *arguments = call or [None]
    if not arguments or not isinstance(arguments[0], str):
        return
    second = arguments[1] if len(arguments) > 1 and isinstance(arguments[1], str) else None
    if name == _LOOKUP:
        yield Reading(f"{pointer}/1", arguments[0], second)
    elif name == _SELECT:
        yield Reading(f"{pointer}/1", arguments[0])
        if second is not None:
            yield Reading(f"{pointer}/2", second, relative_to=arguments[0])
