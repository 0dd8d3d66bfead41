"""Merging JSON values by identity: objects by key, components and texts by id, options by value.

Any other list is one value: half of one expression and half of another would be a third that nobody wrote.
"""

import json
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from studio.definition.findings import Place
from studio.definition.json_text import same
from studio.definition.merge.conflicts import GONE, Conflict, Umpire
from studio.definition.merge.sequences import joined_order, merged_order
from studio.definition.merge.stretches import stretches

# Lists of plain strings that are lists of names, each there once. Every other such list may be an expression.
_NAME_LISTS: Final = frozenset(
    {
        "allowedContentTypes",
        "allowedContributers",
        "allowedContributors",
        "children",
        "dataTypesToSign",
        "enabledFileAnalysers",
        "enabledFileValidators",
        "enum",
        "excludedChildren",
        "order",
        "required",
        "taskIds",
        "tasks",
        "validFileEndings",
    }
)
_IDENTITIES: Final = ("id", "value")

Aspect = Literal["order", "page", "holder"]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a file: by identity (`steps`), and by JSON Pointer in theirs if it is there.

    `path` and `steps` name a conflict; `file` is where the thing lies in theirs, if that is another one.
    """

    path: str
    steps: tuple[str, ...] = ()
    pointer: str | None = ""
    component: str | None = None
    file: str | None = None

    def at_key(self, key: str) -> "Spot":
        """The value of a key in an object."""
        return replace(self, steps=(*self.steps, key), pointer=self._below(_escape(key)))

    def at_item(self, identity: Hashable, index: int | None) -> "Spot":
        """An item of a list, and its index in theirs."""
        name, occurrence = identity if isinstance(identity, tuple) else (identity, 0)
        step = f"[{name}]" if not occurrence else f"[{name}#{occurrence}]"
        component = str(name) if self.steps == ("data", "layout") else self.component
        pointer = None if index is None else self._below(str(index))
        return replace(self, steps=(*self.steps, step), pointer=pointer, component=component)

    def at_aspect(self, aspect: Aspect) -> "Spot":
        """Something about the thing that no single value in the file says."""
        return replace(self, steps=(*self.steps, f"({aspect})"))

    def lying_in(self, file: str) -> "Spot":
        """The same, in theirs in another file."""
        return replace(self, file=file)

    def conflict(self, base: Any, ours: Any, theirs: Any, both: Any = GONE) -> Conflict:
        """A conflict about this."""
        place = Place(self.file or self.path, pointer=self.pointer, component=self.component)
        return Conflict(self.key, place, base, ours, theirs, both, self.steps)

    @property
    def key(self) -> str:
        """The name of a conflict here."""
        return f"{self.path}#/{'/'.join(map(_escape, self.steps))}"

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
        if all(isinstance(item, Mapping) for item in [*ours, *theirs]):
            return _merge_items(base if isinstance(base, list) else [], ours, theirs, spot, umpire)
    return umpire.settle(spot.conflict(base, ours, theirs))


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
        order: Iterable[Hashable] = decided_order(base, ours, theirs, kept, spot, umpire)
    else:
        order = joined_order(list(ours), list(theirs), kept)
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
    return [kept[key] for key in decided_order(base, ours, theirs, kept, spot, umpire)]


def _merge_items(
    base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any], spot: Spot, umpire: Umpire
) -> list[Any]:
    """Objects that are known by nothing, such as rows and messages: merged as lines of text are.

    An object in place of which both sides have another one is merged in itself.
    """
    sides = [[json.dumps(item) for item in side] for side in (base, ours, theirs)]
    merged: list[Any] = []
    place = 0
    for stretch in stretches(*sides):
        merged += base[place : stretch.start]
        old, mine, yours = (
            [json.loads(item) for item in side] for side in (stretch.before, stretch.ours, stretch.theirs)
        )
        inside = spot.at_item(str(stretch.start), None)
        if stretch.decided is not None:
            merged += [json.loads(item) for item in stretch.decided]
        elif len(old) == len(mine) == len(yours) == 1:
            merged.append(merge_values(old[0], mine[0], yours[0], inside, umpire))
        else:
            both: Any = GONE if old else [*mine, *yours]
            merged += umpire.settle(inside.conflict(old, mine, yours, both))
        place = stretch.end
    return [*merged, *base[place:]]


def decided_order(
    base: Collection[Hashable],
    ours: Collection[Hashable],
    theirs: Collection[Hashable],
    kept: Collection[Hashable],
    spot: Spot,
    umpire: Umpire,
) -> list[Hashable]:
    """The order of what is kept of a list or object; a conflict where both moved the same things."""
    sides = list(base), list(ours), list(theirs)
    order = merged_order(*sides, kept)
    if order is not None:
        return order
    before, mine, yours = map(names, sides)
    conflict = spot.at_aspect("order").conflict(before, mine, yours)
    stands = umpire.settle(conflict)
    if stands is conflict.theirs:
        return joined_order(sides[1], sides[2], kept)
    return joined_order(sides[2], sides[1 if stands is conflict.ours else 0], kept)


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


def names(keys: Iterable[Hashable]) -> list[Hashable]:
    return [key[0] if isinstance(key, tuple) else key for key in keys]


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
