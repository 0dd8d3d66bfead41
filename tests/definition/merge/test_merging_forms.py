"""Merging pages: what moves between pages and groups, and what one deleted and the other worked on."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from studio.definition.files import EditedFiles, Files, MemoryFiles
from studio.definition.merge import GONE, Merged, merge

FOLDER = "App/ui/form/layouts"
Component = dict[str, Any]


def field(name: str, **more: Any) -> Component:
    return {"id": name, "type": "Input", **more}


def group(name: str, *children: str, **more: Any) -> Component:
    return {"id": name, "type": "Group", "children": list(children), **more}


def form(**pages: list[Component] | None) -> Files:
    return MemoryFiles(
        {
            f"{FOLDER}/{name}.json": (json.dumps({"data": {"layout": layout}}, indent=2) + "\n").encode()
            for name, layout in pages.items()
            if layout is not None
        }
    )


def pages(files: Files) -> dict[str, list[Component]]:
    return {
        path.removeprefix(f"{FOLDER}/").removesuffix(".json"): json.loads(files[path])["data"]["layout"]
        for path in sorted(files)
    }


def merged(base: Files, ours: Files, theirs: Files, choices: Mapping[str, Any] | None = None) -> Any:
    """The pages of the merge, which must be clean, and the same from the other side."""
    found = merge(base, ours, theirs, choices)
    assert found.conflicts == ()
    result = pages(EditedFiles(theirs, found.edits))
    if choices is None:
        assert pages(EditedFiles(ours, merge(base, theirs, ours).edits)) == result
    return result


def conflicts(base: Files, ours: Files, theirs: Files) -> Merged:
    found = merge(base, ours, theirs)
    mirrored = merge(base, theirs, ours)
    assert {(one.key, repr(one.ours), repr(one.theirs)) for one in found.conflicts} == {
        (one.key, repr(one.theirs), repr(one.ours)) for one in mirrored.conflicts
    }
    return found


BASE = form(a=[field("name"), field("phone")], b=[field("note")])


def test_a_component_that_one_moved_to_another_page_keeps_what_the_other_edited_in_it() -> None:
    ours = form(a=[field("phone")], b=[field("note"), field("name")])
    theirs = form(a=[field("name", required=True), field("phone")], b=[field("note")])

    assert merged(BASE, ours, theirs) == {
        "a": [field("phone")],
        "b": [field("note"), field("name", required=True)],
    }


def test_a_component_that_both_moved_to_different_pages_is_a_question_about_its_page() -> None:
    base = form(a=[field("name")], b=[], c=[])
    ours, theirs = form(a=[], b=[field("name")], c=[]), form(a=[], b=[], c=[field("name", grid=1)])

    (conflict,) = conflicts(base, ours, theirs).conflicts

    assert (conflict.identity, conflict.property) == ("name", "(page)")
    assert [conflict.base, conflict.ours, conflict.theirs] == [f"{FOLDER}/{page}.json" for page in "abc"]
    assert merged(base, ours, theirs, {conflict.key: "ours"}) == {
        "a": [],
        "b": [field("name", grid=1)],
        "c": [],
    }
    assert merged(base, ours, theirs, {conflict.key: "theirs"})["c"] == [field("name", grid=1)]


def test_a_component_that_both_put_into_different_groups_is_in_one_of_them() -> None:
    base = form(a=[group("g"), group("h"), field("x")])
    ours = form(a=[group("g", "x"), group("h"), field("x")])
    theirs = form(a=[group("g"), group("h", "x"), field("x")])

    found = conflicts(base, ours, theirs)

    (conflict,) = found.conflicts
    assert (conflict.identity, conflict.property) == ("x", "(holder)")
    assert (conflict.base, conflict.ours, conflict.theirs) == (None, "g", "h")
    assert pages(EditedFiles(theirs, found.edits))["a"] == [group("g"), group("h", "x"), field("x")]
    assert merged(base, ours, theirs, {conflict.key: "ours"})["a"] == [
        group("g", "x"),
        group("h"),
        field("x"),
    ]


def test_two_groups_that_were_put_into_one_another_stay_on_the_page() -> None:
    base = form(a=[group("g"), group("h")])
    ours, theirs = form(a=[group("g", "h"), group("h")]), form(a=[group("g"), group("h", "g")])

    (conflict,) = conflicts(base, ours, theirs).conflicts

    assert conflict.ours == {"g": None, "h": "g"}
    assert merged(base, ours, theirs, {conflict.key: "ours"}) == pages(ours)
    assert merged(base, ours, theirs, {conflict.key: "theirs"}) == pages(theirs)


def test_what_the_other_added_to_a_group_follows_it_to_another_page() -> None:
    base = form(a=[group("g", "x"), field("x"), field("z")], b=[field("note")])
    ours = form(a=[field("z")], b=[field("note"), group("g", "x"), field("x")])
    theirs = form(a=[group("g", "x", "y"), field("x"), field("y"), field("z")], b=[field("note")])

    result = merged(base, ours, theirs)

    assert result["a"] == [field("z")]
    assert [one["id"] for one in result["b"]] == ["note", "g", "y", "x"]
    assert result["b"][1] == group("g", "x", "y")


GROUPED = form(a=[group("g", "x", "y"), field("x"), field("y"), field("z")])


@pytest.mark.parametrize(
    "worked_on",
    [
        [group("g", "x", "y"), field("x", required=True), field("y"), field("z")],
        [group("g", "x", "y", "n"), field("x"), field("y"), field("n"), field("z")],
        [group("g", "x", "y", title="G"), field("x"), field("y"), field("z")],
        [group("g", "x", "y", "z"), field("x"), field("y"), field("z")],
    ],
    ids=["a field edited", "a field added", "the group edited", "a field moved in"],
)
def test_a_group_that_one_deleted_and_the_other_worked_on_is_one_question(worked_on: list[Component]) -> None:
    ours, theirs = form(a=[field("z")]), form(a=worked_on)

    (conflict,) = conflicts(GROUPED, ours, theirs).conflicts

    assert conflict.identity == "g"
    assert conflict.ours is GONE
    assert merged(GROUPED, ours, theirs, {conflict.key: "ours"}) == {"a": [field("z")]}
    assert merged(GROUPED, ours, theirs, {conflict.key: "theirs"}) == {"a": worked_on}
    assert merged(GROUPED, theirs, ours, {conflict.key: "theirs"}) == {"a": [field("z")]}
    assert merged(GROUPED, theirs, ours, {conflict.key: "ours"}) == {"a": worked_on}


def test_a_component_that_one_deleted_and_the_other_moved_is_not_left_as_a_name_without_a_thing() -> None:
    base = form(a=[group("g"), field("x")])
    ours, theirs = form(a=[group("g")]), form(a=[group("g", "x"), field("x")])

    (conflict,) = conflicts(base, ours, theirs).conflicts

    assert conflict.identity == "x"
    assert merged(base, ours, theirs, {conflict.key: "ours"}) == {"a": [group("g")]}
    assert merged(base, ours, theirs, {conflict.key: "theirs"}) == pages(theirs)


def test_a_page_that_one_deleted_and_the_other_worked_on_is_one_question() -> None:
    ours = form(a=[field("name"), field("phone"), field("note")], b=None)
    theirs = form(a=[field("name"), field("phone")], b=[field("note", grid=1), field("new")])

    (conflict,) = conflicts(BASE, ours, theirs).conflicts

    assert (conflict.place.path, conflict.ours) == (f"{FOLDER}/b.json", GONE)
    # The field lives on where it was moved to, with the other's edit; what was new goes with the page.
    assert merged(BASE, ours, theirs, {conflict.key: "ours"}) == {
        "a": [field("name"), field("phone"), field("note", grid=1)]
    }
    assert merged(BASE, ours, theirs, {conflict.key: "theirs"})["b"] == [field("new")]


def test_a_page_that_one_deleted_and_nobody_else_touched_is_gone() -> None:
    ours = form(a=[field("name", required=True), field("phone")], b=None)
    theirs = form(a=[field("name"), field("phone", required=True)], b=[field("note")])
    assert merged(BASE, ours, theirs) == {"a": [field("name", required=True), field("phone", required=True)]}


def test_what_both_added_in_one_place_is_there_in_the_same_order_whoever_merges() -> None:
    ours = form(a=[field("name"), field("mine"), field("mine2"), field("phone")], b=[field("note")])
    theirs = form(a=[field("name"), field("yours"), field("phone")], b=[field("note")])
    assert [one["id"] for one in merged(BASE, ours, theirs)["a"]] == [
        "name",
        "mine",
        "mine2",
        "yours",
        "phone",
    ]


def test_what_one_added_stands_where_it_was_put_although_the_other_moved_its_neighbour() -> None:
    base = form(a=[field(name) for name in "abc"])
    ours = form(a=[field(name) for name in ("c", "a", "b")])
    theirs = form(a=[field(name) for name in ("a", "b", "new", "c")])
    assert [one["id"] for one in merged(base, ours, theirs)["a"]] == ["c", "a", "b", "new"]


@pytest.mark.parametrize("damage", [lambda page: [*page, page[0]], lambda page: [{"type": "Input"}, *page]])
def test_pages_that_cannot_be_taken_apart_are_still_merged(damage: Callable[[Any], Any]) -> None:
    sides = [
        damage([field("x", grid=grid), field("y", grid=last)]) for grid, last in ((1, 1), (2, 1), (1, 2))
    ]
    found = merge(*(form(a=side) for side in sides))
    assert json.loads(EditedFiles(form(a=sides[2]), found.edits)[f"{FOLDER}/a.json"])
