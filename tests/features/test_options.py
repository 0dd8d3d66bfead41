"""Option lists over HTTP and without scripts: made, written, moved, renamed, and taken from tables."""

import io
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from studio.definition.app import AppDefinition, app_definition
from studio.definition.option_lists import rows
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.builders import app_files, as_json, field
from tests.features.conftest import KARI, NOW, Browser

LISTS = "/ttd/choice/options"
COLOURS = f"{LISTS}/colours"
FILE = "App/options/colours.json"
OPTIONS: list[dict[str, Any]] = [
    {"value": 1, "label": "colours.red", "tags": {"warm": "yes"}},
    {"value": 2, "label": "Green"},
    {"value": 3, "label": "Blue", "helpText": "As the sky"},
]
TEXTS = {"nb": {"colours.red": "Rød"}, "en": {"colours.red": "Red"}}


@pytest.fixture
def choice(studio: object, repositories: Repositories) -> Repository:
    """The app ttd/choice, whose radio buttons take their options from the list `colours`."""
    pages = {"Contact": (field("name"), field("colour", kind="RadioButtons", optionsId="colours"))}
    files = app_files(pages=pages, texts=TEXTS, more={FILE: as_json(OPTIONS)})
    return repositories.create("ttd", "choice", files, KARI, "Create", NOW)


def draft(repository: Repository) -> AppDefinition:
    return app_definition(repository.draft("kari").files)


def options(repository: Repository, name: str = "colours") -> Any:
    return draft(repository).json(f"App/options/{name}.json")


def soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def page(browser: Browser, address: str = COLOURS) -> BeautifulSoup:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return soup(answer)


def row(found: BeautifulSoup, place: int) -> dict[str, Any]:
    """What the form of a row would send."""
    form = found.select_one(f"#option-{place} form")
    assert form is not None
    sent = {str(each["name"]): str(each.get("value", "")) for each in form.select("input[name]")}
    texts = {str(each["name"]): each.get_text() for each in form.select("textarea")}
    return {name: value for name, value in {**sent, **texts}.items() if name != "csrf_token"}


def adding(**fields: str) -> dict[str, Any]:
    """What the form for a new option sends; labels are named label_nb here."""
    return {"do": "add", **{name.replace("_", "."): value for name, value in fields.items()}}


def words(found: BeautifulSoup, selector: str) -> str:
    tag = found.select_one(selector)
    assert isinstance(tag, Tag), selector
    return " ".join(tag.get_text(" ", strip=True).split())


def test_all_lists_stand_with_their_size_their_uses_and_what_is_wrong(
    choice: Repository, kari: Browser
) -> None:
    found = page(kari, LISTS)
    assert words(found, "tbody tr").startswith("colours Rød · Green · Blue 3 in 1 place")
    assert page(kari, f"{LISTS}?q=SKY+red").select("tbody tr") == []
    assert len(page(kari, f"{LISTS}?q=green+rød").select("tbody tr")) == 1


def test_a_new_list_is_made_and_a_name_that_is_none_or_taken_is_refused(
    choice: Repository, kari: Browser
) -> None:
    page(kari, LISTS)
    assert soup(kari.post(LISTS, name="sizes")).select_one("#new-0-value") is not None
    assert options(choice, "sizes") == []
    for wrong in ("Colours", "../x", ""):
        answer = kari.post(LISTS, name=wrong)
        assert answer.status_code == 422
        assert soup(answer).select_one('input[name="name"][aria-invalid]') is not None


def test_a_row_is_written_and_only_what_differs_changes(choice: Repository, kari: Browser) -> None:
    before = choice.draft("kari").files[FILE]
    sent = row(page(kari), 0)
    assert sent == {
        "do": "row",
        "place": "0",
        "key": "1",
        "value": "1",
        "label.nb": "Rød",
        "label.en": "Red",
        "tags": "warm=yes",
    } | {
        "helpText.nb": "",
        "helpText.en": "",
    }
    kari.post(f"{COLOURS}/edits", **sent)
    assert choice.draft("kari").files[FILE] == before
    kari.post(f"{COLOURS}/edits", **{**sent, "label.en": "Crimson"})
    assert draft(choice).texts("en").get("colours.red").value == "Crimson"  # type: ignore[union-attr]  # it is there
    assert choice.draft("kari").files[FILE] == before
    kari.post(f"{COLOURS}/edits", **{**row(page(kari), 1), "value": "20"})
    assert options(choice)[1] == {"value": 20, "label": "Green"}


def test_a_value_of_another_type_is_refused_and_stays_in_its_field(choice: Repository, kari: Browser) -> None:
    answer = kari.post(f"{COLOURS}/edits", **{**row(page(kari), 1), "value": "two"})
    assert answer.status_code == 422
    written = soup(answer).select_one("#option-1-value")
    assert written is not None
    assert (written["value"], written["aria-invalid"]) == ("two", "true")
    assert "two" in words(soup(answer), "#option-1-problem")
    assert options(choice) == OPTIONS


def test_two_edits_that_follow_each_other_at_once_both_arrive(choice: Repository, kari: Browser) -> None:
    sent = {**row(page(kari), 1), "value": "20"}
    kari.post(f"{COLOURS}/edits", htmx=True, **sent)
    kari.post(f"{COLOURS}/edits", htmx=True, **{**sent, "label.nb": "Grønn"})
    assert options(choice)[1] == {"value": 20, "label": "Grønn"}


def test_options_are_added_moved_and_removed(choice: Repository, kari: Browser) -> None:
    page(kari)
    kari.post(f"{COLOURS}/edits", **adding(value="", label_nb="Gul", label_en="Yellow"))
    assert options(choice)[3] == {"value": 4, "label": "colours.4"}
    kari.post(f"{COLOURS}/edits", do="row", act="up", place="3", key="4")
    kari.post(f"{COLOURS}/edits", do="row", act="down", place="0", key="1")
    assert [option["value"] for option in options(choice)] == [2, 1, 4, 3]
    answer = kari.post(f"{COLOURS}/edits", htmx=True, do="row", act="remove", place="1", key="1")
    assert answer.headers["X-Fragments"]
    assert [option["value"] for option in options(choice)] == [2, 4, 3]
    assert "colours.red" not in draft(choice).texts("nb")
    choice.draft("kari").undo(KARI, NOW)
    assert options(choice)[1]["tags"] == {"warm": "yes"}


def test_a_new_option_without_a_label_is_refused_with_what_was_written(
    choice: Repository, kari: Browser
) -> None:
    page(kari)
    answer = kari.post(f"{COLOURS}/edits", do="add", value="7")
    assert answer.status_code == 422
    assert soup(answer).select_one('#new-3-value[value="7"]') is not None


def test_a_value_comes_from_the_label_where_none_is_written(choice: Repository, kari: Browser) -> None:
    page(kari, LISTS)
    kari.post(LISTS, name="towns")
    for _ in range(2):
        kari.post(f"{LISTS}/towns/edits", **adding(value="", label_nb="Ås kommune"))
    assert [option["value"] for option in options(choice, "towns")] == ["aas-kommune", "aas-kommune-2"]


def test_what_is_wrong_is_said_at_the_row(choice: Repository, kari: Browser) -> None:
    kari.post(f"{COLOURS}/edits", **{**row(page(kari), 1), "value": "1"})
    found = page(kari)
    assert "1" in words(found, "#option-1 .option-fault")
    assert found.select_one("#option-0 .option-fault") is None


def test_the_preview_is_drawn_as_the_form_is_in_the_language_that_is_chosen(
    choice: Repository, kari: Browser
) -> None:
    shown = page(kari, f"{COLOURS}?lang=en")
    assert len(shown.select("#shown-RadioButtons input[type=radio]")) == 3
    assert len(shown.select("#shown-Checkboxes input[type=checkbox]")) == 3
    assert "Red" in words(shown, "#shown-RadioButtons")
    assert "Rød" in words(page(kari), "#shown-Dropdown")


def test_a_list_is_renamed_copied_and_removed(choice: Repository, kari: Browser) -> None:
    assert "selected=colour" in str(page(kari).select_one(".options-uses a"))
    kari.post(f"{COLOURS}/edits", do="rename", to="paint")
    component = draft(choice).layout_sets[0].find("colour")
    assert component is not None
    assert component[1].raw["optionsId"] == "paint"
    kari.post(f"{LISTS}/paint/edits", do="duplicate", to="other")
    assert options(choice, "other")[0]["label"] == "other.1"
    answer = kari.post(f"{LISTS}/paint/edits", do="duplicate", to="other")
    assert (answer.status_code, "options-duplicate-problem" in answer.get_data(as_text=True)) == (422, True)
    kari.post(f"{LISTS}/paint/edits", do="remove")
    assert draft(choice).option_ids == ("other",)
    assert kari.get(f"{LISTS}/paint").status_code == 404


def test_the_type_of_values_changes_for_all_and_labels_become_translatable(
    choice: Repository, kari: Browser
) -> None:
    page(kari)
    kari.post(f"{COLOURS}/edits", do="kind", kind="text")
    assert [option["value"] for option in options(choice)] == ["1", "2", "3"]
    assert kari.post(f"{COLOURS}/edits", do="kind", kind="boolean").status_code == 422
    kari.post(f"{COLOURS}/edits", do="translatable")
    assert options(choice)[2]["helpText"] == "colours.3.help"
    assert page(kari).select_one("#written-heading") is None


def test_a_table_is_looked_through_before_it_is_taken_in(choice: Repository, kari: Browser) -> None:
    page(kari, f"{COLOURS}/table")
    text = "2\tGrønn\tGreen\n4\tGul\tYellow\n"
    shown = soup(kari.post(f"{COLOURS}/table", text=text))
    assert len(shown.select("tbody tr")) == 2
    assert options(choice) == OPTIONS
    kari.post(f"{COLOURS}/taking", text=text, mode="replace")
    assert [option["value"] for option in options(choice)] == [2, 4]
    answer = kari.post(f"{COLOURS}/table", text="5\tBrun\n5\tRosa\n")
    assert answer.status_code == 422
    assert "5\tBrun" in soup(answer).select("textarea")[0].get_text()


def test_a_list_goes_out_as_csv_for_excel_and_comes_back_without_a_change(
    choice: Repository, kari: Browser
) -> None:
    before = choice.draft("kari").revision
    page(kari, f"{COLOURS}/table")
    answer = kari.get(f"{COLOURS}/csv?parted=semicolon&mark=1")
    assert answer.data.startswith("\ufeffvalue;label.nb;label.en;help.nb;help.en\r\n1;Rød;Red;;\r\n".encode())
    kari.post(f"{COLOURS}/taking", text=answer.data.decode("utf-8-sig"), mode="replace")
    assert options(choice) == OPTIONS
    assert choice.draft("kari").revision == before


def test_a_list_that_cannot_be_read_is_shown_as_such(repositories: Repositories, kari: Browser) -> None:
    files = app_files(more={FILE: b'{"not": "a list"}'})
    repositories.create("ttd", "choice", files, KARI, "Create", NOW)
    assert page(kari, LISTS).select_one('.ds-tag[data-color="danger"]') is not None
    assert page(kari).select_one('.ds-alert[data-color="danger"]') is not None
    assert kari.post(f"{COLOURS}/edits", **adding(label_nb="x")).status_code == 422
    assert json.loads(files[FILE]) == {"not": "a list"}


def test_a_table_is_read_as_somebody_says_and_the_guess_is_shown(kari: Browser, choice: Repository) -> None:
    table = f"{COLOURS}/table"
    kari.get(table)
    guessed = kari.post(table, text="value;label\n5;a,b\n").get_data(as_text=True)
    assert "Semicolon" in guessed
    assert 'name="parted" value=""' in guessed
    told = kari.post(table, text="value,label\n5,a;b\n", parted="comma").get_data(as_text=True)
    assert "this between the columns: Comma" in told
    data = {"file": (io.BytesIO("value;label\n5;Blå\n".encode("utf-16-le")), "a.csv"), "encoding": "utf-16"}
    assert "Read as UTF-16" in kari.post(table, **data).get_data(as_text=True)
    kari.post(f"{COLOURS}/taking", text="value,label\n5,a;b\n", parted="comma")
    assert rows_of(choice, "5") == "a;b"


def rows_of(repository: Repository, key: str) -> str:
    """What an option of `colours` is called in the first language."""
    return next(row for row in rows(draft(repository), "colours") if row.key == key).said["label"].shown("nb")


def test_what_the_app_check_says_about_a_list_leads_to_it(kari: Browser, repositories: Repositories) -> None:
    wrong = as_json([{"value": 1, "label": "a"}, {"value": 1, "label": "b"}])
    files = app_files(more={FILE: wrong, "App/options/sources/far.json": as_json({"address": "no"})})
    repositories.create("ttd", "choice", files, KARI, "Create", NOW)
    links = {str(each["href"]) for each in page(kari, "/ttd/choice/").select("a[href]")}
    assert {COLOURS, "/ttd/choice/option-sources/far"} <= links


def test_tags_are_shown_written_and_refused_where_they_are_none(kari: Browser, choice: Repository) -> None:
    sent = row(page(kari), 0)
    assert sent["tags"] == "warm=yes"
    kari.post(f"{COLOURS}/edits", **{**sent, "tags": "warm=no; shade=dark"})
    assert options(choice)[0]["tags"] == {"warm": "no", "shade": "dark"}
    answer = kari.post(f"{COLOURS}/edits", **{**sent, "tags": "dark"})
    assert answer.status_code == 422
    assert "Write tags as name=value" in answer.get_data(as_text=True)
