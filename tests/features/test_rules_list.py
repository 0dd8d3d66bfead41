"""The page of all rules, and the drawing of what decides what."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from studio.definition.app import app_definition
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.builders import app_files, field
from tests.features.conftest import KARI, NOW, Browser
from tests.features.rules_app import PAGES, rules_files

RULES = "/ttd/benefit/rules"


@pytest.fixture
def benefit(studio: object, repositories: Repositories) -> Repository:
    """The app ttd/benefit, which has rules of several kinds."""
    return repositories.create("ttd", "benefit", rules_files(), KARI, "Create Child benefit", NOW)


def rows(browser: Browser, query: str = "") -> dict[str, list[str]]:
    """Heading -> the rules under it, each as one line."""
    answer = browser.get(f"{RULES}{query}")
    assert answer.status_code == 200
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    return {
        section.h2.get_text(" ", strip=True): [
            " ".join(words.get_text(" ", strip=True).split()) for words in section.select(".rule-row__words")
        ]
        for section in page.select(".rules-section")
        if section.h2
    }


def test_every_rule_is_listed_in_words_under_its_page(benefit: Repository, kari: Browser) -> None:
    found = rows(kari)

    assert list(found) == ["Your family", "When"]
    assert any(
        "Show Reason when Do you have children? is Yes and Income is more than" in row
        for row in found["Your family"]
    )
    assert any(
        "Set All costs to the sum of Costs in all rows of Children" in row for row in found["Your family"]
    )
    assert found["When"] == [
        "Give the error The last day must come after the first at To when To is before From"
    ]


def test_rules_can_be_listed_by_what_they_are_about(benefit: Repository, kari: Browser) -> None:
    found = rows(kari, "?by=field")

    assert len(found["Reason Your family"]) == 2
    assert len(found["To When"]) == 1


def test_rules_are_searched_in_their_words(benefit: Repository, kari: Browser) -> None:
    assert [len(found) for found in rows(kari, "?q=sum+costs").values()] == [1]
    assert rows(kari, "?q=nowhere") == {}


def test_rules_are_filtered_by_kind(benefit: Repository, kari: Browser) -> None:
    assert list(rows(kari, "?kind=validation")) == ["When"]
    assert [len(found) for found in rows(kari, "?kind=required").values()] == [1]


def test_a_search_with_scripts_gets_only_the_list(benefit: Repository, kari: Browser) -> None:
    answer = kari.get(f"{RULES}?q=income", htmx=True).get_data(as_text=True)

    assert answer.strip().startswith('<div id="found">')
    assert "<h1" not in answer


def test_an_app_without_rules_says_what_a_rule_is(repositories: Repositories, kari: Browser) -> None:
    files = app_files(pages={"One": (field("name"),)})
    repositories.create("ttd", "benefit", files, KARI, "Create", NOW)

    assert "No rules yet" in kari.get(RULES).get_data(as_text=True)


def test_a_reviewer_sees_the_rules_and_no_way_to_edit_them(
    benefit: Repository, browser_of: Callable[[str], Browser]
) -> None:
    runa = browser_of("runa")
    page = BeautifulSoup(runa.get(RULES).get_data(as_text=True), "html.parser")

    assert page.select(".rule-row")
    assert not page.select(".rule-row__words a")


def test_the_drawing_has_a_box_for_each_question_and_a_line_for_each_rule(
    benefit: Repository, kari: Browser
) -> None:
    page = BeautifulSoup(kari.get(f"{RULES}/graph").get_data(as_text=True), "html.parser")
    boxes = {box.select_one(".rules-graph__label").get_text() for box in page.select(".rules-graph__node")}  # type: ignore[union-attr]  # it is there

    assert {
        "Do you have children?",
        "Income",
        "Reason",
        "Children",
        "From",
        "To",
        "Costs",
        "All costs",
    } <= boxes
    assert len(page.select(".rules-graph__line")) >= 5


def test_what_is_around_one_question_is_drawn_and_told(benefit: Repository, kari: Browser) -> None:
    drawing = BeautifulSoup(kari.get(f"{RULES}/graph").get_data(as_text=True), "html.parser")
    income = next(box for box in drawing.select(".rules-graph__node") if "Income" in box.get_text())

    page = BeautifulSoup(kari.get(str(income["href"])).get_data(as_text=True), "html.parser")
    boxes = {box.select_one(".rules-graph__label").get_text() for box in page.select(".rules-graph__node")}  # type: ignore[union-attr]  # it is there
    told = [section.get_text(" ", strip=True) for section in page.select(".rules-section")]

    assert boxes == {"Income", "Reason"}
    assert "Nothing: no rule about it asks about anything else." in told[0]
    assert "Reason" in told[1]


def test_more_things_than_anybody_can_take_in_are_not_drawn_at_once(
    repositories: Repositories, kari: Browser
) -> None:
    many = [field(f"q{n}", hidden=["equals", ["component", f"q{n - 1}"], "x"]) for n in range(1, 300)]
    files = app_files(pages={"One": (field("q0"), *many)})
    repositories.create("ttd", "benefit", files, KARI, "Create", NOW)

    page = BeautifulSoup(kari.get(f"{RULES}/graph").get_data(as_text=True), "html.parser")
    assert "too many for one drawing" in page.get_text()
    (one,) = [
        option["value"] for option in page.select("#graph-around option") if "~q150" in str(option["value"])
    ]
    near = BeautifulSoup(
        kari.get(f"{RULES}/graph?around={one}&depth=1").get_data(as_text=True), "html.parser"
    )
    assert len(near.select(".rules-graph__node")) == 3


@pytest.mark.parametrize("query", ["?around=nonsense", "?depth=99", "?around=~~&depth=x"])
def test_an_address_that_names_nothing_shows_everything(
    benefit: Repository, kari: Browser, query: str
) -> None:
    page = BeautifulSoup(kari.get(f"{RULES}/graph{query}").get_data(as_text=True), "html.parser")

    assert len(page.select(".rules-graph__node")) > 5


def test_what_is_wrong_stands_at_the_rule_and_is_mended_there(
    studio: object, repositories: Repositories, kari: Browser
) -> None:
    pages = {
        **PAGES,
        "Family": (*PAGES["Family"], field("more", hidden=["equals", ["dataModel", "incme"], 1])),
    }
    made = repositories.create("ttd", "benefit", rules_files(pages), KARI, "Create", NOW)
    shown = BeautifulSoup(kari.get("/ttd/benefit/rules").get_data(as_text=True), "html.parser")
    (row,) = [each for each in shown.select(".rule-row") if each.select(".rule-findings")]
    assert "incme" in row.select_one(".rule-findings").get_text()  # type: ignore[union-attr]  # it is there

    form = row.select_one("form")
    fields = {str(each["name"]): str(each["value"]) for each in form.select("input")}  # type: ignore[union-attr]  # above
    del fields["csrf_token"]
    kari.post(str(form["action"]), **fields)  # type: ignore[index]  # above

    app = app_definition(made.draft("kari").files)
    assert app.layout_set("Task_1").find("more")[1].raw["hidden"] == [  # type: ignore[union-attr, index]  # there
        "equals",
        ["dataModel", "income"],
        1,
    ]
