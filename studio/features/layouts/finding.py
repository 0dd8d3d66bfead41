"""Search among the components of all pages: by what they say in any language, id, type and field."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from studio.definition.app import AppDefinition, Component
from studio.definition.naming import component_name, one_line
from studio.definition.sentences import Sentence
from studio.features.layouts.panel import component_label
from studio.web import translate

_MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A component that has all the words. `text` is where they stand, if not in its name."""

    id: str
    name: str
    label: Sentence
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one page."""

    number: int
    layout_set: str
    page: str
    is_here: bool
    hits: tuple[Hit, ...]

    @property
    def ids(self) -> list[str]:
        """The ids of the hits, in the order of the page."""
        return [hit.id for hit in self.hits]


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked for, and what was found; `groups` are of the first hits only."""

    words: str
    count: int
    groups: tuple[Group, ...]

    @property
    def shown(self) -> int:
        """How many of the hits are shown."""
        return sum(len(group.hits) for group in self.groups)

    @property
    def cut(self) -> bool:
        """Whether there are more hits than are shown."""
        return self.shown < self.count


def search(app: AppDefinition, words: str, here: tuple[str, str]) -> Search:
    """The components that have every one of `words`; those of `here` (layout set, page) come first."""
    wanted = words.casefold().split()
    found = [
        (layout_set.id, page.name, component, text)
        for layout_set in app.layout_sets
        for page in layout_set.pages
        for component in page.components
        if component.id and wanted and (text := _hit(app, component, wanted)) is not None
    ]
    found.sort(key=lambda one: (one[0], one[1]) != here)
    groups: list[Group] = []
    for (layout_set, page), hits in groupby(found[:_MOST_SHOWN], key=lambda one: one[:2]):
        made = tuple(
            Hit(component.id, component_name(app, component), component_label(component.type), text)
            for _, _, component, text in hits
        )
        groups.append(Group(len(groups) + 1, layout_set, page, (layout_set, page) == here, made))
    return Search(words.strip(), len(found), tuple(groups))


def _hit(app: AppDefinition, component: Component, wanted: list[str]) -> str | None:
    """The text that has a word of the search ("": none but the name), or None where one word is nowhere."""
    said = list(dict.fromkeys(_said(app, component)))
    plain = " ".join([*said, *_names(component)]).casefold()
    if not all(word in plain for word in wanted):
        return None
    name = component_name(app, component).casefold()
    if any(word in name for word in wanted):
        return ""
    return next((one_line(text) for text in said if any(word in text.casefold() for word in wanted)), "")


def _names(component: Component) -> Iterator[str]:
    yield component.id
    yield component.type
    yield translate(component_label(component.type))
    yield from (binding.field for binding in component.bindings.values())
    options = component.raw.get("optionsId")
    if isinstance(options, str):
        yield options


def _said(app: AppDefinition, component: Component) -> Iterator[str]:
    """What the component says in every language of the app; a key that is no key says itself."""
    options = component.raw.get("options")
    rows = [one for one in (options if isinstance(options, list) else []) if isinstance(one, dict)]
    labels = [label for one in rows if isinstance(label := one.get("label"), str)]
    for key in [*component.text_keys.values(), *labels]:
        texts = [found.value for code in app.languages if (found := app.texts(code).get(key)) is not None]
        yield from texts or [key]
