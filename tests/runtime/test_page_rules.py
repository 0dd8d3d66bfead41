"""What a page gives the browser of its rules: no more than they need, and nothing that it cannot follow."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kind_pages import form_state
from werkzeug.datastructures import MultiDict

from studio.definition.expressions import PageLayout, form_tree
from studio.definition.rules import read_calculations, read_validations
from studio.runtime.forms.building import Builder
from studio.runtime.forms.instant import data_script, rules_script
from studio.runtime.forms.page_reads import Texts
from studio.runtime.forms.page_rules import NO_RULES, OwnRules, PageRules, as_script, page_rules
from studio.runtime.forms.posting import apply_to_shown
from studio.runtime.forms.render import render_page
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import PageView


def bound(name: str, path: str = "", kind: str = "Input", **more: Any) -> dict[str, Any]:
    return {"id": name, "type": kind, "dataModelBindings": {"simpleBinding": path or name}, **more}


def rules_of(
    *components: dict[str, Any],
    hidden: Any = False,
    own: OwnRules = OwnRules(),  # noqa: B008 - it is frozen
) -> PageRules:
    return page_rules(form_tree([PageLayout("Page", components, hidden)]), "Page", "model", own)


def own_rules(
    validations: Any = None, calculations: Any = None, resources: dict[str, Any] | None = None
) -> OwnRules:
    given = resources or {}
    return OwnRules(
        read_validations({"validations": validations or {}}),
        read_calculations({"calculations": calculations or {}}).calculations,
        texts=Texts(frozenset(given), given.get),
    )


OWN = ["dataModel", ["argv", 0]]


def test_what_an_answer_must_keep_comes_with_the_page_that_asks_for_it() -> None:
    rule = {"message": "Too much", "condition": ["greaterThan", OWN, ["dataModel", "limit"]]}
    own = own_rules({"answer": [rule], "elsewhere": [rule]})
    rules = rules_of(bound("answer"), own=own)
    assert list(rules.checks) == ["answer"]
    assert rules.fields == {("model", "answer"), ("model", "limit")}


@pytest.mark.parametrize(
    "rule",
    [
        {"message": "m", "condition": ["equals", ["displayValue", "answer"], ""]},
        {"message": ["externalApi", "a", "b"], "condition": True},
        {"message": ["concat", "key.", OWN], "condition": True},  # which text that is nobody knows beforehand
    ],
)
def test_a_field_with_one_rule_that_only_the_server_knows_is_left_to_it(rule: Any) -> None:
    plain = {"message": "m", "condition": ["equals", OWN, "x"]}
    own = own_rules({"answer": [plain, rule]}, resources={"key.a": {"value": "A"}})
    assert rules_of(bound("answer"), own=own) is NO_RULES


def test_a_component_that_keeps_rules_back_leaves_them_to_the_server() -> None:
    rule = {"message": "m", "condition": ["equals", OWN, "x"]}
    quiet = bound("answer", showValidations=["Schema"])
    assert rules_of(quiet, own=own_rules({"answer": [rule]})) is NO_RULES
    at_once = own_rules({"answer": [rule | {"showImmediately": True}]})
    assert list(rules_of(quiet, own=at_once).checks) == ["answer"]


def test_only_results_that_the_page_can_change_and_shows_or_reads_are_worked_out_there() -> None:
    sums = {
        "sum": {"expression": ["plus", ["dataModel", "between"], 1]},
        "between": {"expression": ["plus", ["dataModel", "answer"], 1]},
        "unread": {"expression": ["dataModel", "answer"]},
        "still": {"expression": ["dataModel", "elsewhere"]},
    }
    own = own_rules(calculations=sums)
    rules = rules_of(bound("answer"), bound("more", hidden=["dataModel", "sum"]), bound("still"), own=own)
    # In the order in which one needs the other.
    assert [each["path"] for each in rules.worked] == ["between", "sum"]
    assert rules.worked[0]["reads"] == ["model::answer"]


def test_a_text_follows_the_answers_in_it() -> None:
    variable = {"key": "answer", "dataSource": "dataModel.default"}
    resources = {"told": {"value": "key"}, "key": {"value": "It is {0}", "variables": [variable]}}
    told = {"id": "told", "type": "Paragraph", "textResourceBindings": {"title": "told", "help": "still"}}
    rules = rules_of(bound("answer"), told, own=own_rules(resources=resources))
    assert rules.follows == {"told": frozenset({"text.title"})}
    assert rules.texts == {"told", "key"}
    # Of an answer on another page nothing changes here.
    assert rules_of(told, own=own_rules(resources=resources)) is NO_RULES


def test_a_value_that_an_expression_gives_is_followed() -> None:
    shown = {"id": "shown", "type": "Number", "value": ["plus", ["dataModel", "answer"], 1]}
    rules = rules_of(bound("answer"), shown)
    assert rules.follows == {"shown": frozenset({"value"})}
    assert shown in rules.pages[0]["components"]


def ahead(state: FormState) -> PageView:
    return Builder(state, ahead=True).page("Page")


IS_YES = ["equals", ["dataModel", "answer"], "yes"]


def test_a_rule_names_what_it_reads() -> None:
    rules = rules_of(bound("answer"), bound("more", hidden=["not", IS_YES]))
    assert rules.follows == {"more": frozenset({"hidden"})}
    assert rules.fields == {("model", "answer")}


def test_a_page_without_rules_costs_nothing() -> None:
    assert rules_of(bound("answer"), bound("more", hidden=True)) is NO_RULES


@pytest.mark.parametrize(
    "left",
    [
        ["dataModel", ["concat", "a", "b"]],
        ["displayValue", "answer"],
        ["externalApi", "api", "path"],
        ["gatewayAction"],
        ["value"],
        ["unknownFunction", 1],
        ["equals", ["argv", 0], 1],
        ["frontendSettings", ["concat", "a"]],
        ["and", []],
    ],
)
def test_what_only_the_server_knows_is_left_to_it(left: Any) -> None:
    assert rules_of(bound("answer"), bound("more", hidden=left)) is NO_RULES


def test_the_answer_of_a_component_depends_on_all_that_may_hide_it() -> None:
    rules = rules_of(
        {"id": "box", "type": "Group", "children": ["asked"], "hidden": IS_YES},
        bound("asked", "field", hidden=["dataModel", "other"]),
        bound("more", required=["component", "asked"]),
        hidden=["dataModel", "whole"],
    )
    fields = {("model", "field"), ("model", "other"), ("model", "answer"), ("model", "whole")}
    assert rules.fields == fields
    assert rules.pages[0]["hidden"] == ["dataModel", "whole"]
    assert {each["id"]: each for each in rules.pages[0]["components"]}["box"]["hidden"] == IS_YES


def test_a_component_that_only_the_server_can_judge_takes_its_askers_along() -> None:
    asked = bound("asked", hidden=["displayValue", "answer"])
    assert rules_of(bound("answer"), asked, bound("more", hidden=["component", "asked"])) is NO_RULES


def test_components_that_ask_about_one_another_come_to_an_end() -> None:
    rules = rules_of(bound("a", hidden=["component", "b"]), bound("b", hidden=["component", "a"]))
    assert set(rules.follows) == {"a", "b"}


def test_rows_are_read_from_the_data_of_their_group() -> None:
    group = {
        "id": "rows",
        "type": "RepeatingGroup",
        "children": ["name", "more"],
        "dataModelBindings": {"group": {"field": "list", "dataType": "other"}},
    }
    rules = rules_of(
        group, bound("name", "list.name"), bound("more", "list.more", hidden=["dataModel", "list.name"])
    )
    assert rules.fields == {("other", "list.name")}
    assert rules.read(
        {"other": {"list": [{"name": "a", "secret": 1}, {}], "secret": 2}, "model": {"x": 1}}
    ) == {"other": {"list": [{"name": "a"}, {}]}}


def test_two_components_for_one_field_are_never_both_on_the_page() -> None:
    first, second = bound("first", "same", hidden=IS_YES), bound("second", "same", hidden=["not", IS_YES])
    assert rules_of(bound("answer"), first, second) is NO_RULES
    box = {"id": "box", "type": "Group", "children": ["first"], "hidden": IS_YES}
    assert rules_of(bound("answer"), box, bound("first", "same"), bound("second", "same")) is NO_RULES


DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=4),
    max_leaves=12,
)


@given(DATA)
def test_data_that_no_rule_reads_stays_on_the_server(data: Any) -> None:
    rules = rules_of(bound("x", hidden=["dataModel", "a.b"]))
    found = rules.read({"model": data if isinstance(data, dict) else {}})["model"]
    assert set(found) <= {"a"}
    inner = found.get("a")
    for each in inner if isinstance(inner, list) else [inner]:
        assert not isinstance(each, dict) or set(each) <= {"b"}


def test_json_in_a_page_cannot_end_its_element() -> None:
    script = as_script({"text": "</script><script>alert(1)</script><!--"})
    assert "<" not in script
    assert json.loads(script)["text"].startswith("</script>")


@pytest.mark.usefixtures("words")
def test_what_may_be_shown_is_drawn_hidden_and_disabled() -> None:
    state = form_state(bound("answer"), bound("more", hidden=["not", IS_YES]))
    html = str(render_page(ahead(state)))
    assert 'data-component="more" id="c-more" data-follows="hidden" hidden disabled>' in html
    assert [view.id for view in ahead(state).walk()] == ["answer"]


@pytest.mark.usefixtures("words")
def test_what_is_hidden_by_anything_else_is_not_drawn() -> None:
    state = form_state(
        bound("answer"),
        bound("always", hidden=True),
        bound("server", hidden=["equals", ["displayValue", "answer"], ""]),
        {"id": "box", "type": "Group", "children": ["inside", "gone"], "hidden": ["not", IS_YES]},
        bound("inside"),
        bound("gone", hidden=True),
    )
    html = str(render_page(ahead(state)))
    assert 'data-component="inside"' in html
    assert not any(f'data-component="{name}"' in html for name in ("always", "server", "gone"))


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("more", [{"design": True}, {"read_only": True}])
def test_where_nobody_writes_there_are_no_rules(more: dict[str, Any]) -> None:
    state = form_state(bound("answer"), bound("more", hidden=["not", IS_YES]), **more)
    assert rules_script(state, "Page") == ""
    assert data_script(state, "Page") == ""
    assert "fieldset" not in str(render_page(ahead(state)))


@pytest.mark.usefixtures("words")
def test_the_page_says_how_its_fields_are_read_and_what_is_around_it() -> None:
    hidden = [
        "or",
        ["equals", ["dataModel", "answer"], 1],
        ["authContext", "sign"],
        ["authContext", "nonsense"],
    ]
    state = form_state(
        bound("answer", formatting={"number": {"thousandSeparator": " ", "decimalSeparator": ","}}),
        bound("more", hidden=hidden),
        data={"answer": 5, "secret": "s"},
        actions={"sign": True},
    )
    control = json.loads(rules_script(state, "Page"))["controls"]["answer"]
    assert (control["as"], control["group"], control["point"]) == ("text", " ", ",")
    assert json.loads(data_script(state, "Page")) == {
        "language": "nb",
        "type": "model",
        "models": {"model": {"answer": 5}},
        "actions": {"sign": True},
    }


@pytest.mark.usefixtures("words")
def test_answers_to_questions_that_the_same_post_brings_up_are_taken() -> None:
    state = form_state(
        bound("answer"),
        bound("more", hidden=["not", IS_YES]),
        bound("last", hidden=["notEquals", ["component", "more"], "on"]),
    )
    sent = MultiDict({"answer": "yes", "more": "on", "last": "there"})
    posted = apply_to_shown(state, "Page", Builder(state).page("Page"), sent)
    assert posted.data["model"] == {"answer": "yes", "more": "on", "last": "there"}
    assert posted.changed == {"answer", "more", "last"}


@pytest.mark.usefixtures("words")
def test_answers_to_questions_that_nobody_is_asked_are_not_taken() -> None:
    state = form_state(bound("answer"), bound("more", hidden=["not", IS_YES]), bound("never", hidden=True))
    sent = MultiDict({"answer": "no", "more": "on", "never": "there"})
    posted = apply_to_shown(state, "Page", Builder(state).page("Page"), sent)
    assert posted.data["model"] == {"answer": "no"}


@pytest.mark.usefixtures("words")
def test_a_question_that_the_same_post_takes_away_keeps_its_answer() -> None:
    state = form_state(
        bound("answer"), bound("more", hidden=["not", IS_YES]), data={"answer": "yes", "more": "old"}
    )
    sent = MultiDict({"answer": "no", "more": "new"})
    posted = apply_to_shown(state, "Page", Builder(state).page("Page"), sent)
    assert posted.data["model"] == {"answer": "no", "more": "new"}


def test_the_day_is_no_part_of_the_rules() -> None:
    state = form_state(bound("answer"), bound("more", hidden=["not", IS_YES]))
    assert state.rules("Page") is replace(state, today=date(2027, 1, 1)).rules("Page")
