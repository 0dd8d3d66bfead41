"""Which pages of the forms look different, and what became of the components on them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from studio.definition.app import AppDefinition
from studio.definition.comparison.forms import (
    Where,
    component_places,
    moved_components,
    renamed_components,
    renamed_pages,
)
from studio.definition.json_text import same
from studio.definition.json_text.values import strings_in
from studio.definition.layouts import Component, LayoutSet, Page

Fate = Literal["added", "removed", "changed", "moved"]
Side = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A page that does not look the same on both sides. A name is None on the side that lacks the page.

    `was` and `now` hold what became of its components, by their ids on that side. `reworded` is, by id on
    either side, the languages in which nothing but a text or an option became another.
    """

    layout_set: str
    before: str | None
    after: str | None
    was: Mapping[str, Fate] = field(default_factory=dict)
    now: Mapping[str, Fate] = field(default_factory=dict)
    reworded: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What it is called now, or was."""
        return self.after or self.before or ""

    @property
    def fate(self) -> Fate:
        """What became of the page itself."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    def fates(self, side: Side, language: str) -> Mapping[str, Fate]:
        """What became of the components of a side, as they look in a language."""
        words: dict[str, Fate] = {
            name: "changed" for name, languages in self.reworded.items() if language in languages
        }
        return {**words, **(self.was if side == "before" else self.now)}

    def languages(self, known: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the known languages in which it looks different."""
        if self.was or self.now or self.fate != "changed":
            return known
        return tuple(code for code in known if any(code in found for found in self.reworded.values()))


def changed_pages(old: AppDefinition, new: AppDefinition) -> tuple[ChangedPage, ...]:
    """The pages that look different, in the order of the forms; those that are gone come last."""
    reworded = _Reworded(old, new)
    found: list[ChangedPage] = []
    for after in new.layout_sets:
        found += _of_set(old.layout_set(after.id), after, reworded)
    for before in old.layout_sets:
        if new.layout_set(before.id) is None:
            found += [ChangedPage(before.id, page.name, None) for page in before.pages]
    return tuple(found)


def _of_set(before: LayoutSet | None, after: LayoutSet, reworded: "_Reworded") -> Iterator[ChangedPage]:
    if before is None:
        yield from (ChangedPage(after.id, None, page.name) for page in after.pages)
        return
    if not reworded and _equal(before, after):
        return
    fates = _Fates(before, after)
    renamed = renamed_pages(before, after)
    for page in after.pages:
        previous = before.page(renamed.get(page.name, page.name))
        if previous is None:
            yield ChangedPage(after.id, None, page.name)
            continue
        found = ChangedPage(
            after.id,
            previous.name,
            page.name,
            fates.was(previous, page.name),
            fates.now(page, previous.name),
            reworded.on(page),
        )
        if found.was or found.now or found.reworded or bool(previous.broken) != bool(page.broken):
            yield found
    gone = [page for page in before.pages if after.page(page.name) is None]
    yield from (ChangedPage(after.id, page.name, None) for page in gone if page.name not in renamed.values())


def _equal(before: LayoutSet, after: LayoutSet) -> bool:
    return [(page.name, page.layout) for page in before.pages] == [
        (page.name, page.layout) for page in after.pages
    ]


class _Fates:
    """What became of the components of a layout set."""

    def __init__(self, before: LayoutSet, after: LayoutSet) -> None:
        self._before: Where = component_places(before)
        self._after: Where = component_places(after)
        self._old_ids = renamed_components(self._before, self._after)
        self._new_ids = {old: new for new, old in self._old_ids.items()}
        self._moved = moved_components(before, after)

    def was(self, page: Page, name_now: str) -> dict[str, Fate]:
        """Those of the components that were on the page, which is now called `name_now`."""
        found: dict[str, Fate] = {}
        for part in page.components:
            there = self._after.get(self._new_ids.get(part.id, part.id))
            fate = self._fate(part, there[1], there[0].name == name_now) if there else "removed"
            if part.id and fate is not None:
                found[part.id] = fate
        return found

    def now(self, page: Page, name_before: str) -> dict[str, Fate]:
        """Those of the components that are on the page, which was called `name_before`."""
        found: dict[str, Fate] = {}
        for part in page.components:
            there = self._before.get(self._old_ids.get(part.id, part.id))
            fate = self._fate(there[1], part, there[0].name == name_before) if there else "added"
            if part.id and fate is not None:
                found[part.id] = fate
        return found

    def _fate(self, before: Component, after: Component, stayed: bool) -> Fate | None:
        if not same(_own(before), _own(after)):
            return "changed"
        return "moved" if not stayed or after.id in self._moved else None


class _Reworded:
    """The texts and option lists that are not the same any more, with the languages that this is seen in."""

    def __init__(self, old: AppDefinition, new: AppDefinition) -> None:
        self._texts: dict[str, set[str]] = {}
        languages = dict.fromkeys((*new.languages, *old.languages))
        for code in languages:
            was, now = old.texts(code), new.texts(code)
            if was is not now:
                for key in {*was.keys(), *now.keys()}:
                    if was.get(key) != now.get(key):
                        self._texts.setdefault(key, set()).add(code)
        self._lists = {
            name for name in {*old.option_ids, *new.option_ids} if old.options(name) != new.options(name)
        }
        self._everywhere = frozenset(languages)

    def __bool__(self) -> bool:
        return bool(self._texts or self._lists)

    def on(self, page: Page) -> dict[str, frozenset[str]]:
        """The components of a page that say something else, with the languages."""
        if not self:
            return {}
        found = {part.id: self._of(part) for part in page.components if part.id}
        return {name: languages for name, languages in found.items() if languages}

    def _of(self, part: Component) -> frozenset[str]:
        if part.raw.get("optionsId") in self._lists:
            return self._everywhere
        if not self._texts:
            return frozenset()
        keys = self._texts.keys() & set(strings_in(_own(part)))
        return frozenset(code for key in keys for code in self._texts[key])


def _own(part: Component) -> dict[str, Any]:
    """A component without its name and without what is inside it, which is told for itself."""
    return {key: value for key, value in part.raw.items() if key not in ("id", "children")}
