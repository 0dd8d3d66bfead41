"""Moving many components is moving them as one: people see the tree, and other lines are left alone."""

from collections.abc import Sequence
from typing import Any

import pytest
from builders import app, field, group
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from studio.definition import json_text
from studio.definition.app import AppDefinition
from studio.definition.changes import MoveComponents
from studio.definition.errors import DomainError
from studio.definition.files import EditedFiles

Tree = list[tuple[str, Any]]  # id, and the tree inside it; None where it holds nothing

PAGE = "App/ui/Task_1/layouts/Page.json"


@st.composite
def trees(draw: st.DrawFn, names: str = "abcdefghijkl") -> Tree:
    """Some components on a page, some of them in groups, which may be in groups."""
    left = list(names[: draw(st.integers(1, len(names)))])

    def some(depth: int) -> Tree:
        found: Tree = []
        while left and draw(st.integers(0, 3 + depth)) != 0:
            name = left.pop(0)
            found.append((name, some(depth + 1) if depth < 3 and draw(st.booleans()) else None))
        return found

    page = some(0)
    return [*page, *((name, None) for name in left)]


def written(tree: Tree) -> list[dict[str, Any]]:
    """The components of a tree in a file, each container before what it holds."""
    found: list[dict[str, Any]] = []
    for name, inside in tree:
        found.append(field(name) if inside is None else group(name, *(child for child, _ in inside)))
        found.extend(written(inside or []))
    return found


def read(definition: AppDefinition, page: str = "Page") -> Tree:
    """The tree of a page as the app reads it."""
    found = definition.layout_set("Task_1").page(page)  # type: ignore[union-attr]  # it is there
    assert found is not None
    return [shape(component) for component in found.roots]


def shape(component: Any) -> tuple[str, Any]:
    inside = [shape(child) for child in component.children]
    return component.id, inside if component.type == "Group" else None


def moved(tree: Tree, names: set[str], parent: str | None, index: int) -> Tree:
    """What people expect: lifted out, then put down together in the order of the page."""
    lifted: Tree = []

    def without(level: Tree) -> Tree:
        kept: Tree = []
        for name, inside in level:
            if name in names:
                lifted.append((name, inside))
            else:
                kept.append((name, None if inside is None else without(inside)))
        return kept

    def put(level: Tree) -> Tree:
        return [
            (name, inside if inside is None else inside[:index] + lifted + inside[index:])
            if name == parent
            else (name, None if inside is None else put(inside))
            for name, inside in level
        ]

    rest = without(tree)
    return rest[:index] + lifted + rest[index:] if parent is None else put(rest)


def ids(tree: Tree) -> list[str]:
    return [each for name, inside in tree for each in (name, *ids(inside or []))]


def groups(tree: Tree) -> list[str]:
    found: list[str] = []
    for name, inside in tree:
        if inside is not None:
            found += [name, *groups(inside)]
    return found


def edited(definition: AppDefinition, *changes: MoveComponents) -> AppDefinition:
    for change in changes:
        definition = AppDefinition(EditedFiles(definition.files, change.apply(definition)))
    return definition


@settings(deadline=None)
@given(trees(), st.data())
def test_many_stand_together_where_they_were_put(tree: Tree, data: st.DataObject) -> None:
    definition = app(pages={"Page": written(tree), "Other": []})
    chosen = data.draw(st.lists(st.sampled_from(ids(tree)), min_size=1, unique=True))
    parent = data.draw(st.sampled_from([None, *groups(tree)]))
    index = data.draw(st.integers(0, 12))
    change = MoveComponents("Task_1", "Page", tuple(chosen), "Page", parent, index)
    expected = moved(tree, set(chosen), parent, index)
    assume(sorted(ids(expected)) == sorted(ids(tree)))  # not into itself
    after = edited(definition, change)
    assert read(after) == expected
    assert {one["id"]: kind(one) for one in layout(after)} == {one["id"]: kind(one) for one in written(tree)}


@settings(deadline=None)
@given(trees(), st.data())
def test_what_is_not_moved_keeps_its_lines(tree: Tree, data: st.DataObject) -> None:
    definition = app(pages={"Page": written(tree), "Other": []})
    roots = [name for name, _ in tree]
    chosen = data.draw(st.lists(st.sampled_from(roots), min_size=1, unique=True))
    index = data.draw(st.integers(0, len(roots)))
    after = edited(definition, MoveComponents("Task_1", "Page", tuple(chosen), "Page", None, index))
    rest = [one for one in layout(definition) if one["id"] not in chosen]
    assert [one for one in layout(after) if one["id"] not in chosen] == rest
    if read(after) == tree:
        assert after.files[PAGE] == definition.files[PAGE]


@settings(deadline=None)
@given(trees(), st.data())
def test_many_go_to_another_page_with_all_in_them(tree: Tree, data: st.DataObject) -> None:
    there: Tree = [("x", None), ("y", [("z", None)])]
    definition = app(pages={"Page": written(tree), "Other": written(there)})
    chosen = set(data.draw(st.lists(st.sampled_from(ids(tree)), min_size=1, unique=True)))
    parent = data.draw(st.sampled_from([None, "y"]))
    index = data.draw(st.integers(0, 2 if parent is None else 1))
    after = edited(definition, MoveComponents("Task_1", "Page", tuple(chosen), "Other", parent, index))
    lifted = dict(moved([*tree, ("end", [])], chosen, "end", 0))["end"]
    inside = there if parent is None else there[1][1]
    inside[index:index] = lifted
    assert read(after, "Other") == there
    assert sorted(ids(read(after)) + ids(lifted)) == sorted(ids(tree))


def test_a_cell_has_room_for_one_component_only() -> None:
    table = {"id": "table", "type": "Grid", "rows": [{"cells": [None, {"text": "t"}]}]}
    definition = app(pages={"Page": [table, field("a"), field("b")]})
    spot = ("Page", "table", 0, "rows/0/cells/0/component")
    with pytest.raises(DomainError, match="room for one component only"):
        MoveComponents("Task_1", "Page", ("a", "b"), *spot).apply(definition)
    assert layout(edited(definition, MoveComponents("Task_1", "Page", ("b",), *spot)))[0]["rows"] == [
        {"cells": [{"component": "b"}, {"text": "t"}]}
    ]


def test_what_leaves_a_cell_a_tab_and_a_card_leaves_the_rest_as_it_was() -> None:
    holders: Sequence[dict[str, Any]] = (
        {"id": "table", "type": "Grid", "rows": [{"cells": [{"component": "a"}, {"component": "b"}]}]},
        {"id": "tabs", "type": "Tabs", "tabs": [{"id": "t", "title": "T", "children": ["c", "d", "e"]}]},
        {"id": "cards", "type": "Cards", "cards": [{"media": "f", "title": "x", "children": ["g"]}]},
    )
    parts = [field(name) for name in "abcdefg"]
    definition = app(pages={"Page": [*holders, *parts]})
    after = layout(edited(definition, MoveComponents("Task_1", "Page", tuple("acefg"), "Page", None, 3)))
    assert after[0]["rows"] == [{"cells": [None, {"component": "b"}]}]
    assert after[1]["tabs"] == [{"id": "t", "title": "T", "children": ["d"]}]
    assert after[2]["cards"] == [{"title": "x", "children": []}]


def layout(definition: AppDefinition) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json_text.parse(definition.files[PAGE])["data"]["layout"]
    return found


def kind(raw: dict[str, Any]) -> str:
    return str(raw["type"])
