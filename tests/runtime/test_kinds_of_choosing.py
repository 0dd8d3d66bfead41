"""Choices: what is chosen beforehand, asked about and kept; and the many questions of a Likert."""

from typing import Any

import pytest
from builders import as_json, field
from kind_pages import form_state, html, page, view
from werkzeug.datastructures import MultiDict

from studio.runtime.forms.building import page_view
from studio.runtime.forms.posting import apply_post
from studio.runtime.forms.validation import Shown, find_issues

pytestmark = pytest.mark.usefixtures("words")

OPTIONS = [{"value": value, "label": f"Label {value}"} for value in ("a", "b", "c")]


def choice(kind: str, **more: Any) -> dict[str, Any]:
    return field("name", kind=kind, options=OPTIONS, **more)


@pytest.mark.parametrize("kind", ["RadioButtons", "Checkboxes", "Dropdown", "MultipleSelect"])
def test_a_choice_is_made_beforehand_where_nothing_was_answered(kind: str) -> None:
    chosen = [option.chosen for option in view(choice(kind, preselectedOptionIndex=1)).options]
    assert chosen == [False, True, False]
    answered = view(choice(kind, preselectedOptionIndex=1), data={"name": "c"})
    assert [option.chosen for option in answered.options] == [False, False, True]


@pytest.mark.parametrize("place", [-1, 3, "1", None])
def test_a_choice_beforehand_that_is_not_there_is_none(place: Any) -> None:
    assert not any(o.chosen for o in view(choice("RadioButtons", preselectedOptionIndex=place)).options)


def test_an_answer_may_ask_before_it_is_changed() -> None:
    assert html(choice("RadioButtons", alertOnChange=True)).select_one("[data-asks]")
    assert not html(choice("RadioButtons")).select_one("[data-asks]")


LIKERT: dict[str, Any] = {
    "id": "likert",
    "type": "Likert",
    "required": True,
    "options": OPTIONS,
    "textResourceBindings": {"title": "How was it?", "questions": "question"},
    "dataModelBindings": {"questions": "rows", "answer": "rows.answer"},
}
ROW = {"type": "object", "properties": {"id": {"type": "string"}, "answer": {"type": "string"}}}
MODEL: dict[str, Any] = {
    "fields": {"rows": {"type": "array", "items": ROW}},
    "more": {
        "App/config/texts/resource.nb.json": b"""{"language": "nb", "resources": [{"id": "question",
            "value": "Question {0}?", "variables": [{"key": "rows[{0}].id", "dataSource":
            "dataModel.default"}]}]}""",
    },
}
DATA = {"rows": [{"id": "one"}, {"id": "two", "answer": "b"}, {"id": "three"}]}


def test_each_row_of_a_likert_is_a_question_with_the_same_choices() -> None:
    items = [row.children[0] for row in view(LIKERT, data=DATA, **MODEL).rows]
    assert [item.text("title") for item in items] == ["Question one?", "Question two?", "Question three?"]
    assert [item.field for item in items] == ["rows[0].answer", "rows[1].answer", "rows[2].answer"]
    assert [item.answer for item in items] == ["", "Label b", ""]


def test_answers_of_a_likert_are_kept_in_their_rows() -> None:
    state = form_state(LIKERT, data=DATA, **MODEL)
    sent = MultiDict({"rows[0].answer": "c", "rows[1].answer": "not an option"})
    data = apply_post(state, page_view(state, "Page"), sent).data["model"]
    assert [row.get("answer") for row in data["rows"]] == ["c", None, None]


def test_every_question_of_a_required_likert_must_be_answered() -> None:
    state = form_state(LIKERT, data=DATA, **MODEL)
    issues = find_issues(state, Shown.on(state, ["Page"]))
    assert [issue.field for issue in issues] == ["rows[0].answer", "rows[2].answer"]


def test_a_likert_can_ask_about_some_rows_only() -> None:
    some = {**LIKERT, "filter": [{"key": "start", "value": 1}, {"key": "stop", "value": "2"}]}
    assert [row.index for row in view(some, data=DATA, **MODEL).rows] == [1]


def test_a_likert_is_a_table_whose_rows_are_named_by_their_questions() -> None:
    soup = html(LIKERT, data=DATA, **MODEL)
    row = soup.select("tbody tr")[1]
    assert soup.find(id=row["aria-labelledby"]).text.strip().startswith("Question two?")
    assert [each.get("checked") for each in row.select("input[type=radio]")] == [None, "", None]


def test_a_likert_says_its_answers_in_a_summary() -> None:
    (likert,) = page(LIKERT, data=DATA, **MODEL).components
    assert [(cell.label, cell.text) for cell in likert.cells][1] == ("Question two?", "Label b")


@pytest.mark.parametrize("data", [{}, {"rows": "text"}, {"rows": [None, 7]}])
def test_a_likert_without_proper_rows_still_shows(data: dict[str, Any]) -> None:
    assert html(LIKERT, data=data, **MODEL).table


def test_the_label_of_a_lone_choice_is_left_to_the_table_unless_it_is_wanted() -> None:
    one = {**choice("Checkboxes"), "options": OPTIONS[:1]}
    assert html(one).select("[data-lone] label")
    assert not html({**one, "showLabelsInTable": True}).select("[data-lone]")
    assert not html(choice("Checkboxes")).select("[data-lone]")


TAGGED = [
    {"value": "oslo", "label": "Oslo", "tags": {"region": "east"}},
    {"value": "bergen", "label": "Bergen", "tags": {"region": "west"}},
    {"value": "other", "label": "Elsewhere"},
]


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ({"queryParameters": {"region": "east"}}, ["oslo", "other"]),
        ({"queryParameters": {"region": ["dataModel", "phone"]}}, ["bergen", "other"]),
        ({"mapping": {"phone": "region"}}, ["bergen", "other"]),
        ({"mapping": {"age": "region"}}, ["oslo", "bergen", "other"]),
        ({"queryParameters": {"country": "no"}}, ["oslo", "bergen", "other"]),
        ({"mapping": 1, "queryParameters": []}, ["oslo", "bergen", "other"]),
    ],
)
def test_options_of_a_file_are_narrowed_by_their_tags(asked: dict[str, Any], values: list[str]) -> None:
    component = field("name", kind="Dropdown", optionsId="towns", **asked)
    more = {"App/options/towns.json": as_json(TAGGED)}
    shown = view(component, data={"phone": "west"}, more=more)
    assert [option.value for option in shown.options] == values


def test_a_long_set_of_choices_can_be_searched_with_scripts() -> None:
    many = [{"value": str(number), "label": f"Choice {number}"} for number in range(11)]
    assert html({**choice("MultipleSelect"), "options": many}).select("choice-filter")
    assert not html({**choice("MultipleSelect"), "options": many[:10]}).select("choice-filter")
    assert not html({**choice("Checkboxes"), "options": many}).select("choice-filter")
    designed = html({**choice("MultipleSelect"), "options": many}, design=True, mode="design")
    assert not designed.select("choice-filter")


def test_the_parameters_of_a_list_are_no_answer() -> None:
    bound = {"simpleBinding": "name", "metadata": "phone"}
    state = form_state({**choice("RadioButtons"), "dataModelBindings": bound}, data={"phone": "kept"})
    posted = apply_post(state, page_view(state, "Page"), MultiDict({"name": "a", "phone": "changed"}))
    assert posted.data["model"] == {"name": "a", "phone": "kept"}


def test_the_number_of_the_choice_beforehand_counts_the_list_as_it_is_written() -> None:
    component = choice("RadioButtons", preselectedOptionIndex=0, sortOrder="desc")
    assert [(each.value, each.chosen) for each in view(component).options] == [
        ("c", False),
        ("b", False),
        ("a", True),
    ]
    filtered = {**component, "optionFilter": ["notEquals", ["value"], "a"]}
    assert [each.value for each in view(filtered).options if each.chosen] == ["b"]


def test_answers_of_a_likert_stay_where_its_choices_cannot_be_had() -> None:
    likert = {key: value for key, value in LIKERT.items() if key != "options"} | {"optionsId": "nowhere"}
    state = form_state(likert, data=DATA, **MODEL)
    posted = apply_post(state, page_view(state, "Page"), MultiDict({":shown": "rows[1].answer"}))
    assert posted.data["model"] == DATA
    soup = html(likert, data=DATA, **MODEL)
    assert soup.select(".form-not-there")
    assert [cell.text.strip() for cell in soup.select("tbody tr")[1].select("td")] == ["b"]


@pytest.mark.parametrize("kind", ["RadioButtons", "Checkboxes", "Dropdown", "MultipleSelect"])
def test_an_answer_stays_in_a_post_where_its_list_is_not_there(kind: str) -> None:
    component = field("name", kind=kind, optionsId="nowhere")
    state = form_state(component, data={"name": "a"})
    sent = MultiDict({":shown": "name", "name": "b"})
    assert apply_post(state, page_view(state, "Page"), sent).data["model"] == {"name": "a"}
    assert html(component, data={"name": "a"}).select("[value=a]")
    assert not html(component, design=True, mode="design").select(".form-not-there")
