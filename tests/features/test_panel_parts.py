"""Edits of what is inside properties: actions, tabs, cells, columns, kinds of objects, rules."""

import json
from pathlib import Path
from typing import Any

import pytest
from builders import app as small_app
from flask import Flask
from werkzeug.datastructures import MultiDict

from studio.definition.app import AppDefinition
from studio.definition.changes import from_dict
from studio.definition.components import CATALOGUE
from studio.definition.errors import DomainError
from studio.definition.files import EditedFiles, folder_files
from studio.features.layouts.commands import Asked, Place, asked
from studio.features.layouts.offers import Offers

INPUT = {"type": "Input", "dataModelBindings": {}}
TEXTS = {"nb": {"first.tab": "Om deg"}, "en": {"first.tab": "About you"}}


class Page:
    """One page of an app, edited step by step as the panel's forms ask."""

    def __init__(self, studio: Flask, *layout: dict[str, Any]) -> None:
        self.studio = studio
        self.app: AppDefinition = small_app(pages={"P": layout, "Q": []}, texts=TEXTS)

    @property
    def place(self) -> Place:
        (layout_set,) = self.app.layout_sets
        return Place(self.app, layout_set, layout_set.pages[0], "nb")

    @property
    def text(self) -> str:
        return self.app.files[self.place.page.path].decode()

    def __getitem__(self, name: str) -> Any:
        return json.loads(json.dumps(self.place.component(name).raw))

    def written(self, language: str, key: str) -> str | None:
        found = self.app.texts(language).get(key)
        return found.value if found else None

    def edit(self, do: str, name: str, pointer: str, **fields: str) -> Asked:
        with self.studio.test_request_context():
            wanted = asked(self.place, MultiDict({"do": do, "id": name, "pointer": pointer, **fields}))
        if wanted.change is not None:
            change = from_dict(json.loads(json.dumps(wanted.change.to_dict())))
            self.app = AppDefinition(EditedFiles(self.app.files, dict(change.apply(self.app))))
        return wanted


def test_an_action_is_added_chosen_moved_and_removed(studio: Flask) -> None:
    page = Page(studio, {"id": "go", "type": "CustomButton", "actions": []})

    page.edit("part_add", "go", "/actions")
    page.edit("part_add", "go", "/actions")
    page.edit("part_make", "go", "/actions/1", value="2")
    assert page["go"]["actions"] == [
        {"type": "ClientAction", "id": "nextPage"},
        {"type": "ClientAction", "id": "navigateToPage", "metadata": {"page": "P"}},
    ]

    page.edit("set", "go", "/actions/1/metadata/page", value="Q")
    moved = page.edit("part_move", "go", "/actions/1", way="up")
    assert moved.focus == "set-actions-0-up"
    assert [one["id"] for one in page["go"]["actions"]] == ["navigateToPage", "nextPage"]
    assert page["go"]["actions"][0]["metadata"] == {"page": "Q"}

    removed = page.edit("part_remove", "go", "/actions/0")
    assert removed.focus == "set-actions-0"
    assert [one["id"] for one in page["go"]["actions"]] == ["nextPage"]


def test_another_kind_keeps_what_both_have_and_is_complete_at_once(studio: Flask) -> None:
    checked = {"page": "all", "show": ["Required"]}
    action = {"type": "ClientAction", "id": "nextPage", "validation": checked}
    page = Page(studio, {"id": "go", "type": "CustomButton", "actions": [action]})

    page.edit("part_make", "go", "/actions/0", value="4")

    (changed,) = page["go"]["actions"]
    assert changed["type"] == "ServerAction"
    assert changed["validation"] == checked


def test_a_moved_item_keeps_the_way_it_is_written(studio: Flask) -> None:
    one = {"id": "t1", "title": "first.tab", "children": [], "odd": [1, {"a": 2}]}
    page = Page(
        studio, {"id": "tabs", "type": "Tabs", "tabs": [one, {"id": "t2", "title": "b", "children": []}]}
    )
    before = page.text

    page.edit("part_move", "tabs", "/tabs/0", way="down")
    assert page["tabs"]["tabs"][1] == one
    page.edit("part_move", "tabs", "/tabs/1", way="up")

    assert page.text == before


def test_an_item_at_the_edge_stays_and_says_so(studio: Flask) -> None:
    page = Page(studio, {"id": "tabs", "type": "Tabs", "tabs": [{"id": "t", "title": "b", "children": []}]})

    for way in ("up", "down"):
        wanted = page.edit("part_move", "tabs", "/tabs/0", way=way)
        assert wanted.change is None
        assert wanted.say is not None


def test_the_title_of_a_tab_is_a_text_in_the_language_of_the_editor(studio: Flask) -> None:
    tabs = [{"id": "t1", "title": "first.tab", "children": []}, {"id": "t2", "title": "To", "children": []}]
    page = Page(studio, {"id": "tabs", "type": "Tabs", "tabs": tabs})

    page.edit("part_text", "tabs", "/tabs/0/title", value="Hvem du er")
    page.edit("part_text", "tabs", "/tabs/1/title", value="Adresse")

    titles = [tab["title"] for tab in page["tabs"]["tabs"]]
    assert titles == ["first.tab", "P.tabs.tabs.2.title"]
    assert [page.written("nb", key) for key in titles] == ["Hvem du er", "Adresse"]
    assert page.written("en", "first.tab") == "About you"


def test_a_new_tab_has_an_id_of_its_own_and_a_title(studio: Flask) -> None:
    page = Page(studio, {"id": "tabs", "type": "Tabs", "tabs": []})

    page.edit("part_add", "tabs", "/tabs")
    page.edit("part_add", "tabs", "/tabs")

    assert [tab["id"] for tab in page["tabs"]["tabs"]] == ["tab1", "tab2"]
    assert all(tab["children"] == [] for tab in page["tabs"]["tabs"])
    assert [tab["title"] for tab in page["tabs"]["tabs"]] == ["Fane 1", "Fane 2"]


def test_components_move_into_tabs_cards_and_cells_and_out_again(studio: Flask) -> None:
    page = Page(
        studio,
        {"id": "tabs", "type": "Tabs", "tabs": [{"id": "t1", "title": "a", "children": []}] * 2},
        {"id": "cards", "type": "Cards", "color": "subtle", "cards": [{"title": "a"}]},
        {"id": "grid", "type": "Grid", "rows": [{"cells": [None, {"text": "x"}]}]},
        {"id": "a", **INPUT},
        {"id": "b", **INPUT},
        {"id": "photo", "type": "Image"},
    )

    page.edit("part_hold", "tabs", "/tabs/1/children", value="a")
    page.edit("part_hold", "tabs", "/tabs/1/children", value="b")
    assert page["tabs"]["tabs"][1]["children"] == ["a", "b"]
    page.edit("part_move", "tabs", "/tabs/1/children/1", way="up")
    assert page["tabs"]["tabs"][1]["children"] == ["b", "a"]

    page.edit("part_hold", "grid", "/rows/0/cells/0/component", value="a")
    page.edit("part_hold", "cards", "/cards/0/media", value="photo")
    assert page["tabs"]["tabs"][1]["children"] == ["b"]
    assert page["grid"]["rows"][0]["cells"][0] == {"component": "a"}
    assert page["cards"]["cards"][0]["media"] == "photo"

    page.edit("part_hold", "grid", "/rows/0/cells/0/component", value="b")
    assert page["grid"]["rows"][0]["cells"][0] == {"component": "b"}
    assert page.place.component("a").parent_id is None

    page.edit("part_make", "grid", "/rows/0/cells/0", value="1")
    assert "text" in page["grid"]["rows"][0]["cells"][0]
    assert page.place.component("b").parent_id is None


def test_what_stood_in_a_removed_tab_stays_on_the_page(studio: Flask) -> None:
    tabs = [{"id": "t1", "title": "a", "children": ["a"]}, {"id": "t2", "title": "b", "children": []}]
    page = Page(studio, {"id": "tabs", "type": "Tabs", "tabs": tabs}, {"id": "a", **INPUT})

    page.edit("part_remove", "tabs", "/tabs/0")

    assert [tab["id"] for tab in page["tabs"]["tabs"]] == ["t2"]
    assert page.place.component("a").parent_id is None


def test_rows_and_columns_of_a_grid_stay_in_line(studio: Flask) -> None:
    page = Page(
        studio,
        {"id": "grid", "type": "Grid", "rows": [{"cells": [None, {"component": "a"}]}, {"cells": [None]}]},
        {"id": "a", **INPUT},
    )

    page.edit("part_add", "grid", "/rows")
    assert page["grid"]["rows"][2] == {"cells": [None, None]}
    page.edit("part_column", "grid", "/rows", act="add")
    assert [len(row["cells"]) for row in page["grid"]["rows"]] == [3, 3, 3]
    page.edit("part_column", "grid", "/rows", act="remove-1")
    assert [len(row["cells"]) for row in page["grid"]["rows"]] == [2, 2, 2]
    assert page.place.component("a").parent_id is None


def test_the_only_value_of_an_item_can_go_and_the_item_stays(studio: Flask) -> None:
    page = Page(
        studio, {"id": "cards", "type": "Cards", "color": "subtle", "cards": [{"description": "a"}, {}]}
    )

    page.edit("set", "cards", "/cards/0/description", kind="unset")

    assert page["cards"]["cards"] == [{}, {}]


def test_columns_of_a_repeating_group_are_named_by_component(studio: Flask) -> None:
    page = Page(
        studio,
        {"id": "rows", "type": "RepeatingGroup", "dataModelBindings": {}, "children": ["a"]},
        {"id": "a", **INPUT},
    )

    page.edit("part_put", "rows", "/tableColumns", key="a")
    page.edit("set", "rows", "/tableColumns/a/width", value="50%")
    page.edit("set", "rows", "/tableColumns/a/hidden", kind="rule", value='["equals", 1, 1]')
    assert page["rows"]["tableColumns"] == {"a": {"width": "50%", "hidden": ["equals", 1, 1]}}

    page.edit("set", "rows", "/tableColumns/a/hidden", kind="unset")
    page.edit("set", "rows", "/tableColumns/a/width", kind="unset")
    assert page["rows"]["tableColumns"] == {"a": {}}
    page.edit("part_remove", "rows", "/tableColumns/a")
    assert "tableColumns" not in page["rows"]


def test_a_name_of_the_apps_own_is_changed_in_its_place(studio: Flask) -> None:
    lookup = {"id": "list", "type": "List", "dataListId": "x", "tableHeaders": {"a": "A", "b": "B"}}
    page = Page(studio, lookup)

    page.edit("part_key", "list", "/tableHeaders/a", value="c")

    assert list(page["list"]["tableHeaders"].items()) == [("c", "A"), ("b", "B")]
    with pytest.raises(DomainError):
        page.edit("part_key", "list", "/tableHeaders/c", value="b")
    with pytest.raises(DomainError):
        page.edit("part_put", "list", "/tableHeaders", key="b")


def test_an_object_that_needs_several_values_is_made_whole(studio: Flask) -> None:
    page = Page(studio, {"id": "next", "type": "NavigationButtons"})

    with pytest.raises(DomainError):
        page.edit("set", "next", "/validateOnNext/page", value='"all"')
    page.edit("part_make", "next", "/validateOnNext")
    page.edit("set", "next", "/validateOnNext/page", value='"all"')

    assert page["next"]["validateOnNext"] == {"page": "all", "show": []}
    page.edit("set", "next", "/validateOnNext", kind="unset")
    assert "validateOnNext" not in page["next"]


@pytest.mark.parametrize(
    ("do", "pointer", "fields"),
    [
        ("set", "/actions/0/id", {"value": '"x"'}),
        ("set", "/actions/7/validation", {"value": "x"}),
        ("set", "/actions", {"value": "[]"}),
        ("set", "/actions/0/validation/page", {"value": '"nowhere"'}),
        ("set", "/buttonStyle", {"kind": "rule", "value": '["equals", 1, 1]'}),
        ("set", "/hidden", {"kind": "rule", "value": "{"}),
        ("set", "/hidden", {"kind": "rule", "value": '{"a": 1}'}),
        ("set", "/hidden", {"kind": "rule", "value": "[NaN]"}),
        ("set", "/actions", {"kind": "unset"}),
        ("part_make", "/actions/0", {"value": "99"}),
        ("part_make", "/actions/0", {"value": "-1"}),
        ("part_make", "/hidden", {"value": "0"}),
        ("part_add", "/hidden", {}),
        ("part_remove", "/hidden", {}),
        ("part_put", "/actions", {"key": "a"}),
        ("part_key", "/actions/0", {"value": "a"}),
        ("part_text", "/hidden", {"value": "a"}),
        ("part_hold", "/actions", {"value": "go"}),
        ("part_column", "/actions", {"act": "add"}),
    ],
)
def test_what_does_not_fit_is_said_and_changes_nothing(
    studio: Flask, do: str, pointer: str, fields: dict[str, str]
) -> None:
    action = {"type": "ClientAction", "id": "nextPage", "validation": {"page": "all", "show": []}}
    page = Page(studio, {"id": "go", "type": "CustomButton", "actions": [action]})
    before = page.text

    with pytest.raises(DomainError):
        page.edit(do, "go", pointer, **fields)

    assert page.text == before


def test_a_component_is_not_put_where_it_cannot_stand(studio: Flask) -> None:
    page = Page(
        studio,
        {"id": "box", "type": "Group", "children": ["tabs"]},
        {"id": "tabs", "type": "Tabs", "tabs": [{"id": "t1", "title": "a", "children": []}]},
        {"id": "cards", "type": "Cards", "color": "subtle", "cards": [{}]},
        {"id": "a", **INPUT},
    )

    for name, pointer, value in (
        ("tabs", "/tabs/0/children", "tabs"),
        ("tabs", "/tabs/0/children", "box"),
        ("tabs", "/tabs/0/children", "nowhere"),
        ("tabs", "/tabs/9/children", "a"),
        ("cards", "/cards/0/media", "a"),
    ):
        with pytest.raises(DomainError):
            page.edit("part_hold", name, pointer, value=value)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("31.12.2026", "2026-12-31"),
        ("Today", "today"),
        ("oneyearago", "oneYearAgo"),
        ("2026-01-02", "2026-01-02"),
    ],
)
def test_a_limit_of_a_date_is_written_as_people_write_days(studio: Flask, written: str, kept: str) -> None:
    page = Page(studio, {"id": "day", "type": "Datepicker", "dataModelBindings": {}})
    page.edit("set", "day", "/minDate", value=written)
    assert page["day"]["minDate"] == kept


@pytest.mark.parametrize("written", ["31.02.2026", "next week", "2026"])
def test_what_is_no_day_limits_no_date(studio: Flask, written: str) -> None:
    page = Page(studio, {"id": "day", "type": "Datepicker", "dataModelBindings": {}})
    with pytest.raises(DomainError):
        page.edit("set", "day", "/minDate", value=written)


def test_a_subform_is_offered_the_forms_that_no_step_shows_and_its_columns_their_fields(
    vectors: Path,
) -> None:
    for apps, name in (("test-apps-v8", "form"), ("test-apps-v9", "Task_1")):
        app = AppDefinition(folder_files(vectors / "apps" / apps / "subform-test"))
        form = app.layout_set(name)
        assert form is not None
        (books,) = (one for _, one in form.components() if one.raw.get("layoutSet") == "bok-subform")
        offers = Offers(app, form, books, CATALOGUE["Subform"], "nb")
        assert {offer.value for offer in offers.of("layout set", "layoutSet")} == {
            "bok-subform",
            "moped-subform",
        }
        queries = {
            column["cellContent"]["query"]
            for column in books.raw["tableColumns"]
            if "query" in column["cellContent"]
        }
        assert queries
        assert queries <= {offer.value for offer in offers.of("field", "query")}


def test_a_new_subform_is_one_edit_and_says_what_it_lacks(studio: Flask) -> None:
    page = Page(studio, {"id": "cats", "type": "Subform", "layoutSet": "", "tableColumns": []})
    made = asked(page.place, MultiDict({"do": "make_subform", "id": "cats", "value": " Mine  katter "}))
    assert made.change is not None
    after = AppDefinition(EditedFiles(page.app.files, made.change.apply(page.app)))
    assert [form.id for form in after.layout_sets] == ["Task_1", "mineKatter"]
    assert made.focus == "open-subform"
    nameless = asked(page.place, MultiDict({"do": "make_subform", "id": "cats", "value": "  "}))
    assert nameless.change is not None
    with pytest.raises(DomainError, match="name"):
        nameless.change.apply(page.app)
