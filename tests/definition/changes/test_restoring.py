"""A component, a page, a file or everything as it was in another state of the app."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from builders import app_files, field, group
from hypothesis import given
from hypothesis import strategies as st

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    Change,
    RemoveComponents,
    RestoreComponent,
    RestoreFiles,
    SetText,
    app_as_in,
    component_as_in,
    file_as_in,
    from_dict,
    page_as_in,
)
from studio.definition.comparison import changed_pages, describe
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import EditedFiles, Files

SET = "Task_1"
PAGES = {
    "Contact": [
        field("name"),
        group("g", "phone", "inner"),
        field("phone"),
        group("inner", "deep"),
        field("deep"),
        field("age"),
        {"id": "tabs", "type": "Tabs", "tabs": [{"id": "t", "title": "T", "children": ["in-tab"]}]},
        field("in-tab"),
    ],
    "More": [field("x")],
}
TEXTS = {"nb": {"name.title": "Navn", "phone.title": "Telefon", "Contact": "Kontakt"}}
NAMES = ["name", "g", "phone", "inner", "deep", "age", "tabs", "in-tab"]


def start() -> AppDefinition:
    return AppDefinition(app_files(pages=PAGES, texts=TEXTS))


def after(app: AppDefinition, *changes: Change | Mapping[str, Any]) -> AppDefinition:
    files: Files = app.files
    for change in changes:
        wanted = change if isinstance(change, Change) else from_dict(change)
        files = EditedFiles(files, wanted.apply(AppDefinition(files)))
    return AppDefinition(files)


def alike(one: AppDefinition, other: AppDefinition) -> bool:
    return changed_pages(one, other) == () and describe(one, other) == []


def remove(*ids: str) -> RemoveComponents:
    return RemoveComponents(SET, "Contact", ids)


def put(component: str, pointer: str, value: Any) -> dict[str, Any]:
    kind = {"kind": "set_property", "layout_set": SET, "page": "Contact"}
    return {**kind, "component": component, "pointer": pointer, "value": value}


def move(component: str, page: str, parent: str | None, index: int) -> dict[str, Any]:
    kind = {"kind": "move_components", "layout_set": SET, "page": "Contact", "ids": [component]}
    return {**kind, "to_page": page, "parent": parent, "index": index}


@pytest.mark.parametrize("name", NAMES)
def test_a_removed_component_comes_back_with_all_in_it_where_it_was(name: str) -> None:
    then = start()
    gone = after(then, remove(name))
    assert not alike(then, gone)
    assert alike(then, after(gone, component_as_in(then, SET, name)))


@pytest.mark.parametrize("name", NAMES)
def test_restoring_what_is_as_it_was_changes_no_byte(name: str) -> None:
    then = start()
    assert component_as_in(then, SET, name).apply(then) == {}


def test_properties_come_back_and_what_others_changed_stays() -> None:
    then = start()
    now = after(then, put("name", "/required", True), put("age", "/required", True), put("name", "/more", 1))
    back = after(now, component_as_in(then, SET, "name"))
    page = back.page(SET, "Contact")
    assert page is not None
    name, age = page.component("name"), page.component("age")
    assert name is not None
    assert age is not None
    assert ("required" in name.raw, "more" in name.raw, age.raw["required"]) == (False, False, True)


def test_only_the_lines_of_the_component_change() -> None:
    then = start()
    now = after(then, put("name", "/required", True))
    path = "App/ui/Task_1/layouts/Contact.json"
    assert component_as_in(then, SET, "name").apply(now) == {path: then.files[path]}


def test_a_text_of_the_component_says_again_what_it_said() -> None:
    then = start()
    now = after(then, SetText("nb", "name.title", "Fullt navn"), SetText("nb", "phone.title", "Mobil"))
    back = after(now, component_as_in(then, SET, "name"))
    texts = back.texts("nb")
    assert [texts.get(key).value for key in ("name.title", "phone.title")] == ["Navn", "Mobil"]  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize(
    ("page", "parent", "index"), [("Contact", None, 4), ("Contact", "g", 0), ("More", None, 0)]
)
def test_a_moved_component_goes_back_to_its_place(page: str, parent: str | None, index: int) -> None:
    then = start()
    now = after(then, move("name", page, parent, index))
    assert not alike(then, now)
    assert alike(then, after(now, component_as_in(then, SET, "name")))


def test_what_came_into_a_group_since_stays_in_it() -> None:
    then = start()
    new = {"kind": "add_component", "layout_set": SET, "page": "Contact", "parent": "g", "index": 1}
    now = after(then, {**new, "component": {"id": "new", "type": "Input"}}, remove("phone"))
    page = after(now, component_as_in(then, SET, "g")).page(SET, "Contact")
    holder = page.component("g") if page else None
    assert holder is not None
    assert {part.id for part in holder.children} == {"phone", "new", "inner"}


def test_a_page_comes_back_where_it_was_in_the_order() -> None:
    then = start()
    gone = after(then, {"kind": "remove_page", "layout_set": SET, "page": "Contact"})
    assert alike(then, after(gone, page_as_in(then, SET, "Contact")))
    changed = after(then, put("name", "/required", True), SetText("nb", "name.title", "X"))
    assert alike(then, after(changed, page_as_in(then, SET, "Contact")))


def test_a_page_that_was_not_there_goes() -> None:
    then = start()
    now = after(then, {"kind": "add_page", "layout_set": SET, "page": "New"})
    assert alike(then, after(now, page_as_in(then, SET, "New")))


def test_files_and_everything_become_byte_for_byte_what_they_were() -> None:
    then = after(start(), {"kind": "set_file", "path": "App/logo.bin", "content": {"base64": "AP8="}})
    now = after(
        then,
        {"kind": "set_file", "path": "App/logo.bin", "content": None},
        {"kind": "set_file", "path": "App/new.txt", "content": "x"},
        remove("name"),
    )
    one = after(now, file_as_in(then, "App/logo.bin"))
    assert (one.files["App/logo.bin"], "App/new.txt" in one.files) == (b"\0\xff", True)
    assert "App/new.txt" not in after(now, file_as_in(then, "App/new.txt")).files
    everything = after(now, app_as_in(then, now))
    assert dict(everything.files) == dict(then.files)


def test_what_is_not_there_any_more_or_never_was_is_said() -> None:
    then = start()
    with pytest.raises(NotThere):
        component_as_in(then, SET, "nobody")
    with pytest.raises(NotThere):
        component_as_in(then, "nowhere", "name")
    gone = after(then, {"kind": "remove_page", "layout_set": SET, "page": "Contact"})
    with pytest.raises(NotThere):
        component_as_in(then, SET, "name").apply(gone)
    for bad in (
        RestoreFiles({"../x": "y"}),
        RestoreFiles({"App/x": 5}),
        RestoreComponent(SET, "Contact", None, (), ()),
    ):
        with pytest.raises(DomainError):
            bad.apply(then)


_ANY = st.sampled_from(NAMES)
_HOLDERS = st.sampled_from([None, "g", "inner"])
_EDITS = st.lists(
    st.one_of(
        st.builds(remove, _ANY),
        st.builds(put, _ANY, st.sampled_from(["/required", "/hidden"]), st.booleans()),
        st.builds(move, _ANY, st.just("Contact"), _HOLDERS, st.integers(0, 5)),
        st.builds(SetText, st.just("nb"), st.sampled_from(["name.title", "deep.title"]), st.text(max_size=5)),
    ),
    max_size=6,
)


@given(_EDITS, st.sampled_from(NAMES))
def test_whatever_happened_since_a_component_and_all_in_it_are_what_they_were(
    edits: list[Change | Mapping[str, Any]], name: str
) -> None:
    then = now = start()
    for edit in edits:
        try:
            now = after(now, edit)
        except DomainError:
            continue  # gone already, or no place for it
    change = component_as_in(then, SET, name)
    sent = from_dict(json.loads(json.dumps(change.to_dict())))
    assert sent.to_dict() == change.to_dict()
    back = after(now, sent)
    was = then.layout_set(SET).find(name)[1]  # type: ignore[union-attr, index]  # it is there
    forms = back.layout_set(SET)
    assert forms is not None
    for part in was.walk():
        found = forms.find(part.id)
        assert found is not None, part.id
        mine, its = ({k: v for k, v in raw.items() if k != "children"} for raw in (part.raw, found[1].raw))
        assert mine == its
        texts = [part.text_key("title")] if part.text_key("title") else []
        for key in texts:
            assert then.texts("nb").get(key) == back.texts("nb").get(key) or then.texts("nb").get(key) is None
    ids = [part.id for page in forms.pages for part in page.components]
    assert len(ids) == len(set(ids))
    assert sent.apply(back) == {}
