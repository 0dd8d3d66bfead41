"""Choosing many, editing them together, and finding them: over HTTP, as forms without scripts send it."""

import json
from typing import Any

import pytest
from builders import app_files, field, group

from studio.definition.app import AppDefinition
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.features.conftest import KARI, NOW, Browser

PAGES = {
    "Contact": [
        field("name", required=True),
        field("phone"),
        field("remarks", "remarks", "TextArea"),
        group("box", "street"),
        field("street"),
        {"id": "info", "type": "Panel", "textResourceBindings": {"title": "Read this", "body": "Body"}},
    ],
    "Other": [field("town", "phone", textResourceBindings={"title": "town.title"})],
}
TEXTS = {
    "nb": {"name.title": "Navn", "town.title": "Poststed", "phone.title": "Telefon"},
    "en": {"name.title": "Full name", "town.title": "Town"},
}
ADDRESS = "/ttd/many/form/Task_1/Contact"


@pytest.fixture
def form(repositories: Repositories) -> Repository:
    """The app ttd/many with two pages."""
    fields = {"name": "string", "phone": "string", "remarks": "string", "street": "string"}
    files = app_files(pages=PAGES, texts=TEXTS, fields=fields)
    return repositories.create("ttd", "many", files, KARI, "Begin", NOW)


def component(form: Repository, name: str, page: str = "Contact") -> dict[str, Any]:
    found = AppDefinition(form.draft("kari").files).page("Task_1", page)
    one = found.component(name) if found else None
    assert one is not None
    return dict(one.raw)


def ids(form: Repository) -> list[str]:
    page = AppDefinition(form.draft("kari").files).page("Task_1", "Contact")
    assert page is not None
    return [one.id for one in page.components]


def edit(kari: Browser, form: Repository, chosen: list[str], **fields: object) -> str:
    kari.get(ADDRESS)
    base = form.draft("kari").revision
    answer = kari.post(
        f"{ADDRESS}/edits?lang=en", htmx=True, base=base, together=json.dumps(chosen), **fields
    )
    assert answer.status_code in {200, 422}, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def test_the_panel_of_many_shows_what_they_share_and_where_they_differ(
    kari: Browser, form: Repository
) -> None:
    page = kari.get(f"{ADDRESS}?selected=name&selected=remarks").get_data(as_text=True)
    panel = page.split('id="shared-properties"')[1].split("</details>")[0]
    assert 'id="all-required"' in panel
    assert "Different values" in panel.split('id="all-required"')[1].split("</select>")[0]
    assert "Different values" not in panel.split('id="all-readOnly"')[1].split("</select>")[0]
    assert 'id="all-variant"' not in panel  # only a text field has it


def test_a_property_of_many_is_set_in_one_edit_that_one_undo_takes_back(
    kari: Browser, form: Repository
) -> None:
    chosen = ["name", "remarks", "street"]
    edit(kari, form, chosen, do="set_many", pointer="/readOnly", value="true")
    assert [component(form, name).get("readOnly") for name in chosen] == [True, True, True]
    assert form.draft("kari").history(9)[0].subject.startswith("3 components on page")

    form.draft("kari").undo(KARI, NOW)
    assert [component(form, name).get("readOnly") for name in chosen] == [None, None, None]


def test_what_equals_the_default_is_not_written_for_any_of_them(kari: Browser, form: Repository) -> None:
    edit(kari, form, ["name", "remarks"], do="set_many", pointer="/required", value="false")
    assert "required" not in component(form, "name")
    assert "required" not in component(form, "remarks")


def test_a_value_that_does_not_fit_changes_none_of_them(kari: Browser, form: Repository) -> None:
    before = form.draft("kari").revision
    html = edit(kari, form, ["name", "remarks"], do="set_many", pointer="/grid/xs", value="99")
    assert "data-problem=" in html
    assert form.draft("kari").revision == before


def test_many_are_put_into_a_group_that_is_chosen_then(kari: Browser, form: Repository) -> None:
    html = edit(kari, form, ["name", "phone"], do="group", type="Accordion")
    assert component(form, "accordion1")["children"] == ["name", "phone"]
    assert "accordion1" in html.split('data-selected="')[1].split('"')[0]


def test_what_is_left_for_somebody_to_see_to_is_said(kari: Browser, form: Repository) -> None:
    assert 'data-note=""' in edit(kari, form, ["box"], do="step", way="up")
    copied = edit(kari, form, ["phone"], do="duplicate").split('data-note="')[1].split('"')[0]
    assert "in the same fields as what it was made from: phone." in copied
    rule = json.dumps(["equals", ["component", "remarks"], "x"])
    edit(kari, form, ["name"], do="set", id="name", pointer="/hidden", kind="rule", value=rule)
    gone = edit(kari, form, ["remarks"], do="remove").split('data-note="')[1].split('"')[0]
    assert "still asked about by: Navn." in gone


def test_a_field_that_a_rule_requires_is_marked_however_much_of_the_page_is_drawn(
    kari: Browser, form: Repository
) -> None:
    rule = json.dumps(["equals", ["component", "name"], "x"])
    alone = edit(kari, form, ["phone"], do="set", id="phone", pointer="/required", kind="rule", value=rule)
    whole = kari.get(ADDRESS).get_data(as_text=True)
    for html in (alone, whole):
        drawn = html.split('id="component-phone"')[1].split("<input")[0]
        assert "form-required" in drawn


@pytest.mark.parametrize("wanted", ["RepeatingGroup", "ButtonGroup", "Input", "Nobody"])
def test_a_group_of_a_kind_that_cannot_hold_them_is_refused(
    kari: Browser, form: Repository, wanted: str
) -> None:
    before = form.draft("kari").revision
    assert "cannot be put into a group of this kind" in edit(kari, form, ["name"], do="group", type=wanted)
    assert form.draft("kari").revision == before


def test_a_dissolved_group_leaves_what_it_held(kari: Browser, form: Repository) -> None:
    edit(kari, form, ["box"], do="ungroup")
    assert "box" not in ids(form)
    assert "street" in ids(form)


def test_what_is_lost_is_said_before_a_component_becomes_another_type(
    kari: Browser, form: Repository
) -> None:
    edit(kari, form, ["name"], do="set", id="name", pointer="/variant", value='"search"')
    page = kari.get(f"{ADDRESS}?selected=name").get_data(as_text=True)
    turnings = page.split('class="turnings"')[1].split("</ul>")[0]
    text_area = next(part for part in turnings.split("<li>") if 'value="TextArea"' in part)
    assert "Lost: " in text_area
    assert "data-confirm=" in text_area

    edit(kari, form, ["name"], do="exchange", type="TextArea")
    now = component(form, "name")
    assert now["type"] == "TextArea"
    assert now["dataModelBindings"] == {"simpleBinding": "name"}


def test_many_become_another_type_together(kari: Browser, form: Repository) -> None:
    edit(kari, form, ["name", "remarks"], do="exchange", type="Dropdown")
    assert {component(form, name)["type"] for name in ("name", "remarks")} == {"Dropdown"}


def test_an_edit_that_moves_components_is_answered_without_the_panel_when_asked_so(
    kari: Browser, form: Repository
) -> None:
    assert 'id="panel"' not in edit(kari, form, ["name"], do="add", type="Input", later="1")
    assert 'id="panel"' in edit(kari, form, ["name"], do="add", type="Input")


@pytest.mark.parametrize("together", ["not json", "{}", "[1, null]", "[" * 5000, '["nobody"]'])
def test_a_selection_that_is_none_changes_nothing(kari: Browser, form: Repository, together: str) -> None:
    kari.get(ADDRESS)
    before = form.draft("kari").revision
    answer = kari.post(f"{ADDRESS}/edits?lang=en", htmx=True, base=before, together=together, do="remove")
    assert answer.status_code == 422
    assert form.draft("kari").revision == before


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("full NAME", {"name"}),
        ("poststed", {"town"}),
        ("textarea", {"remarks"}),
        ("long text", {"remarks"}),
        ("phone", {"phone", "town"}),
        ("street", {"street"}),
        ("read body", {"info"}),
        ("name town", set()),
    ],
)
def test_components_are_found_on_all_pages_by_text_id_type_and_field(
    kari: Browser, form: Repository, words: str, expected: set[str]
) -> None:
    html = kari.get(f"{ADDRESS}/found?find={words}&lang=nb").get_data(as_text=True)
    found = {part.split('"')[0] for part in html.split('name="selected" value="')[1:]}
    assert found == expected


def test_what_was_found_leads_to_its_page_and_can_be_chosen_there(kari: Browser, form: Repository) -> None:
    html = kari.get(f"{ADDRESS}?find=phone").get_data(as_text=True)
    assert "/ttd/many/form/Task_1/Other?lang=nb&amp;selected=town&amp;find=phone" in html


def test_a_search_for_nothing_finds_nothing(kari: Browser, form: Repository) -> None:
    assert "found__rows" not in kari.get(f"{ADDRESS}/found?find=%20").get_data(as_text=True)


def test_who_may_not_edit_may_not_search(runa: Browser, form: Repository) -> None:
    assert runa.get(f"{ADDRESS}/found?find=name").status_code == 403


def test_a_page_says_what_of_it_cannot_be_shown_and_what_is_printed(
    kari: Browser, repositories: Repositories
) -> None:
    twice = [field("name"), field("name"), {"type": "Input"}]
    files = app_files(pages={"Contact": twice, "Other": [field("town")]}, fields={"name": "string"})
    form = repositories.create("ttd", "odd", files, KARI, "Begin", NOW)
    html = kari.get("/ttd/odd/form/Task_1/Contact?lang=en").get_data(as_text=True)
    assert "The id name is used 2 times" in html
    assert "1 component has no id" in html
    base = form.draft("kari").revision
    sent = {"do": "page_pdf", "name": "Other", "value": "true", "base": base}
    answer = kari.post("/ttd/odd/form/Task_1/Contact/edits?lang=en", htmx=True, **sent)
    assert "The PDF is made of the page Other" in answer.get_data(as_text=True)
