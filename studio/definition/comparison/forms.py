"""What changed in forms: pages, their order, and the components on them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from studio.definition import wording
from studio.definition.app import AppDefinition
from studio.definition.json_text import same
from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.naming import component_noun, page_name
from studio.definition.rising import longest_rising
from studio.definition.rules.sentences.names import Names
from studio.definition.rules.sentences.telling import page_told, property_told
from studio.definition.sentences import N_, Sentence

# A path and what is to be said about it; None: what changed in it is told with another file.
Told = Iterator[tuple[str, Sentence | None]]
Where = Mapping[str, tuple[Page, Component]]

# Objects whose members are told one by one.
_OPENED: Final = frozenset({"dataModelBindings", "textResourceBindings"})


def form_sentences(old: AppDefinition, new: AppDefinition, changed: frozenset[str]) -> Told:
    """Each sentence with the path it is about."""
    before = {layout_set.id: layout_set for layout_set in old.layout_sets}
    for layout_set in new.layout_sets:
        previous = before.pop(layout_set.id, None)
        if previous is None:
            yield layout_set.settings_path, Sentence(N_("Form *%(name)s* was added"), {"name": layout_set.id})
            yield from (
                (page.path, _page_sentence(new, page, N_("Page *%(page)s* was added")))
                for page in layout_set.pages
            )
        elif _touched(previous, changed) or _touched(layout_set, changed):
            yield from _Forms(old, new, previous, layout_set).told()
    for layout_set in before.values():
        yield layout_set.settings_path, Sentence(N_("Form *%(name)s* was removed"), {"name": layout_set.id})


def _touched(layout_set: LayoutSet, changed: frozenset[str]) -> bool:
    return layout_set.settings_path in changed or any(page.path in changed for page in layout_set.pages)


class _Forms:
    """One layout set before and after."""

    def __init__(self, old: AppDefinition, new: AppDefinition, before: LayoutSet, after: LayoutSet) -> None:
        self.old = old
        self.new = new
        self.before = before
        self.after = after
        self.names = Names(new, after)

    def told(self) -> Told:
        yield from self._pages()
        yield from self._components()
        yield from self._settings()

    def _pages(self) -> Told:
        renamed = renamed_pages(self.before, self.after)
        for page in self.after.pages:
            previous = self.before.page(renamed.get(page.name, page.name))
            if previous is None:
                yield page.path, _page_sentence(self.new, page, N_("Page *%(page)s* was added"))
                yield self.after.settings_path, None
            elif previous.name != page.name:
                values = {"page": page_name(self.old, previous.name), "name": page.name}
                yield from ((path, None) for path in (previous.path, self.after.settings_path))
                yield page.path, Sentence(N_("Page *%(page)s* is now named %(name)s"), values)
            else:
                yield from self._page(previous, page)
        for page in self.before.pages:
            if self.after.page(page.name) is None and page.name not in renamed.values():
                yield page.path, _page_sentence(self.old, page, N_("Page *%(page)s* was removed"))
                yield self.after.settings_path, None

    def _page(self, previous: Page, page: Page) -> Told:
        if page.broken and not previous.broken:
            yield page.path, _page_sentence(self.new, page, N_("Page *%(page)s* can no longer be read"))
        if not same(previous.hidden, page.hidden):
            message = N_("Page *%(page)s* is no longer hidden")
            if page.hidden is True:
                message = N_("Page *%(page)s* is now hidden")
            by_rule = isinstance(page.hidden, list)
            told = page_told(self.names, page.name, page.hidden) if by_rule else None
            yield page.path, told or _page_sentence(self.new, page, message)
        for key in sorted((previous.raw.keys() | page.raw.keys()) - {"layout", "hidden"}):
            if not same(previous.raw.get(key), page.raw.get(key)):
                values = {"page": page_name(self.new, page.name), "name": key}
                yield page.path, Sentence(N_("The setting %(name)s of page *%(page)s* was changed"), values)

    def _settings(self) -> Told:
        path = self.after.settings_path
        old_order = [name for name in self.before.order if self.after.page(name)]
        new_order = [name for name in self.after.order if self.before.page(name)]
        if set(old_order) == set(new_order) and old_order != new_order:
            yield (
                path,
                Sentence(
                    N_("The pages of form *%(name)s* were put in another order"), {"name": self.after.id}
                ),
            )
        for name in new_order:
            if name not in old_order:
                yield (
                    path,
                    Sentence(
                        N_("Page *%(page)s* is now part of the form"), {"page": page_name(self.new, name)}
                    ),
                )
        for name in old_order:
            if name not in new_order:
                values = {"page": page_name(self.new, name)}
                yield path, Sentence(N_("Page *%(page)s* is no longer part of the form"), values)
        if not same(_without_order(self.before.settings), _without_order(self.after.settings)):
            yield path, Sentence(N_("The settings of form *%(name)s* were changed"), {"name": self.after.id})

    def _components(self) -> Told:
        before, after = component_places(self.before), component_places(self.after)
        renamed = renamed_components(before, after)
        moved = moved_components(self.before, self.after)
        for name, (page, component) in after.items():
            found = before.get(renamed.get(name, name))
            if found is None and (
                self.before.page(page.name) is None or _is_new(component.parent_id, before, renamed)
            ):
                yield page.path, None
            elif found is None:
                yield (
                    page.path,
                    self._about(self.new, page, component, N_("%(what)s was added to page *%(page)s*")),
                )
            else:
                yield from self._component(*found, page, component, name in moved)
        for name, (page, component) in before.items():
            if name in after or name in renamed.values() or not self.after.page(page.name):
                continue
            if (
                component.parent_id
                and component.parent_id not in after
                and component.parent_id not in renamed.values()
            ):
                yield page.path, None
            else:
                yield (
                    page.path,
                    self._about(self.old, page, component, N_("%(what)s was removed from page *%(page)s*")),
                )

    def _component(self, old_page: Page, old: Component, page: Page, new: Component, moved: bool) -> Told:
        if old_page.name != page.name and self.after.page(old_page.name):
            yield old_page.path, None
            holder = self.before.find(new.parent_id) if new.parent_id else None
            if holder is not None and holder[0].name == old_page.name and old.parent_id == new.parent_id:
                yield page.path, None
            else:
                yield page.path, self._about(self.new, page, new, N_("%(what)s was moved to page *%(page)s*"))
        elif moved:
            yield page.path, self._about(self.new, page, new, N_("%(what)s was moved on page *%(page)s*"))
        for pointer, value in _differences(old.raw, new.raw):
            rule = property_told(self.names, page, new, pointer, value)
            what = component_noun(self.new, new)
            where = page_name(self.new, page.name)
            yield page.path, rule or wording.property_sentence(what, where, pointer, value, new.type)

    def _about(self, app: AppDefinition, page: Page, component: Component, message: str) -> Sentence:
        return Sentence(message, {"what": component_noun(app, component), "page": page_name(app, page.name)})


def renamed_pages(before: LayoutSet, after: LayoutSet) -> Mapping[str, str]:
    """New name -> old name, for pages that went and came with the same components."""
    gone = {_ids(page): page.name for page in before.pages if after.page(page.name) is None}
    came = [page for page in after.pages if before.page(page.name) is None]
    return {page.name: gone[_ids(page)] for page in came if _ids(page) and _ids(page) in gone}


def renamed_components(before: Where, after: Where) -> Mapping[str, str]:
    """New id -> old id, for components that are the same but for the id."""
    gone = {_body(part): name for name, (_, part) in before.items() if name not in after}
    came = [(name, part) for name, (_, part) in after.items() if name not in before]
    return {name: gone[_body(part)] for name, part in came if _body(part) in gone}


def component_places(layout_set: LayoutSet) -> Where:
    """Component id -> its page and the component."""
    return {part.id: (page, part) for page, part in layout_set.components() if part.id}


def _is_new(holder: str | None, before: Where, renamed: Mapping[str, str]) -> bool:
    """Whether what holds a component is new too, so that the component needs no sentence of its own."""
    return holder is not None and renamed.get(holder, holder) not in before


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Pointer and new value (None: gone) of every property that became another one.

    What moved is told elsewhere.
    """
    for key in (*new, *(key for key in old if key not in new)):
        before, now = old.get(key), new.get(key)
        if key == "children" or same(before, now):
            continue
        if key in _OPENED and isinstance(before or {}, dict) and isinstance(now or {}, dict):
            parts = (before or {}), (now or {})
            for name in (*parts[1], *(name for name in parts[0] if name not in parts[1])):
                if not same(parts[0].get(name), parts[1].get(name)):
                    yield f"/{key}/{name}", parts[1].get(name)
        else:
            yield f"/{key}", now


def moved_components(before: LayoutSet, after: LayoutSet) -> frozenset[str]:
    """Ids that have another parent, or another place among the components that stayed with them."""
    found: set[str] = set()
    old_parents, new_parents = _parents(before), _parents(after)
    for page in after.pages:
        for holder in (None, *(part for part in page.components if part.children)):
            now = [part.id for part in (holder.children if holder else page.roots)]
            key = (page.name, holder.id if holder else None)
            found.update(name for name in now if name in old_parents and old_parents[name][1] != key[1])
            stayed = [name for name in now if old_parents.get(name) == key]
            was = [name for name in _children(before, key) if new_parents.get(name) == key]
            found.update(_out_of_order(was, stayed))
    return frozenset(found)


def _out_of_order(was: list[str], now: list[str]) -> Iterator[str]:
    """The fewest names that have to move for one order to become the other (all but a longest common run)."""
    if was == now:
        return iter(())
    place = {name: number for number, name in enumerate(was)}
    kept = set(longest_rising([place.get(name, -1) for name in now]))
    return (name for number, name in enumerate(now) if number not in kept)


def _parents(layout_set: LayoutSet) -> Mapping[str, tuple[str, str | None]]:
    return {part.id: (page.name, part.parent_id) for page, part in layout_set.components()}


def _children(layout_set: LayoutSet, key: tuple[str, str | None]) -> list[str]:
    page = layout_set.page(key[0])
    if page is None:
        return []
    holder = page.component(key[1]) if key[1] else None
    parts = holder.children if holder else () if key[1] else page.roots
    return [part.id for part in parts]


def _ids(page: Page) -> tuple[str, ...]:
    return tuple(part.id for part in page.components)


def _body(component: Component) -> str:
    return repr({key: value for key, value in component.raw.items() if key != "id"})


def _without_order(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    pages = settings.get("pages")
    rest = (
        {key: value for key, value in pages.items() if key != "order"} if isinstance(pages, dict) else pages
    )
    return {**settings, "pages": rest}


def _page_sentence(app: AppDefinition, page: Page, message: str) -> Sentence:
    return Sentence(message, {"page": page_name(app, page.name)})
