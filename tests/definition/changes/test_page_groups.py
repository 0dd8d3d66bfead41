"""Groups of pages: made, filled, moved and dissolved, and kept right by what is done to pages."""

import json
from typing import Any

import pytest
from builders import app_files, as_json, field
from hypothesis import given
from hypothesis import strategies as st

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    AddPage,
    Change,
    DissolvePageGroup,
    JoinPageGroup,
    LeavePageGroup,
    MakePageGroup,
    MovePage,
    MovePageGroup,
    RemovePage,
    RenamePage,
    RenamePageGroup,
    SetPageGroup,
    SetPdfPage,
    from_dict,
)
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import MemoryFiles

NAMES = ("one", "two", "three", "four")
SET = "Task_1"


def app(pages: Any = None) -> AppDefinition:
    """An app with four pages, whose Settings.json holds `pages`."""
    more = {"App/ui/Task_1/Settings.json": as_json({"pages": pages or {"order": list(NAMES)}})}
    return AppDefinition(app_files(pages={name: [field(f"in-{name}")] for name in NAMES}, more=more))


def made(before: AppDefinition, *changes: Change) -> AppDefinition:
    for change in changes:
        assert from_dict(json.loads(json.dumps(change.to_dict()))) == change
        assert change.sentence(before).message
        edits = change.apply(before)
        files = {path: data for path, data in {**before.files, **edits}.items() if data is not None}
        before = AppDefinition(MemoryFiles(files))
    return before


def pages(of: AppDefinition) -> Any:
    return of.layout_sets[0].settings["pages"]


def grouped(of: AppDefinition) -> list[Any]:
    """Each group as its pages; one with a name as a tuple."""
    return [tuple(each["order"]) if "name" in each else each["order"] for each in pages(of)["groups"]]


def title(of: AppDefinition, language: str, key: str) -> str:
    found = of.texts(language).get(key)
    return found.value if found else ""


def decided(page: str, name: str, value: Any) -> SetPageGroup:
    return SetPageGroup(SET, page, name, value)


def group_of(page: str) -> MakePageGroup:
    return MakePageGroup(SET, page, "nb", "Mer")


def test_a_group_is_made_filled_and_dissolved_and_the_list_is_as_it_was() -> None:
    before = app()
    one = made(before, group_of("two"), JoinPageGroup(SET, "three", "two"))
    assert pages(one) == {
        "groups": [
            {"order": ["one"]},
            {"name": "two.group", "order": ["two", "three"]},
            {"order": ["four"]},
        ]
    }
    assert title(one, "nb", "two.group") == "Mer"
    assert pages(made(one, DissolvePageGroup(SET, "three"))) == pages(before)
    assert grouped(made(one, LeavePageGroup(SET, "three"))) == [["one"], ("two",), ["three"], ["four"]]
    assert grouped(made(one, LeavePageGroup(SET, "two"))) == [["one"], ["two"], ("three",), ["four"]]
    assert pages(made(one, LeavePageGroup(SET, "two"), LeavePageGroup(SET, "three"))) == pages(before)
    again = made(one, group_of("two"))
    assert grouped(again) == [["one"], ("three",), ("two",), ["four"]]
    assert [each["name"] for each in pages(again)["groups"] if "name" in each] == ["two.group", "two.group2"]


def test_what_is_decided_for_a_group_is_written_only_where_it_is_not_usual() -> None:
    one = made(app(), group_of("two"))
    told = made(one, decided("two", "markWhenCompleted", True), decided("two", "type", "info"))
    assert pages(told)["groups"][1] == {
        "name": "two.group",
        "order": ["two"],
        "markWhenCompleted": True,
        "type": "info",
    }
    usual = made(
        told,
        decided("two", "type", "default"),
        decided("two", "markWhenCompleted", False),
    )
    assert usual.files == one.files


def test_a_group_is_renamed_by_its_text_in_each_language_and_words_become_a_text() -> None:
    one = made(app(), group_of("two"), RenamePageGroup(SET, "two", "en", "More"))
    assert (title(one, "nb", "two.group"), title(one, "en", "two.group")) == ("Mer", "More")
    plain = app({"groups": [{"name": "Some words", "order": list(NAMES)}]})
    named = made(plain, RenamePageGroup(SET, "three", "nb", "Annet"))
    assert pages(named)["groups"][0]["name"] == "three.group"
    assert title(named, "nb", "three.group") == "Annet"


def test_pages_that_are_added_moved_renamed_and_removed_keep_groups_right() -> None:
    one = made(app(), group_of("two"), JoinPageGroup(SET, "three", "two"))
    assert grouped(made(one, AddPage(SET, "new"))) == [["one"], ("two", "three"), ["four"], ["new"]]
    assert grouped(made(one, AddPage(SET, "new", 2))) == [["one"], ("two", "new", "three"), ["four"]]
    assert grouped(made(one, MovePage(SET, "one", 3))) == [("two", "three"), ["four"], ["one"]]
    assert grouped(made(one, RenamePage(SET, "two", "ii"))) == [["one"], ("ii", "three"), ["four"]]
    lone = made(one, RemovePage(SET, "two"))
    assert grouped(lone) == [["one"], ("three",), ["four"]]
    assert grouped(made(lone, MovePage(SET, "three", 0))) == [("three",), ["one"], ["four"]]
    assert grouped(made(lone, RemovePage(SET, "three"))) == [["one"], ["four"]]
    assert grouped(made(lone, SetPdfPage(SET, "three", True))) == [["one"], ["four"]]
    empty = made(one, *(RemovePage(SET, name) for name in NAMES))
    assert pages(made(empty, AddPage(SET, "new"))) == {"groups": [{"order": ["new"]}]}


def test_a_group_is_moved_with_its_pages_and_its_lines() -> None:
    one = made(app(), group_of("two"), JoinPageGroup(SET, "three", "two"))
    assert grouped(made(one, MovePageGroup(SET, "three", 0))) == [("two", "three"), ["one"], ["four"]]
    assert grouped(made(one, MovePageGroup(SET, "two", 9))) == [["one"], ["four"], ("two", "three")]
    assert made(one, MovePageGroup(SET, "two", 0), MovePageGroup(SET, "two", 1)).files == one.files


def test_what_cannot_be_grouped_is_refused_in_words() -> None:
    one = made(app(), group_of("two"))
    for gone in (
        JoinPageGroup(SET, "one", "four"),
        JoinPageGroup(SET, "gone", "two"),
        LeavePageGroup(SET, "one"),
        DissolvePageGroup(SET, "gone"),
        group_of("gone"),
    ):
        with pytest.raises(NotThere):
            gone.apply(one)
    printed = made(one, SetPdfPage(SET, "four", True))
    for bad in (
        MakePageGroup(SET, "one", "nb", " "),
        RenamePageGroup(SET, "two", "nb", ""),
        SetPageGroup(SET, "two", "order", []),
        JoinPageGroup(SET, "four", "two"),
        group_of("four"),
    ):
        with pytest.raises(DomainError):
            bad.apply(printed)


PAGE = st.sampled_from(NAMES)
STEP = st.one_of(
    st.builds(MakePageGroup, st.just(SET), PAGE, st.just("nb"), st.just("Mer")),
    st.builds(JoinPageGroup, st.just(SET), PAGE, PAGE),
    st.builds(LeavePageGroup, st.just(SET), PAGE),
    st.builds(DissolvePageGroup, st.just(SET), PAGE),
    st.builds(MovePageGroup, st.just(SET), PAGE, st.integers(0, 4)),
    st.builds(MovePage, st.just(SET), PAGE, st.integers(0, 4)),
    st.builds(RemovePage, st.just(SET), PAGE),
    st.builds(AddPage, st.just(SET), PAGE, st.none() | st.integers(0, 4)),
)


@given(st.lists(STEP, max_size=8))
def test_whatever_is_done_each_page_stands_once_and_several_only_in_a_group_with_a_name(
    steps: list[Change],
) -> None:
    now = app()
    for step in steps:
        before = now.layout_sets[0].order
        try:
            now = made(now, step)
        except DomainError:
            continue
        form = now.layout_sets[0]
        assert ("order" in pages(now)) != ("groups" in pages(now))
        for each in pages(now).get("groups", ()):
            assert each["order"]
            assert "name" in each or len(each["order"]) == 1
        assert sorted(form.order) == sorted(page.name for page in form.pages)
        if isinstance(step, MovePage):
            others = [name for name in before if name != step.page]
            others.insert(step.index, step.page)
            assert list(form.order) == others
        if isinstance(step, DissolvePageGroup):
            assert form.order == before
