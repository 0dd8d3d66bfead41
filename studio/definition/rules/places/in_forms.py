"""Expressions in forms and in their settings.

Components are walked by their types (`studio.definition.components.ruled`), so a property that takes an
expression is listed here by itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.components import component_type, is_expression
from studio.definition.components.ruled import RuledValue, name_of_type, ruled_values
from studio.definition.components.shapes import Enumeration, Flag, Number, Reference, Shape, Text, variants
from studio.definition.components.types import ROWS
from studio.definition.content_cache import ContentCache
from studio.definition.expressions import FormTree, PageLayout, form_tree
from studio.definition.field_references.in_forms import canonical, plain
from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.object_cache import ObjectCache
from studio.definition.rules.places.place import ExpressionPlace, PlaceKind, Wanted

_OF_OPTIONS: Final = ("value", "label", "description", "helpText", "tags")
# What a Subform component reads in each of its subforms, and not in its own form.
_OF_SUBFORMS: Final = ("tableColumns.", "entryDisplayName", "textResourceBindings.tableEditButton")


def tree_of(layout_set: LayoutSet) -> FormTree:
    """The components of a form as the language sees them."""
    pages = (
        PageLayout(page.name, [part.raw for part in page.components], page.hidden)
        for page in layout_set.pages
    )
    return form_tree(list(pages))


def in_form(app: AppDefinition, layout_set: LayoutSet) -> Iterator[ExpressionPlace]:
    data_type, tree = canonical(app, layout_set.data_type), tree_of(layout_set)
    for page in layout_set.pages:
        form = ExpressionPlace(
            page.path,
            "/data/hidden",
            page.hidden,
            "page hidden",
            "hidden",
            "boolean",
            data_type,
            forms=(layout_set,),
            layout_set=layout_set,
            page=page,
        )
        if isinstance(page.hidden, list):
            yield form
        for component, ruled in _ruled(app, page):
            rows, kind = _rows_around(app, layout_set, tree, component)
            for found in ruled:
                yield _of_component(app, form, component, found, rows, kind)
    at = ExpressionPlace(
        layout_set.settings_path,
        "/pages",
        None,
        "setting",
        "",
        "any",
        data_type,
        forms=(layout_set,),
        layout_set=layout_set,
    )
    yield from _settings(at, layout_set.settings.get("pages"))


# What was made of a page: (its component, the expressions in it).
_Ruled = tuple[tuple[Component, tuple[RuledValue, ...]], ...]
_RULED: Final[ContentCache[_Ruled]] = ContentCache(2000)


def _ruled(app: AppDefinition, page: Page) -> _Ruled:
    """The components of a page that have expressions. The same content is walked once."""

    def walk() -> _Ruled:
        found = ((part, tuple(ruled_values(part.type, part.raw))) for part in page.components)
        return tuple((component, ruled) for component, ruled in found if ruled)

    return _RULED.get(app.files.blob_id(page.path), walk)


# Settings that can follow a rule.
SETTINGS: Final[Mapping[str, Wanted]] = {"hideAppNameInPdf": "boolean", "navigationTitle": "text"}


def _settings(at: ExpressionPlace, given: Any) -> Iterator[ExpressionPlace]:
    for name, wants in SETTINGS.items() if isinstance(given, Mapping) else ():
        if is_expression(given.get(name)):
            where = f"{at.pointer}/{name}"
            yield replace(at, pointer=where, expression=given[name], name=name, wants=wants)


def _rows_around(
    app: AppDefinition, layout_set: LayoutSet, tree: FormTree, component: Component
) -> tuple[tuple[str, ...], str | None]:
    """The lists in whose rows a component stands, outermost first, and the model of paths in there.

    Rows of another model alone count from there on (Form._row_of).
    """
    rows: tuple[str, ...] = ()
    kind = canonical(app, layout_set.data_type)
    node = tree.nodes.get(component.id)
    for group in node.row_parents if node else ():
        binding = group.binding("group")
        if binding is not None:
            own = canonical(app, binding[1] or layout_set.data_type)
            rows, kind = (*(rows if own == kind else ()), plain(binding[0])), own
    return rows, kind


def _of_component(
    app: AppDefinition,
    form: ExpressionPlace,
    component: Component,
    found: RuledValue,
    rows: tuple[str, ...],
    data_type: str | None,
) -> ExpressionPlace:
    wants, choices = _WANTED.get(found.shape, _wanted)
    forms = form.forms
    if component.type == "Subform" and found.name.startswith(_OF_SUBFORMS):
        named = component.raw.get("layoutSet")
        shown = app.layout_set(named) if isinstance(named, str) else None
        forms, rows = (shown,) if shown else (), ()
        data_type = canonical(app, shown.data_type) if shown else None
    else:
        rows = (*rows, *_own_rows(component, found.name))
    return ExpressionPlace(
        form.file,
        component.pointer + found.pointer,
        found.expression,
        _kind(found.name),
        found.name,
        wants,
        data_type,
        rows,
        forms,
        choices,
        form.layout_set,
        form.page,
        component,
        named=_OF_OPTIONS if found.name == "optionFilter" else (),
    )


def _kind(name: str) -> PlaceKind:
    if name.startswith("textResourceBindings."):
        return "text"
    if name.startswith("queryParameters."):
        return "query parameter"
    return _KINDS.get(name, "property")


_KINDS: Final[Mapping[str, PlaceKind]] = {
    "hidden": "hidden",
    "required": "required",
    "readOnly": "read-only",
    "hiddenRow": "row hidden",
    "optionFilter": "option filter",
}


# Shapes are those of the catalogue, a few hundred.
_WANTED: Final[ObjectCache[tuple[Wanted, tuple[str | int | bool, ...]]]] = ObjectCache(5000)


def _wanted(shape: Shape) -> tuple[Wanted, tuple[str | int | bool, ...]]:
    """What a value of the shape is, and the only values where the list of them is closed."""
    shapes = list(variants(shape))
    wants = {_wanted_alone(each) for each in shapes}
    choices = [choice.value for each in shapes if isinstance(each, Enumeration) for choice in each.choices]
    closed = all(isinstance(each, Enumeration) for each in shapes)
    return wants.pop() if len(wants) == 1 else "any", tuple(choices) if closed else ()


def _wanted_alone(shape: Shape) -> Wanted:
    match shape:
        case Flag():
            return "boolean"
        case Number():
            return "number"
        case Text() | Reference():
            return "text"
        case Enumeration(choices) if all(isinstance(choice.value, str) for choice in choices):
            return "text"
        case _:
            return "any"


def _own_rows(component: Component, name: str) -> tuple[str, ...]:
    """The list whose rows the component shows, for what is asked anew in each of them."""
    source = component.raw.get("source")
    if (
        name.startswith(("source.", "optionFilter"))
        and isinstance(source, Mapping)
        and isinstance(source.get("group"), str)
    ):
        return (plain(source["group"]),)
    kind = component_type(name_of_type(component.type, component.raw))
    slots = [slot.key for slot in kind.bindings if slot.kinds == ROWS and slot.repeating] if kind else []
    binding = next((found for key in slots if (found := component.binding(key))), None)
    # The component itself is shown or hidden as a whole.
    return (plain(binding.field),) if binding and name != "hidden" else ()


def settings_at(app: AppDefinition) -> Mapping[str, str]:
    """File -> the JSON Pointer of the object that holds its settings: of each form, and of all together."""
    of_all = app.paths.settings(app.paths.ui)
    own = {layout_set.settings_path: "/pages" for layout_set in app.layout_sets}
    return {app.paths.layout_sets: "/uiSettings", of_all: "", **own}


def in_settings(app: AppDefinition) -> Iterator[ExpressionPlace]:
    """What holds for all forms, in either generation."""
    older = app.json(app.paths.layout_sets)
    given = older.get("uiSettings") if isinstance(older, Mapping) else None
    at = ExpressionPlace(
        app.paths.layout_sets, "/uiSettings", None, "setting", "", "any", forms=app.layout_sets
    )
    yield from _settings(at, given)
    path = app.paths.settings(app.paths.ui)
    if not any(layout_set.settings_path == path for layout_set in app.layout_sets):
        yield from _settings(replace(at, file=path, pointer=""), app.json(path))
