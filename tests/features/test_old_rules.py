"""Old rules are listed with what they become, and converted where that was seen to give the same."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from old_rules_app import CONFIGURATION, FOLDER, HANDLER, old_files

from studio.definition.app import AppDefinition, app_definition
from studio.features.rules.old_rules_engine import run
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.features.conftest import KARI, NOW, Browser

OLD = "/ttd/old/rules/old"


@pytest.fixture
def old(studio: object, repositories: Repositories) -> Repository:
    """The app ttd/old, with old rules of a known form and one of another."""
    return repositories.create("ttd", "old", old_files(), KARI, "Create Old", NOW)


def listed(answer: Any, status: int = 200) -> dict[str, str]:
    """Title -> what is said about the rule."""
    text = answer.get_data(as_text=True)
    assert answer.status_code == status, text
    page = BeautifulSoup(text, "html.parser")
    return {words(each.h3): words(each.dl).replace("\xa0", " ") for each in page.select(".old-rule")}


def words(found: Any) -> str:
    return " ".join(found.get_text(" ", strip=True).split())


def now(old: Repository) -> AppDefinition:
    return app_definition(old.draft("kari").files)


def component(app: AppDefinition, name: str) -> Any:
    found = app.layout_sets[0].find(name)
    assert found is not None
    return found[1].raw


def test_every_old_rule_says_what_it_becomes_or_why_it_stays(old: Repository, kari: Browser) -> None:
    found = listed(kari.get(OLD))

    assert "Becomes Hidden when Total is more than 10 (the same for" in found["Hide Small"]
    assert "Becomes Shown when Name has an answer" in found["Show Reason , Small"]
    assert "Becomes Shown when Age is more than 17" in found["Show Work"]
    assert "Becomes Worked out as" in found["Fill in Total"]
    assert found["Show Oslo"].endswith(
        r"Stays Line 30 is of no form that can be converted: /^0\d{3}$/.test(obj.value)"
    )


def test_only_apps_with_old_rules_are_led_to_them(
    old: Repository, contact: Repository, kari: Browser
) -> None:
    assert OLD in kari.get("/ttd/old/rules").get_data(as_text=True)
    assert "/rules/old" not in kari.get("/ttd/kontakt/rules").get_data(as_text=True)


def test_chosen_rules_become_expressions_in_one_change_that_can_be_undone(
    old: Repository, kari: Browser
) -> None:
    kari.get(OLD)

    kari.post(OLD, form="form", rule=["add", "big", "long", "grown"])

    app = now(old)
    too_short = component(app, "reason")["hidden"]
    assert component(app, "small")["hidden"] == ["or", ["greaterThan", ["dataModel", "total"], 10], too_short]
    assert too_short == [
        "not",
        [
            "and",
            ["notEquals", ["dataModel", "name"], None],
            ["notEquals", ["dataModel", "name"], ""],
            ["greaterThanEq", ["stringLength", ["dataModel", "name"]], 4],
        ],
    ]
    assert component(app, "work")["hidden"] == ["not", ["greaterThan", ["dataModel", "people.age"], 17]]
    assert app.json("App/models/model.calculation.json")["calculations"]["total"]["expression"][0] == "if"
    left = app.json(f"{FOLDER}/RuleConfiguration.json")["data"]
    assert (list(left["conditionalRendering"]), list(left["ruleConnection"])) == (["oslo"], [])
    assert f"{FOLDER}/RuleHandler.js" in app.files
    draft = old.draft("kari")
    draft.undo(KARI, NOW)
    assert dict(old.draft("kari").files) == dict(old_files())


def test_the_last_rule_takes_its_files_along(
    studio: object, repositories: Repositories, kari: Browser
) -> None:
    only = {"data": {"conditionalRendering": {"big": CONFIGURATION["data"]["conditionalRendering"]["big"]}}}
    old = repositories.create("ttd", "old", old_files(only), KARI, "Create Old", NOW)
    kari.get(OLD)

    kari.post(OLD, form="form", rule="big")

    assert not [path for path in now(old).files if "Rule" in path]
    assert "No old rules" in kari.get(OLD).get_data(as_text=True)


@pytest.mark.parametrize("asked", [{}, {"rule": "oslo"}, {"rule": "nonsense"}])
def test_nothing_is_converted_that_does_not_give_the_same(
    old: Repository, kari: Browser, asked: dict[str, str]
) -> None:
    kari.get(OLD)

    assert kari.post(OLD, form="form", **asked).status_code == 422
    assert kari.post(OLD, form="none", rule="big").status_code == 404
    assert dict(now(old).files) == dict(old_files())


def test_a_function_that_only_looks_alike_stays(
    studio: object, repositories: Repositories, kari: Browser
) -> None:
    # Texts are compared letter by letter in JavaScript, and as numbers in the language.
    trap = HANDLER.replace("obj.number = +obj.number;\n    return obj.number > 10;", "return '9' > 10;")
    trap = trap.replace("(obj) => obj.age > 17", "(obj) => obj.age == 17 && 'a' === 'b'.concat('')")
    repositories.create("ttd", "old", old_files(handler=trap), KARI, "Create Old", NOW)

    found = listed(kari.get(OLD))

    assert "Stays" in found["Show Work"]


@pytest.mark.parametrize(
    "code",
    [
        "while (true) {}",
        "const all = []; while (true) all.push(new Array(1e6).fill(1));",
        "throw new Error('no')",
        "this is no code (",
        "function big() { return big(); } big(); var conditionalRuleHandlerObject = {};",
    ],
)
def test_code_that_cannot_be_run_ends_alone(code: str) -> None:
    assert run(code, [("conditionalRuleHandlerObject", "big", {})]) is None


def test_code_finds_nothing_to_reach_out_with() -> None:
    reach = "typeof std + typeof os + typeof fetch + typeof require + typeof process + typeof print"
    code = f"var conditionalRuleHandlerObject = {{ a: () => {reach} }};"

    (found,) = run(code, [("conditionalRuleHandlerObject", "a", {})]) or []

    assert found.value in ("undefined" * 6, "undefined" * 5 + "function")


def test_without_the_code_every_rule_stays_and_says_so(
    studio: object, repositories: Repositories, kari: Browser
) -> None:
    repositories.create("ttd", "old", old_files(handler=None), KARI, "Create Old", NOW)

    found = listed(kari.get(OLD))

    assert found["Hide Small"].endswith("Stays RuleHandler.js has no function named biggerThan10.")


def test_who_may_only_look_converts_nothing(old: Repository, runa: Browser) -> None:
    assert listed(runa.get(OLD))
    assert runa.post(OLD, form="form", rule="big").status_code == 403
