"""Which fields of the data model a component can be bound to, and what a new one would be called."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from studio.definition.app import AppDefinition, Component, LayoutSet, Page
from studio.definition.components import BindingSlot, ComponentType
from studio.definition.data_model import DataModel, Field
from studio.definition.field_names import field_name

# What a new field can be, in the order they are offered; a slot offers those among its kinds.
NEW_KINDS = ("string", "integer", "number", "boolean", "date", "group")


@dataclass(frozen=True, slots=True)
class BindingEntry:
    """One binding of a component. `fitting` are the paths to offer; `proposal` a name for a new field."""

    slot: BindingSlot
    field: str
    data_type: str
    found: bool
    fitting: tuple[tuple[str, str], ...]
    new_kinds: tuple[str, ...]
    proposal: str
    has_model: bool

    @property
    def missing(self) -> bool:
        """Bound to a field that the model does not have."""
        return bool(self.field) and self.has_model and not self.found


def binding_entries(
    app: AppDefinition, layout_set: LayoutSet, component: Component, kind: ComponentType | None, language: str
) -> tuple[BindingEntry, ...]:
    """The bindings of a component, each with the fields that fit."""
    return tuple(
        _entry(app, layout_set, component, slot, language)
        for slot in (kind.bindings_in(app.generation, component.bindings) if kind else ())
    )


def _entry(
    app: AppDefinition, layout_set: LayoutSet, component: Component, slot: BindingSlot, language: str
) -> BindingEntry:
    bound = component.binding(slot.key)
    data_type = (bound.data_type if bound else None) or layout_set.data_type or ""
    model = app.model(data_type) if data_type else None
    row = row_path(layout_set, component)
    return BindingEntry(
        slot=slot,
        field=bound.field if bound else "",
        data_type=data_type,
        found=bool(bound and model and model.field(bound.field)),
        fitting=fitting(model, slot.kinds, slot.repeating, row) if model else (),
        new_kinds=tuple(name for name in NEW_KINDS if name in slot.kinds),
        proposal=proposed(app, model, component, row, language),
        has_model=model is not None,
    )


@lru_cache(maxsize=256)
def fitting(
    model: DataModel, kinds: frozenset[str], repeating: bool, row: str
) -> tuple[tuple[str, str], ...]:
    """(path, title) of the fields of these kinds that can be filled in within `row` ("": none)."""
    return tuple(
        (found.path, found.title or found.kind)
        for found in model.walk()
        if _fits(found, kinds, repeating, row)
    )


def _fits(found: Field, kinds: frozenset[str], repeating: bool, row: str) -> bool:
    if found.kind not in kinds or found.repeating != repeating:
        return False
    around = found.repeating_ancestors
    return not around or around[-1].path == row


def row_path(layout_set: LayoutSet, component: Component) -> str:
    """The path of the repeating group whose rows hold the component; "" outside of rows."""
    for above in ancestors(layout_set, component):
        bound = above.binding("group")
        if bound is not None and above.type == "RepeatingGroup":
            return bound.field
    return ""


def ancestors(layout_set: LayoutSet, component: Component) -> Iterator[Component]:
    """The components around this one, the nearest first."""
    page = holding_page(layout_set, component)
    by_id = {other.id: other for other in page.components} if page else {}
    seen = {component.id}
    parent = component.parent_id
    while parent in by_id and parent not in seen:
        seen.add(parent)
        yield by_id[parent]
        parent = by_id[parent].parent_id


def holding_page(layout_set: LayoutSet, component: Component) -> Page | None:
    """The page that the component is on."""
    return next((page for page in layout_set.pages if any(one is component for one in page.components)), None)


def proposed(
    app: AppDefinition, model: DataModel | None, component: Component, row: str, language: str
) -> str:
    """A free path for a new field, named for what the component asks."""
    key = component.text_key("title")
    title = app.texts(language).get(key) if key else None
    taken = {found.name for found in _neighbours(model, row)}
    name = field_name(title.value if title else "", component.id, taken)
    return f"{row}.{name}" if row else name


def _neighbours(model: DataModel | None, row: str) -> tuple[Field, ...]:
    if model is None:
        return ()
    group = model.field(row) if row else None
    return group.children if group else () if row else model.fields
