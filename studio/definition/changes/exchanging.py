"""Components that become another type, with all that both types know."""

from dataclasses import dataclass
from typing import ClassVar

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.components import noun_of
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.components import BoundField, ComponentType, component_type, exchangeable, exchanged
from studio.definition.errors import DomainError
from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class ExchangeType(Change):
    """Components become the type `to`. Raises DomainError for a type that one of them cannot become."""

    kind: ClassVar[str] = "exchange_type"
    layout_set: str
    page: str
    ids: tuple[str, ...]
    to: str

    def edit(self, copy: WorkingCopy) -> None:
        for name in dict.fromkeys(self.ids):
            page, component = copy.component(self.layout_set, self.page, name)
            kind = component_type(component.type)
            wanted = component_type(self.to)
            if kind is not None and kind is wanted:
                continue
            possible = types_for(copy.app, copy.layout_set(self.layout_set), page, component)
            if kind is None or wanted is None or wanted not in possible:
                values = {"id": name, "type": self.to}
                raise DomainError(Sentence(N_("%(id)s cannot become a component of type %(type)s."), values))
            made = exchanged(component.raw, kind, wanted, copy.app.generation)
            copy.set(page.path, component.pointer, dict(made.raw))

    def sentence(self, app: AppDefinition) -> Sentence:
        wanted = component_type(self.to)
        label: str | Sentence = wanted.label if wanted else self.to
        page = page_name(app, self.page)
        if len(self.ids) != 1:
            message = N_("%(count)s components on page *%(page)s* became: %(type)s")
            return Sentence(message, {"count": len(self.ids), "page": page, "type": label})
        values: dict[str, str | int | Sentence] = {
            "what": noun_of(app, self.layout_set, self.ids[0]),
            "page": page,
            "type": label,
        }
        return Sentence(N_("%(what)s on page *%(page)s* became: %(type)s"), values)


def types_for(
    app: AppDefinition, layout_set: LayoutSet, page: Page, component: Component
) -> tuple[ComponentType, ...]:
    """The types that a component of a page can become."""
    kind = component_type(component.type)
    if kind is None:
        return ()
    parent = page.component(component.parent_id) if component.parent_id else None
    around = component_type(parent.type) if parent else None
    bound = {key: _field(app, layout_set, component, key) for key in component.bindings}
    return exchangeable(kind, bound, {child.type for child in component.children}, around)


def _field(app: AppDefinition, layout_set: LayoutSet, component: Component, key: str) -> BoundField:
    binding = component.bindings[key]
    data_type = binding.data_type or layout_set.data_type
    model = app.model(data_type) if data_type else None
    found = model.field(binding.field) if model else None
    return BoundField(found.kind, found.repeating) if found else BoundField(None)
