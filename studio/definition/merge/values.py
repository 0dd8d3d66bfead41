"""Merging JSON values by identity: objects by key, components and texts by id, options by value.

Any other list is one value: half of one expression and half of another would be a third that nobody wrote.
"""

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.findings import Place
from studio.definition.json_text import same
from studio.definition.merge.conflicts import GONE, Conflict, Umpire
from studio.definition.merge.sequences import merge_order, moves

# Lists of plain strings that are lists of names, each there once. Every other such list may be an expression.
_NAME_LISTS: Final = frozenset({"children", "enum", "order", "required", "taskIds", "tasks"})
_IDENTITIES: Final = ("id", "value")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a file: by identity (`steps`, for the conflict's key), and by JSON Pointer in theirs if it
    is there."""

    path: str
    steps: tuple[str, ...] = ()
    pointer: str | None = ""
    component: str | None = None

    def at_key(self, key: str) -> "Spot":
        """The value of a key in an object."""
        return Spot(self.path, (*self.steps, _escape(key)), self._below(_escape(key)), self.component)

    def at_item(self, identity: Hashable, index: int | None) -> "Spot":
        """An item of a list, and its index in theirs."""
        name, occurrence = identity if isinstance(identity, tuple) else (identity, 0)
        step = f"[{name}]" if not occurrence else f"[{name}#{occurrence}]"
        component = str(name) if self.steps == ("data", "layout") else self.component
        pointer = None if index is None else self._below(str(index))
        return Spot(self.path, (*self.steps, step), pointer, component)

    @property
    def key(self) -> str:
        """The name of a conflict here."""
        return f"{self.path}#/{'/'.join(self.steps)}"

    @property
    def place(self) -> Place:
        """The place for people and editors."""
        return Place(self.path, pointer=self.pointer, component=self.component)

    def _below(self, step: str) -> str | None:
        return None if self.pointer is None else f"{self.pointer}/{step}"


def merge_values(base: Any, ours: Any, theirs: Any, spot: Spot, umpire: Umpire) -> Any:
    """The merge of three JSON values, any of which may be GONE."""
    if alike(ours, theirs) or alike(ours, base):
        return theirs
    if alike(theirs, base):
        return ours
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        return _merge_objects(base if isinstance(base, Mapping) else {}, ours, theirs, spot, umpire)
    if isinstance(ours, list) and isinstance(theirs, list):
        name = spot.steps[-1] if spot.steps else ""
        before = identified(base if isinstance(base, list) else [], name)
        mine, other = identified(ours, name), identified(theirs, name)
        if before is not None and mine is not None and other is not None:
            return _merge_lists(before, mine, other, spot, umpire)
    return umpire.settle(Conflict(spot.key, spot.place, base, ours, theirs))


def _merge_objects(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any], spot: Spot, umpire: Umpire
) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key in [*theirs, *(key for key in ours if key not in theirs)]:
        sides = base.get(key, GONE), ours.get(key, GONE), theirs.get(key, GONE)
        value = merge_values(*sides, spot.at_key(key), umpire)
        if value is not GONE:
            kept[key] = value
    if is_ordered(spot.steps[-1] if spot.steps else ""):
        order: Iterable[Hashable] = _order(base, ours, theirs, kept, spot, umpire)
    else:
        order = merge_order(list(ours), list(theirs), kept, ())
    return {str(key): kept[str(key)] for key in order}


def _merge_lists(
    base: Mapping[Hashable, Any],
    ours: Mapping[Hashable, Any],
    theirs: Mapping[Hashable, Any],
    spot: Spot,
    umpire: Umpire,
) -> list[Any]:
    index = {key: number for number, key in enumerate(theirs)}
    kept: dict[Hashable, Any] = {}
    for key in [*theirs, *(key for key in ours if key not in theirs)]:
        sides = base.get(key, GONE), ours.get(key, GONE), theirs.get(key, GONE)
        value = merge_values(*sides, spot.at_item(key, index.get(key)), umpire)
        if value is not GONE:
            kept[key] = value
    return [kept[key] for key in _order(base, ours, theirs, kept, spot, umpire)]


def _order(
    base: Mapping[Any, Any],
    ours: Mapping[Any, Any],
    theirs: Mapping[Any, Any],
    kept: Mapping[Any, Any],
    spot: Spot,
    umpire: Umpire,
) -> list[Hashable]:
    moved, both = moves(list(base), list(ours), list(theirs))
    if both:
        conflict = Conflict(f"{spot.key}/[order]", spot.place, _names(base), _names(ours), _names(theirs))
        moved = frozenset(ours) if umpire.settle(conflict) is conflict.ours else frozenset()
    return merge_order(list(ours), list(theirs), kept, moved)


def is_ordered(name: str) -> bool:
    """Whether the order of the members of an object means something: fields come in it in documents."""
    return name == "properties"


def alike(one: Any, other: Any) -> bool:
    """Whether two values are the same, also in the order of their members."""
    return same(one, other) and (not isinstance(one, Mapping | list) or json.dumps(one) == json.dumps(other))


def identified(items: Sequence[Any], name: str) -> dict[Hashable, Any] | None:
    """The items of the list under the key `name` by what they are known by; None where they are known by
    nothing."""
    if all(isinstance(item, str) for item in items):
        known = not items or (name in _NAME_LISTS and len({*items}) == len(items))
        return {item: item for item in items} if known else None
    for identity in _IDENTITIES:
        if all(isinstance(item, Mapping) and _is_name(item.get(identity)) for item in items):
            return _numbered(items, identity)
    return None


def _numbered(items: Sequence[Mapping[str, Any]], identity: str) -> dict[Hashable, Any]:
    """By identity and occurrence, as a broken file may have the same id twice."""
    found: dict[Hashable, Any] = {}
    for item in items:
        occurrence = 0
        while (item[identity], occurrence) in found:
            occurrence += 1
        found[item[identity], occurrence] = item
    return found


def _is_name(value: Any) -> bool:
    return isinstance(value, str | int | float | bool)


def _names(keys: Iterable[Hashable]) -> list[Hashable]:
    return [key[0] if isinstance(key, tuple) else key for key in keys]


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
