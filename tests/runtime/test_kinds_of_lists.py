"""Lists of rows to choose from: what is shown, found and sorted, and what a choice writes into the form."""

from typing import Any

import pytest
from builders import app_files, as_json, field
from flask.testing import FlaskClient
from form_journeys import Serve, begin, page, send, sign_in
from kind_pages import form_state, html, view
from werkzeug.datastructures import MultiDict

from studio.runtime.forms.building import page_view
from studio.runtime.forms.kinds.lists import key_of
from studio.runtime.forms.posting import apply_post

pytestmark = pytest.mark.usefixtures("words")

PEOPLE = [
    {"name": "Kari", "age": 37, "job": "Pilot"},
    {"name": "Ola", "age": 9, "job": "Pupil"},
    {"name": "Ada", "age": 101, "job": "Pilot"},
]
MEMBERS = {"name": {"type": "string"}, "age": {"type": "string"}, "on": {"type": "boolean"}}
FIELDS: dict[str, Any] = {
    "name": "string",
    "age": "integer",
    "asked": "string",
    "rows": {"type": "array", "items": {"type": "object", "properties": MEMBERS}},
}
APP: dict[str, Any] = {"fields": FIELDS, "more": {"App/lists/people.json": as_json(PEOPLE)}}
PICK: dict[str, Any] = {
    "id": "pick",
    "type": "List",
    "dataListId": "people",
    "tableHeaders": {"name": "Name", "age": "Age", "job": "Job"},
    "sortableColumns": ["age"],
    "dataModelBindings": {"name": "name", "age": "age"},
    "summaryBinding": "name",
}
MANY = {**PICK, "dataModelBindings": {"group": "rows", "name": "rows.name", "age": "rows.age"}}


def names(component: dict[str, Any], **more: Any) -> list[str]:
    return [row.cells[0] for row in view(component, **APP, **more).settings["rows"]]


def chosen(component: dict[str, Any], data: dict[str, Any], *rows: dict[str, Any]) -> dict[str, Any]:
    state = form_state(component, data=data, **APP)
    sent = MultiDict([(":shown", ":list-pick"), *((":list-pick", key_of(row)) for row in rows)])
    return apply_post(state, page_view(state, "Page"), sent).data["model"]


def test_a_list_shows_its_rows_in_a_table() -> None:
    soup = html(PICK, data={"name": "Ola", "age": 9}, **APP)
    assert [head.text.strip() for head in soup.select("thead th")][1:] == ["Name", "Age", "Job"]
    checked = soup.select_one("input[checked]")
    assert checked["aria-label"] == "Ola, 9"


def test_a_choice_writes_its_columns_into_the_form() -> None:
    assert chosen(PICK, {}, PEOPLE[0]) == {"name": "Kari", "age": 37}


def test_what_is_no_row_of_the_list_is_not_chosen() -> None:
    assert chosen(PICK, {"name": "Ola"}, {"name": "Somebody", "age": 1, "job": "Thief"}) == {"name": "Ola"}


def test_several_rows_can_be_chosen_into_a_group() -> None:
    held = chosen(MANY, {}, PEOPLE[0], PEOPLE[2])["rows"]
    assert [(row["name"], row["age"]) for row in held] == [("Kari", 37), ("Ada", 101)]
    assert all(row["altinnRowId"] for row in held)
    assert [row["name"] for row in chosen(MANY, {"rows": held}, PEOPLE[2])["rows"]] == ["Ada"]


def test_a_row_that_is_no_longer_chosen_can_be_kept_and_unchecked() -> None:
    bindings = {**MANY["dataModelBindings"], "checked": "rows.on"}
    soft = {**MANY, "deletionStrategy": "soft", "dataModelBindings": bindings}
    held = {"rows": [{"name": "Ola", "age": "9", "on": True}]}
    rows = chosen(soft, held, PEOPLE[0])["rows"]
    assert [(row["name"], row["on"]) for row in rows] == [("Ola", False), ("Kari", True)]


def test_a_list_is_sorted_by_the_column_that_was_pressed() -> None:
    assert names(PICK, opened=frozenset({":pick~age"})) == ["Ola", "Kari", "Ada"]
    assert names(PICK, opened=frozenset({":pick~-age"})) == ["Ada", "Kari", "Ola"]
    assert names(PICK, opened=frozenset({":pick~job"})) == ["Kari", "Ola", "Ada"], "not a sortable column"


def test_a_list_comes_page_by_page() -> None:
    paged = {**PICK, "pagination": {"alternatives": [2], "default": 2}}
    assert names(paged) == ["Kari", "Ola"]
    assert names(paged, opened=frozenset({":pick#1"})) == ["Ada"]


def test_choices_on_other_pages_stay() -> None:
    paged = {**MANY, "pagination": {"alternatives": [2], "default": 2}}
    held = {"rows": [{"name": "Ada", "age": "101"}]}
    assert [row["name"] for row in chosen(paged, held, PEOPLE[0])["rows"]] == ["Ada", "Kari"]


def test_what_is_asked_for_in_the_form_narrows_the_list() -> None:
    search = {**PICK, "queryParameters": {"search": ["dataModel", "asked"]}}
    assert names(search, data={"asked": "pilot"}) == ["Kari", "Ada"]
    column = {**PICK, "mapping": {"asked": "job"}}
    assert names(column, data={"asked": "Pupil"}) == ["Ola"]
    assert names(column) == ["Kari", "Ola", "Ada"]


def test_a_list_without_rows_says_so() -> None:
    assert "tbody" not in str(html({**PICK, "dataListId": "nowhere"}, **APP))


def test_a_list_is_answered_by_its_summary_binding() -> None:
    assert view(PICK, data={"name": "Ola", "age": 9}, **APP).answer == "Ola"
    assert view(MANY, data={"rows": [{"name": "Ola"}, {"name": "Ada"}]}, **APP).answer == "Ola, Ada"


def test_a_list_works_without_scripts(serve_app: Serve, client: FlaskClient) -> None:
    sign_in(client)
    paged = {**PICK, "pagination": {"alternatives": [2], "default": 2}}
    files = app_files(pages={"Page": (paged, field("asked"))}, **APP)
    first = begin(client, serve_app(files, "app"))
    second = send(client, first, "list-page:pick#1", **{":list-pick": key_of(PEOPLE[1])})
    assert [row.text for row in page(second).select("tbody td:nth-of-type(2)")] == ["Ada"]
    back = send(client, send(client, second, "list-sort:pick~age"), "save")
    assert page(back).select_one("input[checked]")["aria-label"] == "Ola, 9"  # type: ignore[index] # chosen above
