"""An item in three states: as it was taken (`base`), in the app now (`ours`), in the library now (`theirs`).

What only the library has changed is taken; what only the app has changed stays; where both have, somebody
has to choose. A text that the app does not have yet is never a choice: it is taken.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from studio.definition.library.items import Cell, Content, Part

# conflict: both changed it. own: only the app did, and it stays. own-gone: removed from the app, for good.
State = Literal["added", "removed", "changed", "conflict", "own", "own-gone", "same"]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a part is to become. `before` is the app's, `after` the library's; None where there is none."""

    key: str
    state: State
    before: Part | None
    after: Part | None
    cells: tuple[Cell, ...] = ()  # what is taken, or to be chosen

    @property
    def is_taken(self) -> bool:
        """Whether taking the library's state changes it without a choice."""
        return self.state in {"added", "removed", "changed"}


def compared(base: Content, ours: Content, theirs: Content) -> tuple[Difference, ...]:
    """Every part, in the order of the library; then those that only the app has."""
    old, own, new = (_by_key(each) for each in (base, ours, theirs))
    keys = dict.fromkeys([*new, *own, *old])
    found = (_difference(key, old.get(key), own.get(key), new.get(key)) for key in keys)
    return tuple(each for each in found if each is not None)


def is_moved(base: Content, theirs: Content) -> bool:
    """Whether the library has put parts into another order."""
    new = _by_key(theirs)
    kept = [part.key for part in base if part.key in new]
    return kept != [key for key in new if key in set(kept)]


def settled(base: Content, ours: Content, theirs: Content, mine: Collection[str] = ()) -> Content:
    """What the app has afterwards. `mine`: keys of conflicts in which the app's own state stays."""
    made: dict[str, Part] = {}
    old = _by_key(base)
    for each in compared(base, ours, theirs):
        part = _settled(each, old.get(each.key), keep=each.key in mine)
        if part is not None:
            made[each.key] = part
    if not is_moved(base, ours):
        return tuple(made.values())
    order = dict.fromkeys([*_by_key(ours), *made])
    return tuple(made[key] for key in order if key in made)


def _settled(each: Difference, base: Part | None, *, keep: bool) -> Part | None:
    if each.state in {"own", "same"} and each.after is None:
        return each.before
    if each.before is None or each.after is None:
        if each.state == "own-gone" or (each.state == "conflict" and keep):
            return each.before
        return each.after
    chosen: dict[Cell, str] = dict(each.before.cells)
    for cell in each.cells:
        if not (keep and _is_conflict(cell, base, each.before, each.after)):
            chosen[cell] = each.after.cells.get(cell, "")
    return Part(each.key, each.before.value, chosen)


def _difference(key: str, base: Part | None, ours: Part | None, theirs: Part | None) -> Difference | None:
    if ours is None:
        if theirs is None:
            return None
        state: State = "added" if base is None else "own-gone" if _says_same(base, theirs) else "conflict"
        return Difference(key, state, None, theirs, tuple(theirs.cells))
    if theirs is None:
        state = "own" if base is None else "removed" if _says_same(ours, base) else "conflict"
        return Difference(key, state, ours, None, tuple(ours.cells) if state != "own" else ())
    taken, own = [], False
    for cell in dict.fromkeys((*ours.cells, *theirs.cells)):
        was, now, new = _said(base, cell), ours.cells.get(cell, ""), theirs.cells.get(cell, "")
        if now == new:
            continue
        if new == was and now:
            own = True
        else:
            taken.append(cell)
    state = "own" if own else "same"
    if taken:
        is_conflict = any(_is_conflict(cell, base, ours, theirs) for cell in taken)
        state = "conflict" if is_conflict else "changed"
    return Difference(key, state, ours, theirs, tuple(taken))


def _is_conflict(cell: Cell, base: Part | None, ours: Part, theirs: Part) -> bool:
    was, now, new = _said(base, cell), ours.cells.get(cell, ""), theirs.cells.get(cell, "")
    return now not in {"", was, new} and new != was


def _says_same(one: Part, other: Part) -> bool:
    """Whether a part says the same; a language that is missing on one side says nothing else."""
    return all(other.cells.get(cell, text) == text for cell, text in one.cells.items())


def _said(part: Part | None, cell: Cell) -> str:
    return part.cells.get(cell, "") if part else ""


def _by_key(content: Content) -> Mapping[str, Part]:
    return {part.key: part for part in content}
