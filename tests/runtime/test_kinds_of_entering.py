"""Types with rules of their own for what is written: times, addresses, and what registers know."""

from typing import Any

import pytest
from builders import app_files, field
from flask import Flask
from flask.testing import FlaskClient
from form_journeys import Serve, begin, errors, page, send, sign_in
from kind_pages import form_state, html, view
from werkzeug.datastructures import MultiDict

from studio.runtime.forms.building import page_view
from studio.runtime.forms.posting import Posted, apply_post
from studio.runtime.forms.validation import Shown, find_issues
from studio.services.test_people import TestRegister

pytestmark = pytest.mark.usefixtures("words")


def posted(component: dict[str, Any], **names: str) -> Posted:
    state = form_state(component)
    return apply_post(state, page_view(state, "Page"), MultiDict(names))


def said(component: dict[str, Any], data: dict[str, Any]) -> list[tuple[str, str]]:
    state = form_state(component, data=data)
    return [(issue.field, issue.code) for issue in find_issues(state, Shown.on(state, ["Page"]))]


def clock(**more: Any) -> dict[str, Any]:
    return field("name", kind="TimePicker", **more)


@pytest.mark.parametrize(
    ("pattern", "sent", "kept"),
    [
        ("HH:mm", "14:30", "14:30"),
        ("HH:mm:ss", "14:30:05", "14:30:05"),
        ("hh:mm a", "14:30", "02:30 PM"),
        ("hh:mm:ss a", "00:05:09", "12:05:09 AM"),
        ("HH:mm", "9.05", "09:05"),
        ("HH:mm", "2:30 pm", "14:30"),
    ],
)
def test_a_time_is_kept_in_the_format_of_the_component(pattern: str, sent: str, kept: str) -> None:
    assert posted(clock(format=pattern), name=sent).data["model"]["name"] == kept


@pytest.mark.parametrize("text", ["25:00", "12:61", "half past two", "13:00 PM"])
def test_what_is_no_time_is_shown_again_with_what_to_do(text: str) -> None:
    found = posted(clock(), name=text)
    assert found.typed == {"name": text}
    assert "name" in found.problems


def test_a_kept_time_is_shown_as_browsers_want_it() -> None:
    assert view(clock(format="hh:mm a"), data={"name": "02:30 PM"}).shown == "14:30"


def test_a_time_outside_the_limits_is_said() -> None:
    limited = clock(minTime="08:00", maxTime="16:00")
    assert said(limited, {"name": "07:59"}) == [("name", "time_picker.min_time_exceeded")]
    assert said(limited, {"name": "16:01"}) == [("name", "time_picker.max_time_exceeded")]
    assert said(limited, {"name": "08:00"}) == []


HOME: dict[str, Any] = {
    "id": "home",
    "type": "Address",
    "simplified": False,
    "dataModelBindings": {
        "address": "street",
        "zipCode": "code",
        "postPlace": "place",
        "houseNumber": "flat",
        "careOf": "co",
    },
}
NO_FLAT = {**HOME, "simplified": True}


def test_the_place_of_an_address_is_found_by_its_code() -> None:
    data = posted(HOME, street="Storgata 1", code="5003").data["model"]
    assert data == {"street": "Storgata 1", "code": "5003", "place": "BERGEN"}


def test_nobody_can_write_another_place() -> None:
    assert "place" not in posted(HOME, place="Nowhere", street="x").data["model"]
    assert html(HOME).select_one("[name=place]").has_attr("readonly")


def test_a_code_that_is_not_given_out_has_no_place() -> None:
    assert posted(HOME, code="0000").data["model"] == {"code": "0000"}


def test_a_wrong_code_and_a_wrong_flat_are_said_at_their_fields() -> None:
    assert said(HOME, {"code": "58", "flat": "101"}) == [
        ("code", "address_component.validation_error_zipcode"),
        ("flat", "address_component.validation_error_house_number"),
    ]
    assert said(HOME, {"code": "0580", "flat": "H0101"}) == []


def test_a_required_address_needs_street_and_code() -> None:
    assert said({**NO_FLAT, "required": True}, {}) == [("street", "required"), ("code", "required")]


def test_a_simple_address_asks_for_three_parts() -> None:
    assert [each["name"] for each in html(NO_FLAT).select("input[name]")] == ["street", "code", "place"]


def test_an_address_is_answered_in_one_line() -> None:
    filled = view(HOME, data={"street": "Storgata 1", "code": "5003", "place": "BERGEN"})
    assert [cell.text for cell in filled.cells] == ["Storgata 1 5003 BERGEN"]


WHO = {
    "id": "who",
    "type": "PersonLookup",
    "dataModelBindings": {"person_lookup_ssn": "number", "person_lookup_name": "name"},
}
FIRM = {
    "id": "firm",
    "type": "OrganisationLookup",
    "dataModelBindings": {"organisation_lookup_orgnr": "orgnr", "organisation_lookup_name": "firm"},
}
TEXTS = dict.fromkeys(("number", "name", "orgnr", "firm"), "string")


@pytest.fixture
def at(serve_app: Serve, client: FlaskClient) -> str:
    sign_in(client)
    return serve_app(app_files(pages={"Page": (WHO, FIRM)}, fields=TEXTS), "app")


def test_a_person_is_found_by_number_and_last_name_and_can_be_taken_out(
    at: str, client: FlaskClient, runtime: Flask
) -> None:
    person = TestRegister().people()[1]
    asked = {":lookup-who-ssn": person.party.number, ":lookup-who-name": "kvalross"}
    found = send(client, begin(client, at), "lookup:who", **asked)
    assert person.name in page(found).select_one("#c-who").text
    assert not page(found).select('[name=":lookup-who-ssn"]')
    removed = send(client, found, "clear:who")
    assert page(removed).select('[name=":lookup-who-ssn"]')


@pytest.mark.parametrize(
    ("number", "name"),
    [("123", "Kvalross"), ("", "x"), (TestRegister().people()[1].party.number, "Wrong")],
)
def test_a_search_without_a_result_says_why(at: str, client: FlaskClient, number: str, name: str) -> None:
    asked = {":lookup-who-ssn": number, ":lookup-who-name": name}
    answer = send(client, begin(client, at), "lookup:who", **asked)
    assert answer.status_code == 422
    assert errors(answer)


def test_an_organisation_is_found_in_the_spelling_of_old_apps(at: str, client: FlaskClient) -> None:
    party = TestRegister().party(520001)
    assert party
    found = send(client, begin(client, at), "lookup:firm", **{":lookup-firm-orgnr": party.number})
    assert party.name in page(found).select_one("#c-firm").text


def test_what_is_found_is_kept_and_shown_in_the_spelling_of_the_latest_apps(
    serve_app: Serve, client: FlaskClient
) -> None:
    who = {**WHO, "dataModelBindings": {"ssn": "number", "fullName": "name"}}
    firm = {**FIRM, "type": "OrganizationLookup", "dataModelBindings": {"orgnr": "orgnr", "name": "firm"}}
    told = {
        "id": "told",
        "type": "Text",
        "value": ["concat", ["displayValue", "who"], ["displayValue", "firm"]],
    }
    sign_in(client)
    app = serve_app(app_files(pages={"Page": (who, firm, told)}, fields=TEXTS), "latest")
    person, party = TestRegister().people()[1], TestRegister().party(520001)
    assert party
    asked = {":lookup-who-ssn": person.party.number, ":lookup-who-name": "kvalross"}
    send(client, begin(client, app), "lookup:who", **asked)
    found = send(client, begin(client, app), "lookup:firm", **{":lookup-firm-orgnr": party.number})
    assert party.name in page(found).select_one("#c-firm").text
    assert f"{party.number}, {party.name}" in page(found).select_one("#c-told").text
    both = send(client, found, "lookup:who", **asked)
    assert person.name in page(both).select_one("#c-who").text
    assert f"{person.party.number}, {person.name}{party.number}" in page(both).select_one("#c-told").text


def test_a_name_that_was_looked_up_cannot_be_typed(at: str, client: FlaskClient) -> None:
    answer = send(client, begin(client, at), "save", number="01017012345", name="Somebody else")
    assert "Somebody else" not in answer.text


@pytest.mark.parametrize(
    ("schema", "formatting", "keyboard"),
    [
        ({"type": "integer"}, None, "numeric"),
        ({"type": "integer", "minimum": 0}, None, "numeric"),
        ({"type": "number"}, None, "decimal"),
        ({"type": "string"}, None, None),
        ({"type": "string", "pattern": "^[0-9]{4}$"}, None, "numeric"),
        ({"type": "string", "pattern": r"\d{6}\d{5}"}, None, "numeric"),
        ({"type": "string", "pattern": "^[0-9]{4}[A-Z]$"}, None, None),
        ({"type": "string"}, {"currency": "NOK"}, "decimal"),
        ({"type": "string"}, {"number": {"format": "## ## ##"}}, "numeric"),
        # The keyboards of some phones have no minus.
        ({"type": "integer", "minimum": -50}, None, None),
        ({"type": "number", "exclusiveMinimum": -1}, {"unit": "celsius"}, None),
    ],
)
def test_phones_show_the_keyboard_that_the_field_asks_for(
    schema: dict[str, Any], formatting: dict[str, Any] | None, keyboard: str | None
) -> None:
    more = {"formatting": formatting} if formatting else {}
    soup = html(field("n", **more), fields={"n": schema})
    assert soup.find("input", {"name": "n"}).get("inputmode") == keyboard


@pytest.mark.parametrize(
    ("formatting", "before", "after"),
    [
        ({"unit": "year"}, "", "år"),
        ({"unit": "kilogram"}, "", "kg"),
        ({"unit": "kilogram", "position": "prefix"}, "kg", ""),
        ({"currency": "NOK"}, "kr", ""),
        ({"currency": "NOK", "position": "suffix"}, "", "kr"),
    ],
)
def test_a_unit_stands_after_its_number_and_a_currency_before_where_nobody_says(
    formatting: dict[str, Any], before: str, after: str
) -> None:
    shown = view(field("age", formatting=formatting), data={"age": 3})
    assert (shown.text("prefix"), shown.shown, shown.text("suffix")) == (before, "3", after)
