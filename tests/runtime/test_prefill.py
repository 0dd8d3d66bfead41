"""What a form is filled in with before anybody writes in it, and which of several sources counts."""

from datetime import date
from typing import Any

import pytest
from builders import app, as_json, schema

from studio.runtime.prefill import asked_for, prefilled
from studio.services.test_people import TestRegister

FIELDS = {
    "name": "string",
    "first-name": "string",
    "number": "integer",
    "yes": "boolean",
    "born": {"type": "string", "format": "date"},
    "rows": {"type": "array", "items": {"type": "object", "properties": {"x": {"type": "string"}}}},
    "group": {"type": "object", "properties": {"x": {"type": "string"}}},
}
PERSON = TestRegister().people()[0]


def filled(prefill: Any, **more: Any) -> dict[str, Any]:
    files = {
        "App/models/model.prefill.json": as_json(prefill),
        "App/models/model.schema.json": as_json(schema(FIELDS)),
    }
    return prefilled(app(more=files), "model", PERSON, PERSON.party, **more)


def test_the_first_source_with_a_value_counts() -> None:
    both = {"DSF": {"LastName": "name"}, "UserProfile": {"Email": "name"}}
    assert filled(both) == {"name": PERSON.email}
    assert filled({**both, "QueryParameters": {"q": "name"}}, asked={"q": "asked"}) == {"name": "asked"}
    assert filled({**both, "QueryParameters": {"q": "name"}}, asked={"other": "x"}) == {"name": PERSON.email}


def test_the_last_source_counts_where_the_app_allows_overwriting() -> None:
    both = {"allowOverwrite": True, "DSF": {"LastName": "name"}, "UserProfile": {"Email": "name"}}
    assert filled(both, given={"name": "given"}) == {"name": "Fjellrev"}


def test_what_comes_with_the_request_counts_first_and_unknown_fields_of_it_are_passed_over() -> None:
    given = {"name": "given", "number": "12", "nothing": "x", "rows.x": "y", "group.x": 3}
    assert filled({"DSF": {"LastName": "name"}}, given=given) == {
        "name": "given",
        "number": 12,
        "group": {"x": "3"},
    }


def test_names_of_fields_may_differ_in_case_and_hyphens() -> None:
    assert filled({"DSF": {"FirstName": "FirstName"}}) == {"first-name": "Vennlig"}


@pytest.mark.parametrize("target", ["rows.x", "group", "rows", "gone", "born", "yes", "number"])
def test_a_value_that_has_no_place_in_its_field_is_left_out(target: str) -> None:
    assert filled({"DSF": {"LastName": target}}) == {}


def test_a_person_is_not_filled_in_from_the_register_of_organisations() -> None:
    assert filled({"ER": {"Name": "name"}}) == {}


def test_a_name_that_reads_like_nothing_is_a_name() -> None:
    assert filled({"QueryParameters": {"q": "name"}}, asked={"q": "Null"}) == {"name": "Null"}
    assert filled({"QueryParameters": {"q": "yes"}}, asked={"q": "true"}) == {"yes": True}
    assert filled({"QueryParameters": {"q": "born"}}, asked={"q": "1.2.2026"}) == {
        "born": date(2026, 2, 1).isoformat()
    }


def test_of_an_address_only_what_the_app_asks_for_is_carried_on() -> None:
    files = {"App/models/model.prefill.json": as_json({"QueryParameters": {"q": "name"}})}
    found = asked_for(app(more=files), {"q": "1", "party": "2"})
    assert list(found) == [("q", "1")]
