"""What an edit changes on the canvas: the fewest fragments that make the old page into the new one."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from studio.definition.app import AppDefinition, Component, Page
from studio.features.layouts.canvas import SHOW_OTHERS, Canvas, levels

_REMOVE: Final = Markup('<template data-op="remove" data-target="component-{}"></template>\n')
_ARRANGE: Final = Markup(
    '<template data-op="arrange" data-target="inside-{}" data-order="{}">{}</template>\n'
)


@dataclass(frozen=True)
class Difference:
    """From one state of a page to the next. Both are of the same page in the same language."""

    before: AppDefinition
    old: Page
    canvas: Canvas

    def html(self) -> Markup:
        """The fragments, in the words of lib/fragments.js."""
        return Markup("").join(self._fragments())

    @property
    def too_odd(self) -> bool:
        """Whether the pages have to be drawn whole: ids missing or twice, or a page that cannot be read."""
        pages = (self.old, self.canvas.page)
        return any(page.broken or not _ids_are_unique(page) for page in pages)

    def _fragments(self) -> Iterator[Markup]:
        new = self.canvas.page
        old_by_id = {component.id: component for component in self.old.components}
        depths = {component.id: (component, level) for component, level in levels(new.roots)}
        drawn: set[str] = set()
        redrawn = self._redrawn(old_by_id)
        yield from (_REMOVE.format(name) for name in old_by_id if name not in depths)
        for name, (component, level) in depths.items():
            if name in redrawn and name in old_by_id and not drawn.intersection(_around(new, component)):
                drawn.add(name)
                yield self.canvas.fragment(component, level)
        containers = [("", self.old.roots, new.roots, 0)] + [
            (name, old_by_id[name].children, component.children, level)
            for name, (component, level) in depths.items()
            if name in old_by_id
        ]
        for name, was, now, level in containers:
            inside_drawn = name in drawn or (name and drawn.intersection(_around(new, depths[name][0])))
            if not inside_drawn and [child.id for child in was] != [child.id for child in now]:
                yield self._arranged(name, now, level + 1, old_by_id)

    def _arranged(
        self, parent: str, now: tuple[Component, ...], level: int, old_by_id: Mapping[str, Component]
    ) -> Markup:
        """A container's children in their new order, with those that are new there."""
        fresh = Markup("").join(
            self.canvas.fragment(child, level)
            for child in now
            if child.id not in old_by_id or old_by_id[child.id].parent_id != child.parent_id
        )
        order = json.dumps([f"component-{child.id}" for child in now], ensure_ascii=False)
        return _ARRANGE.format(parent, order, fresh)

    def _redrawn(self, old_by_id: Mapping[str, Component]) -> set[str]:
        """The components that look different now."""
        keys = self._changed_texts()
        lists = self._changed_lists()
        return {
            component.id
            for component in self.canvas.page.components
            if (old := old_by_id.get(component.id)) is None
            or _own(old.raw) != _own(component.raw)
            or component.type in SHOW_OTHERS
            or component.raw.get("optionsId") in lists
            or (keys and not keys.isdisjoint(_strings(component.raw)))
        }

    def _changed_texts(self) -> set[str]:
        language = self.canvas.language
        changed: set[str] = set()
        for code in {language, "nb"}:
            was, now = self.before.texts(code), self.canvas.app.texts(code)
            if was is not now:
                changed |= {key for key in {*was.keys(), *now.keys()} if was.get(key) != now.get(key)}
        return changed

    def _changed_lists(self) -> set[str]:
        names = {*self.before.option_ids, *self.canvas.app.option_ids}
        return {name for name in names if self.before.options(name) != self.canvas.app.options(name)}


def _own(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A component without the list of what is inside it, which is arranged for itself."""
    return {key: value for key, value in raw.items() if key != "children"}


def _strings(raw: Mapping[str, Any]) -> Iterator[str]:
    """Every text in a component that may be a text key: its own, and those of its options."""
    for name in ("textResourceBindings", "options"):
        waiting = [raw.get(name)]
        while waiting:
            value = waiting.pop()
            if isinstance(value, str):
                yield value
            elif isinstance(value, Mapping):
                waiting.extend(value.values())
            elif isinstance(value, list):
                waiting.extend(value)


def _around(page: Page, component: Component) -> set[str]:
    around: set[str] = set()
    name = component.parent_id
    while name and name not in around:
        around.add(name)
        above = page.component(name)
        name = above.parent_id if above else None
    return around


def _ids_are_unique(page: Page) -> bool:
    names = [component.id for component in page.components]
    return "" not in names and len(set(names)) == len(names)
