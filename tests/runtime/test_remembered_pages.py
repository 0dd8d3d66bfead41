"""A page that is made of what was there a moment ago is the page that is made anew, to the last byte."""

import copy
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from builders import app_files, as_json, field, group
from flask.testing import FlaskClient
from flask_babel import force_locale
from form_journeys import Serve, begin, sign_in
from hypothesis import given
from hypothesis import strategies as st

from studio.definition.app import AppDefinition
from studio.definition.files import Files, MemoryFiles, folder_files
from studio.runtime.forms import remembered
from studio.runtime.forms.building import Builder
from studio.runtime.forms.entries import Within
from studio.runtime.forms.remembered import KeptPages, page_now
from studio.runtime.forms.render import render_page
from studio.runtime.forms.same import is_same
from studio.runtime.forms.signees import Signee
from studio.runtime.forms.state import FormState
from studio.runtime.forms.validation import Shown, find_issues
from studio.runtime.forms.view import Issue, PageView

ANSWERS = ("", "yes", "no", "1")
TEXT_FIELDS = ("a", "b", "c", "d")
ROW = {"type": "object", "properties": {"x": {"type": "string"}, "y": {"type": "string"}}}
FIELDS = dict.fromkeys(TEXT_FIELDS, "string") | {
    "sum": "number",
    "rows": {"type": "array", "items": ROW},
}
TEXTS = {
    "greeting": ("Hello {0}, you are {1}", [("dataModel.default", "a"), ("instanceContext", "instanceId")]),
    "first": ("The first is {0}", [("dataModel.default", "rows[0].x")]),
    "of_row": ("Row {0}", [("dataModel.default", "rows[{0}].y")]),
}


def is_yes(name: str) -> list[Any]:
    return ["equals", ["dataModel", name], "yes"]


def answered(component: str) -> list[Any]:
    return ["equals", ["component", component], "yes"]


def titled(component: dict[str, Any], title: Any) -> dict[str, Any]:
    return component | {"textResourceBindings": {"title": title}}


def options(*values: str) -> list[dict[str, str]]:
    return [{"value": value, "label": value} for value in values]


# Whatever can make a component another one: each entry goes in or out as a whole.
CATALOGUE: tuple[tuple[dict[str, Any], ...], ...] = (
    (field("a"),),
    (field("b", hidden=is_yes("a")),),
    (field("c", required=is_yes("b"), readOnly=answered("b")),),
    (field("d", hidden=answered("c")),),
    (field("round", "c", hidden=answered("about")), field("about", "d", hidden=answered("round"))),
    ({"id": "text", "type": "Paragraph", "textResourceBindings": {"title": "greeting"}},),
    ({"id": "first", "type": "Paragraph", "textResourceBindings": {"title": "first"}},),
    (titled({"id": "head", "type": "Heading", "size": "L", "hidden": is_yes("c")}, ["dataModel", "d"]),),
    (titled({"id": "shown", "type": "Text", "value": ["displayValue", "a"]}, "a.title"),),
    (
        field(
            "choice",
            "b",
            "Dropdown",
            options=options("yes", "no"),
            optionFilter=["notEquals", ["value"], ["dataModel", "a"]],
        ),
    ),
    (
        field(
            "from_rows",
            "d",
            "RadioButtons",
            source={"group": "rows", "label": "first", "value": "rows.x"},
        ),
    ),
    (field("several", "c", "Checkboxes", options=options("yes", "no", "1")),),
    (
        group("box", "in_box", "deep", textResourceBindings={"title": "greeting"}),
        field("in_box", "a", hidden=is_yes("d")),
        group("deep", "in_deep", type="Accordion", textResourceBindings={"title": "a.title"}),
        field("in_deep", "b", required=True),
    ),
    (
        {
            "id": "rows",
            "type": "RepeatingGroup",
            "children": ["x", "y"],
            "dataModelBindings": {"group": "rows"},
            "hiddenRow": ["equals", ["dataModel", "rows.x"], ["dataModel", "a"]],
            "minCount": 1,
        },
        field("x", "rows.x"),
        field(
            "y",
            "rows.y",
            textResourceBindings={"title": "of_row"},
            hidden=["equals", ["component", "x"], ["component", "a"]],
        ),
    ),
    ({"id": "summary", "type": "Summary2", "target": {"type": "page", "id": "Page"}},),
    ({"id": "of_more", "type": "Summary2", "target": {"type": "component", "id": "more"}},),
    (titled({"id": "of_file", "type": "Text", "value": ["displayValue", "file"]}, "a.title"),),
    ({"id": "file", "type": "FileUpload", "maxNumberOfAttachments": 2, "displayMode": "list"},),
    (
        {
            "id": "grid",
            "type": "Grid",
            "rows": [{"cells": [{"labelFrom": "c"}, {"component": "in_grid"}, {"text": "greeting"}]}],
        },
        field("in_grid", "d"),
    ),
    ({"id": "on", "type": "NavigationButtons"},),
)


ROUND: Final = {"round", "about"}


def text_resources() -> bytes:
    resources = [
        {
            "id": key,
            "value": value,
            "variables": [{"dataSource": source, "key": path} for source, path in variables],
        }
        for key, (value, variables) in TEXTS.items()
    ]
    return as_json({"language": "nb", "resources": resources})


def files(*components: dict[str, Any]) -> MemoryFiles:
    """An app of two pages, the second of which comes and goes."""
    more = as_json({"data": {"hidden": is_yes("d"), "layout": [field("more", "d")]}})
    return app_files(
        pages={"Page": components, "Next": ()},
        fields=FIELDS,
        more={
            "App/config/texts/resource.nb.json": text_resources(),
            "App/ui/Task_1/layouts/Next.json": more,
        },
    )


def form(*components: dict[str, Any], instance: str = "1/first") -> FormState:
    definition = AppDefinition(files(*components))
    return FormState(
        definition,
        definition.layout_sets[0],
        "nb",
        {"model": {}},
        date(2026, 1, 31),
        instance={"id": instance, "data": [], "instanceOwner": {"partyId": "1"}},
    )


def with_data(state: FormState, **data: Any) -> FormState:
    return replace(state, data={"model": {**state.data["model"], **data}})


def anew(state: FormState) -> PageView:
    return Builder(state, ahead=True).page("Page")


def is_the_same_page(state: FormState) -> bool:
    now, fresh = page_now(state, "Page"), anew(state)
    own, others = Shown.of(state, [now]), Shown.on(state, ["Page"])
    return (
        now == fresh
        and render_page(now) == render_page(fresh)
        and find_issues(state, own) == find_issues(state, others)
    )


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "PAGES", KeptPages(10_000))


COMPONENTS = st.lists(st.sampled_from(CATALOGUE), min_size=1, max_size=8, unique_by=id).map(
    lambda chosen: [component for each in chosen for component in each]
)
ROWS = st.lists(
    st.fixed_dictionaries({}, optional={"x": st.sampled_from(ANSWERS), "y": st.sampled_from(ANSWERS)}),
    max_size=2,
)
DATA = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from((*ANSWERS, 1, True, None)) for name in TEXT_FIELDS} | {"rows": ROWS}
)
FILE = {"id": "f", "dataType": "file", "filename": "a.txt", "contentType": "text/plain", "size": 1}
CHANGES = st.one_of(
    st.tuples(st.just("answer"), st.sampled_from(TEXT_FIELDS), st.sampled_from(ANSWERS)),
    st.tuples(st.just("answer"), st.just("rows"), ROWS),
    st.tuples(st.just("data"), DATA),
    st.tuples(st.just("typed"), st.dictionaries(st.sampled_from(TEXT_FIELDS), st.just("?"), max_size=2)),
    st.tuples(st.just("issues"), st.sets(st.sampled_from((*TEXT_FIELDS, "rows", "rows[0].x")), max_size=2)),
    st.tuples(st.just("open_rows"), st.sets(st.sampled_from(("rows[0]", "rows[1]")))),
    st.tuples(st.just("language"), st.sampled_from(("nb", "en"))),
    st.tuples(st.just("read_only"), st.booleans()),
    st.tuples(st.just("elements"), st.sampled_from(([], [FILE]))),
)


def changed(state: FormState, change: tuple[Any, ...]) -> FormState:
    what, value = change[0], change[-1]
    if what == "answer":
        return with_data(state, **{change[1]: value})
    if what == "data":
        return replace(state, data={"model": value})
    if what == "issues":
        return replace(state, issues=tuple(Issue(path, f"Look at {path}") for path in sorted(value)))
    if what == "elements":
        return replace(state, instance={**(state.instance or {}), "data": value})
    return replace(state, **{what: frozenset(value) if what == "open_rows" else value})


@pytest.mark.usefixtures("words")
@given(COMPONENTS, st.lists(CHANGES, max_size=6))
def test_a_page_of_what_was_kept_is_the_page_made_anew(
    components: list[dict[str, Any]], changes: list[tuple[Any, ...]]
) -> None:
    state = form(*components)
    assert is_the_same_page(state)
    for change in changes:
        state = changed(state, change)
        assert is_the_same_page(state)


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("on", ("answer", "d", "yes")),  # no page comes after this one any more
        ("file", ("elements", [FILE])),
        ("of_file", ("elements", [FILE])),
        ("text", ("answer", "a", "Kari")),
        ("first", ("answer", "rows", [{"x": "Kari"}])),
        ("shown", ("answer", "a", "Kari")),
        ("a", ("typed", {"a": "?"})),
        ("a", ("issues", {"a"})),
        ("a", ("answer", "a", 1)),
        ("rows", ("open_rows", {"rows[0]"})),
        ("rows", ("answer", "a", "no")),
        ("of_more", ("answer", "d", "no")),
    ],
)
def test_a_component_shows_what_it_reads_as_soon_as_that_is_another(
    part: str, change: tuple[Any, ...]
) -> None:
    components = [component for each in CATALOGUE for component in each if component["id"] not in ROUND]
    state = with_data(form(*components), a=True, rows=[{"x": "no"}])
    before = {view.id: view for view in page_now(state, "Page").components}
    state = changed(state, change)
    assert is_the_same_page(state)
    assert before[part] != {view.id: view for view in page_now(state, "Page").components}[part]


@pytest.mark.usefixtures("words")
def test_what_was_made_in_one_language_is_not_shown_in_another() -> None:
    state = form(*CATALOGUE[0])
    with force_locale("nb"):
        looks = page_now(state, "Page").looks
        assert page_now(state, "Page").looks == looks
    with force_locale("en"):
        assert page_now(state, "Page").looks != looks


@pytest.mark.usefixtures("words")
def test_only_what_reads_the_changed_answer_is_made_anew() -> None:
    state = form(*(component for each in CATALOGUE for component in each if component["id"] not in ROUND))
    before = dict(zip(keys(state), page_now(state, "Page").looks, strict=True))
    after = with_data(state, b="no")
    kept = {
        key
        for key, look in zip(keys(after), page_now(after, "Page").looks, strict=True)
        if before.get(key) is look
    }
    assert before.keys() - kept == {"b", "c", "choice", "box", "grid", "summary"}
    # Nothing has changed: not even a summary is made again.
    assert page_now(with_data(after), "Page").looks == page_now(after, "Page").looks


def keys(state: FormState) -> list[str]:
    return [view.key for view in page_now(state, "Page").components]


OTHERWISE: dict[str, Any] = {
    "today": date(2027, 1, 31),
    "actions": {"reject": True},
    "design": True,
    "resources": "/elsewhere/",
    "back_to": "Next",
    "attachments": "/files/",
    "pdf": "/pdf",
    "within": Within("Page", "entries", "1"),
    "signees": (Signee(name="Kari"),),
    "reader": "1",
    "read_only": True,
    "language": "en",
    "entries": {"model": ()},
}


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("name", OTHERWISE)
def test_whoever_looks_in_another_way_is_shown_nothing_that_was_kept(name: str) -> None:
    state = form(*CATALOGUE[0])
    page_now(state, "Page").looks[0].drawn = None
    (look,) = page_now(state, "Page").looks
    assert look not in page_now(replace(state, **{name: OTHERWISE[name]}), "Page").looks


@pytest.mark.usefixtures("words")
def test_what_stands_under_a_heading_moves_up_when_the_heading_goes() -> None:
    # The browser cannot tell what an answer is called: the heading is not drawn ahead.
    hidden = ["equals", ["displayValue", "a"], "yes"]
    heading = titled({"id": "heading", "type": "Heading", "size": "L", "hidden": hidden}, "Heading")
    state = form(field("a"), heading, titled(group("box", "b"), "Box"), field("b"))
    levels = set()
    for answer in ("no", "yes", "no"):
        state = with_data(state, a=answer)
        assert is_the_same_page(state)
        levels.add(page_now(state, "Page").components[-1].level)
    assert len(levels) == 2


@pytest.mark.usefixtures("words")
def test_two_instances_share_nothing() -> None:
    first, second = form(*CATALOGUE[0]), form(*CATALOGUE[0], instance="1/second")
    assert page_now(first, "Page").looks[0] is not page_now(second, "Page").looks[0]
    assert page_now(first, "Page").looks[0] is page_now(first, "Page").looks[0]


@pytest.mark.usefixtures("words")
def test_components_that_ask_about_one_another_are_made_anew_each_time() -> None:
    state = form(*CATALOGUE[4])
    assert page_now(state, "Page").looks[0] is not page_now(state, "Page").looks[0]


@pytest.mark.usefixtures("words")
def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "PAGES", KeptPages(5))
    states = [form(field("a"), field("b"), instance=f"1/{number}") for number in range(3)]
    looks = [page_now(state, "Page").looks for state in states]
    assert page_now(states[2], "Page").looks == looks[2]
    assert page_now(states[0], "Page").looks != looks[0]
    # A page that is too large by itself is not kept at all.
    large = form(*(field(f"f{number}") for number in range(6)))
    assert page_now(large, "Page").looks != page_now(large, "Page").looks


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (1, 1.0),
        (0.0, -0.0),
        (Decimal("1.0"), Decimal("1.00")),
        ("1", 1),
        (None, ""),
        ([1], [1, 2]),
        ([1], [True]),
        ({"a": 1}, {"a": 1.0}),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({"a": None}, {}),
    ],
)
def test_values_that_may_be_written_in_another_way_are_not_the_same(one: Any, other: Any) -> None:
    assert not is_same(one, other)
    assert is_same(one, copy.deepcopy(one))
    assert is_same(other, copy.deepcopy(other))


# A browser that saves, and puts together what it is told.

_TOKEN: Final = re.compile(r'name="csrf_token" value="[^"]*"')
_FORM: Final = re.compile(r'<form class="form".*?</form>', re.DOTALL)
_NAME: Final = re.compile(r'<(?:input|select|textarea) (?!type="hidden")[^>]*name="([^":]+)"')
_GRID: Final = re.compile(r'(.*<div class="form-grid[^>]*>\n)(.*)(\n  </div>\n.*)', re.DOTALL)
_PART: Final = re.compile(
    r'<\w+ data-is="(\w+)"[^>]*? id="c-([^"]+)"|<i data-same="c-([^"]+)" data-to="c-([^"]+)" hidden></i>\n'
)


class Browser:
    """Shows a form as the server has told it. `parts` is key -> (digest, HTML)."""

    def __init__(self, client: FlaskClient, address: str) -> None:
        self._client = client
        self._address = address
        self.parts: dict[str, tuple[str, str]] = {}
        self.html = self._shown(client.get(address).text)

    def write(self, name: str, text: str) -> None:
        told = "\n".join(f"{digest} {key}" for key, (digest, _) in self.parts.items())
        sent = {"do": "save", ":parts": told, name: text}
        answer = self._client.post(self._address, data=sent, headers={"X-Form-Save": "1"})
        assert answer.status_code == 200
        self.html = self._shown(answer.text)

    def _shown(self, text: str) -> str:
        form = _FORM.search(_TOKEN.sub("", text))
        found = _GRID.match(form[0]) if form else None
        assert found is not None
        before, content, after = found.groups()
        marks, parts = [*_PART.finditer(content)], dict[str, tuple[str, str]]()
        for mark, end in zip(marks, [*(each.start() for each in marks[1:]), len(content)], strict=True):
            digest, key, first, last = mark.groups()
            names = [*self.parts]
            if key:
                parts[key] = (digest, content[mark.start() : end].rstrip("\n"))
            else:
                parts |= {
                    name: self.parts[name] for name in names[names.index(first) : names.index(last) + 1]
                }
        self.parts = parts
        return before + "\n".join(html for _, html in parts.values()) + after


def app_to_fill_in(which: str, vectors: Path) -> Files:
    if which == "own":
        return files(*(component for each in CATALOGUE for component in each))
    return folder_files(vectors / "apps" / which)


@pytest.mark.parametrize(
    ("which", "texts"),
    [
        ("own", ANSWERS),
        # What is no number is shown again with the reason, and is gone when the page is loaded afresh.
        ("real/forer-legeerklaering", ("", "1", "20")),
        ("test-apps-v8/multiple-datamodels-test", ("", "1", "20")),
        ("test-apps-v8/expression-validation-test", ("", "1", "20")),
    ],
)
def test_what_answers_to_saves_say_together_is_the_page_that_is_loaded_afresh(
    which: str,
    texts: tuple[str, ...],
    serve_app: Serve,
    client: FlaskClient,
    vectors: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in(client)
    address = begin(client, serve_app(app_to_fill_in(which, vectors), "form")).request.path
    browser, chance = Browser(client, address), Random(which)
    for _ in range(20):
        browser.write(chance.choice(_NAME.findall(browser.html)), chance.choice(texts))
        with monkeypatch.context() as nothing_kept:
            nothing_kept.setattr(remembered, "PAGES", KeptPages(10_000))
            assert browser.html == Browser(client, address).html
