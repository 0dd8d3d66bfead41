"""Types that nobody writes in: values of expressions, pictures, links, pages in frames."""

from typing import Any

import pytest
from kind_pages import html, view

pytestmark = pytest.mark.usefixtures("words")


def value(kind: str, given: Any, **more: Any) -> str:
    return str(view({"id": "it", "type": kind, "value": given, **more}, data={"age": 42}).settings["shown"])


def test_a_text_shows_what_its_expression_gives() -> None:
    assert value("Text", ["concat", "Age: ", ["dataModel", "age"]]) == "Age: 42"
    assert value("Text", "as it is") == "as it is"


def test_an_expression_that_fails_shows_nothing() -> None:
    assert value("Text", ["no-such-function"]) == ""


def test_a_number_is_formatted() -> None:
    formatting = {"number": {"thousandSeparator": " ", "suffix": " kr"}}
    assert value("Number", ["dataModel", "age"], formatting=formatting) == "42 kr"
    assert value("Number", 1234567, formatting=formatting) == "1 234 567 kr"


def test_a_date_is_written_as_the_language_does_or_as_asked() -> None:
    assert value("Date", "2024-12-24") == "24.12.2024"
    assert value("Date", "2024-12-24", format="yyyy/MM") == "2024/12"
    assert value("Date", "no date") == "no date"


def test_an_option_shows_its_label() -> None:
    options = [{"value": "42", "label": "Forty-two"}, {"value": "1", "label": "One"}]
    assert value("Option", ["dataModel", "age"], options=options) == "Forty-two"
    assert value("Option", "unknown", options=options) == "unknown"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "//evil.example", "vbscript:x"]
)
def test_a_link_never_leads_to_a_program(address: str) -> None:
    link = {"id": "go", "type": "Link", "style": "link", "textResourceBindings": {"target": address}}
    assert html(link).a.get("href") is None


def test_a_link_may_lead_out_in_a_new_tab() -> None:
    texts = {"target": "https://www.example.org/x", "title": "Read more"}
    link = {
        "id": "go",
        "type": "Link",
        "style": "primary",
        "openInNewTab": True,
        "textResourceBindings": texts,
    }
    found = html(link).a
    assert (found["href"], found["target"], found["rel"]) == (
        "https://www.example.org/x",
        "_blank",
        ["noopener", "noreferrer"],
    )


def test_a_picture_of_the_app_is_shown_in_the_language_of_the_form() -> None:
    image = {"src": {"nb": "wwwroot/images/nb.png", "en": "wwwroot/images/en.png"}, "width": "50%"}
    picture = {"id": "p", "type": "Image", "image": image}
    assert html(picture, language="en").img["src"] == "/ttd/app/wwwroot/images/en.png"
    assert html(picture).img["width"] == "50%"


@pytest.mark.parametrize("name", ["wwwroot/../config/x.json", "wwwroot/..%2fx", "wwwroot//etc/passwd"])
def test_a_picture_that_is_no_file_of_the_app_is_not_asked_for_elsewhere(name: str) -> None:
    soup = html({"id": "p", "type": "Image", "image": {"src": {"nb": name}}})
    assert soup.img is None or soup.img["src"].startswith(("/ttd/app/wwwroot/", "wwwroot"))


def test_a_framed_page_has_no_scripts_and_no_origin() -> None:
    frame = {
        "id": "f",
        "type": "IFrame",
        "sandbox": {"allowPopups": True, "allowScripts": True},
        "textResourceBindings": {"title": "<h1>Hi</h1><p>you</p><script>alert(1)</script>"},
    }
    found = html(frame).iframe
    assert found["sandbox"] == ["allow-popups"]
    assert "<h1>Hi</h1>" in found["srcdoc"]
    assert found["title"] == "Hi you"


def test_facts_about_the_instance_are_shown_as_asked_in_norwegian_time() -> None:
    instance = {
        "id": "51000/3f0cbb4e-1111-4222-8333-abcdefabcdef",
        "org": "ttd",
        "lastChanged": "2026-01-30T10:15:00Z",
        "instanceOwner": {"personNumber": "01017012345", "party": {"name": "Kari Nordmann"}},
    }
    facts = view(
        {"id": "i", "type": "InstanceInformation", "elements": {"sender": False}}, instance=instance
    ).settings["facts"]
    assert [shown for _, shown in facts] == ["30.01.2026 / 11:15", "TTD", "abcdefabcdef"]
