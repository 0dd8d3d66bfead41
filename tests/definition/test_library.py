"""Items of the library: read, written, held against one another in three states, and taken into apps."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    Change,
    FollowShared,
    LeaveShared,
    RenameOptionList,
    TakeShared,
    UseList,
    from_dict,
)
from studio.definition.changes.library import entry, list_changes, text_changes
from studio.definition.errors import DomainError
from studio.definition.files import EditedFiles, MemoryFiles
from studio.definition.library import (
    Content,
    Part,
    Published,
    Taken,
    compared,
    fingerprint,
    free_id,
    latest,
    list_content,
    read_content,
    settled,
    shared_items,
    suited,
    taken_items,
    text_content,
    version_of,
    written,
)
from tests.builders import app_files, field


def options(said: Mapping[str, str], language: str = "nb") -> Content:
    return tuple(Part(key, key, {("label", language): text}) for key, text in said.items())


def states(base: Content, ours: Content, theirs: Content) -> dict[str, str]:
    return {each.key: each.state for each in compared(base, ours, theirs) if each.state != "same"}


def labels(content: Content) -> dict[str, str]:
    return {part.key: part.text("label", "nb") for part in content}


BASE = options({"a": "A", "b": "B", "c": "C"})


def test_what_only_the_library_changed_is_taken() -> None:
    theirs = options({"d": "D", "a": "A", "b": "Bee"})
    assert states(BASE, BASE, theirs) == {"d": "added", "b": "changed", "c": "removed"}
    assert labels(settled(BASE, BASE, theirs)) == {"d": "D", "a": "A", "b": "Bee"}
    assert [part.key for part in settled(BASE, BASE, theirs)] == ["d", "a", "b"]


def test_what_only_the_app_changed_stays() -> None:
    ours = options({"b": "Our B", "a": "A", "own": "Own"})
    assert states(BASE, ours, BASE) == {"b": "own", "own": "own", "c": "own-gone"}
    assert list(labels(settled(BASE, ours, BASE)).items()) == [("b", "Our B"), ("a", "A"), ("own", "Own")]


def test_what_both_changed_has_to_be_chosen() -> None:
    ours = options({"a": "Ours", "c": "C!"})
    theirs = options({"a": "Theirs", "b": "Bee"})
    assert states(BASE, ours, theirs) == dict.fromkeys("abc", "conflict")
    assert labels(settled(BASE, ours, theirs)) == {"a": "Theirs", "b": "Bee"}
    assert labels(settled(BASE, ours, theirs, mine={"a", "b", "c"})) == {"a": "Ours", "c": "C!"}


def test_a_text_that_the_app_does_not_have_yet_is_taken_without_a_choice() -> None:
    theirs = (Part("a", "a", {("label", "nb"): "A", ("label", "en"): "Ay"}),)
    assert states(theirs, options({"a": "A"}), theirs) == {"a": "changed"}


contents = st.dictionaries(
    st.sampled_from("abcdef"),
    st.dictionaries(st.sampled_from(["nb", "en"]), st.sampled_from("xyz"), min_size=1),
).map(
    lambda found: tuple(
        Part(key, key, {("label", lang): text for lang, text in said.items()}) for key, said in found.items()
    )
)


@given(contents, contents)
def test_an_app_that_changed_nothing_gets_exactly_what_the_library_has(
    base: Content, theirs: Content
) -> None:
    got = settled(base, base, theirs)
    assert fingerprint(_without_gaps(got)) == fingerprint(theirs)
    assert not any(each.state == "conflict" for each in compared(base, base, theirs))


@given(contents, contents, contents)
def test_what_has_been_taken_is_nothing_new(base: Content, ours: Content, theirs: Content) -> None:
    got = _without_gaps(settled(base, ours, theirs))
    assert not any(each.is_taken or each.state == "conflict" for each in compared(theirs, got, theirs))


@given(contents, contents)
def test_what_the_library_left_alone_leaves_the_app_alone_but_for_texts_it_lacks(
    base: Content, ours: Content
) -> None:
    got = {part.key: part for part in settled(base, ours, base)}
    assert all(got[part.key].cells.items() >= part.cells.items() for part in ours)


def _without_gaps(content: Content) -> Content:
    return tuple(
        Part(part.key, part.value, {cell: text for cell, text in part.cells.items() if text})
        for part in content
    )


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {"codes": 3},
        {"codes": [1, {"value": []}, {"label": {"nb": "A"}}]},
        {"texts": []},
        {"codes": {}},
    ],
)
def test_what_is_no_item_is_read_as_an_empty_one_or_as_much_as_there_is(value: object) -> None:
    assert len(read_content("lists", value)) <= 1
    assert read_content("texts", value) == ()


def test_values_keep_their_type_from_the_app_to_the_shelf_and_back() -> None:
    listed = [{"value": 1, "label": "One"}, {"value": True, "label": "Yes"}, {"value": None, "label": "None"}]
    app = _app({"App/options/mixed.json": json.dumps(listed).encode()})
    content = list_content(app, "mixed")
    read = read_content("lists", json.loads(written("lists", "Mixed", content, Published())))
    assert [(type(part.value), part.value) for part in read] == [(int, 1), (bool, True), (type(None), None)]
    assert fingerprint(read) == fingerprint(content)


def test_a_list_with_a_value_twice_cannot_be_shared() -> None:
    twice = json.dumps([{"value": "a", "label": "A"}, {"value": "a", "label": "B"}]).encode()
    with pytest.raises(DomainError):
        list_content(_app({"App/options/twice.json": twice}), "twice")


def test_versions_are_found_by_their_files_and_what_is_broken_is_left_out() -> None:
    shelf = MemoryFiles(
        {
            "lists/colours/1.json": written(
                "lists", "Colours", BASE, Published("Kari", "2026-11-26", "First")
            ),
            "lists/colours/10.json": written("lists", "Colours", BASE[:1], Published()),
            "lists/colours/2.json": b"{broken",
            "lists/../x/1.json".replace("../", "dots"): b"{}",
            "glossary.json": b"{}",
        }
    )
    assert shared_items(shelf)["lists", "colours"] == (1, 2, 10)
    newest = latest(shelf, "lists", "colours")
    assert newest is not None
    assert (newest.number, newest.title, len(newest.content)) == (10, "Colours", 1)
    assert version_of(shelf, "lists", "colours", 2) is None
    assert version_of(shelf, "lists", "../lists/colours", 1) is None
    assert free_id("Colours", ["colours"]) == "colours-2"


def _app(more: Mapping[str, bytes]) -> AppDefinition:
    return AppDefinition(MemoryFiles({**app_files(), **more}))


def _after(app: AppDefinition, change: Change) -> AppDefinition:
    again = from_dict(json.loads(json.dumps(change.to_dict())))
    assert again == change
    return AppDefinition(EditedFiles(app.files, again.apply(app)))


SHARED: Content = (
    Part("r", "r", {("label", "nb"): "Rød", ("label", "en"): "Red", ("helpText", "nb"): "Som blod"}),
    Part("g", "g", {("label", "nb"): "Grønn", ("label", "en"): "Green"}),
)


def _taking(app: AppDefinition, content: Content, version: int = 1) -> TakeShared:
    taken = Taken("lists", "colours", "ttd", "colours", version, fingerprint(content))
    return TakeShared(
        entry("lists", "colours", "Colours", taken), list_changes(app, "colours", suited(content, app))
    )


def test_a_shared_list_becomes_a_plain_list_of_the_app_in_its_own_languages() -> None:
    app = _app({})
    after = _after(app, _taking(app, SHARED))
    assert list_content(after, "colours") == suited(SHARED, app)
    assert after.languages == app.languages
    assert taken_items(after)["lists/colours"].version == 1
    assert taken_items(after)["lists/colours"].follows == "latest"


def test_a_newer_version_takes_along_its_order_and_takes_away_what_is_gone() -> None:
    app = _app({})
    first = _after(app, _taking(app, SHARED))
    newer = (SHARED[1], Part("r", "r", {("label", "nb"): "Raud"}), Part("b", "b", {("label", "nb"): "Blå"}))
    content = settled(suited(SHARED, app), list_content(first, "colours"), suited(newer, app))
    second = _after(first, TakeShared(_taking(app, newer, 2).entry, list_changes(first, "colours", content)))
    assert list_content(second, "colours") == suited(newer, app)
    assert taken_items(second)["lists/colours"].version == 2


def test_an_app_holds_on_to_a_version_follows_again_and_leaves() -> None:
    app = _app({})
    taken = _after(app, _taking(app, SHARED))
    pinned = _after(taken, FollowShared("lists/colours", 1))
    assert taken_items(pinned)["lists/colours"].follows == 1
    assert taken_items(_after(pinned, FollowShared("lists/colours"))) == taken_items(taken)
    assert taken_items(_after(pinned, LeaveShared("lists/colours"))) == {}
    with pytest.raises(DomainError):
        LeaveShared("lists/none").apply(app)
    with pytest.raises(DomainError):
        TakeShared({"key": "../x"}).apply(app)


def test_a_shared_list_that_is_renamed_in_the_app_is_still_followed() -> None:
    app = _app({})
    renamed = _after(_after(app, _taking(app, SHARED)), RenameOptionList("colours", "hues"))
    assert taken_items(renamed)["lists/colours"].name == "hues"


def test_what_used_a_list_of_the_platforms_library_uses_the_one_in_the_app() -> None:
    page = {"id": "colour", "type": "RadioButtons", "optionsId": "lib**ttd**colours**_latest"}
    app = AppDefinition(MemoryFiles(app_files(pages={"Contact": [field("name"), page]})))
    after = _after(app, UseList("lib**ttd**colours**_latest", "colours"))
    found = after.layout_sets[0].find("colour")
    assert found is not None
    assert found[1].raw["optionsId"] == "colours"


def test_shared_texts_come_and_go_in_the_languages_of_the_app() -> None:
    app = _app({})
    shared = tuple(Part(key, key, {("text", "nb"): key.upper()}) for key in ("visit", "post"))
    first = _after(app, text_changes(app, (), shared)[0])
    assert text_content(first, ["visit", "post", "none"]) == shared
    changes = text_changes(first, shared, shared[:1])
    for change in changes:
        first = _after(first, change)
    assert text_content(first, ["visit", "post"]) == shared[:1]
