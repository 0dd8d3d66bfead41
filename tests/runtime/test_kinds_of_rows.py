"""Repeating groups: their tables, the rows that stand open, and everything that their settings say."""

from typing import Any

import pytest
from builders import app_files, field
from flask.testing import FlaskClient
from form_journeys import Serve, begin, page, send, sign_in
from kind_pages import html, view

pytestmark = pytest.mark.usefixtures("words")

ROW = {
    "type": "object",
    "properties": {"first": {"type": "string"}, "last": {"type": "string"}, "age": {"type": "integer"}},
}
FIELDS: dict[str, Any] = {"rows": {"type": "array", "items": ROW}, "total": "string"}
DATA = {"rows": [{"first": "Kari", "last": "Berg"}, {"first": "Ola"}, {"first": "Pia", "age": 9}]}


def rows(*children: str, **more: Any) -> dict[str, Any]:
    inside = list(children) or ["first", "last"]
    return {
        "id": "people",
        "type": "RepeatingGroup",
        "children": inside,
        "dataModelBindings": {"group": "rows"},
        **more,
    }


def fields(*names: str) -> tuple[dict[str, Any], ...]:
    return tuple(field(name, f"rows.{name}") for name in names or ("first", "last"))


def shown(group: dict[str, Any], *others: Any, data: Any = None, **more: Any) -> Any:
    inside = others or fields()
    return html(group, *inside, data=DATA if data is None else data, fields=FIELDS, **more)


def body(soup: Any) -> list[list[str]]:
    return [
        [cell.text.strip() for cell in row.select("td[data-label]")] for row in soup.select("tr.form-row")
    ]


def test_closed_rows_stand_in_a_table_with_a_column_for_each_field() -> None:
    soup = shown(rows())
    assert [head.text.strip() for head in soup.select("thead th")][:2] == ["first.title", "last.title"]
    assert body(soup) == [["Kari", "Berg"], ["Ola", "–"], ["Pia", "–"]]


def test_the_headers_say_which_columns_there_are_and_in_which_order() -> None:
    soup = shown(rows("first", "last", "age", tableHeaders=["age", "first"]), *fields("first", "last", "age"))
    assert body(soup)[2] == ["9", "Pia"]


def test_a_column_can_be_hidden_aligned_and_given_a_width() -> None:
    columns = {"last": {"hidden": True}, "first": {"alignText": "right", "width": "40%"}}
    soup = shown(rows(tableColumns=columns))
    head = soup.select_one("thead th")
    assert (head.text.strip(), head["data-align"], head["width"]) == ("first.title", "right", "40%")
    assert body(soup) == [["Kari"], ["Ola"], ["Pia"]]


def test_an_open_row_has_its_fields_under_its_line() -> None:
    soup = shown(rows(), opened=frozenset({"rows[1]"}))
    panel = soup.select_one("tr.form-row-panel")
    assert panel.find_previous_sibling("tr").select_one("td").text.strip() == "Ola"
    assert [each["name"] for each in panel.select("input[name]")] == ["rows[1].first", "rows[1].last"]


def test_a_column_can_be_filled_in_in_the_table() -> None:
    columns = {"first": {"editInTable": True, "showInExpandedEdit": False}}
    soup = shown(rows(tableColumns=columns), opened=frozenset({"rows[0]"}))
    in_table = [each["name"] for each in soup.select("tr.form-row input[name]")]
    assert in_table == ["rows[0].first", "rows[1].first", "rows[2].first"]
    assert [each["name"] for each in soup.select(".form-row-panel input[name]")] == ["rows[0].last"]


def test_no_field_is_ever_twice_in_the_page() -> None:
    columns = {"first": {"editInTable": True}}
    soup = shown(rows(tableColumns=columns), opened=frozenset({"rows[0]"}))
    names = [each["name"] for each in soup.select("input.ds-input[name]")]
    assert len(names) == len(set(names))


def test_a_group_can_be_only_a_table() -> None:
    soup = shown(rows(edit={"mode": "onlyTable"}))
    assert len(soup.select("tr.form-row input[name]")) == 6
    assert not soup.select('button[value^="open:"]')


def test_a_group_can_show_all_its_rows_open() -> None:
    soup = shown(rows(edit={"mode": "showAll"}))
    assert not soup.table
    assert len(soup.select("li.form-row input[name]")) == 6
    assert not soup.select('button[value^="close:"]')


def test_a_group_can_hide_its_table_while_a_row_is_open() -> None:
    group = rows(edit={"mode": "hideTable"})
    assert shown(group).table
    busy = shown(group, opened=frozenset({"rows[0]"}))
    assert not busy.table
    assert len(busy.select("li.form-row")) == 1
    assert not busy.select('button[value="add:rows"]')


@pytest.mark.parametrize(("setting", "opened"), [("first", [0]), ("last", [2]), (False, []), (True, [])])
def test_a_row_can_be_open_from_the_beginning(setting: Any, opened: list[int]) -> None:
    group = view(rows(edit={"openByDefault": setting}), *fields(), data=DATA, fields=FIELDS)
    assert [row.index for row in group.rows if row.is_open] == opened


def test_buttons_are_there_row_by_row_as_the_app_says() -> None:
    only_kari = ["equals", ["dataModel", "rows.first"], "Kari"]
    edit = {"deleteButton": only_kari, "editButton": ["not", only_kari], "addButton": False}
    soup = shown(rows(edit=edit))
    assert [each["value"] for each in soup.select('button[value^="delete:"]')] == ["delete:rows[0]"]
    assert [each["value"] for each in soup.select('button[value^="open:"]')] == [
        "open:rows[1]",
        "open:rows[2]",
    ]
    assert not soup.select('button[value="add:rows"]')


@pytest.mark.parametrize(
    "names", [("add_button_full", "edit_button_open"), ("addButtonFull", "editButtonOpen")]
)
def test_buttons_say_what_the_app_says_in_both_spellings(names: tuple[str, str]) -> None:
    said = dict(zip(names, ("One more person", "Look closer"), strict=True))
    buttons = {
        each.get_text(" ", strip=True) for each in shown(rows(textResourceBindings=said)).select("button")
    }
    assert "One more person" in buttons
    assert any(each.startswith("Look closer") for each in buttons)


def test_a_group_that_is_full_takes_no_more_rows() -> None:
    assert not shown(rows(maxCount=3)).select('button[value="add:rows"]')
    assert shown(rows(maxCount=4)).select('button[value="add:rows"]')


def test_rows_are_shown_some_at_a_time() -> None:
    group = rows(pagination={"rowsPerPage": 2})
    assert [line[0] for line in body(shown(group))] == ["Kari", "Ola"]
    assert [line[0] for line in body(shown(group, opened=frozenset({"rows#1"})))] == ["Pia"]
    assert [line[0] for line in body(shown(group, opened=frozenset({"rows#99"})))] == ["Pia"]
    assert [line[0] for line in body(shown(group | {"edit": {"openByDefault": "last"}}))] == ["Pia"]


def test_a_row_is_asked_about_where_it_has_answers_also_where_the_table_does_not_show_them() -> None:
    soup = shown(rows(tableHeaders=["last"]), data={"rows": [{"first": "Ola"}, {}]})
    answered, empty = soup.select('button[value^="delete:"]')
    assert "1" in answered["data-asks-first"]
    assert "data-asks-first" not in empty.attrs


def test_the_panel_of_a_row_can_have_several_pages() -> None:
    group = rows("0:first", "1:last", edit={"multiPage": True})
    one = shown(group, opened=frozenset({"rows[0]"}))
    two = shown(group, opened=frozenset({"rows[0]", "rows[0]#1"}))
    assert [each["name"] for each in one.select(".form-row-panel input[name]")] == ["rows[0].first"]
    assert [each["name"] for each in two.select(".form-row-panel input[name]")] == ["rows[0].last"]


def test_rows_before_and_after_hold_what_is_not_repeated() -> None:
    group = rows(
        rowsBefore=[{"cells": [{"text": "Before"}]}],
        rowsAfter=[{"cells": [{"text": "Sum"}, {"component": "total"}]}],
    )
    soup = shown(group, *fields(), field("total"))
    lines = soup.select("tbody tr")
    assert lines[0].text.strip() == "Before"
    assert lines[-1].select_one("input")["name"] == "total"


def test_a_hidden_row_is_not_shown_and_keeps_the_numbers_of_the_others() -> None:
    hidden = ["equals", ["dataModel", "rows.first"], "Ola"]
    soup = shown(rows(hiddenRow=hidden))
    assert [line[0] for line in body(soup)] == ["Kari", "Pia"]
    assert soup.select('button[value="open:rows[2]"]')


def test_a_group_within_a_group_has_rows_of_its_own() -> None:
    inner = {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}}
    model = {"outer": {"type": "array", "items": {"type": "object", "properties": {"inner": inner}}}}
    group = rows("inside", dataModelBindings={"group": "outer"}, edit={"mode": "showAll"})
    inside = {**rows("name", dataModelBindings={"group": "outer.inner"}), "id": "inside"}
    soup = html(
        group,
        inside,
        field("name", "outer.inner.name"),
        data={"outer": [{"inner": [{"name": "a"}, {"name": "b"}]}, {"inner": [{"name": "c"}]}]},
        opened=frozenset({"outer[1].inner[0]"}),
        fields=model,
    )
    assert soup.select_one("input.ds-input")["name"] == "outer[1].inner[0].name"
    assert soup.select('button[value="add:outer[0].inner"]')


@pytest.mark.parametrize("odd", [{"edit": 7}, {"tableColumns": []}, {"tableHeaders": "x"}, {"pagination": 1}])
def test_settings_that_are_nonsense_are_passed_by(odd: dict[str, Any]) -> None:
    assert shown(rows(**odd)).section


@pytest.fixture
def at(serve_app: Serve, client: FlaskClient) -> Any:
    sign_in(client)

    def put(group: dict[str, Any]) -> Any:
        files = app_files(pages={"Page": (group, *fields())}, fields=FIELDS)
        return begin(client, serve_app(files, "app"))

    return put


def test_an_empty_group_can_begin_with_a_row_that_is_kept_once_it_is_answered(
    at: Any, client: FlaskClient
) -> None:
    first = at(rows(edit={"openByDefault": True}))
    assert page(first).select('[name="rows[0].first"]')
    kept = send(client, first, "save", **{"rows[0].first": "Kari"})
    assert page(kept).find(attrs={"name": "rows[0].first"})["value"] == "Kari"


def test_a_row_can_be_kept_and_the_next_opened(at: Any, client: FlaskClient) -> None:
    shown = at(rows(edit={"saveAndNextButton": True}))
    for number in range(2):
        shown = send(client, shown, "add:rows", **({"rows[0].first": "a"} if number else {}))
    one = send(client, send(client, shown, "close:rows[1]"), "next-row:rows[0]")
    assert page(one).select('[name="rows[1].first"]')
    assert not page(one).select('[name="rows[0].first"]')


def test_the_next_row_is_the_next_one_that_is_shown_also_where_it_stands_on_another_page(
    at: Any, client: FlaskClient
) -> None:
    hidden = ["equals", ["dataModel", "rows.first"], "gone"]
    paged = {"hiddenRow": hidden, "pagination": {"rowsPerPage": 1}, "edit": {"saveAndNextButton": True}}
    shown = at(rows(**paged))
    for number, name in enumerate(("a", "gone", "c")):
        shown = send(client, send(client, shown, "add:rows"), "save", **{f"rows[{number}].first": name})
    first = send(client, send(client, shown, "turn:rows#0"), "open:rows[0]")
    following = page(send(client, first, "next-row:rows[0]"))
    assert following.select_one('[name="rows[2].first"]')["value"] == "c"
    assert not following.select('button[value="next-row:rows[2]"]')


def test_a_row_is_closed_also_where_the_app_opens_it_by_itself(at: Any, client: FlaskClient) -> None:
    opened = send(client, at(rows(edit={"openByDefault": "first"})), "add:rows")
    named = send(client, opened, "close:rows[0]", **{"rows[0].first": "Kari"})
    assert not page(named).select('[name="rows[0].first"]')


def test_a_new_row_is_shown_also_where_it_stands_on_another_page(at: Any, client: FlaskClient) -> None:
    shown = at(rows(pagination={"rowsPerPage": 1}))
    for _ in range(3):
        shown = send(client, shown, "add:rows")
    assert page(shown).select('[name="rows[2].first"]')


@pytest.mark.parametrize(
    "do",
    ["add:nothing", "open:rows[9]", "turn:rows#x", "turn:rows[0]#99999999", "next-row:rows[7]", "delete:x"],
)
def test_a_button_that_is_not_on_the_page_does_nothing(at: Any, client: FlaskClient, do: str) -> None:
    assert send(client, at(rows()), do).status_code == 200


def test_one_goes_on_at_the_button_of_the_row_that_was_closed(at: Any, client: FlaskClient) -> None:
    opened = send(client, at(rows()), "add:rows")
    closed = send(client, opened, "close:rows[0]", **{"rows[0].first": "Kari"})
    assert closed.request.args[":at"] == "edit-rows[0]"
    assert page(closed).find(id="edit-rows[0]")
