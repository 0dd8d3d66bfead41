"""Checks of components: ids, children, types, bindings and option lists."""

from collections import Counter
from collections.abc import Iterator

from studio.definition.app import AppDefinition
from studio.definition.checks.places import place_of
from studio.definition.components import ComponentType, component_type, known_elsewhere
from studio.definition.findings import Finding
from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.layouts.claims import claims
from studio.definition.options import is_library_list
from studio.definition.sentences import N_, Sentence


def check_components(app: AppDefinition) -> Iterator[Finding]:
    """Every component of every page."""
    for layout_set in app.layout_sets:
        ids = Counter(component.id for _, component in layout_set.components() if component.id)
        for page, component in layout_set.components():
            yield from _identity(app, layout_set, page, component, ids)
            yield from _children(app, layout_set, page, component)
            yield from _bindings(app, layout_set, page, component)
            yield from _options(app, layout_set, page, component)


def _identity(
    app: AppDefinition, layout_set: LayoutSet, page: Page, component: Component, ids: Counter[str]
) -> Iterator[Finding]:
    place = place_of(app, layout_set, page, component)
    if not component.id or not component.type:
        sentence = Sentence(
            N_("A component on the page “%(page)s” lacks its id or its type."), {"page": page.name}
        )
        yield Finding("component-without-id", "error", place, sentence)
        return
    if ids[component.id] > 1:
        values: dict[str, str | int | Sentence] = {"id": component.id, "count": ids[component.id]}
        sentence = Sentence(N_("%(count)s components have the id “%(id)s”; an id may be used once."), values)
        yield Finding("repeated-id", "error", place, sentence, Sentence(N_("Give each its own id.")))
    if component_type(component.type) is None:
        known = known_elsewhere(component.type)
        values = {"id": component.id, "type": component.type}
        message = (
            N_("“%(id)s” is of the type %(type)s, which is not shown in the form yet.")
            if known
            else N_("“%(id)s” is of the type %(type)s, which is not known.")
        )
        sentence = Sentence(message, values)
        yield Finding("unknown-type", "warning", place, sentence)


def _children(
    app: AppDefinition, layout_set: LayoutSet, page: Page, component: Component
) -> Iterator[Finding]:
    held = {child.id for child in component.children}
    for claim in claims(component.raw):
        if claim.id in held:
            continue
        place = place_of(app, layout_set, page, component, claim.pointer)
        values = {"id": component.id, "child": claim.id}
        if page.component(claim.id) is None:
            sentence = Sentence(N_("“%(id)s” holds “%(child)s”, but the page has no such component."), values)
            remedy = Sentence(N_("Add the component, or take it out of the group."))
            yield Finding("missing-child", "error", place, sentence, remedy)
        else:
            sentence = Sentence(N_("“%(child)s” lies in two groups; “%(id)s” is one of them."), values)
            yield Finding("claimed-twice", "error", place, sentence)


def _bindings(
    app: AppDefinition, layout_set: LayoutSet, page: Page, component: Component
) -> Iterator[Finding]:
    kind = component_type(component.type)
    for key, binding in component.bindings.items():
        data_type = binding.data_type or layout_set.data_type
        model = app.model(data_type) if data_type else None
        if model is not None and model.field(binding.field) is None:
            values = {"id": component.id, "field": binding.field, "type": data_type or ""}
            sentence = Sentence(
                N_("“%(id)s” keeps its answer in the field %(field)s, but the data model %(type)s has none."),
                values,
            )
            remedy = Sentence(N_("Choose another field, or make this one."))
            place = place_of(app, layout_set, page, component, f"/dataModelBindings/{key}")
            yield Finding("missing-field", "error", place, sentence, remedy)
    if kind is not None:
        yield from _unbound(app, layout_set, page, component, kind)


def _unbound(
    app: AppDefinition, layout_set: LayoutSet, page: Page, component: Component, kind: ComponentType
) -> Iterator[Finding]:
    if any(slot.required and slot.key not in component.bindings for slot in kind.bindings):
        sentence = Sentence(
            N_("“%(id)s” has no field to keep its answer in, so the answer would be lost."),
            {"id": component.id},
        )
        remedy = Sentence(N_("Choose a field of the data model under “Data”, or make one there."))
        place = place_of(app, layout_set, page, component)
        yield Finding("no-binding", "error", place, sentence, remedy)


def _options(
    app: AppDefinition, layout_set: LayoutSet, page: Page, component: Component
) -> Iterator[Finding]:
    options_id = component.raw.get("optionsId")
    if not isinstance(options_id, str) or not options_id or is_library_list(options_id):
        return
    if options_id not in app.option_ids:
        values = {"id": component.id, "list": options_id}
        sentence = Sentence(
            N_("“%(id)s” takes its options from the list %(list)s, which is not a file of the app."), values
        )
        remedy = Sentence(N_("Choose a list that the app has, or make it."))
        place = place_of(app, layout_set, page, component, "/optionsId")
        yield Finding("missing-options", "warning", place, sentence, remedy)
