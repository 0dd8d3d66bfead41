"""Texts that the platform has of itself: an app names them, or puts its own in their place."""

import re
from pathlib import Path
from typing import Any

import pytest
from builders import DEFAULT_TEXTS, app_files, field
from flask.testing import FlaskClient
from form_journeys import Serve, begin, errors, page, send, sign_in
from kind_pages import html

from studio.runtime.forms.wording import BUILT_IN_IDS

ASKED = (field("name", required=True), field("phone"), {"id": "next", "type": "NavigationButtons"})
SUMMARY = (
    {"id": "all", "type": "Summary2", "target": {"type": "layoutSet"}},
    {"id": "send", "type": "Button"},
)


def served(serve_app: Serve, nb: dict[str, str] | None = None, **more: Any) -> str:
    texts = {**DEFAULT_TEXTS, "nb": {**DEFAULT_TEXTS["nb"], **(nb or {})}}
    return serve_app(app_files(pages={"Contact": ASKED, "Summary": SUMMARY}, texts=texts, **more), "prove")


@pytest.mark.usefixtures("words")
def test_an_id_of_the_platform_that_the_app_has_no_text_for_is_said_in_our_words() -> None:
    titles = {"title": "general.next", "description": "general.progress", "help": "general.no_such_text"}
    soup = html(field("name", textResourceBindings=titles))
    assert soup.label.get_text(strip=True) == "Next"
    assert soup.select_one(".form-description").get_text(strip=True) == "Page {0} of {1}"
    assert "general.no_such_text" in soup.select_one(".form-help-text").text


def test_a_text_of_the_app_stands_in_the_place_of_ours(client: FlaskClient, serve_app: Serve) -> None:
    own = {
        "general.next": "Videre",
        "general.progress": "{0}/{1} av 100 %",
        "form_filler.error_required": "Fyll ut {0} først",
        "form_filler.error_report_header": "Rett opp dette",
        "form_filler.summary_item_change": "Rett",
        "general.submit": "Send 100 % inn",
    }
    app = served(serve_app, own)
    sign_in(client)
    first = begin(client, app)
    assert page(first).select("button[value=next]")[-1].get_text(strip=True) == "Videre"
    assert page(first).select_one(".form-progress").text == "1/2 av 100 %"
    wrong = send(client, first, "next")
    assert errors(wrong) == ["Fyll ut Navn først"]
    assert page(wrong).select_one("#error-summary-title").text == "Rett opp dette"
    last = page(send(client, wrong, "next", name="Kari"))
    assert last.select_one('[value^="change:"]').find(string=True, recursive=False).strip() == "Rett"
    assert last.select("button[value=submit]")[-1].get_text(strip=True) == "Send 100 % inn"


def test_what_an_app_puts_in_the_place_of_our_words_is_words_alone(
    client: FlaskClient, serve_app: Serve
) -> None:
    bad = '"><script>alert(1)</script><b onclick="x">Hjelp</b>'
    app = served(serve_app, {"helptext.button_title": bad, "general.next": bad, "name.help": "Her"})
    sign_in(client)
    answer = begin(client, app)
    assert "<script>alert" not in answer.text
    assert "onclick" not in answer.text
    assert page(answer).select("button[value=next]")[-1].get_text(strip=True) == '">Hjelp'


def test_each_app_has_its_own_words(client: FlaskClient, serve_app: Serve) -> None:
    served(serve_app, {"general.next": "Videre"})
    plain = serve_app(app_files(pages={"Contact": ASKED, "Summary": SUMMARY}), "annen")
    sign_in(client)
    assert page(begin(client, plain)).select("button[value=next]")[-1].get_text(strip=True) == "Neste"


def test_the_reference_lists_every_id() -> None:
    written = (Path(__file__).parents[2] / "docs" / "reference" / "built-in-texts.md").read_text()
    assert set(re.findall(r"^\| `([^`]+)` \|", written, re.MULTILINE)) == BUILT_IN_IDS
