"""Which pages look different, and what became of the components on them."""

from collections.abc import Mapping
from typing import Any

from builders import app_files, field, group

from studio.definition.app import AppDefinition
from studio.definition.changes import from_dict
from studio.definition.comparison import ChangedPage, changed_pages, told
from studio.definition.files import EditedFiles, Files

HERE = {"layout_set": "Task_1", "page": "Contact"}
PAGES = {
    "Contact": [field("name"), group("g", "phone"), field("phone"), field("age")],
    "More": [field("x", "age", textResourceBindings={"title": "name.title"})],
}
TEXTS = {"nb": {"name.title": "Navn"}, "en": {"name.title": "Name"}}


def start() -> Files:
    return app_files(pages=PAGES, texts=TEXTS)


def after(before: Files, *changes: Mapping[str, Any]) -> Files:
    now = before
    for change in changes:
        now = EditedFiles(now, from_dict(change).apply(AppDefinition(now)))
    return now


def pages(*changes: Mapping[str, Any]) -> dict[str, ChangedPage]:
    before = start()
    found = changed_pages(AppDefinition(before), AppDefinition(after(before, *changes)))
    return {page.name: page for page in found}


def required(component: str) -> dict[str, Any]:
    return {"kind": "set_property", **HERE, "component": component, "pointer": "/required", "value": True}


def test_equal_apps_have_no_changed_pages() -> None:
    assert pages() == {}


def test_a_component_with_another_property_is_changed_on_both_sides_and_no_other_is() -> None:
    (page,) = pages(required("phone")).values()
    assert (page.fate, dict(page.was), dict(page.now)) == (
        "changed", {"phone": "changed"}, {"phone": "changed"},
    )  # fmt: skip


def test_what_was_removed_stands_before_and_what_was_added_after() -> None:
    new = {"id": "new", "type": "Input"}
    (page,) = pages(
        {"kind": "remove_components", **HERE, "ids": ["age"]},
        {"kind": "add_component", **HERE, "parent": None, "index": 0, "component": new},
    ).values()
    assert (dict(page.was), dict(page.now)) == ({"age": "removed"}, {"new": "added"})


def test_a_component_that_only_stands_elsewhere_is_moved() -> None:
    moved = pages(
        {"kind": "move_components", **HERE, "ids": ["age"], "to_page": "More", "parent": None, "index": 0}
    )
    assert {name: (dict(page.was), dict(page.now)) for name, page in moved.items()} == {
        "Contact": ({"age": "moved"}, {}),
        "More": ({}, {"age": "moved"}),
    }


def test_a_renamed_component_is_one_and_the_same() -> None:
    renamed = {"kind": "rename_component", **HERE, "component": "age", "name": "years"}
    assert "removed" not in {fate for page in pages(renamed).values() for fate in page.was.values()}


def test_a_text_is_seen_on_every_page_that_shows_it_and_in_its_language_only() -> None:
    found = pages({"kind": "set_text", "language": "en", "key": "name.title", "value": "Full name"})
    assert set(found) == {"Contact", "More"}
    page = found["Contact"]
    assert page.languages(("nb", "en")) == ("en",)
    assert (dict(page.fates("after", "en")), dict(page.fates("after", "nb"))) == ({"name": "changed"}, {})


def test_whole_pages_come_and_go() -> None:
    found = pages(
        {"kind": "remove_page", "layout_set": "Task_1", "page": "More"},
        {"kind": "add_page", "layout_set": "Task_1", "page": "New"},
    )
    assert {name: (page.before, page.after, page.fate) for name, page in found.items()} == {
        "More": ("More", None, "removed"),
        "New": (None, "New", "added"),
    }


def test_every_sentence_has_the_path_of_a_file_that_changed() -> None:
    before = start()
    now = after(before, required("name"), {"kind": "set_file", "path": "App/x.txt", "content": "x"})
    paths = [path for path, _ in told(before, now)]
    assert paths == ["App/ui/Task_1/layouts/Contact.json", "App/x.txt"]
