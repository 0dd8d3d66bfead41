"""Whatever is edited, in whatever order: the layouts of the editor are layouts of the platform.

The platform's own JSON Schema is asked after every run of edits. It is content with everything but
a component that is not bound yet, which the app check names.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from builders import app as small_app
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from real_apps import app_folders
from shape_values import WORDS, components, property_values

from studio.definition import json_text
from studio.definition.app import AppDefinition
from studio.definition.changes import (
    MISSING,
    AddComponent,
    BindComponent,
    Change,
    CreateFieldAndBind,
    DuplicateComponents,
    ExchangeType,
    GroupComponents,
    InsertComponents,
    MoveComponents,
    MoveItem,
    PasteComponents,
    RemoveComponents,
    RenameComponent,
    SetProperty,
    SetPropertyOfMany,
    UngroupComponents,
    types_for,
)
from studio.definition.components import CATALOGUE, ComponentType, component_type, deviations, page_schema
from studio.definition.errors import DomainError
from studio.definition.files import EditedFiles, folder_files
from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.snippets import taken as snippet_of
from studio.features.layouts.offers import places_of

pytestmark = pytest.mark.conformance

SCHEMAS = "schemas/generated-app-frontend/layout"
KINDS = [kind for kind in CATALOGUE.values() if kind.in_palette]
MOST_EDITS = 12
FIELDS = ["made", "made.inside", "other", "name"]
EDITS = ["set", "set", "bind", "field", "move", "item", "duplicate", "paste", "remove", "rename"]
EDITS_OF_MANY = [
    "set many",
    "move many",
    "move many",
    "remove many",
    "group",
    "ungroup",
    "exchange",
    "insert",
]


@pytest.fixture(scope="module")
def platform(vectors: Path) -> jsonschema_rs.Draft7Validator:
    documents = {path.name: json.loads(path.read_text()) for path in (vectors / SCHEMAS).glob("*.json")}
    return jsonschema_rs.Draft7Validator(
        documents["layout.schema.v1.json"], retriever=lambda uri: documents[uri.rsplit("/", 1)[-1]]
    )


@pytest.fixture(scope="module")
def real(vectors: Path, platform: jsonschema_rs.Draft7Validator) -> list[AppDefinition]:
    """The apps that the platform's schema has nothing against."""
    apps = [AppDefinition(folder_files(folder)) for folder in app_folders(vectors)]
    apps = [app for app in apps if not app.findings and any(one.pages for one in app.layout_sets)]
    sound = [app for app in apps if not any(complaints(platform, app))]
    assert len(sound) > 3
    return sound


def complaints(platform: jsonschema_rs.Draft7Validator, app: AppDefinition) -> Iterator[str]:
    """What the schema has against the pages of an app."""
    for layout_set in app.layout_sets:
        for page in layout_set.pages:
            for error in platform.iter_errors(json_text.parse(app.files[page.path])):
                where = [str(part) for part in error.instance_path]
                if not ("dataModelBindings" in where and "required" in error.message):
                    yield f"{page.path} {'/'.join(where)}: {error.message}"


def place(data: st.DataObject, app: AppDefinition) -> tuple[LayoutSet, Page]:
    layout_set = data.draw(st.sampled_from([one for one in app.layout_sets if one.pages]))
    return layout_set, data.draw(st.sampled_from(layout_set.pages))


def a_change(data: st.DataObject, app: AppDefinition) -> Change | None:
    layout_set, page = place(data, app)
    here = (layout_set.id, page.name)
    if not page.components or data.draw(st.booleans(), label="add"):
        parent, index, part = a_part(data, page)
        return AddComponent(*here, parent, index, a_component(data, layout_set), part)
    what = data.draw(st.sampled_from(EDITS + EDITS_OF_MANY))
    if what in EDITS_OF_MANY:
        return an_edit_of_many(data, what, app, layout_set, page)
    return an_edit_of_one(data, what, layout_set, page)


def an_edit_of_one(data: st.DataObject, what: str, layout_set: LayoutSet, page: Page) -> Change | None:
    here = (layout_set.id, page.name)
    component = data.draw(st.sampled_from(page.components))
    match what:
        case "set" | "bind" | "field" | "item":
            return INSIDE[what](data, here, component)
        case "move":
            return moved(data, layout_set, page, (component.id,))
        case "duplicate":
            return DuplicateComponents(*here, (component.id,))
        case "paste":
            copied = tuple(dict(part.raw) for part in component.walk())
            return PasteComponents(*here, *a_spot(data, page), copied)
        case "remove":
            return RemoveComponents(*here, (component.id,))
        case _:
            return RenameComponent(*here, component.id, f"renamed{data.draw(st.integers(0, 99))}")


def an_edit_of_many(
    data: st.DataObject, what: str, app: AppDefinition, layout_set: LayoutSet, page: Page
) -> Change | None:
    here = (layout_set.id, page.name)
    chosen = data.draw(st.lists(st.sampled_from(page.components), min_size=1, max_size=4))
    ids = tuple(dict.fromkeys(component.id for component in chosen))
    if what == "remove many":
        return RemoveComponents(*here, ids)
    if what == "move many":
        return moved(data, layout_set, page, ids)
    if what == "insert":
        more = {"under": data.draw(st.sampled_from([None, ""])), "keep_own": data.draw(st.booleans())}
        return InsertComponents.of(snippet_of(app, layout_set, chosen), *here, *a_spot(data, page), **more)
    if what == "group":
        kind = data.draw(st.sampled_from(["Group", "Accordion", "Tabs", "Cards"]))
        taken = {component.id for component in page.components}
        name = next(name for number in range(99) if (name := f"made{number}-{page.name}x") not in taken)
        return GroupComponents(*here, ids, CATALOGUE[kind].new(name))
    if what == "ungroup":
        return UngroupComponents(*here, ids)
    if what == "exchange":
        types = types_for(app, layout_set, page, chosen[0])
        return ExchangeType(*here, ids[:1], data.draw(st.sampled_from(types)).name) if types else None
    one = a_property(data, here, chosen[0])
    kinds = {component.type for component in chosen}
    alike = isinstance(one, SetProperty) and len(kinds) == 1
    return SetPropertyOfMany(*here, ids, one.pointer, one.value) if alike else None


def a_spot(data: st.DataObject, page: Page) -> tuple[str | None, int]:
    parents = [None, *(one.id for one in page.components if takes_children(one))]
    return data.draw(st.sampled_from(parents)), data.draw(st.integers(0, 4))


def a_new_field(data: st.DataObject, here: tuple[str, str], component: Component) -> Change | None:
    kind = component_type(component.type)
    slots = kind.bindings if kind else ()
    if not slots:
        return None
    slot = data.draw(st.sampled_from(slots))
    return CreateFieldAndBind(*here, component.id, slot.key, data.draw(st.sampled_from(FIELDS)))


def a_part(data: st.DataObject, page: Page) -> tuple[str | None, int, str]:
    """A place on the page, in a component, or in a part of one: a tab, a card or a cell."""
    parts = [(one.id, place) for one in page.components for place in places_of(one.raw)]
    if parts and data.draw(st.booleans()):
        parent, place = data.draw(st.sampled_from(parts))
        return parent, data.draw(st.integers(0, 3)), place
    return *a_spot(data, page), ""


def moved(data: st.DataObject, layout_set: LayoutSet, page: Page, ids: tuple[str, ...]) -> Change:
    to = data.draw(st.sampled_from(layout_set.pages))
    parent, index, part = a_part(data, to)
    return MoveComponents(layout_set.id, page.name, ids, to.name, parent, index, part)


def an_item(data: st.DataObject, here: tuple[str, str], component: Component) -> Change | None:
    """An item of one of the component's lists to another place of it."""
    lists = [
        name
        for name, value in component.raw.items()
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value)
    ]
    if not lists:
        return None
    name = data.draw(st.sampled_from(lists))
    places = st.integers(0, len(component.raw[name]) - 1)
    return MoveItem(*here, component.id, f"/{name}/{data.draw(places)}", data.draw(places))


def takes_children(component: Component) -> bool:
    kind = component_type(component.type)
    return kind is not None and kind.container


def a_component(data: st.DataObject, layout_set: LayoutSet) -> dict[str, Any]:
    kind = data.draw(st.sampled_from(KINDS))
    taken = {component.id for _, component in layout_set.components()}
    name = next(f"new{number}" for number in range(len(taken) + 1) if f"new{number}" not in taken)
    return kind.new(name) if data.draw(st.booleans()) else data.draw(components(kind, name))


def a_property(data: st.DataObject, here: tuple[str, str], component: Component) -> Change | None:
    kind = component_type(component.type)
    if kind is None:
        return None
    found = data.draw(st.sampled_from(kind.properties_without_extras))
    if not found.required and data.draw(st.integers(0, 4)) == 0:
        return SetProperty(*here, component.id, f"/{found.name}", MISSING)
    inside = component.raw.get(found.name, {})
    if found.kind == "object" and found.properties and isinstance(inside, dict) and data.draw(st.booleans()):
        return inner_property(data, here, component, kind, found.name)
    return SetProperty(*here, component.id, f"/{found.name}", data.draw(property_values(found)))


def inner_property(
    data: st.DataObject, here: tuple[str, str], component: Component, kind: ComponentType, name: str
) -> Change | None:
    """One member of an object, as the panel sets it: only where the whole is then as declared."""
    outer = kind.property(name)
    assert outer is not None
    inner = data.draw(st.sampled_from(outer.properties))
    value = data.draw(property_values(inner))
    whole = {**component.raw, name: {**component.raw.get(name, {}), inner.name: value}}
    if any(each.pointer.startswith(f"/{name}") for each in deviations(kind, whole)):
        return None
    return SetProperty(*here, component.id, f"/{name}/{inner.name}", value)


def a_binding(data: st.DataObject, here: tuple[str, str], component: Component) -> Change | None:
    kind = component_type(component.type)
    if kind is None or not kind.bindings:
        return None
    slot = data.draw(st.sampled_from(kind.bindings))
    if kind.one_binding and component.bindings.keys() - {slot.key}:
        return None
    unbind = not slot.required and not kind.needs_a_binding and not kind.one_binding
    field = data.draw(st.none() | WORDS.filter(bool)) if unbind else data.draw(WORDS.filter(bool))
    return BindComponent(*here, component.id, slot.key, field)


INSIDE = {"set": a_property, "bind": a_binding, "field": a_new_field, "item": an_item}


def edited(data: st.DataObject, app: AppDefinition) -> AppDefinition:
    for _ in range(data.draw(st.integers(1, MOST_EDITS), label="edits")):
        change = a_change(data, app)
        if change is not None:
            try:
                edits = change.apply(app)
            except DomainError:
                continue  # what cannot be done is said, and changes nothing
            app = AppDefinition(EditedFiles(app.files, edits))
    return app


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_edited_on_an_empty_page_is_a_layout_of_the_platform(
    platform: jsonschema_rs.Draft7Validator, data: st.DataObject
) -> None:
    app = edited(data, small_app(pages={"Contact": [], "More": []}))
    assert list(complaints(platform, app)) == []


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_edited_on_the_pages_of_a_real_app_is_a_layout_of_the_platform(
    platform: jsonschema_rs.Draft7Validator, real: list[AppDefinition], data: st.DataObject
) -> None:
    app = edited(data, data.draw(st.sampled_from(real)))
    assert list(complaints(platform, app)) == []


@pytest.mark.parametrize("kind", CATALOGUE.values(), ids=lambda kind: kind.name)
def test_a_new_component_is_one_of_the_platform(
    platform: jsonschema_rs.Draft7Validator, kind: ComponentType
) -> None:
    app = small_app(pages={"Contact": [kind.new("new1")]})
    assert list(complaints(platform, app)) == []


@pytest.mark.parametrize("kind", CATALOGUE.values(), ids=lambda kind: kind.name)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_the_catalogue_allows_the_platform_allows_and_so_do_the_checks_and_the_code_view(
    platform: jsonschema_rs.Draft7Validator, kind: ComponentType, data: st.DataObject
) -> None:
    component = data.draw(components(kind, "new1"))
    page = {"data": {"layout": [component]}}

    assert [error.message for error in platform.iter_errors(page)] == []
    assert list(deviations(kind, component)) == []
    assert [error.message for error in CODE_VIEW.iter_errors(page)] == []


CODE_VIEW = jsonschema_rs.Draft7Validator(page_schema())
