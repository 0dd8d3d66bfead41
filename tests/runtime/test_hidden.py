"""Which data nobody is shown: what hidden components hold and no shown one does."""

from typing import Any

from builders import app, field, group

from studio.definition.expressions import Form, PageLayout, Surroundings, form_tree
from studio.runtime.hidden import hidden_places, removes_hidden_data

DATA = {"name": "n", "phone": "p", "rows": [{"x": 1, "keep": True}, {"x": 2, "keep": False}]}


def places(*components: Any, page_hidden: Any = False, for_removal: bool = True) -> list[str]:
    form = Form(form_tree([PageLayout("page", components, page_hidden)]), Surroundings({"m": DATA}, "m"))
    return [path for _, path in hidden_places(form, for_removal)]


def rows(**more: Any) -> dict[str, Any]:
    return {**group("rows", "x"), "type": "RepeatingGroup", "dataModelBindings": {"group": "rows"}, **more}


def test_what_a_hidden_component_holds_is_hidden_and_what_a_shown_one_holds_is_not() -> None:
    assert places(field("name", hidden=True), field("phone")) == ["name"]
    assert places(field("name"), page_hidden=True) == ["name"]


def test_a_field_that_is_shown_elsewhere_is_not_hidden() -> None:
    assert places(field("name", hidden=True), field("again", "name")) == []


def test_what_is_to_stay_when_hidden_stays() -> None:
    kept = field("name", hidden=True, removeWhenHidden=False)
    assert places(kept) == []
    assert places(kept, for_removal=False) == ["name"]
    asked = field("name", hidden=True, removeWhenHidden=["equals", ["dataModel", "phone"], "p"])
    assert places(asked) == ["name"]


def test_inside_a_container_that_stays_only_what_is_hidden_itself_goes() -> None:
    parts = [field("name", hidden=True), field("phone")]
    around = group("g", "name", "phone", hidden=True)
    assert places(around, *parts) == ["name", "phone"]
    assert places({**around, "removeWhenHidden": False}, *parts) == ["name"]


def test_a_hidden_row_goes_with_everything_in_it() -> None:
    hidden_row = ["equals", ["dataModel", "rows.keep"], False]
    assert places(rows(hiddenRow=hidden_row), field("x", "rows.x")) == ["rows[1]", "rows[1].x"]


def test_a_hidden_list_goes_with_its_rows() -> None:
    assert sorted(places(rows(hidden=True), field("x", "rows.x"))) == [
        "rows",
        "rows[0]",
        "rows[0].x",
        "rows[1]",
        "rows[1].x",
    ]


def test_what_stands_before_and_after_the_rows_is_not_in_them() -> None:
    cells = [{"cells": [{"component": "name"}]}]
    parts = rows(hiddenRow=True, rowsBefore=cells)
    assert sorted(places(parts, field("x", "rows.x"), field("name"))) == [
        "rows[0]",
        "rows[0].x",
        "rows[1]",
        "rows[1].x",
    ]


def test_a_column_that_a_group_does_not_open_is_no_hidden_data() -> None:
    columns = {"x": {"showInExpandedEdit": False}}
    assert places(rows(tableColumns=columns), field("x", "rows.x")) == []


def test_choices_that_are_rows_are_hidden_as_a_list() -> None:
    bindings = {"group": "rows", "simpleBinding": "rows.x", "checked": "rows.keep"}
    choices = {"id": "c", "type": "Checkboxes", "dataModelBindings": bindings, "hidden": True}
    assert places(choices) == ["rows"]


def test_the_app_says_whether_hidden_data_goes() -> None:
    def says(content: bytes | None) -> bool:
        return removes_hidden_data(app(more={"App/appsettings.json": content}))

    assert says(b'{"AppSettings": {"RemoveHiddenData": true}}')
    assert says(b'{"appSettings": {"removeHiddenData": "True"}}')
    assert not says(b'{"AppSettings": {"RemoveHiddenData": false}}')
    assert not says(b'{"AppSettings": []}')
    assert not says(b"{")
    assert not says(None)
