"""Trying rules, and keeping what is right as examples, without scripts."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from ruled_app import TOO_YOUNG, example, of, ruled_files

from studio.definition.app import app_definition
from studio.definition.rules.examples import run_examples
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.builders import field
from tests.features.conftest import KARI, NOW, Browser
from tests.features.rules_app import PAGES, rules_files

RULES = "/ttd/family/rules"
CHILDREN = f"{RULES}/examples/component/Task_1/children/hidden"
RICH = {"v::hasChildren": "yes", "v::income": "120 000"}


@pytest.fixture
def family(studio: object, repositories: Repositories) -> Repository:
    """The app ttd/family, with rules of several kinds and no examples."""
    return repositories.create("ttd", "family", ruled_files(), KARI, "Create Family", NOW)


def page(answer: Any, status: int = 200) -> BeautifulSoup:
    text = answer.get_data(as_text=True)
    assert answer.status_code == status, text
    return BeautifulSoup(text, "html.parser")


def words(found: Any) -> str:
    return " ".join(found.get_text(" ", strip=True).split()).replace("\xa0", " ")


def outcome(answer: Any) -> str:
    return words(page(answer).select_one("#outcome"))


def kept(family: Repository) -> list[tuple[str, Any, bool]]:
    app = app_definition(family.draft("kari").files)
    return [(ran.example.name, ran.example.expect, ran.holds) for ran in run_examples(app)]


def test_a_rule_is_tried_and_says_why(family: Repository, kari: Browser) -> None:
    kari.get(CHILDREN)

    assert outcome(kari.post(CHILDREN, **RICH)) == (
        "shown because Har du barn? is Ja and Income is 120 000 , which is more than 100 000"
    )
    poor = kari.post(CHILDREN, True, **{**RICH, "v::income": "90 000"})
    assert outcome(poor) == "hidden because Income is 90 000 , which is at most 100 000"
    assert "<html" not in poor.get_data(as_text=True)


def test_what_was_tried_is_kept_as_an_example_with_one_press(family: Repository, kari: Browser) -> None:
    kari.get(CHILDREN)

    answer = page(kari.post(CHILDREN, do="save", **RICH))

    assert kept(family) == [("Har du barn? Ja, Income 120\xa0000", "shown", True)]
    assert "Har du barn? Ja" in words(answer.select_one(".example"))


def test_an_example_can_expect_what_the_rule_does_not_give(family: Repository, kari: Browser) -> None:
    kari.get(CHILDREN)

    answer = page(kari.post(CHILDREN, do="save", name="Rich", expect="hidden", **RICH))

    assert kept(family) == [("Rich", "hidden", False)]
    assert words(answer.select_one(".example__wrong")).startswith("Now shown because")
    overview = page(kari.get("/ttd/family/"))
    assert "Rich (Show Barn ): expected hidden, was shown because" in words(overview)


def test_an_example_is_changed_and_removed(family: Repository, kari: Browser) -> None:
    kari.get(CHILDREN)
    first = page(kari.post(CHILDREN, do="save", name="Rich", **RICH))
    link = str(first.select_one(".example__actions a")["href"])
    shown = page(kari.get(link))
    assert shown.select_one("#try-name")["value"] == "Rich"
    assert shown.select_one('[name="v::income"]')["value"] == "120000"
    example_id = shown.select_one('input[name="example"]')["value"]

    kari.post(CHILDREN, do="save", name="Poor", example=example_id, **{**RICH, "v::income": "5"})
    assert kept(family) == [("Poor", "hidden", True)]

    kari.post(CHILDREN, do="remove", example=example_id)
    assert kept(family) == []


def test_a_rule_in_rows_is_looked_at_in_the_chosen_row(family: Repository, kari: Browser) -> None:
    rule = f"{RULES}/examples/validation/model/people.age/0"
    kari.get(rule)
    added = page(kari.post(rule, add="people", **{"rows:people": "1", "v::people[0].age": "12"}))
    assert added.select_one('[name="rows:people"]')["value"] == "2"

    fields = {"rows:people": "2", "v::people[0].age": "12", "v::people[1].age": "20", "row": "1"}
    assert outcome(kari.post(rule, **fields)) == "not given because Alder is 20 , which is at least 18"
    kari.post(rule, do="save", **fields)

    assert kept(family) == [("Alder (1) 12, Alder (2) 20", "not given", True)]


def test_a_calculation_shows_its_value_and_keeps_a_number(family: Repository, kari: Browser) -> None:
    rule = f"{RULES}/examples/calculation/model/total"
    kari.get(rule)

    fields = {"rows:people": "2", "v::people[0].fee": "7", "v::people[1].fee": "8,5"}
    assert outcome(kari.post(rule, **fields)).startswith("15.5 because")
    kari.post(rule, do="save", name="Two", expect="15,5", **fields)
    kari.post(rule, do="save", name="Wrong", expect="16", **fields)

    assert kept(family) == [("Two", 15.5, True), ("Wrong", 16, False)]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"v::income": "much"}, "Correct what is marked first."),
        ({"json": "[1"}, "Correct what is marked first."),
        ({"json": '{"a..b": 1}'}, "Correct what is marked first."),
        ({"expect": "nonsense"}, "Choose what is expected."),
        ({"do": "remove", "example": "gone"}, "The example does not exist any more."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    family: Repository, kari: Browser, fields: dict[str, str], problem: str
) -> None:
    kari.get(CHILDREN)

    answer = page(kari.post(CHILDREN, **{"do": "save", "v::hasChildren": "yes", **fields}), 422)

    assert words(answer.select_one('main .ds-alert[role="alert"]')) == problem
    assert answer.select_one('[name="v::hasChildren"] option[selected]')["value"] == "yes"
    for name, text in fields.items():
        field = answer.select_one(f'[name="{name}"]')
        if name == "v::income":
            assert (field["value"], field["aria-invalid"]) == (text, "true")
        if name == "json":
            assert (field.text, field["aria-invalid"]) == (text, "true")
    assert kept(family) == []


def test_all_rules_of_a_page_are_tried_at_once_and_one_is_kept(family: Repository, kari: Browser) -> None:
    kari.get(f"{RULES}/try")
    fields = {**RICH, "json": '{"people": [{"age": 12, "fee": 20}]}', "page": "Task_1/Contact"}

    answer = page(kari.post(f"{RULES}/try", **fields))

    results = {
        words(each.select_one(".try-result__title")): words(each) for each in answer.select(".try-result")
    }
    assert len(results) == 6
    assert results["Show Children"].startswith("Show Children shown because Har du barn? is Ja")
    assert results["Lock Sum"].startswith("Lock Sum locked because Sum is 20 , which is more than 10")
    assert " at Alder given because Alder is 12" in results["Message Du må være 18 år at Alder"]

    kari.post(f"{RULES}/try", keep="component/Task_1/children/required", **fields)
    assert [(expect, holds) for _, expect, holds in kept(family)] == [("required", True)]


def test_an_example_whose_rule_is_gone_can_be_removed(
    studio: object, repositories: Repositories, kari: Browser
) -> None:
    files = ruled_files([example(of("nobody"), "shown", "Lost"), example(TOO_YOUNG, "not given", "Fine")])
    family = repositories.create("ttd", "family", files, KARI, "Create Family", NOW)
    listed = page(kari.get(f"{RULES}/try"))
    assert "the rule that it is for is gone" in words(listed.select_one('[data-holds="no"]'))

    kari.post(f"{RULES}/try/removal", data_type="model", example="lost")

    assert kept(family) == [("Fine", "not given", True)]


def test_who_may_only_look_sees_examples_and_changes_nothing(family: Repository, runa: Browser) -> None:
    shown = page(runa.get(CHILDREN))
    assert not shown.select('[value="save"]')

    assert runa.post(CHILDREN, do="save", **RICH).status_code == 403
    assert runa.post(f"{RULES}/try/removal", data_type="model", example="x").status_code == 403


def test_a_rule_that_is_not_there_is_not_found(family: Repository, kari: Browser) -> None:
    assert kari.get(f"{RULES}/examples/component/Task_1/nobody/hidden").status_code == 404
    assert kari.get(f"{RULES}/examples/nonsense").status_code == 404


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nb", 'ikke kan regnes ut: Det skal være et tall, men er "mye"'),
        ("nn", 'ikkje kan reknast ut: Det skal vere eit tal, men er "mye"'),
        ("en", 'it cannot be worked out: Expected number, got value "mye"'),
    ],
)
def test_why_a_rule_fails_is_said_in_the_readers_language(
    studio: object, repositories: Repositories, kari: Browser, language: str, told: str
) -> None:
    pages = {
        **PAGES,
        "Family": (*PAGES["Family"], field("more", hidden=["lessThan", ["dataModel", "reason"], 3])),
    }
    repositories.create("ttd", "benefit", rules_files(pages), KARI, "Create", NOW)
    kari.client.set_cookie("studio_language", language)
    address = "/ttd/benefit/rules/examples/component/Task_1/more/hidden"
    kari.get(address)

    assert told in outcome(kari.post(address, **{"v::reason": "mye"}))


def test_a_rule_is_tried_with_settings_and_options_of_its_own(
    studio: object, repositories: Repositories, kari: Browser
) -> None:
    rule = [
        "and",
        ["greaterThan", ["dataModel", "income"], ["frontendSettings", "limit"]],
        ["equals", ["optionLabel", "towns", ["dataModel", "reason"]], "Oslo"],
    ]
    pages = {**PAGES, "Family": (*PAGES["Family"], field("more", hidden=rule))}
    settings = {"App/appsettings.json": b'{"FrontEndSettings": {"limit": 100}}'}
    made = repositories.create("ttd", "benefit", rules_files(pages, settings), KARI, "Create", NOW)
    address = "/ttd/benefit/rules/examples/component/Task_1/more/hidden"
    shown = page(kari.get(address))
    assert [
        each.get_text() for each in shown.select("label[for^='try-setting:'], label[for^='try-options:']")
    ] == [
        "Setting limit",
        "Options of towns",
    ]
    given = {"v::income": "200", "v::reason": "0301", "options:towns": "0301 = Oslo\n4601 = Bergen"}

    assert outcome(kari.post(address, **given)).startswith("hidden because")
    assert outcome(kari.post(address, **given, **{"setting:limit": "300"})).startswith("shown because")
    kept_page = page(kari.post(address, do="save", name="Rich", **given, **{"setting:limit": "150"}))

    (ran,) = run_examples(app_definition(made.draft("kari").files))
    assert ran.holds
    assert ran.example.situation.settings == {"limit": 150}
    assert ran.example.situation.options == {"towns": {"0301": "Oslo", "4601": "Bergen"}}
    link = str(kept_page.select_one(".example__actions a")["href"])
    again = page(kari.get(link))
    assert [each["value"] for each in again.select("[name='setting:limit']")] == ["150"]
    assert again.select("[name='options:towns']")[0].get_text().split("\n") == [
        "0301 = Oslo",
        "4601 = Bergen",
    ]
    changed = {**given, "options:towns": "0301 = Oslo", "setting:limit": "120", "example": ran.example.id}
    kari.post(address, do="save", name="Rich", **changed)

    (ran,) = run_examples(app_definition(made.draft("kari").files))
    assert ran.example.situation.settings == {"limit": 120}
    assert ran.example.situation.options == {"towns": {"0301": "Oslo"}}


def test_a_filter_of_options_is_tried_as_a_whole_and_for_one_option(
    studio: object, repositories: Repositories, kari: Browser
) -> None:
    town = field(
        "more",
        kind="Dropdown",
        options=[{"value": "oslo", "label": "Oslo"}, {"value": "asker", "label": "Asker"}],
        optionFilter=["notEquals", ["value"], ["dataModel", "reason"]],
    )
    pages = {**PAGES, "Family": (*PAGES["Family"], town)}
    made = repositories.create("ttd", "benefit", rules_files(pages), KARI, "Create", NOW)
    address = "/ttd/benefit/rules/examples/component/Task_1/more/optionFilter"
    shown = page(kari.get(address))
    assert [each.get_text() for each in shown.select("#try-option option")] == [
        "All options",
        "Oslo",
        "Asker",
    ]
    given = {"v::reason": "asker"}

    assert outcome(kari.post(address, **given)).startswith("Oslo because Asker is left out, as the option is")
    kari.post(address, do="save", name="All", **given)
    kari.post(address, do="save", name="None", expect="oslo, asker", **given)
    one = {**given, "option": "asker"}
    assert outcome(kari.post(address, **one)).startswith("not offered because the option is Asker")
    kari.post(address, do="save", name="One", expect="not offered", **one)
    tried = page(kari.post("/ttd/benefit/rules/try", page="Task_1/Family", **given))
    assert "Oslo because Asker is left out" in words(tried.select_one("#outcome"))

    assert kept(made) == [
        ("All", ["oslo"], True),
        ("None", ["oslo", "asker"], False),
        ("One", "not offered", True),
    ]


def test_rules_that_ask_about_one_another_in_a_circle_can_be_tried(
    studio: object, repositories: Repositories, kari: Browser
) -> None:
    circle = (
        field("one", hidden=["component", "more"]),
        field("more", "reason", hidden=["equals", ["displayValue", "one"], ["component", "more"]]),
    )
    pages = {**PAGES, "Family": (*PAGES["Family"], *circle)}
    repositories.create("ttd", "benefit", rules_files(pages), KARI, "Create", NOW)
    address = "/ttd/benefit/rules/examples/component/Task_1/one/hidden"

    assert page(kari.get(address)).select_one('[name="v::reason"]')
    assert outcome(kari.post(address, **{"v::reason": "true"})).startswith("hidden because more is true")
    assert page(kari.get("/ttd/benefit/rules/try"))


def test_what_options_are_asked_for_with_has_examples(
    studio: object, repositories: Repositories, kari: Browser
) -> None:
    asked = field(
        "more", kind="Dropdown", optionsId="towns", queryParameters={"from": ["dataModel", "reason"]}
    )
    pages = {**PAGES, "Family": (*PAGES["Family"], asked)}
    made = repositories.create("ttd", "benefit", rules_files(pages), KARI, "Create", NOW)
    address = "/ttd/benefit/rules/examples/component/Task_1/more/queryParameters/from"
    kari.get(address)

    kari.post(address, do="save", name="From Oslo", **{"v::reason": "Oslo"})

    (ran,) = run_examples(app_definition(made.draft("kari").files))
    assert (ran.example.expect, ran.holds) == ("Oslo", True)
