"""Every type of component, with anything that a layout file can say about it: forms show it all the same."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kind_pages import form_state
from shape_values import components
from werkzeug.datastructures import MultiDict

from studio.definition.components import CATALOGUE
from studio.runtime.forms.building import Builder, page_view
from studio.runtime.forms.kinds import KINDS
from studio.runtime.forms.posting import apply_post
from studio.runtime.forms.render import Mode, render_page
from studio.runtime.forms.state import FormState
from studio.runtime.forms.summaries import whole_form
from studio.runtime.forms.validation import Shown, find_issues

pytestmark = pytest.mark.usefixtures("words")

MODES: tuple[Mode, ...] = ("fill", "design", "summary")
ROWS = {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "string"}}}}
FIELDS: dict[str, Any] = {"a": "string", "simpleBinding": "string", "rows": ROWS}
# What may lie in the data, whatever the model says about it: files are written by other programs too.
SCALARS = st.sampled_from(["", "x", "59.9,10.7", "2026-01-31", 0, -1.5, True, None])
VALUES = (
    SCALARS | st.lists(st.fixed_dictionaries({"a": SCALARS}), max_size=2) | st.just([1]) | st.just({"a": []})
)
DATA = st.dictionaries(
    st.sampled_from(["a", "simpleBinding", "rows", "group", "questions", "geometries", "tableData", "data"]),
    VALUES,
    max_size=4,
)

# What may be open on the page, or asked about; the names travel with it and can be anything.
OPENED = st.sampled_from(["a[0]", "rows[0]?", "rows#1", ":c[0]", ":c[1]?", ":c~a", ":c[x]", "data[0]"])


def shown_everywhere(state: FormState) -> None:
    """Everything that is done with a page: it is shown in every mode, posted, checked and summed up."""
    page = page_view(state, "Page")
    for mode in MODES:
        assert BeautifulSoup(render_page(page, mode), "lxml") is not None
    names = [name for view in page.walk() for name in view.fields.values()]
    sent = MultiDict([(name, "x") for name in names] + [(":shown", name) for name in names])
    apply_post(state, page, sent)
    find_issues(state, Shown.on(state, ["Page"]))
    whole_form(Builder(state))


@pytest.mark.parametrize("name", sorted(KINDS))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(drawing=st.data())
def test_a_component_is_shown_whatever_is_said_about_it(name: str, drawing: st.DataObject) -> None:
    component = drawing.draw(components(CATALOGUE[name], "c"))
    data, opened = drawing.draw(DATA), drawing.draw(st.frozensets(OPENED, max_size=2))
    shown_everywhere(form_state(component, data=data, fields=FIELDS, opened=opened))


@pytest.mark.parametrize("name", sorted(KINDS))
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(drawing=st.data())
def test_a_design_shows_it_without_ids_and_names_but_of_parts_that_open(
    name: str, drawing: st.DataObject
) -> None:
    component = drawing.draw(components(CATALOGUE[name], "c"))
    page = page_view(form_state(component, design=True, fields=FIELDS), "Page")
    soup = BeautifulSoup(render_page(page, "design"), "lxml")
    assert soup.select('[id]:not([id^="part-"]), [name], script') == []


ANSWERED_IN_PARTS = ("Address", "Checkboxes", "FileUpload", "List", "MultipleSelect", "RadioButtons")


@pytest.mark.parametrize("name", ANSWERED_IN_PARTS)
def test_what_must_be_answered_says_so_to_those_who_do_not_see_the_star(name: str) -> None:
    component: dict[str, Any] = {
        "id": "c",
        "type": name,
        "required": True,
        "minNumberOfAttachments": 1,
        "options": [{"value": "x", "label": "X"}],
        "textResourceBindings": {"title": "Question"},
        "dataModelBindings": {"simpleBinding": "a", "address": "a"},
    }
    page = page_view(form_state(component, fields=FIELDS), "Page")
    soup = BeautifulSoup(render_page(page, "fill"), "lxml")
    signs = soup.select(".form-required")
    assert signs
    for sign in signs:
        field = sign.parent and soup.find(id=sign.parent.get("for"))
        said_by_field = field is not None and field.get("aria-required") == "true"
        assert said_by_field or sign.get("aria-label") == ", must be filled in"


def test_what_stands_before_and_behind_a_number_is_read_out_with_it() -> None:
    component = {
        "id": "c",
        "type": "Input",
        "textResourceBindings": {"title": "Price", "prefix": "ca.", "suffix": "kr"},
        "dataModelBindings": {"simpleBinding": "a"},
    }
    page = page_view(form_state(component, fields=FIELDS), "Page")
    soup = BeautifulSoup(render_page(page, "fill"), "lxml")
    described = str(soup.select_one("input[name=a]")["aria-describedby"]).split()
    assert [soup.find(id=each).text for each in described] == ["ca.", "kr"]
