"""Rows of repeating groups, without JavaScript."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from form_journeys import begin, page, send, sign_in

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
    closed = send(client, two, f"close:{GROUP}[0]", **{f"{GROUP}[1].arbeidsgiver": "Fjell AS"})
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
