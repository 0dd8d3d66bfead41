"""Laws of merging, on random series of edits of every kind that two people make at the same time.

`make test` tries a thousand pairs, `make fuzz` a hundred thousand.
"""

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from builders import app_files
from hypothesis import given, settings
from hypothesis import strategies as st
from random_edits import edited
from real_apps import app_folders
from ruled_app import ruled_files

from studio.definition import json_text
from studio.definition.files import EditedFiles, Files, folder_files
from studio.definition.merge import merge, new_findings
from studio.definition.merge.renames import aligned

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "explore"
PAIRS = 100_000 if THOROUGH else 1000
MORE: Mapping[str, bytes | None] = {
    "README.md": b"# An app\n\nIt asks\nfor names\nand ages.\n",
    "App/logic/hooks.py": b"import re\n\n\ndef one():\n    return 1\n\n\ndef two():\n    return 2\n",
    "App/options/colours.json": json.dumps(
        [{"value": value, "label": value.title()} for value in ("red", "green", "blue", "grey")], indent=2
    ).encode(),
}
GIVEN: Mapping[str, Files] = {
    "v9": app_files(more=MORE),
    "v8": app_files(generation="v8", more=MORE),
    "rules": ruled_files(more=MORE),
}
# What a merge must never bring about, whatever the two sides are.
DAMAGE = {
    *("broken-json", "broken-xml", "broken-process", "broken-policy", "repeated-key", "repeated-id"),
    *("missing-child", "claimed-twice", "holds-itself", "component-without-id", "repeated-text"),
    *("page-not-in-order", "missing-page", "double-options", "repeated-data-type"),
}


def two_sides(base: Files, seed: int) -> tuple[Files, Files, Files]:
    """An app that somebody made, and what two people made of it."""
    chance = Random(seed)
    base = edited(base, chance, chance.randint(0, 5))
    return base, edited(base, chance, chance.randint(1, 5)), edited(base, chance, chance.randint(1, 5))


def holds(base: Files, ours: Files, theirs: Files) -> None:
    """Everything that must hold of a merge."""
    found, mirrored = merge(base, ours, theirs), merge(base, theirs, ours)
    one, other = EditedFiles(theirs, found.edits), EditedFiles(ours, mirrored.edits)
    assert not any(b"<<<<<<<" in data for data in found.edits.values() if data is not None)
    assert bool(found.conflicts) == bool(mirrored.conflicts)
    if found.conflicts:
        # An answer may open a question, so that what is asked first can differ; what comes of it does not.
        there = {conflict.key: conflict for conflict in mirrored.conflicts}
        for conflict in found.conflicts:
            if conflict.key in there:
                again = there[conflict.key]
                assert repr([again.base, again.theirs, again.ours]) == repr(
                    [conflict.base, conflict.ours, conflict.theirs]
                )
        assert content(settled(base, ours, theirs, "ours")) == content(settled(base, theirs, ours, "theirs"))
        assert content(settled(base, ours, theirs, "theirs")) == content(settled(base, theirs, ours, "ours"))
        return
    assert content(one) == content(other)
    nothing_is_lost(base, ours, theirs, one)
    assert {each.code for each in new_findings(ours, theirs, one)} & DAMAGE == set()


def settled(base: Files, ours: Files, theirs: Files, side: str) -> Files:
    """The merge with every question answered for one side."""
    chosen: dict[str, Any] = {}
    for _ in range(6):
        found = merge(base, ours, theirs, chosen)
        if not found.conflicts:
            return EditedFiles(theirs, found.edits)
        chosen |= {conflict.key: side for conflict in found.conflicts}
    raise AssertionError("the questions do not end")


@pytest.mark.parametrize("kind", GIVEN)
@given(seed=st.integers(0, 2**40))
@settings(max_examples=PAIRS // len(GIVEN))
def test_two_series_of_edits_give_the_same_app_whoever_merges_and_nothing_is_lost(
    kind: str, seed: int
) -> None:
    holds(*two_sides(GIVEN[kind], seed))


@given(seed=st.integers(0, 2**40), kind=st.sampled_from(sorted(GIVEN)))
@settings(max_examples=100 if not THOROUGH else 5000)
def test_a_side_that_changed_nothing_or_the_same_changes_nothing(kind: str, seed: int) -> None:
    base, side, _ = two_sides(GIVEN[kind], seed)
    for merged, theirs in (
        (merge(base, side, base), base),
        (merge(base, base, side), side),
        (merge(base, side, side), side),
    ):
        assert merged.conflicts == ()
        assert dict(EditedFiles(theirs, merged.edits)) == dict(side)


@given(number=st.integers(0, 10_000), seed=st.integers(0, 2**40))
@settings(max_examples=60 if not THOROUGH else 5000)
def test_the_laws_hold_for_apps_that_others_made(vectors: Path, number: int, seed: int) -> None:
    folders = small_apps(vectors)
    holds(*two_sides(app_at(folders[number % len(folders)]), seed))


@cache
def small_apps(vectors: Path) -> tuple[Path, ...]:
    found = [
        one
        for one in app_folders(vectors)
        if sum(path.stat().st_size for path in one.rglob("*.json")) < 60_000
    ]
    assert len(found) > 20
    return tuple(found)


@cache
def app_at(folder: Path) -> Files:
    return folder_files(folder)


def content(files: Files) -> dict[str, Any]:
    """What is in the files, however it is written; keys of JSON have no order."""
    found: dict[str, Any] = {}
    for path in files:
        found[path] = files[path]
        if path.endswith(".json"):
            try:
                found[path] = json.dumps(json_text.parse(files[path]), sort_keys=True)
            except json_text.BrokenJson:
                continue
    return found


def nothing_is_lost(base: Files, ours: Files, theirs: Files, merged: Files) -> None:
    """What only one side changed is in the merge as that side has it, by identity and not by line."""
    same = aligned(base, ours, theirs)
    before, mine, other = (dict(facts(side)) for side in (same.base, same.ours, same.theirs))
    now = dict(facts(merged))
    for key in {*before, *mine, *other}:
        values = before.get(key), mine.get(key), other.get(key)
        if values[1] == values[2] or values[2] == values[0]:
            assert now.get(key) == values[1], key
        elif values[1] == values[0]:
            assert now.get(key) == values[2], key


def facts(files: Files) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every single value in an app by what it belongs to: not by place, page or line."""
    for path in files:
        if not path.endswith(".json") or path.endswith(".metadata.json"):
            continue
        try:
            document = json_text.parse(files[path])
        except json_text.BrokenJson:
            continue
        folder = path.rpartition("/")[0]
        if not folder.endswith("/layouts") or not isinstance(document.get("data", {}).get("layout"), list):
            yield from values((path,), document)
            continue
        for component in document["data"]["layout"]:
            if isinstance(component, dict) and isinstance(component.get("id"), str):
                inside = {key: value for key, value in component.items() if key != "children"}
                yield from values((folder, component["id"]), inside)
                for child in component.get("children") or ():
                    yield (folder, "holds", component["id"], str(child)), True


def values(key: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from values((*key, name), each)
    elif isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        known = next((name for name in ("id", "value") if all(name in each for each in value)), None)
        names = [str(each[known]) for each in value] if known else []
        if len(set(names)) == len(value):
            for name, each in zip(names, value, strict=True):
                yield from values((*key, name), each)
    elif not isinstance(value, list):
        yield key, value
