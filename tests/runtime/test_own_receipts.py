"""The receipt that an app has made itself, in place of the one that forms have otherwise."""

from typing import Any

import pytest
from builders import app_files, as_json
from flask.testing import FlaskClient
from form_journeys import Serve, begin, page, send, sign_in

LAYOUT = [
    {"id": "name", "type": "Input", "dataModelBindings": {"simpleBinding": "name"}, "renderAsSummary": True},
    {"id": "again", "type": "Input", "dataModelBindings": {"simpleBinding": "name"}},
    {
        "id": "thanks",
        "type": "Paragraph",
        "textResourceBindings": {"title": ["concat", "Thanks ", ["dataModel", "name"]]},
    },
    {"id": "secret", "type": "Paragraph", "textResourceBindings": {"title": "Not here"}, "hidden": True},
    {"id": "print", "type": "PrintButton"},
    {"id": "on", "type": "NavigationButtons"},
]


def receipt_of(serve_app: Serve, client: FlaskClient, layout: Any, settings: Any) -> Any:
    """What is shown once a form with this receipt has been sent in."""
    folder = "App/ui/CustomReceipt"
    more = {
        f"{folder}/Settings.json": as_json(settings),
        f"{folder}/layouts/Done.json": as_json({"data": {"layout": layout}}),
    }
    sign_in(client)
    first = begin(client, serve_app(app_files(more=more), "app"))
    sent = send(client, first, "submit", name="Kari Lie")
    assert sent.status_code == 200
    assert sent.request.path.endswith("/receipt")
    return page(sent)


@pytest.mark.parametrize("data_type", [{"defaultDataType": "model"}, {}])
def test_the_pages_of_its_own_receipt_are_shown_with_what_was_answered(
    serve_app: Serve, client: FlaskClient, data_type: dict[str, str]
) -> None:
    shown = receipt_of(serve_app, client, LAYOUT, {"pages": {"order": ["Done"]}, **data_type})
    words = shown.select_one("main").text  # type: ignore[union-attr] # every page has one
    assert "Not here" not in words
    assert shown.select_one("#c-name dl > dt")
    assert shown.select_one("[data-print]")
    assert not shown.select("[value=next]")
    assert not shown.select(".form-summary-page")
    assert "Referanse" in words
    if data_type:
        assert "Thanks Kari Lie" in words
        written = shown.select_one("#c-again input")
        assert written is not None
        assert written.has_attr("readonly")


@pytest.mark.parametrize("layout", [[], "x", [7], [{"id": "a"}, {"id": "a"}], [{"type": "Nothing"}]])
def test_a_receipt_that_is_nonsense_still_tells_that_the_form_was_sent(
    serve_app: Serve, client: FlaskClient, layout: Any
) -> None:
    shown = receipt_of(serve_app, client, layout, {"pages": {"order": ["Done", "Gone"]}})
    assert "Referanse" in shown.text
