"""Edits of several components at once: the same as one by one, undone together, and never half of it."""

import difflib
from typing import Any

import pytest
from builders import app as small_app
from builders import field, group
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shape_values import components

from studio.definition.app import AppDefinition, Component
from studio.definition.changes import (
    MISSING,
    AddComponent,
    Change,
    ExchangeType,
    GroupComponents,
    RemoveComponents,
    SetProperty,
    SetPropertyOfMany,
    UngroupComponents,
    from_dict,
    types_for,
)
from studio.definition.components import CATALOGUE, ComponentType, component_type, deviations, exchanged
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import EditedFiles

HERE = ("Task_1", "Contact")
PAGE = [
    field("name", required=True),
    group("box", "street", "inner"),
    field("street"),
    group("inner", "town"),
    field("town", grid={"xs": 6}),
    {"id": "files", "type": "FileUpload", "maxNumberOfAttachments": 1},
    field("phone", kind="TextArea"),
    {"id": "next", "type": "NavigationButtons"},
]
IDS = [str(one["id"]) for one in PAGE]
FIELDS = ["name", "street", "town", "phone"]
APP = small_app(
    pages={"Contact": PAGE},
    fields={"name": "string", "street": "string", "town": "string", "phone": "string", "age": "integer"},
)


def after(change: Change, app: AppDefinition = APP) -> AppDefinition:
    return AppDefinition(EditedFiles(app.files, from_dict(change.to_dict()).apply(app)))


def tree(app: AppDefinition) -> list[Any]:
    def shown(component: Component) -> Any:
        inside = [shown(child) for child in component.children]
        return {component.id: inside} if inside else component.id

    page = app.page(*HERE)
    assert page is not None
    return [shown(root) for root in page.roots]


def component(app: AppDefinition, name: str) -> Component:
    page = app.page(*HERE)
    found = page.component(name) if page else None
    assert found is not None
    return found


def changed_lines(before: AppDefinition, now: AppDefinition) -> list[str]:
    page = before.page(*HERE)
    assert page is not None
    texts = (each.files[page.path].decode().splitlines() for each in (before, now))
    return [line for line in difflib.unified_diff(*texts, n=0, lineterm="") if line[0] in "+-"][2:]


@settings(max_examples=60, deadline=None)
@given(
    ids=st.lists(st.sampled_from(IDS), min_size=1, unique=True),
    pointer=st.sampled_from(["/required", "/grid/xs", "/grid/labelGrid/md", "/custom", "/type"]),
    value=st.just(MISSING) | st.booleans() | st.integers(1, 12) | st.just({"a": [1]}),
)
def test_a_property_of_many_is_that_property_of_each(ids: list[str], pointer: str, value: Any) -> None:
    one_by_one = APP
    for name in ids:
        one_by_one = after(SetProperty(*HERE, name, pointer, value), one_by_one)

    at_once = after(SetPropertyOfMany(*HERE, tuple(ids), pointer, value))

    assert dict(at_once.files) == dict(one_by_one.files)


def test_a_property_of_many_changes_one_line_of_each() -> None:
    now = after(SetPropertyOfMany(*HERE, ("street", "phone"), "/readOnly", value=True))
    assert [line.strip("+ ") for line in changed_lines(APP, now)] == ['"readOnly": true,'] * 2


def test_the_limits_of_uploads_follow_also_when_many_are_set() -> None:
    app = after(
        AddComponent(*HERE, None, 0, {"id": "more", "type": "FileUpload", "maxNumberOfAttachments": 1})
    )
    now = after(SetPropertyOfMany(*HERE, ("more", "name"), "/maxNumberOfAttachments", 5), app)
    kept = now.metadata.data_type("more")
    assert kept is not None
    assert kept.raw["maxCount"] == 5


@pytest.mark.parametrize("pointer", ["", "/id", "grid"])
def test_what_cannot_be_a_property_of_one_cannot_be_one_of_many(pointer: str) -> None:
    with pytest.raises(DomainError):
        SetPropertyOfMany(*HERE, ("name", "phone"), pointer, value=True).apply(APP)


def test_a_component_that_is_gone_stops_the_whole_edit() -> None:
    with pytest.raises(NotThere):
        SetPropertyOfMany(*HERE, ("name", "nowhere"), "/required", value=False).apply(APP)


def test_one_edit_of_many_is_one_sentence() -> None:
    change = SetPropertyOfMany(*HERE, ("name", "phone"), "/required", value=True)
    assert str(change.sentence(APP)) == "2 components on page *Kontakt* became required"


@settings(max_examples=60, deadline=None)
@given(ids=st.lists(st.sampled_from(IDS), min_size=1, unique=True))
def test_removing_many_is_removing_each(ids: list[str]) -> None:
    one_by_one = APP
    for name in ids:
        page = one_by_one.page(*HERE)
        if page and page.component(name):
            one_by_one = after(RemoveComponents(*HERE, (name,)), one_by_one)

    at_once = after(RemoveComponents(*HERE, tuple(ids)))

    assert tree(at_once) == tree(one_by_one)


@settings(max_examples=80, deadline=None)
@given(
    ids=st.lists(st.sampled_from(IDS), min_size=1, unique=True),
    kind=st.sampled_from(["Group", "Accordion", "Tabs", "Cards"]),
)
def test_a_group_holds_what_was_chosen_and_dissolved_gives_it_back(ids: list[str], kind: str) -> None:
    made = CATALOGUE[kind].new("made")
    grouped = after(GroupComponents(*HERE, tuple(ids), made))
    holder = component(grouped, "made")

    inside = {part.id for part in holder.walk()} - {"made"}
    assert inside >= set(ids)
    assert all(child.id in ids for child in holder.children)

    again = after(UngroupComponents(*HERE, ("made",)), grouped)
    page = again.page(*HERE)
    assert page is not None
    assert sorted(one.id for one in page.components) == sorted(IDS)


@pytest.mark.parametrize("ids", [("name",), ("street", "inner"), ("box",), ("files", "phone")])
def test_a_group_around_neighbours_and_away_again_changes_nothing_that_is_seen(ids: tuple[str, ...]) -> None:
    grouped = after(GroupComponents(*HERE, ids, CATALOGUE["Group"].new("made")))
    assert tree(grouped) != tree(APP)
    assert tree(after(UngroupComponents(*HERE, ("made",)), grouped)) == tree(APP)


def test_a_group_whose_rows_belong_to_it_is_not_dissolved() -> None:
    rows = {"id": "rows", "type": "RepeatingGroup", "children": ["name"], "dataModelBindings": {"group": "g"}}
    app = small_app(pages={"Contact": [rows, field("name", "g.name")]})
    with pytest.raises(DomainError):
        UngroupComponents(*HERE, ("rows",)).apply(app)


def test_what_is_no_group_is_not_dissolved() -> None:
    with pytest.raises(DomainError):
        UngroupComponents(*HERE, ("name",)).apply(APP)


def test_a_field_of_another_type_keeps_what_both_know() -> None:
    before = field("name", required=True, variant="search", grid={"xs": 6}, custom={"kept": 1})
    app = small_app(pages={"Contact": [before, field("phone")]})

    now = dict(component(after(ExchangeType(*HERE, ("name",), "TextArea"), app), "name").raw)

    expected = {key: value for key, value in before.items() if key != "variant"} | {"type": "TextArea"}
    assert now == expected
    lost = exchanged(before, CATALOGUE["Input"], CATALOGUE["TextArea"], "v9").lost
    variant = CATALOGUE["Input"].property("variant")
    assert variant is not None
    assert lost == (variant.label,)


def test_a_field_that_becomes_a_choice_gets_options_and_a_choice_keeps_its_own() -> None:
    radio = component(after(ExchangeType(*HERE, ("name",), "RadioButtons")), "name")
    assert len(radio.raw["options"]) == 2
    shared = {"id": "one", "type": "RadioButtons", "optionsId": "list", "dataModelBindings": {}}
    app = small_app(pages={"Contact": [shared]})
    dropdown = component(after(ExchangeType(*HERE, ("one",), "Dropdown"), app), "one").raw
    assert dict(dropdown) == shared | {"type": "Dropdown"}


def test_a_field_of_whole_numbers_cannot_become_a_text_area() -> None:
    app = small_app(pages={"Contact": [field("age")]})
    page = app.page(*HERE)
    assert page is not None
    names = {kind.name for kind in types_for(app, app.layout_sets[0], page, page.roots[0])}
    assert "TextArea" not in names
    assert "Dropdown" in names
    with pytest.raises(DomainError):
        ExchangeType(*HERE, ("age",), "TextArea").apply(app)


def test_a_group_that_holds_fields_does_not_become_rows_of_buttons_or_accordions_only() -> None:
    page = APP.page(*HERE)
    assert page is not None
    box = page.component("box")
    assert box is not None
    names = {kind.name for kind in types_for(APP, APP.layout_sets[0], page, box)}
    assert "ButtonGroup" not in names
    assert "AccordionGroup" not in names


@pytest.mark.parametrize("kind", CATALOGUE.values(), ids=lambda kind: kind.name)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_it_becomes_is_as_the_catalogue_declares_it(
    kind: ComponentType, data: st.DataObject
) -> None:
    raw = data.draw(components(kind, "one"))
    app = small_app(pages={"Contact": [raw]})
    page = app.page(*HERE)
    assert page is not None
    for other in types_for(app, app.layout_sets[0], page, page.roots[0]):
        made = component(after(ExchangeType(*HERE, ("one",), other.name), app), "one")
        assert component_type(made.type) is other
        wrong = [each for each in deviations(other, made.raw) if "dataModelBindings" not in each.pointer]
        assert wrong == []
