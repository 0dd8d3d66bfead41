"""What there is to choose among where a property names something else in the app."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from studio.definition.app import AppDefinition, Component, LayoutSet, Page
from studio.definition.components import CATALOGUE, ComponentType, Target
from studio.definition.option_sources import list_ids
from studio.definition.sentences import Sentence
from studio.features.layouts.fields import ancestors, holding_page

# What the platform takes as data types beside those of the app (components.md, AttachmentList).
_SPECIAL_DATA_TYPES: Final = ("ref-data-as-pdf", "include-all", "from-task")
# Properties that speak of the columns of a table made of the component's own children.
_MEDIA: Final = frozenset(name for name, kind in CATALOGUE.items() if "CardsMedia" in kind.stands_in)
_OWN_COLUMNS: Final = frozenset({"tableHeaders", "tableColumns"})


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be chosen: what is written in the file, and what a person sees."""

    value: str
    label: str | Sentence


@dataclass(frozen=True)
class Offers:
    """What one component's properties can name."""

    app: AppDefinition
    layout_set: LayoutSet
    component: Component
    kind: ComponentType
    language: str

    def of(self, target: Target, property_name: str) -> tuple[Offer, ...]:
        """What there is of a kind of thing, for the property called so."""
        if target == "component":
            return self._own_columns if property_name in _OWN_COLUMNS else self._components
        found = _SOURCES.get(target)
        return found(self) if found else ()

    @cached_property
    def page(self) -> Page | None:
        """The page on which the component is."""
        return holding_page(self.layout_set, self.component)

    def holdable_in(self, pointer: str) -> tuple[Offer, ...]:
        """The components of the page that can be put into a part of this one."""
        allowed = allowed_at(self.kind, pointer)
        return (
            self._movable
            if allowed is None
            else tuple(offer for offer in self._movable if self._types[offer.value] in allowed)
        )

    @cached_property
    def _movable(self) -> tuple[Offer, ...]:
        around = {above.id for above in ancestors(self.layout_set, self.component)} | {self.component.id}
        parts = self.page.components if self.page else ()
        return tuple(self.named(other) for other in parts if other.id and other.id not in around)

    @cached_property
    def _types(self) -> dict[str, str]:
        return {other.id: other.type for other in (self.page.components if self.page else ())}

    def named(self, component: Component) -> Offer:
        """A component by its title and its id."""
        key = component.text_key("title")
        found = self.app.texts(self.language).get(key) if key else None
        title = " ".join((found.value if found else key or "").split())
        shown = title if len(title) <= 60 else f"{title[:59]}…"
        return Offer(component.id, f"{shown} ({component.id})" if shown else component.id)

    def name_of(self, component_id: str) -> str:
        """What a component is called; its id where there is none."""
        found = self.layout_set.find(component_id)
        return str(self.named(found[1]).label) if found else component_id

    @cached_property
    def _components(self) -> tuple[Offer, ...]:
        # A summary may be about any page; all else is about its own.
        everywhere = self.kind.name in {"Summary", "Summary2"}
        pages = self.layout_set.pages if everywhere else (self.page,) if self.page else ()
        return tuple(
            self.named(other)
            for page in pages
            for other in page.components
            if other.id and other.id != self.component.id
        )

    @cached_property
    def _own_columns(self) -> tuple[Offer, ...]:
        return tuple(self.named(part) for part in self.component.walk() if part is not self.component)

    @cached_property
    def fields(self) -> tuple[Offer, ...]:
        """The fields of the form's own data model; for a subform those of the form inside it."""
        inner = self.component.raw.get("layoutSet") if self.kind.name == "Subform" else None
        form = self.app.layout_set(inner) if isinstance(inner, str) else self.layout_set
        model = self.app.model(form.data_type) if form and form.data_type else None
        return tuple(Offer(found.path, found.title or found.path) for found in model.walk()) if model else ()

    @cached_property
    def data_types(self) -> tuple[Offer, ...]:
        """The data types of the app, and the names that stand for several of them."""
        names = [kind.id for kind in self.app.metadata.data_types]
        special = _SPECIAL_DATA_TYPES if self.kind.name == "AttachmentList" else ()
        return _by_name([*names, *(name for name in special if name not in names)])

    @cached_property
    def subforms(self) -> tuple[Offer, ...]:
        """The forms that can be filled in inside this one: not itself, nor what a step or a receipt shows.

        In the folders of v9 nothing but the steps of the process tells these apart from other forms.
        """
        steps = {task.id for task in self.app.process.tasks} if self.app.process else set[str]()
        return _by_name(
            found.id
            for found in self.app.layout_sets
            if found.id != self.layout_set.id
            and found.kind != "receipt"
            and not steps.intersection(found.tasks)
        )

    def columns(self) -> Iterator[str]:
        """The columns of a list."""
        headers: Any = self.component.raw.get("tableHeaders")
        yield from headers if isinstance(headers, Mapping) else ()


def allowed_at(kind: ComponentType, place: str) -> frozenset[str] | None:
    """The types that a part of a component takes ("tabs/0/children"); None is any."""
    if place.endswith("/media"):
        return _MEDIA
    if place.removeprefix("/").startswith(("rowsBefore/", "rowsAfter/")):
        return None
    return kind.allowed_children


def places_of(raw: Mapping[str, Any]) -> Iterator[str]:
    """The parts of a component that can hold others: those of tabs, cards, and cells without a text."""
    for name, inside in (("tabs", ("children",)), ("cards", ("media", "children"))):
        for place, part in enumerate(_listed(raw.get(name))):
            if isinstance(part, Mapping):
                yield from (f"{name}/{place}/{each}" for each in inside)
    for name in ("rowsBefore", "rows", "rowsAfter"):
        for place, row in enumerate(_listed(raw.get(name))):
            for number, cell in enumerate(_listed(row.get("cells")) if isinstance(row, Mapping) else ()):
                if cell is None or (isinstance(cell, Mapping) and not {"text", "labelFrom"} & cell.keys()):
                    yield f"{name}/{place}/cells/{number}/component"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _by_name(names: Any) -> tuple[Offer, ...]:
    return tuple(Offer(name, name) for name in names)


_SOURCES: Final[Mapping[str, Callable[[Offers], tuple[Offer, ...]]]] = {
    "page": lambda here: _by_name(page.name for page in here.layout_set.pages),
    "task": lambda here: _by_name(task.id for task in here.app.process.tasks) if here.app.process else (),
    "layout set": lambda here: here.subforms,
    "data type": lambda here: here.data_types,
    "field": lambda here: here.fields,
    "option list": lambda here: _by_name(list_ids(here.app)),
    "column": lambda here: _by_name(here.columns()),
    "language": lambda here: _by_name(here.app.languages),
}
