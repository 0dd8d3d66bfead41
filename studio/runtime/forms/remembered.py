"""Pages as they were a moment ago: of their components only those are made anew that read something else now.

A save changes one answer of many. Each component at the top of a page is kept with notes of what it was made
from (watched.py), and used again for as long as all of that is the same. No answer depends on what is kept: a
process that has kept nothing makes the same page, with more work.
"""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from threading import Lock
from typing import Final

from studio.definition.expressions import Node
from studio.runtime.forms.building import Builder
from studio.runtime.forms.drawn import Look
from studio.runtime.forms.kinds import Around
from studio.runtime.forms.moments import Moment
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import ComponentView, PageView
from studio.runtime.forms.watched import watched

# The components of all pages that are kept, about 4 KB each.
MOST: Final = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A component at the top of a page: its view (None: hidden), and what was read to make it.

    `above` is the level of the heading that it stood under, `below` of that which the next one stands under;
    `size` counts the components in it.
    """

    view: ComponentView | None
    read: frozenset[Hashable]
    above: int
    below: int
    look: Look
    size: int


@dataclass(frozen=True, eq=False)
class _Parts:
    """The components at the top of a page, in its order, also those that are hidden."""

    all: Sequence[_Part]

    @cached_property
    def read(self) -> frozenset[Hashable]:
        """What any of them has read."""
        return frozenset[Hashable]().union(*(part.read for part in self.all))

    @cached_property
    def size(self) -> int:
        """How many components they are and hold."""
        return sum(part.size for part in self.all)

    @cached_property
    def shown(self) -> tuple[tuple[ComponentView, ...], tuple[Look, ...]]:
        """The views that are not hidden, and their looks."""
        shown = [(part.view, part.look) for part in self.all if part.view is not None]
        return tuple(view for view, _ in shown), tuple(look for _, look in shown)


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """A page at one moment: its parts, and what they were made from."""

    moment: Moment
    around: Around
    parts: _Parts


class KeptPages:
    """The pages that were made last, `most` components in all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._pages: OrderedDict[Hashable, _Page] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> _Page | None:
        """The page under a key, where it is kept."""
        with self._lock:
            return self._pages.get(key)

    def put(self, key: Hashable, page: _Page) -> None:
        """Keep a page, and let go of those that were made longest ago."""
        with self._lock:
            before = self._pages.pop(key, None)
            self._pages[key] = page
            self._size += page.parts.size - (before.parts.size if before else 0)
            while self._size > self._most:
                self._size -= self._pages.popitem(last=False)[1].parts.size


PAGES: Final = KeptPages(MOST)


def page_now(state: FormState, name: str) -> PageView:
    """The view of a page of an instance, with what may be shown at any moment. Raises KeyError."""
    instance = state.instance or {}
    if state.design or not instance.get("id"):
        return Builder(state, ahead=True).page(name)
    key = (instance["id"], state.within, state.layout_set.id, name)
    builder = _FromMemory(state, PAGES.get(key))
    view = builder.page(name)
    if builder.made is not None:
        PAGES.put(key, builder.made)
    return view


class _FromMemory(Builder):
    """Makes a page with the parts of it that are as they were. `made` is what can be remembered of it."""

    def __init__(self, state: FormState, known: _Page | None) -> None:
        watching = watched(state)
        super().__init__(watching, ahead=True)
        self._notes = watching.notes
        self._now = Moment.of(state)
        self._known = known
        self._looks: tuple[Look, ...] = ()
        self.made: _Page | None = None

    def page(self, name: str) -> PageView:
        """The view of a page. Raises KeyError."""
        return replace(super().page(name), looks=self._looks)

    def _components(self, name: str, around: Around) -> tuple[ComponentView, ...]:
        known = self._known
        if known is None or known.moment.frame != self._now.frame or known.around != around:
            parts = self._parts(name, around, (), frozenset())
        else:
            parts, others = known.parts, known.moment.others(self._now, known.parts.read)
            if not others.isdisjoint(parts.read):
                parts = self._parts(name, around, parts.all, others)
        if not self._notes.goes_round:
            self.made = _Page(self._now, around, parts)
        views, self._looks = parts.shown
        return views

    def _parts(
        self, name: str, around: Around, before: Sequence[_Part], others: AbstractSet[Hashable]
    ) -> _Parts:
        """The parts of the page: those from before that have read nothing that is another now, else new."""
        found: list[_Part] = []
        for node, old in zip_longest(self.state.form.tree.roots.get(name, ()), before):
            is_as_it_was = old and old.above == self._above and others.isdisjoint(old.read)
            part = old if is_as_it_was else self._made(node, around)
            self._above = part.below
            found.append(part)
        return _Parts(found)

    def _made(self, node: Node, around: Around) -> _Part:
        above, spot = self._above, self.state.form.spot(node.id)
        view, read = self._notes.taken(lambda: self.drawn(spot, around))
        return _Part(view, read, above, self._above, Look(), _size(view) if view else 1)


def _size(view: ComponentView) -> int:
    inside = (*view.children, *(child for row in view.rows for child in row.children))
    return 1 + sum(map(_size, inside))
