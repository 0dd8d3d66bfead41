"""New rules: what one can begin with, and what is made of a few choices."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from studio.definition.app import AppDefinition, app_definition
from studio.definition.rules import calculations_of, validations_of
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.features.conftest import KARI, NOW, Browser
from tests.features.rules_app import rules_files

NEW = "/ttd/benefit/rules/new"


@pytest.fixture
def benefit(studio: object, repositories: Repositories) -> Repository:
    """The app ttd/benefit, without rules beside its model."""
    bare: dict[str, bytes | None] = {
        "App/models/model.validation.json": None,
        "App/models/model.calculation.json": None,
    }
    return repositories.create("ttd", "benefit", rules_files(more=bare), KARI, "Create", NOW)


def draft_of(repository: Repository) -> AppDefinition:
    return app_definition(repository.draft("kari").files)


def choice(browser: Browser, start: str, label: str, name: str = "target") -> str:
    """The value of a choice in the form of a beginning."""
    page = BeautifulSoup(browser.get(f"{NEW}?start={start}").get_data(as_text=True), "html.parser")
    found = [each for each in page.select(f"select[name='{name}'] option") if each.get_text() == label]
    assert found, [each.get_text() for each in page.select(f"select[name='{name}'] option")]
    return str(found[0]["value"])


def words(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def test_every_beginning_has_a_form(benefit: Repository, kari: Browser) -> None:
    page = BeautifulSoup(kari.get(NEW).get_data(as_text=True), "html.parser")
    links = [str(each["href"]) for each in page.select(".beginning")]

    assert len(links) == 10
    for link in links:
        if link.endswith("start=way"):
            continue  # there is no fork in this app
        form = BeautifulSoup(kari.get(link).get_data(as_text=True), "html.parser").select_one("form.new-rule")
        assert form is not None, link
        assert len(form.select("select[name=target] option")) > 1


def test_a_question_to_show_or_hide_leads_to_its_editor(benefit: Repository, kari: Browser) -> None:
    target = choice(kari, "show", "Income")

    answer = kari.post(NEW, start="show", target=target)

    assert answer.request.path == "/ttd/benefit/rules/of/component/Task_1/income/hidden"
    assert "When Income is shown" in answer.get_data(as_text=True)


def test_a_page_can_be_shown_by_a_rule(benefit: Repository, kari: Browser) -> None:
    answer = kari.post(NEW, start="show_page", target=choice(kari, "show_page", "When"))

    assert "When the page When is shown" in answer.get_data(as_text=True)


def test_rows_are_added_up_into_a_field(benefit: Repository, kari: Browser) -> None:
    field, column = choice(kari, "sum", "All costs"), choice(kari, "sum", "Costs", "column")

    answer = kari.post(NEW, start="sum", target=field, column=column)

    assert "the sum of" in answer.get_data(as_text=True)
    (made,) = calculations_of(draft_of(benefit), "model").calculations
    assert made.path == "costs"
    assert made.expression[0] == "sum"


def test_a_value_is_filled_in_in_the_kind_of_the_field(benefit: Repository, kari: Browser) -> None:
    kari.post(NEW, start="default", target=choice(kari, "default", "Income"), value="1 500")

    (made,) = calculations_of(draft_of(benefit), "model").calculations
    assert made.expression[-1] == 1500


def test_a_date_is_kept_within_limits_with_a_message_in_each_language(
    benefit: Repository, kari: Browser
) -> None:
    fields: dict[str, Any] = {
        "target": choice(kari, "dates", "To"),
        "earliest-field": choice(kari, "dates", "From", "earliest-field"),
        "latest": "2026-12-31",
        "message-en": "The period must end in 2026, after it begins",
        "message-nb": "Perioden er gal",
    }

    answer = kari.post(NEW, start="dates", **fields)

    app = draft_of(benefit)
    (rule,) = validations_of(app, "model").rules["period.to"]
    assert rule.condition[0] == "or"
    assert app.texts("en").get(rule.message).value == "The period must end in 2026, after it begins"  # type: ignore[union-attr]  # it is there
    assert app.texts("nb").get(rule.message).value == "Perioden er gal"  # type: ignore[union-attr]  # it is there
    assert "The period must end in 2026" in answer.get_data(as_text=True)


def test_a_message_is_written_in_another_language_and_made_a_warning(
    benefit: Repository, kari: Browser
) -> None:
    fields: dict[str, Any] = {"latest": "2026-12-31", "message-en": "Too late"}
    made = kari.post(NEW, start="dates", target=choice(kari, "dates", "To"), **fields)
    address = f"{made.request.path}/edits"

    kari.post(address, do="message", language="nb", value="For sent")
    kari.post(address, do="severity", value="warning")
    kari.post(address, do="at_once", value="1")

    app = draft_of(benefit)
    (rule,) = validations_of(app, "model").rules["period.to"]
    assert (rule.severity, rule.show_immediately) == ("warning", True)
    assert app.texts("nb").get(rule.message).value == "For sent"  # type: ignore[union-attr]  # it is there
    assert app.texts("en").get(rule.message).value == "Too late"  # type: ignore[union-attr]  # it is there


def test_a_check_begins_with_a_question_and_then_asks_for_its_message(
    benefit: Repository, kari: Browser
) -> None:
    page = kari.post(NEW, start="check", target=choice(kari, "check", "Income"))
    address = f"{page.request.path}/edits"

    begun = kari.post(address, do="begin", value='["dataModel", "income"]').get_data(as_text=True)
    assert "Give the error … at Income" in words(begun)
    assert "Write the message that people get" in begun
    told = kari.post(address, do="message", language="en", value="That is too much").get_data(as_text=True)
    assert "Write the message that people get" not in told

    app = draft_of(benefit)
    (rule,) = validations_of(app, "model").rules["income"]
    assert rule.condition == ["greaterThan", ["dataModel", "income"], 0]
    assert app.texts("en").get(rule.message).value == "That is too much"  # type: ignore[union-attr]  # it is there


def test_a_message_that_is_emptied_in_every_language_leaves_no_key_for_people_to_read(
    benefit: Repository, kari: Browser
) -> None:
    fields: dict[str, Any] = {"latest": "2026-12-31", "message-en": "Too late"}
    made = kari.post(NEW, start="dates", target=choice(kari, "dates", "To"), **fields)
    address = f"{made.request.path}/edits"

    kari.post(address, do="message", language="en", value="")

    (rule,) = validations_of(draft_of(benefit), "model").rules["period.to"]
    assert rule.message == ""

    kari.post(address, do="message", language="nb", value="For sent")

    app = draft_of(benefit)
    (rule,) = validations_of(app, "model").rules["period.to"]
    assert app.texts("nb").get(rule.message).value == "For sent"  # type: ignore[union-attr]  # it is there
    assert app.texts("en").get(rule.message) is None


def test_dates_come_first_among_what_may_hold_one(benefit: Repository, kari: Browser) -> None:
    page = BeautifulSoup(kari.get(f"{NEW}?start=dates").get_data(as_text=True), "html.parser")

    assert [each.get_text() for each in page.select("select[name=target] option")][1:3] == ["From", "To"]


def test_no_code_is_no_mistake_before_there_is_a_rule(benefit: Repository, kari: Browser) -> None:
    begun = "/ttd/benefit/rules/of/component/Task_1/income/hidden"

    assert kari.post(f"{begun}/check", text="").get_json()["findings"] == []
    assert kari.get(begun.replace("/of/", "/examples-of/")).get_data(as_text=True) == ""


def test_what_is_not_chosen_is_asked_for_in_words(benefit: Repository, kari: Browser) -> None:
    kari.get(NEW)
    asked: list[tuple[dict[str, Any], str]] = [
        ({"start": "sum", "target": "model#costs"}, "Choose the column"),
        ({"start": "sum", "target": "model#nothing"}, "not in the data model"),
        ({"start": "dates", "target": "model#period.to"}, "earliest or a latest date"),
        ({"start": "dates", "target": "model#period.to", "latest": "2026-12-31"}, "Write the message"),
        (
            {
                "start": "dates",
                "target": "model#period.to",
                "latest": "2026-12-31",
                "latest-field": "model#period.from",
            },
            "not both",
        ),
        ({"start": "default", "target": "model#income", "value": "much"}, "is not a number"),
        ({"start": "default", "target": "model#income"}, "Write the value"),
        ({"start": "show", "target": "nonsense"}, "no such rule"),
        ({"start": "show"}, "Choose what the rule is about"),
    ]

    for fields, said in asked:
        answer = kari.post(NEW, **fields)
        assert answer.status_code == 422
        assert said in answer.get_data(as_text=True)


FORK = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:altinn="http://altinn.no/process"><process id="p">
  <startEvent id="start"/>
  <task id="Task_1" name="Fill in"><extensionElements><altinn:taskExtension>
    <altinn:taskType>data</altinn:taskType></altinn:taskExtension></extensionElements></task>
  <exclusiveGateway id="fork" default="on"/><endEvent id="end"/><endEvent id="stop" name="Sent back"/>
  <sequenceFlow id="a" sourceRef="start" targetRef="Task_1"/>
  <sequenceFlow id="b" sourceRef="Task_1" targetRef="fork"/>
  <sequenceFlow id="on" sourceRef="fork" targetRef="end"/>
  <sequenceFlow id="back" name="Too little" sourceRef="fork" targetRef="stop"/>
</process></definitions>"""


def test_a_way_of_the_process_gets_its_first_condition_and_loses_it(
    studio: object, repositories: Repositories, kari: Browser
) -> None:
    process = {"App/config/process/process.bpmn": FORK.encode()}
    forked = repositories.create("ttd", "benefit", rules_files(more=process), KARI, "Create", NOW)
    way = choice(kari, "way", "Too little (from Fill in to Sent back)")
    editor = kari.post(NEW, start="way", target=way)
    assert "When the process goes this way: Too little (from Fill in to Sent back)" in editor.get_data(
        as_text=True
    )
    edits = f"/ttd/benefit/rules/of/{way}/edits"

    kari.post(edits, do="begin", value='["component", "income"]')

    listed = kari.get("/ttd/benefit/rules").get_data(as_text=True)
    assert "Go from Fill in to Sent back when Income" in words(listed)
    assert [each.condition for each in draft_of(forked).process.flows if each.id == "back"] != [None]

    kari.post(edits, do="remove_rule")

    assert [each.condition for each in draft_of(forked).process.flows if each.id == "back"] == [None]


def test_a_process_without_forks_has_no_ways_to_choose(benefit: Repository, kari: Browser) -> None:
    assert "has no fork" in kari.get(f"{NEW}?start=way").get_data(as_text=True)
