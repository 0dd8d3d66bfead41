"""Merging the pages of a layout set together: a component is the same one, wherever either side moved it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from studio.definition.layouts.claims import claims
from studio.definition.merge.conflicts import GONE, Umpire
from studio.definition.merge.deletions import component_spot, settle_deletions
from studio.definition.merge.form import Form, read_form, with_child, with_layout, without_children
from studio.definition.merge.sequences import merged_order
from studio.definition.merge.values import Spot, decided_order, merge_values

Pages = Mapping[str, Any]


def merge_forms(base: Pages, ours: Pages, theirs: Pages, umpire: Umpire) -> dict[str, Any] | None:
    """The merge of pages (path -> parsed file, one that is not there is left out).

    None where they cannot be taken apart, as ids are missing or there twice; then each file is for itself.
    """
    before, mine, other = read_form(base), read_form(ours), read_form(theirs)
    if before is None or mine is None or other is None:
        return None
    settle_deletions(before, mine, other, umpire)
    return _Merge(before, mine, other, umpire).pages()


class _Merge:
    """The merge of three forms that agree on what is there."""

    def __init__(self, base: Form, ours: Form, theirs: Form, umpire: Umpire) -> None:
        self.sides = (base, ours, theirs)
        self.umpire = umpire
        self.components: dict[str, Any] = {}
        self.holder_of: dict[str, str | None] = {}
        self.page_of: dict[str, str] = {}
        self.decided: set[str] = set()

    def pages(self) -> dict[str, Any]:
        documents = self._documents()
        names = list(dict.fromkeys(name for side in self.sides[::-1] for name in side.components))
        for name in names:
            values = [side.components.get(name, GONE) for side in self.sides]
            value = merge_values(values[0], values[1], values[2], self._spot(name), self.umpire)
            if value is not GONE:
                self.components[name] = value
        self._drop_gone(set(names) - set(self.components))
        self.holder_of = {name: self._holder(name) for name in self.components}
        self._cut_circles()
        self._let_holders_hold()
        for name in self.components:
            self.page_of[name] = self._page(name, documents)
        return {path: with_layout(page, self._layout(path)) for path, page in documents.items()}

    def _documents(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for path in dict.fromkeys(path for side in self.sides[::-1] for path in side.documents):
            values = [side.documents.get(path, GONE) for side in self.sides]
            page = merge_values(values[0], values[1], values[2], Spot(path), self.umpire)
            if page is not GONE:
                found[path] = page
        return found

    def _spot(self, name: str) -> Spot:
        base, ours, theirs = self.sides
        path = base.page_of.get(name)
        if path is None:
            path = min(side.page_of[name] for side in (ours, theirs) if name in side.page_of)
        return component_spot(path, theirs, name)

    def _drop_gone(self, gone: set[str]) -> None:
        """Nobody names a child any more that was deleted, also not whoever it was moved to."""
        for name, raw in self.components.items():
            self.components[name] = without_children(raw, gone)

    def _holder(self, name: str) -> str | None:
        """The component that holds this one; a conflict where both moved it to different ones."""
        base, ours, theirs = (side.holder_of.get(name, GONE) for side in self.sides)
        if ours not in (base, theirs) and theirs != base:
            self.decided.add(name)
        holder = merge_values(base, ours, theirs, self._spot(name).at_aspect("holder"), self.umpire)
        return holder if isinstance(holder, str) and holder in self.components else None

    def _cut_circles(self) -> None:
        """Each side put one into the other: no group lies in itself."""
        for name in sorted(self.components):
            circle = self._circle(name)
            if not circle:
                continue
            held = [{one: side.holder_of.get(one) for one in sorted(circle)} for side in self.sides]
            stands = self.umpire.settle(self._spot(min(circle)).at_aspect("holder").conflict(*held))
            self.decided |= circle
            for one, holder in stands.items():
                self.holder_of[one] = holder if holder in self.components else None

    def _circle(self, name: str) -> set[str]:
        way = [name]
        while (above := self.holder_of.get(way[-1])) is not None:
            if above == name:
                return set(way)
            if above in way:
                return set()
            way.append(above)
        return set()

    def _let_holders_hold(self) -> None:
        """Write what was decided about holders into their lists of children."""
        known = {name for side in self.sides[1:] for name in _claimed_twice(side.components)}
        for name in sorted(self.decided | (_claimed_twice(self.components) - known)):
            holder = self.holder_of[name]
            for other in self.components:
                if other != holder:
                    self.components[other] = without_children(self.components[other], [name])
            if holder is not None and all(claim.id != name for claim in claims(self.components[holder])):
                side = next(side for side in self.sides[::-1] if side.holder_of.get(name) == holder)
                like = side.components.get(holder)
                self.components[holder] = with_child(self.components[holder], like, name)

    def _page(self, name: str, documents: Mapping[str, Any]) -> str:
        """The page of a component: that of what it lies in; a conflict where both moved it elsewhere."""
        outermost = name
        while (above := self.holder_of[outermost]) is not None:
            outermost = above
        if outermost in self.page_of:
            return self.page_of[outermost]
        paths = [side.page_of.get(outermost, GONE) for side in self.sides]
        spot = self._spot(outermost).at_aspect("page")
        page = merge_values(paths[0], paths[1], paths[2], spot, self.umpire)
        if page not in documents:
            page = next((path for path in reversed(paths) if path in documents), next(iter(documents)))
        self.page_of[outermost] = str(page)
        return self.page_of[outermost]

    def _layout(self, path: str) -> list[Any]:
        kept = {name for name, page in self.page_of.items() if page == path}
        sides = [[name for name in side.orders.get(path, ()) if name in kept] for side in self.sides]
        base = self.sides[0].orders.get(path, [])
        order = self._order([name for name in base if name in kept], sides[1], sides[2], kept, path)
        placed = set(order)
        # What follows its holder to this page stands behind it.
        for name in sorted(kept - placed, key=self._depth_and_place):
            holder = self.holder_of[name]
            order.insert(order.index(holder) + 1 if holder in order else len(order), name)
        return [self.components[name] for name in order]

    def _order(
        self, base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], kept: set[str], path: str
    ) -> list[str]:
        """File order. Only that of what lies on the page itself is seen by people: only it is asked about."""
        order = merged_order(base, ours, theirs, kept)
        if order is None:
            roots = {name for name in kept if self.holder_of[name] is None}
            sides = [{name: None for name in side if name in roots} for side in (base, ours, theirs)]
            spot = Spot(path).at_key("data").at_key("layout")
            order = decided_order(sides[0], sides[1], sides[2], roots, spot, self.umpire)
        return [str(name) for name in order]

    def _depth_and_place(self, name: str) -> tuple[int, int, str]:
        """Outer things first; of those in one holder the last first, as each is put directly behind it."""
        depth, holder = 0, self.holder_of[name]
        place = 0
        if holder is not None:
            held = [claim.id for claim in claims(self.components[holder])]
            place = -held.index(name) if name in held else 0
        while holder is not None:
            depth, holder = depth + 1, self.holder_of[holder]
        return depth, place, name


def _claimed_twice(components: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """The components that more than one names as its child."""
    named = Counter(name for raw in components.values() for name in {claim.id for claim in claims(raw)})
    return {name for name, times in named.items() if times > 1 and name in components}
