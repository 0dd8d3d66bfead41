"""Lists of objects: SimpleTable shows them, AddToList adds to them; their fields come from the data model."""

from typing import Any

import pytest
from builders import app_files, field
from flask.testing import FlaskClient
from form_journeys import Serve, begin, errors, page, send, sign_in
from kind_pages import form_state, html, view
from kind_pages import page as page_of
from werkzeug.datastructures import MultiDict

from studio.runtime.forms.building import page_view
from studio.runtime.forms.posting import apply_post
from studio.runtime.forms.validation import Shown, find_issues

pytestmark = pytest.mark.usefixtures("words")

MEMBERS: dict[str, Any] = {
    "name": {"type": "string", "title": "Full name"},
    "age": {"type": "integer", "maximum": 120},
    "born": {"type": "string", "format": "date"},
    "member": {"type": "boolean"},
    "color": {"type": "string", "enum": ["red", "blue"]},
    "home": {"type": "string"},
    "deeper": {"type": "object", "properties": {"inside": {"type": "string"}}},
}
LIST = {"type": "array", "items": {"type": "object", "properties": MEMBERS, "required": ["name"]}}
FIELDS: dict[str, Any] = {"people": LIST, "name": "string"}
ADD = {"id": "add", "type": "AddToList", "title": "People", "dataModelBindings": {"data": "people"}}
TABLE: dict[str, Any] = {
    "id": "table",
    "type": "SimpleTable",
    "title": "People",
    "dataModelBindings": {"tableData": "people"},
    "enableEdit": True,
    "enableDelete": True,
    "columns": [
        {"header": "Who", "accessors": ["name", "age"]},
        {"header": "Born", "accessors": ["born"], "component": {"type": "date", "format": "d.M.yyyy"}},
    ],
}
KARI = {"altinnRowId": "k", "name": "Kari", "age": 37, "born": "1989-02-03"}
OLA = {"altinnRowId": "o", "name": "Ola", "age": 9}
DATA = {"people": [KARI, OLA]}


def cells(component: dict[str, Any], **more: Any) -> list[list[str]]:
    soup = html(component, fields=FIELDS, **more)
    rows = soup.select("tbody tr.form-row")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td[data-label]")] for row in rows]


def column(look: dict[str, Any] | None, *accessors: str) -> dict[str, Any]:
    extra = {"component": look} if look is not None else {}
    return {**TABLE, "columns": [{"header": "One", "accessors": list(accessors), **extra}]}


def test_a_table_shows_the_members_that_its_columns_name() -> None:
    assert cells(TABLE, data=DATA) == [["Kari, 37", "3.2.1989"], ["Ola, 9", "–"]]


def test_a_cell_can_lead_somewhere_but_never_run_anything() -> None:
    link = {"type": "link", "hrefPath": "home", "textPath": "name", "openInNewTab": True}
    rows = [{"name": "Kari", "home": "https://example.org/"}, {"name": "Ola", "home": "javascript:alert(1)"}]
    soup = html(column(link), fields=FIELDS, data={"people": rows})
    assert [(a["href"], a["target"]) for a in soup.select("a")] == [("https://example.org/", "_blank")]
    assert "Ola" in soup.text


def test_a_choice_is_made_in_the_table() -> None:
    look = {
        "type": "radio",
        "options": [{"label": "Red", "value": "red"}, {"label": "Blue", "value": "blue"}],
    }
    component = column(look, "color")
    state = form_state(component, data={"people": [{"color": "red"}]}, fields=FIELDS)
    assert [
        box["value"] for box in html(component, data=state.data["model"], fields=FIELDS).select("[checked]")
    ] == ["red"]
    name = "people[0].color"
    posted = apply_post(state, page_view(state, "Page"), MultiDict([(":shown", name), (name, "blue")]))
    assert posted.data["model"]["people"] == [{"color": "blue"}]
    wrong = apply_post(state, page_view(state, "Page"), MultiDict([(":shown", name), (name, "green")]))
    assert "green" not in str(wrong.data)


def test_the_fields_of_an_object_come_from_the_data_model() -> None:
    opened = page_of(TABLE, data=DATA, fields=FIELDS, opened=frozenset({":table[0]"}))
    panel = opened.components[0].rows[0].panel
    assert [(each.text("title"), each.type) for each in panel] == [
        ("Full name", "Input"),
        ("age", "Input"),
        ("born", "Datepicker"),
        ("member", "RadioButtons"),
        ("color", "RadioButtons"),
        ("home", "Input"),
    ]
    assert [each.shown for each in panel[:3]] == ["Kari", "37", "1989-02-03"]


def test_what_is_filled_in_is_kept_in_the_object_and_checked() -> None:
    state = form_state(TABLE, data=DATA, fields=FIELDS, opened=frozenset({":table[1]"}))
    sent = MultiDict({"people[1].name": "", "people[1].age": "130", "people[0].name": "Not open"})
    posted = apply_post(state, page_view(state, "Page"), sent)
    assert posted.data["model"]["people"] == [KARI, {"altinnRowId": "o", "age": 130}]
    after = form_state(TABLE, data=posted.data["model"], fields=FIELDS, opened=frozenset({":table[1]"}))
    assert [(issue.field, issue.source) for issue in find_issues(after, Shown.on(after, ["Page"]))] == [
        ("people[1].name", "Required"),
        ("people[1].age", "Schema"),
    ]


def test_two_components_of_a_list_do_not_open_each_others_objects() -> None:
    both = page_of(TABLE, ADD, data=DATA, fields=FIELDS, opened=frozenset({":add[1]"}))
    names = [each.field for each in both.walk() if each.field.startswith("people[")]
    assert len(names) == len(set(names)) == 6


@pytest.mark.parametrize("more", [{"enableEdit": False}, {"enableDelete": False}, {"readOnly": True}])
def test_what_the_table_does_not_allow_is_not_offered(more: dict[str, Any]) -> None:
    dos = [
        button["value"].split(":")[0]
        for button in html({**TABLE, **more}, data=DATA, fields=FIELDS).select("button")
    ]
    assert ("object-open" in dos) == (more != {"enableEdit": False})
    assert ("object-delete" in dos) == ("enableEdit" in more)


def test_rows_from_outside_and_no_rows_are_said_in_words() -> None:
    outside = {**TABLE, "dataModelBindings": {}, "externalApi": {"id": "a", "path": "b"}}
    assert "service outside the form" in html(outside, fields=FIELDS).text
    assert "There is nothing here yet." in html(TABLE, fields=FIELDS).text


@pytest.mark.parametrize("rows", [None, "x", [1, None, "x"], [{"name": {"a": 1}, "age": [1]}], {"a": 1}])
def test_data_that_is_no_list_of_objects_is_shown_all_the_same(rows: Any) -> None:
    html(TABLE, ADD, data={"people": rows}, fields=FIELDS, opened=frozenset({":table[0]", ":add[0]"}))


def test_a_summary_shows_the_rows_without_buttons() -> None:
    soup = html(TABLE, data=DATA, fields=FIELDS, mode="summary")
    assert "Kari, 37" in soup.text
    assert not soup.select("button, input")
    texts = [cell.text for cell in view(TABLE, data=DATA, fields=FIELDS).cells]
    assert texts == ["Kari, 37 · 3.2.1989", "Ola, 9"]
    assert view(ADD, data=DATA, fields=FIELDS).answer == "2"


def test_a_list_without_fields_in_the_model_takes_nothing() -> None:
    nowhere = {**ADD, "dataModelBindings": {"data": "nowhere"}}
    soup = html(nowhere, fields=FIELDS)
    assert "has no fields for it" in soup.text
    assert not soup.select("button")


def test_objects_are_added_changed_and_deleted_without_scripts(serve_app: Serve, client: FlaskClient) -> None:
    sign_in(client)
    first = begin(
        client, serve_app(app_files(pages={"Page": (TABLE, ADD, field("name"))}, fields=FIELDS), "app")
    )
    added = send(client, first, "object-add:add")
    assert len(page(added).select(".form-row-list li")) == 1
    wrong = send(client, added, "object-close::add[0]", **{"people[0].age": "many"})
    assert wrong.status_code == 422
    assert errors(wrong) == ["age: Skriv et tall, for eksempel 12."]
    done = send(client, wrong, "object-close::add[0]", **{"people[0].age": "37", "people[0].name": "Kari"})
    assert [cell.get_text(strip=True) for cell in page(done).select("td[data-label]")] == ["Kari, 37", "–"]
    opened = send(client, done, "object-open::table[0]")
    changed = send(client, opened, "object-close::table[0]", **{"people[0].name": "Kari Nordmann"})
    asked = send(client, changed, "object-delete::table[0]")
    assert page(asked).select_one("[role=alertdialog]")
    kept = send(client, asked, "object-close::table[0]")
    assert "Kari Nordmann" in kept.text
    gone = send(client, send(client, kept, "object-delete::table[0]"), "object-delete-now::table[0]")
    assert not page(gone).select("td[data-label]")


@pytest.mark.parametrize(
    "do",
    [
        "object-add:table",
        "object-add:nobody",
        "object-open::table[7]",
        "object-delete::x",
        "object-delete-now::table[0]",
        "object-close:",
    ],
)
def test_buttons_that_the_page_does_not_have_do_nothing(
    serve_app: Serve, client: FlaskClient, do: str
) -> None:
    sign_in(client)
    table = {**TABLE, "enableDelete": False}
    first = begin(client, serve_app(app_files(pages={"Page": (table, ADD)}, fields=FIELDS), "app"))
    kept = send(
        client, send(client, first, "object-add:add"), "object-close::add[0]", **{"people[0].name": "Kari"}
    )
    after = send(client, kept, do)
    assert after.status_code == 200
    assert [cell.get_text(strip=True) for cell in page(after).select("td[data-label]")] == ["Kari", "–"]
