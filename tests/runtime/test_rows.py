"""Rows of repeating groups, without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from builders import app_files, field
from flask import Flask
from flask.testing import FlaskClient
from form_journeys import Serve, begin, errors, page, send, sign_in

from studio.database import runtime_db
from studio.runtime.storage import Instance

GROUP = "root.arbeidserfaring"


def test_rows_are_added_filled_in_closed_and_deleted(
    client: FlaskClient, served_vector: Callable[[str, str], str], runtime: Flask
) -> None:
    app = served_vector("test-apps-v8/expression-validation-test", "cv")
    sign_in(client)
    first = begin(client, app)
    one = send(client, first, f"add:{GROUP}")
    employer = page(one).select(f'[name="{GROUP}[0].arbeidsgiver"]')
    assert employer, "a new row stands open"
    two = send(client, one, f"add:{GROUP}", **{f"{GROUP}[0].arbeidsgiver": "Fjord AS"})
    stays = send(client, two, f"close:{GROUP}[0]", **{f"{GROUP}[1].arbeidsgiver": "Fjell AS"})
    assert len(errors(stays)) == 3, "the app wants rows to be right before they are closed"
    rest = {"fra": "2020-01-31", "til": "2021-01-31", "stilling": "Fisker"}
    closed = send(client, stays, f"close:{GROUP}[0]", **{f"{GROUP}[0].{k}": text for k, text in rest.items()})
    assert not page(closed).select(f'[name="{GROUP}[0].arbeidsgiver"]')
    assert "Fjord AS" in page(closed).select(".form-row")[0].text
    asked = send(client, closed, f"delete:{GROUP}[0]")
    assert page(asked).select_one("[role=alertdialog]"), "a row with answers is not lost by one press"
    assert len(page(asked).select(".form-row")) == 2
    left = send(client, asked, f"delete-now:{GROUP}[0]")
    assert len(page(left).select(".form-row")) == 1
    assert "Fjord AS" not in left.text
    with runtime.app_context():
        (instance,) = runtime_db.session.query(Instance)
        content = instance.elements[0].content
    assert content.count(b"altinnRowId") == 1
    assert b"Fjell AS" in content


def test_a_real_form_may_not_be_shown_inside_another_page(
    client: FlaskClient, served_vector: Callable[[str, str], str]
) -> None:
    app = served_vector("test-apps-v8/expression-validation-test", "cv")
    sign_in(client)
    assert "frame-ancestors 'none'" in client.get(app).headers["Content-Security-Policy"]


DOGS = {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}}


def dogs(**more: Any) -> dict[str, Any]:
    """A group of rows, each with a name that must be there."""
    binding = {"dataModelBindings": {"group": "dogs"}}
    return {"id": "dogs", "type": "RepeatingGroup", "children": ["dog"], **binding, **more}


@pytest.mark.parametrize("button", ["close", "next-row"])
@pytest.mark.parametrize("masks", [None, ["Schema"], ["Required"], ["All"]])
def test_a_row_stays_open_while_what_its_group_checks_is_wrong(
    serve_app: Serve, client: FlaskClient, masks: list[str] | None, button: str
) -> None:
    checked = {} if masks is None else {"validateOnSaveRow": masks}
    group = dogs(edit={"saveAndNextButton": True}, **checked)
    shown = (group, field("dog", "dogs.name", required=True), field("other", required=True))
    files = app_files(pages={"Page": shown}, fields={"dogs": DOGS, "other": "string"})
    sign_in(client)
    row = send(client, begin(client, serve_app(files, "app")), "add:dogs")
    tried = send(client, row, f"{button}:dogs[0]")
    is_open = bool(page(tried).select('[name="dogs[0].name"]'))
    assert is_open is (masks in (["Required"], ["All"]))
    assert len(errors(tried)) == is_open  # what is wrong elsewhere is not in its way
    if is_open:
        assert tried.status_code == 422
        closed = send(client, tried, f"{button}:dogs[0]", **{"dogs[0].name": "Fido"})
        assert "Fido" in page(closed).select(".form-row")[0].text
        assert not page(closed).select('[name="dogs[0].name"]')


def test_a_row_that_is_not_right_can_be_kept_when_it_was_asked_whether_to_delete_it(
    serve_app: Serve, client: FlaskClient
) -> None:
    more = {"name": {"type": "string"}, "kind": {"type": "string"}}
    group = dogs(children=["dog", "kind"], validateOnSaveRow=["All"])
    shown = (group, field("dog", "dogs.name", required=True), field("kind", "dogs.kind"))
    rows = {**DOGS, "items": {"type": "object", "properties": more}}
    sign_in(client)
    files = app_files(pages={"Page": shown}, fields={"dogs": rows})
    row = send(client, begin(client, serve_app(files, "app")), "add:dogs")
    written = send(client, row, "save", **{"dogs[0].kind": "Beagle"})
    asked = send(client, written, "delete:dogs[0]")
    assert page(asked).select("[role=alertdialog]")
    kept = send(client, asked, "close:dogs[0]")
    assert not page(kept).select("[role=alertdialog], #error-summary")
    assert len(page(kept).select(".form-row")) == 1
