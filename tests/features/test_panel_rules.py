"""Rules in the panel of the layout editor: said in words, and edited where rules are."""

from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup
from builders import app_files, field

from studio.history.repositories import Repositories
from tests.features.conftest import KARI, NOW, Browser

HIDDEN = ["notEquals", ["component", "name"], "Kari"]
PAGES: dict[str, list[dict[str, Any]]] = {
    "First": [
        field("name"),
        field("phone", hidden=HIDDEN, required=["equals", 1]),
        {"id": "told", "type": "Paragraph", "textResourceBindings": {"title": ["concat", "a", "b"]}},
    ],
    "Second": [field("age")],
}


def panel(browser: Browser, selected: str, page: str = "First") -> BeautifulSoup:
    answer = browser.get(f"/ttd/app/form/Task_1/{page}?selected={selected}&lang=nb&more=1")
    assert answer.status_code == 200
    found = BeautifulSoup(answer.get_data(as_text=True), "html.parser").select_one("#panel")
    assert found is not None
    return found


def ways(panel: BeautifulSoup) -> dict[str, str]:
    """The links to the editor of rules, by what they say."""
    return {
        " ".join(link.get_text().split()): str(link["href"])
        for link in panel.select("a[href]")
        if "/rules/" in str(link["href"])
    }


def test_a_rule_is_said_in_words_and_leads_to_where_it_is_edited(
    repositories: Repositories, browser_of: Callable[[str], Browser]
) -> None:
    repositories.create("ttd", "app", app_files(pages=PAGES), KARI, "Make", NOW)
    browser = browser_of("kari")
    shown = panel(browser, "phone")
    words = [each.get_text() for each in shown.select(".part-rule__words")]
    assert len(words) == 2
    assert any("Navn" in each and "Kari" in each for each in words)
    found = ways(shown)
    begun, changed = found["Make a rule for Read-only"], found["Change the rule for Hidden"]
    assert changed.endswith("/component/Task_1/phone/hidden")
    for address in (begun, changed, *ways(panel(browser, "told")).values()):
        assert browser.get(address).status_code == 200


def test_a_rule_that_cannot_be_said_in_words_is_still_there_as_code(
    repositories: Repositories, browser_of: Callable[[str], Browser]
) -> None:
    pages = {"First": [field("name", hidden=["noSuchFunction", {"odd": []}])]}
    repositories.create("ttd", "app", app_files(pages=pages), KARI, "Make", NOW)
    code = panel(browser_of("kari"), "name").select_one("#set-hidden-rule")
    assert code is not None
    assert "noSuchFunction" in code.get_text()


def test_a_page_is_hidden_by_a_rule_from_its_panel(
    repositories: Repositories, browser_of: Callable[[str], Browser]
) -> None:
    repositories.create("ttd", "app", app_files(pages=PAGES), KARI, "Make", NOW)
    browser = browser_of("kari")
    (way,) = ways(panel(browser, "", "Second")).values()
    assert way.endswith("/page/Task_1/Second")
    assert browser.get(way).status_code == 200
