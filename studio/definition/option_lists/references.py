"""Where the option lists of an app are used: components that take their options from one, and expressions.

Sources: components.md 1.3 (optionsId), expressions.md (optionLabel). Ids count whatever their case, as the
platform looks lists up.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.content_cache import ContentCache
from studio.definition.expressions.calls import calls
from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.naming import component_name, page_name
from studio.definition.rules.places import expression_places, words_of_place
from studio.definition.sentences import N_, Sentence


@dataclass(frozen=True, slots=True)
class OptionPlace:
    """A place that names a list: a string at `pointer` in `file`, or in the condition of a `flow`."""

    file: str
    pointer: str
    what: Sentence
    layout_set: LayoutSet | None = None
    page: Page | None = None
    component: Component | None = None
    flow: str | None = None


_USES: Final[ContentCache[Mapping[str, tuple[OptionPlace, ...]]]] = ContentCache(16)


def uses_of_list(app: AppDefinition, option_id: str) -> tuple[OptionPlace, ...]:
    """The places that name a list."""
    return uses_by_list(app).get(option_id.casefold(), ())


def uses_by_list(app: AppDefinition) -> Mapping[str, tuple[OptionPlace, ...]]:
    """Id in small letters -> the places that name the list, remembered by the content of the app."""
    return _USES.get(app.files.tree_id, lambda: _by_list(app))


def _by_list(app: AppDefinition) -> Mapping[str, tuple[OptionPlace, ...]]:
    found: defaultdict[str, list[OptionPlace]] = defaultdict(list)
    for option_id, place in (*_in_components(app), *_in_expressions(app)):
        found[option_id.casefold()].append(place)
    return {option_id: tuple(places) for option_id, places in found.items()}


def _in_components(app: AppDefinition) -> Iterator[tuple[str, OptionPlace]]:
    for layout_set in app.layout_sets:
        for page, component in layout_set.components():
            for name, named in _named(app, component):
                values = {"page": page_name(app, page.name), "name": component_name(app, component)}
                what = Sentence(N_("*%(name)s* on the page *%(page)s*"), values)
                pointer = f"{component.pointer}/{name}"
                yield named, OptionPlace(page.path, pointer, what, layout_set, page, component)


def _named(app: AppDefinition, component: Component) -> Iterator[tuple[str, str]]:
    """(property, id) of the lists a component names: the rows of a List can be those of an option list."""
    for name in ("optionsId", "dataListId"):
        named = component.raw.get(name)
        is_own = name == "dataListId" and isinstance(named, str) and app.paths.data_list(named) in app.files
        if isinstance(named, str) and named and not is_own:
            yield name, named


def _in_expressions(app: AppDefinition) -> Iterator[tuple[str, OptionPlace]]:
    for place in expression_places(app):
        for call in calls(place.expression):
            named = call.literal(1) if call.name == "optionLabel" else None
            if named:
                yield (
                    named,
                    OptionPlace(
                        place.file,
                        "".join((place.pointer, *(f"/{step}" for step in (*call.at, 1)))),
                        words_of_place(app, place),
                        place.layout_set,
                        place.page,
                        place.component,
                        place.flow.id if place.flow else None,
                    ),
                )
