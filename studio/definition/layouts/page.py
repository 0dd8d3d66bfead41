"""A page: the components of one layout file as a list and as a tree."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from studio.definition import json_text
from studio.definition.content_cache import ContentCache
from studio.definition.findings import Finding, Place
from studio.definition.layouts.claims import claims
from studio.definition.layouts.component import Component
from studio.definition.sentences import N_, Sentence

# How many components can stand inside one another; nobody makes a form like that on purpose. What claims to
# lie deeper is shown on the page itself, and the app check names it.
DEEPEST: Final = 60


@dataclass(frozen=True)
class Layout:
    """What a layout file holds, wherever it lies. `problem` says why it could not be read."""

    components: tuple[Component, ...] = ()
    roots: tuple[Component, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)
    problem: Sentence | None = None
    line: int | None = None


@dataclass(frozen=True)
class Page:
    """A page of a layout set.

    `hidden` is true, false or an expression; `broken` says why it cannot be read.
    """

    name: str
    path: str
    layout_set: str
    in_order: bool
    layout: Layout = field(repr=False)

    @property
    def components(self) -> tuple[Component, ...]:
        """Every component, in file order."""
        return self.layout.components

    @property
    def roots(self) -> tuple[Component, ...]:
        """The components that lie in no other, in file order."""
        return self.layout.roots

    @property
    def raw(self) -> Mapping[str, Any]:
        """The file's `data` object."""
        return self.layout.raw

    @property
    def hidden(self) -> Any:
        return self.layout.raw.get("hidden", False)

    @property
    def broken(self) -> Finding | None:
        """Why the file cannot be read; None where it can."""
        problem = self.layout.problem
        if problem is None:
            return None
        place = Place(self.path, self.layout.line, layout_set=self.layout_set, page=self.name)
        return Finding(
            "broken-json", "error", place, problem, Sentence(N_("Correct the file in the code view."))
        )

    @cached_property
    def _by_id(self) -> Mapping[str, Component]:
        return {component.id: component for component in reversed(self.components) if component.id}

    def component(self, component_id: str) -> Component | None:
        """The component with this id (the first one where it is there twice)."""
        return self._by_id.get(component_id)


_LAYOUTS: Final[ContentCache[Layout]] = ContentCache(2000)


def read_layout(read: Callable[[], bytes], blob_id: str) -> Layout:
    """The components in a layout file, whatever is in it. The same content is read once, with `read`."""
    return _LAYOUTS.get(blob_id, lambda: _parse(read()))


def _parse(data: bytes) -> Layout:
    try:
        document = json_text.parse(data)
    except json_text.BrokenJson as error:
        return Layout(problem=error.sentence, line=error.line)
    raw = document.get("data") if isinstance(document, dict) else None
    listed = raw.get("layout") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(listed, list):
        return Layout(
            raw=raw if isinstance(raw, dict) else {}, problem=Sentence(N_("The file is not a page.")), line=1
        )
    components = tuple(_components(listed))
    tree = _Tree(components)
    return Layout(tree.components, tuple(part for part in tree.components if part.parent_id is None), raw)


def _components(listed: list[Any]) -> Iterator[Component]:
    for place, raw in enumerate(listed):
        if isinstance(raw, dict):
            component_id, kind = raw.get("id"), raw.get("type")
            yield Component(
                component_id if isinstance(component_id, str) else "",
                kind if isinstance(kind, str) else "",
                raw,
                f"/data/layout/{place}",
            )


class _Tree:
    """Puts components into those that claim them.

    The first claim counts; circles and bottomless nesting are cut.
    """

    def __init__(self, flat: tuple[Component, ...]) -> None:
        self.by_id = {component.id: component for component in reversed(flat) if component.id}
        self.parents: dict[str, str] = {}
        self.held: dict[str, list[str]] = {}
        for component in flat:
            self._claim(component)
        finished = {part.pointer: part for part in self._finished(flat)}
        self.components = tuple(finished[component.pointer] for component in flat)

    def _claim(self, holder: Component) -> None:
        if self.by_id.get(holder.id) is not holder:
            return
        for claim in claims(holder.raw):
            if (
                claim.id in self.by_id
                and claim.id not in self.parents
                and self._may_hold(holder.id, claim.id)
            ):
                self.parents[claim.id] = holder.id
                self.held.setdefault(holder.id, []).append(claim.id)

    def _may_hold(self, holder: str, child: str) -> bool:
        above: str | None = holder
        for _ in range(DEEPEST):
            if above == child:
                return False
            above = self.parents.get(above) if above else None
            if above is None:
                return True
        return False

    def _finished(self, flat: tuple[Component, ...]) -> Iterator[Component]:
        """The components with their children, made from the innermost outwards."""
        made: dict[str, Component] = {}
        for component in sorted(flat, key=self._depth, reverse=True):
            first = self.by_id.get(component.id) is component
            finished = Component(
                component.id,
                component.type,
                component.raw,
                component.pointer,
                tuple(made[child] for child in self.held.get(component.id, ())) if first else (),
                self.parents.get(component.id) if first else None,
            )
            if first:
                made[component.id] = finished
            yield finished

    def _depth(self, component: Component) -> int:
        depth, above = 0, self.parents.get(component.id)
        while above is not None:
            depth, above = depth + 1, self.parents.get(above)
        return depth
