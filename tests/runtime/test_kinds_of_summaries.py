"""Summaries: which answers they show, how, and how one gets to what is to be changed and back."""

from typing import Any

import pytest
from builders import app_files, field, group
from flask.testing import FlaskClient
from form_journeys import Serve, begin, page, send, sign_in
from kind_pages import form_state, html

from studio.runtime.forms.building import Builder
from studio.runtime.forms.summaries import Answer, Block, Part, Table, sections_of
from studio.runtime.forms.validation import Shown, find_issues

pytestmark = pytest.mark.usefixtures("words")

OPTIONS = [{"value": "a", "label": "Apple"}, {"value": "b", "label": "Banana"}]
ROWS = {"type": "array", "items": {"type": "object", "properties": {"kind": {"type": "string"}}}}
FIELDS: dict[str, Any] = {"name": "string", "phone": "string", "fruit": "string", "rows": ROWS}
PARTS = (
    group("all", "name", "phone", textResourceBindings={"title": "Who"}),
    field("name"),
    field("phone"),
    field("fruit", kind="Checkboxes", options=OPTIONS),
    {
        "id": "people",
        "type": "RepeatingGroup",
        "children": ["kind"],
        "dataModelBindings": {"group": "rows"},
        "textResourceBindings": {"title": "People"},
    },
    field("kind", "rows.kind"),
)
DATA = {"name": "Kari", "fruit": "a,b", "rows": [{"kind": "x"}, {"kind": "y"}]}


def said(target: dict[str, Any] | None = None, data: Any = None, **raw: Any) -> list[Part]:
    state = form_state(*PARTS, data=DATA if data is None else data, fields=FIELDS)
    sections = sections_of({"target": target or {}, **raw}, Builder(state, summarise=False))
    return [part for section in sections for part in section.parts if section.page == "Page"]


def test_a_summary_shows_groups_answers_and_rows() -> None:
    who, fruit, people = said()
    assert who == Block("Who", (Answer("Navn", "Kari"), Answer("Telefon", "")))
    assert fruit == Answer("fruit.title", "Apple, Banana")
    assert people == Table("People", ("kind.title",), (("x",), ("y",)))


def test_a_summary_can_be_of_one_component_or_one_page() -> None:
    assert said({"type": "component", "id": "name"}) == [Answer("Navn", "Kari")]
    assert said({"type": "page", "id": "Next"}) == []
    assert len(said({"type": "page", "id": "Page"})) == 3
    assert said({"type": "component", "id": "nobody"}) == []


def test_empty_answers_can_be_left_out_and_what_holds_only_such() -> None:
    (rows,) = said(hideEmptyFields=True, data={"rows": [{"kind": "x"}]})
    assert isinstance(rows, Table)


def test_an_empty_answer_is_kept_where_the_component_or_an_override_says_so_also_inside_a_group() -> None:
    force = {"overrides": [{"componentId": "phone", "forceShow": True}]}
    assert said(hideEmptyFields=True, data={}, **force) == [Block("Who", (Answer("Telefon", ""),))]
    by_rule = field("phone", forceShowInSummary=["equals", ["dataModel", "fruit"], "a"])
    inside = (group("all", "phone", textResourceBindings={"title": "Who"}), by_rule)
    for fruit, shown in (("a", [Block("Who", (Answer("Telefon", ""),))]), ("b", [])):
        state = form_state(*inside, data={"fruit": fruit}, fields=FIELDS)
        sections = sections_of({"hideEmptyFields": True}, Builder(state, summarise=False))
        assert [part for section in sections for part in section.parts if section.page == "Page"] == shown


def test_an_override_puts_one_question_and_its_answer_in_one_line() -> None:
    summary = {"id": "s", "type": "Summary2", "overrides": [{"componentId": "name", "isCompact": True}]}
    soup = html(*PARTS, summary, data=DATA, fields=FIELDS)
    assert [each.find("dd").text for each in soup.select("dl[data-compact]")] == ["Kari"]


def test_overrides_hide_and_say_what_is_empty_and_how_choices_are_shown() -> None:
    parts = said(
        overrides=[
            {"componentId": "people", "hidden": True},
            {"componentId": "phone", "emptyFieldText": "No phone"},
            {"componentType": "Checkboxes", "displayType": "list"},
        ]
    )
    who, fruit = parts
    assert isinstance(who, Block)
    assert who.parts[1] == Answer("Telefon", "", "No phone")
    assert fruit == Answer("fruit.title", "Apple, Banana", several=("Apple", "Banana"))


def test_rows_can_be_shown_in_full() -> None:
    *_, first, second = said(overrides=[{"componentId": "people", "display": "full"}])
    assert first == Block("People 1", (Answer("kind.title", "x"),))
    assert isinstance(second, Block)


def test_a_page_can_be_left_out_by_an_override() -> None:
    assert said(overrides=[{"pageId": "Page", "hidden": True}]) == []


@pytest.mark.parametrize("odd", [{"overrides": 7}, {"overrides": [None]}, {"target": "x"}, {"target": []}])
def test_a_summary_with_nonsense_in_it_still_shows(odd: dict[str, Any]) -> None:
    assert said(**odd)


def test_the_older_summary_shows_one_component_without_what_is_excluded() -> None:
    old = {"id": "s", "type": "Summary", "componentRef": "all", "excludedChildren": ["phone"]}
    shown = html(*PARTS, old, data=DATA, fields=FIELDS).select_one(".form-summary")
    assert "Kari" in shown.text
    assert "Telefon" not in shown.text


def test_a_component_can_be_shown_as_its_answer_and_is_not_asked_for() -> None:
    answered = field("name", renderAsSummary=True, required=True)
    soup = html(answered, data={"name": "Kari"})
    assert not soup.select("input")
    assert "Kari" in soup.text
    state = form_state(answered)
    assert find_issues(state, Shown.on(state, ["Page"])) == ()


def test_one_goes_from_a_summary_to_an_answer_and_back(serve_app: Serve, client: FlaskClient) -> None:
    pages = {
        "First": (field("name"), {"id": "buttons", "type": "NavigationButtons"}),
        "Last": ({"id": "all", "type": "Summary2"}, {"id": "send", "type": "Button"}),
    }
    sign_in(client)
    last = send(client, begin(client, serve_app(app_files(pages=pages), "app")), "page:Last")
    change = page(last).select_one('button[value^="change:"]')
    assert change
    there = send(client, last, str(change["value"]))
    assert there.request.path.endswith("/First")
    back = page(there).select_one('button[value="page:Last"]')
    assert back
    again = send(client, there, "page:Last", name="Kari")
    assert again.request.path.endswith("/Last")
    assert "Kari" in page(again).select_one(".form-summary").text  # type: ignore[union-attr] # found above
