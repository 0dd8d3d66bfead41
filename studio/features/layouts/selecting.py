"""What can be done with the chosen components together: shared properties, groups, other types."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.app import AppDefinition, Component, LayoutSet, Page
from studio.definition.changes import types_for
from studio.definition.components import (
    CATALOGUE,
    ComponentType,
    Property,
    component_type,
    exchanged,
)
from studio.definition.sentences import Sentence
from studio.features.layouts.fields import row_path
from studio.features.layouts.panel import component_label

# What one field of a form can show of several components at once.
_SIMPLE: Final = frozenset({"boolean", "choice", "integer", "number", "string"})
# Names of components, texts and lists are rarely the same for several, and these decide what a component is.
_OWN: Final = frozenset({"options", "optionsId"})
# So many can become another type in one go: what each loses is looked at first.
_MOST_EXCHANGED: Final = 100


@dataclass(frozen=True, slots=True)
class SharedEntry:
    """A property that all chosen components have. `value` is the common one; None where they `differ`."""

    about: Property
    pointer: str
    value: Any
    differ: bool

    @property
    def element_id(self) -> str:
        """An id for the form of this property."""
        return "all" + self.pointer.replace("/", "-")

    @property
    def text(self) -> str:
        """The common value as a text field shows it."""
        return "" if self.differ or self.value is None else str(self.value)


@dataclass(frozen=True, slots=True)
class Turning:
    """A type that the chosen components can become, and what they lose by it."""

    kind: ComponentType
    lost: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What the panel offers for the chosen components, one or many."""

    kinds: tuple[tuple[Sentence, int], ...]
    shared: tuple[SharedEntry, ...]
    containers: tuple[ComponentType, ...]
    rows: str  # the list whose rows all of them are about; "" where there is none
    turnings: tuple[Turning, ...]
    dissolvable: bool
    same_type: tuple[str, ...]  # ids of all components of the page of the same types, where there are more


def selection_of(
    app: AppDefinition, layout_set: LayoutSet, page: Page, chosen: Sequence[Component]
) -> Selection:
    """What can be done with these components of a page."""
    rows = common_rows(app, layout_set, chosen)
    types = Counter(component.type for component in chosen)
    alike = tuple(component.id for component in page.components if component.type in types)
    return Selection(
        kinds=tuple((component_label(name), count) for name, count in types.most_common()),
        shared=tuple(_shared(app, chosen)) if len(chosen) > 1 else (),
        containers=tuple(containers_for(page, chosen, rows)),
        rows=rows,
        turnings=tuple(_turnings(app, layout_set, page, chosen)),
        dissolvable=all(is_dissolvable(component) for component in chosen),
        same_type=alike if len(alike) > len(chosen) else (),
    )


def is_dissolvable(component: Component) -> bool:
    """Whether what the component holds can stand without it."""
    kind = component_type(component.type)
    return kind is not None and kind.children_in is not None and component.binding("group") is None


def containers_for(page: Page, chosen: Sequence[Component], rows: str) -> Iterator[ComponentType]:
    """The types of container that can be put around these components, where the first of them stands."""
    types = {component.type for component in chosen}
    parent = page.component(chosen[0].parent_id) if chosen and chosen[0].parent_id else None
    around = component_type(parent.type) if parent else None
    for kind in CATALOGUE.values():
        possible = kind.container and kind.in_palette
        takes = kind.allowed_children is None or kind.allowed_children >= types
        fits = around is None or around.allowed_children is None or kind.name in around.allowed_children
        if possible and takes and fits and (kind.main_binding is None or rows):
            yield kind


def common_rows(app: AppDefinition, layout_set: LayoutSet, chosen: Sequence[Component]) -> str:
    """The list of the data model that everything bound in these components is about, if they do not stand in
    its rows already; "" where there is none."""
    paths: set[str] = set()
    for component in (part for root in chosen for part in root.walk()):
        for binding in component.bindings.values():
            data_type = binding.data_type or layout_set.data_type
            model = app.model(data_type) if data_type else None
            found = model.field(binding.field) if model else None
            if found is None or found.repeating or not found.repeating_ancestors:
                return ""
            paths.add(found.repeating_ancestors[-1].path)
    path = paths.pop() if len(paths) == 1 else ""
    return "" if not path or any(row_path(layout_set, component) == path for component in chosen) else path


def _shared(app: AppDefinition, chosen: Sequence[Component]) -> Iterator[SharedEntry]:
    names = {component.type for component in chosen}
    known = [kind for name in sorted(names) if (kind := component_type(name)) is not None]
    if len(known) < len(names) or not known:
        return
    for first in known[0].properties:
        same = [kind.property(first.name) for kind in known]
        if any(found is None or found.shape != first.shape for found in same) or first.name in _OWN:
            continue
        if first.kind == "object":
            for inner in first.properties:
                if inner.kind in _SIMPLE and first.name == "grid":
                    yield _entry(app, inner, f"/{first.name}/{inner.name}", chosen)
        elif first.kind in _SIMPLE:
            yield _entry(app, first, f"/{first.name}", chosen)


def _entry(app: AppDefinition, about: Property, pointer: str, chosen: Sequence[Component]) -> SharedEntry:
    values = [_effective(app, component, pointer) for component in chosen]
    differ = any(value != values[0] or isinstance(value, list | dict) for value in values)
    return SharedEntry(about, pointer, None if differ else values[0], differ)


def _effective(app: AppDefinition, component: Component, pointer: str) -> Any:
    """What holds for the component: its own value, else the default of its type."""
    value: Any = component.raw
    names = pointer.removeprefix("/").split("/")
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    if value is not None:
        return value
    kind = component_type(component.type)
    found = kind.property(names[0]) if kind else None
    for name in names[1:]:
        found = next((inner for inner in found.properties if inner.name == name), None) if found else None
    default = found.default_in(app.generation) if found else None
    return default if default is not None or found is None or found.kind != "boolean" else False


def _turnings(
    app: AppDefinition, layout_set: LayoutSet, page: Page, chosen: Sequence[Component]
) -> Iterator[Turning]:
    if not chosen or len(chosen) > _MOST_EXCHANGED:
        return
    possible = [types_for(app, layout_set, page, component) for component in chosen]
    for kind in possible[0]:
        others = [types for types in possible[1:] if kind not in types]
        if others:
            continue
        lost: dict[str, Sentence] = {}
        for component in chosen:
            mine = component_type(component.type)
            if mine is not None:
                found = exchanged(component.raw, mine, kind, app.generation).lost
                lost |= {sentence.message + str(sentence.values): sentence for sentence in found}
        yield Turning(kind, tuple(lost.values()))
