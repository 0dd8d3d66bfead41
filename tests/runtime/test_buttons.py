"""Buttons of a form that are more than back, next and send in."""

from typing import Any

import pytest
from builders import app_files, field
from flask.testing import FlaskClient
from form_journeys import Serve, begin, errors, page, send, sign_in

NAVIGATE = {"id": "navigateToPage", "type": "ClientAction", "metadata": {"page": "Third"}}


def custom(*actions: dict[str, Any]) -> dict[str, Any]:
    return {"id": "go", "type": "CustomButton", "actions": list(actions)}


@pytest.fixture
def at(serve_app: Serve, client: FlaskClient) -> Any:
    sign_in(client)

    def put(*components: dict[str, Any], **more: Any) -> Any:
        pages = {"First": components, "Second": (field("phone"),), "Third": (field("age"),)}
        return begin(client, serve_app(app_files(pages=pages, **more), "app"))

    return put


def where(shown: Any) -> str:
    return str(shown.request.path).rpartition("/")[2]


def test_a_custom_button_goes_to_the_page_that_it_names(at: Any, client: FlaskClient) -> None:
    first = at(field("name"), custom(NAVIGATE))
    kept = send(client, first, "custom:go", name="Kari")
    assert where(kept) == "Third"
    assert where(send(client, kept, "page:First")) == "First"


@pytest.mark.parametrize(("action", "to"), [("nextPage", "Second"), ("previousPage", "First")])
def test_a_custom_button_goes_to_a_neighbour(at: Any, client: FlaskClient, action: str, to: str) -> None:
    first = at(field("name"), custom({"id": action, "type": "ClientAction"}))
    assert where(send(client, first, "custom:go")) == to


def test_a_custom_button_first_checks_what_it_is_asked_to(at: Any, client: FlaskClient) -> None:
    checks = {**NAVIGATE, "validation": {"page": "current", "show": ["Required"]}}
    first = at(field("name", required=True), custom(checks))
    stopped = send(client, first, "custom:go")
    assert stopped.status_code == 422
    assert len(errors(stopped)) == 1
    assert where(send(client, stopped, "custom:go", name="Kari")) == "Third"


def test_a_check_without_required_answers_lets_an_empty_page_pass(at: Any, client: FlaskClient) -> None:
    checks = {**NAVIGATE, "validation": {"page": "current", "show": ["AllExceptRequired"]}}
    first = at(field("name", required=True), custom(checks))
    assert where(send(client, first, "custom:go")) == "Third"


def test_a_button_that_needs_code_of_the_app_says_so_and_keeps_what_was_written(
    at: Any, client: FlaskClient
) -> None:
    first = at(field("name"), custom({"id": "fetch", "type": "ServerAction"}))
    answer = send(client, first, "custom:go", name="Kari")
    assert answer.status_code == 409
    assert page(answer).select_one("#notice")
    assert page(answer).find(id="f-name")["value"] == "Kari"


@pytest.mark.parametrize("actions", [None, "text", [7], [{"id": "what?"}]])
def test_a_button_whose_actions_are_nonsense_stays_on_the_page(
    at: Any, client: FlaskClient, actions: Any
) -> None:
    first = at(field("name"), {"id": "go", "type": "CustomButton", "actions": actions})
    assert where(send(client, first, "custom:go")) == "First"


def test_the_list_of_pages_leads_to_each_and_says_where_one_is(at: Any, client: FlaskClient) -> None:
    first = at({"id": "bar", "type": "NavigationBar"}, field("name"))
    buttons = page(first).select(".form-steps button")
    assert [each["value"] for each in buttons] == ["page:First", "page:Second", "page:Third"]
    assert [each.get("aria-current") for each in buttons] == ["step", None, None]


def test_the_list_of_pages_may_check_on_the_way_forward_only(at: Any, client: FlaskClient) -> None:
    bar = {"id": "bar", "type": "NavigationBar", "validateOnForward": {"page": "current", "show": ["All"]}}
    first = at(bar, field("name", required=True))
    assert send(client, first, "page:Third").status_code == 422
    assert where(send(client, first, "page:Third", name="Kari")) == "Third"


def test_an_action_that_nobody_may_do_has_a_dead_button(at: Any) -> None:
    first = at({"id": "no", "type": "ActionButton", "action": "unheard-of", "buttonStyle": "primary"})
    assert page(first).find(id="f-no").has_attr("disabled")


@pytest.mark.parametrize("kind", [{"type": "InstantiationButton"}, {"type": "Button", "mode": "instantiate"}])
def test_a_new_form_begins_with_answers_of_this_one(
    at: Any, client: FlaskClient, kind: dict[str, Any]
) -> None:
    first = at(field("name"), field("phone"), {"id": "anew", "mapping": {"name": "phone"}, **kind})
    new = send(client, first, "begin:anew", name="Kari")
    assert new.request.path != first.request.path
    assert page(new).find(id="f-phone")["value"] == "Kari"
    assert page(new).find(id="f-name")["value"] == ""
