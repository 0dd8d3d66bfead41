"""Merging definitions: laws that hold for any pages, and cases that people meet."""

import json
from typing import Any

import pytest
from history_edits import PAGE
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.definition.files import EditedFiles, Files, MemoryFiles
from studio.definition.merge import GONE, merge

TEXTS = "App/config/texts/resource.nb.json"
IDS = ("name", "phone", "street", "city", "note")


def page(components: list[dict[str, Any]]) -> Files:
    return MemoryFiles(
        {PAGE: json.dumps({"data": {"layout": components}}, indent=2).encode(), "README.md": b"x\n"}
    )


def files(path: str, data: str | bytes | None) -> Files:
    return MemoryFiles({} if data is None else {path: data.encode() if isinstance(data, str) else data})


def result(base: Files, ours: Files, theirs: Files, **choices: Any) -> Files:
    merged = merge(base, ours, theirs, **choices)
    assert merged.conflicts == ()
    return EditedFiles(theirs, merged.edits)


def components(merged: Files) -> list[dict[str, Any]]:
    return json.loads(merged[PAGE])["data"]["layout"]


values = st.one_of(st.none(), st.booleans(), st.integers(0, 3), st.sampled_from(["a", "b"]))
expressions = st.lists(st.sampled_from(["equals", "component", "name", "x"]), min_size=1, max_size=3)
one_component = st.dictionaries(
    st.sampled_from(["required", "readOnly", "hidden", "grid"]), values | expressions, max_size=3
)


@st.composite
def pages(draw: st.DrawFn) -> list[dict[str, Any]]:
    ids = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=5))
    return [{"id": name, **draw(one_component)} for name in ids]


@given(base=pages(), side=pages())
@settings(max_examples=150, deadline=None)
def test_merging_with_an_unchanged_side_gives_the_other(
    base: list[dict[str, Any]], side: list[dict[str, Any]]
) -> None:
    assert dict(result(page(base), page(side), page(base))) == dict(page(side))
    assert dict(result(page(base), page(base), page(side))) == dict(page(side))
    assert dict(result(page(base), page(side), page(side))) == dict(page(side))


@st.composite
def two_people(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """A page, and what two people made of it who edited, moved and removed different components."""
    base = [{"id": name, **draw(one_component)} for name in draw(st.permutations(IDS))]
    mine = set(draw(st.lists(st.sampled_from(IDS), unique=True)))
    sides = []
    for own in (mine, set(IDS) - mine):
        side = [dict(item) for item in base]
        for name in sorted(own):
            place = next(index for index, item in enumerate(side) if item["id"] == name)
            act = draw(st.sampled_from(["keep", "edit", "move", "remove", "edit and move"]))
            item = side.pop(place)
            if "edit" in act:
                item = {"id": name, **draw(one_component)}
            if act != "remove":
                side.insert(draw(st.integers(0, len(side))) if "move" in act else place, item)
        sides.append(side)
    return base, sides[0], sides[1]


@given(people=two_people())
@settings(max_examples=300, deadline=None)
def test_two_people_at_different_components_of_a_page_never_conflict(people: Any) -> None:
    base, ours, theirs = people
    merged = merge(page(base), page(ours), page(theirs))
    assert merged.conflicts == ()
    found = {item["id"]: item for item in components(EditedFiles(page(theirs), merged.edits))}
    before, mine, other = ({item["id"]: item for item in side} for side in people)
    for name in IDS:
        changed = mine if mine.get(name) != before[name] else other
        assert found.get(name) == changed.get(name)


@given(people=two_people())
@settings(max_examples=150, deadline=None)
def test_edits_of_different_components_commute(people: Any) -> None:
    base, ours, theirs = people
    one, other = (
        {
            item["id"]: item
            for item in components(
                EditedFiles(page(second), merge(page(base), page(first), page(second)).edits)
            )
        }
        for first, second in ((ours, theirs), (theirs, ours))
    )
    assert one == other


@given(base=pages(), ours=pages(), theirs=pages())
@settings(max_examples=200, deadline=None)
def test_any_merge_is_a_page_with_every_id_once_and_choices_settle_it(
    base: Any, ours: Any, theirs: Any
) -> None:
    merged = merge(page(base), page(ours), page(theirs))
    ids = [item["id"] for item in components(EditedFiles(page(theirs), merged.edits))]
    assert len(ids) == len(set(ids))
    assert {item["id"] for item in ours} & {item["id"] for item in theirs} <= set(ids)
    for side in ("ours", "theirs"):
        chosen = {conflict.key: side for conflict in merged.conflicts}
        assert merge(page(base), page(ours), page(theirs), chosen).conflicts == ()


@given(
    st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n"]), max_size=6),
    st.lists(st.sampled_from(["a\n", "b\n", "x\n"]), max_size=6),
)
@settings(max_examples=200, deadline=None)
def test_lines_obey_the_same_laws(base: list[str], side: list[str]) -> None:
    before, after = files("x.md", "".join(base)), files("x.md", "".join(side))
    assert dict(result(before, after, before)) == dict(after)
    assert dict(result(before, before, after)) == dict(after)


def test_formatting_and_comments_of_the_other_side_are_kept() -> None:
    lines = [
        "{",
        '\t"data": { // the page',
        '\t\t"layout": [',
        '\t\t\t{"id": "a"},',
        '\t\t\t{"id": "b"}',
        "\t\t]",
        "\t}",
        "}",
    ]
    base = "\r\n".join(lines).encode()
    ours = base.replace(b'{"id": "a"}', b'{"id": "a", "required": true}')
    theirs = base.replace(b'{"id": "b"}', b'{ "id":"b", "grid": 3 }').replace(b"the page", b"my page")
    merged = result(files(PAGE, base), files(PAGE, ours), files(PAGE, theirs))
    assert merged[PAGE] == theirs.replace(b'{"id": "a"}', b'{"id": "a", "required": true}')


def test_the_same_value_set_by_both_is_shown_as_two_values() -> None:
    base, ours, theirs = (page([{"id": "a", "grid": grid}]) for grid in (1, 2, 3))
    (conflict,) = merge(base, ours, theirs).conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == (1, 2, 3)
    assert conflict.place.pointer == "/data/layout/0/grid"
    assert conflict.place.component == "a"
    assert components(result(base, ours, theirs, choices={conflict.key: "ours"}))[0]["grid"] == 2
    assert components(result(base, ours, theirs, choices={conflict.key: "theirs"}))[0]["grid"] == 3


def test_one_and_true_are_two_values() -> None:
    base, ours, theirs = (page([{"id": "a", "grid": grid}]) for grid in (0, 1, True))
    assert len(merge(base, ours, theirs).conflicts) == 1


def test_removed_by_one_and_edited_by_the_other_is_a_conflict() -> None:
    base, ours, theirs = page([{"id": "a"}]), page([]), page([{"id": "a", "grid": 1}])
    (conflict,) = merge(base, ours, theirs).conflicts
    assert conflict.ours is GONE
    assert components(result(base, ours, theirs, choices={conflict.key: "ours"})) == []


def test_expressions_are_never_mixed() -> None:
    expressions = [("x", 1), ("y", 1), ("x", 2)]
    sides = [page([{"id": "a", "hidden": ["equals", ["component", a], b]}]) for a, b in expressions]
    (conflict,) = merge(*sides).conflicts
    assert conflict.ours == ["equals", ["component", "y"], 1]


def test_texts_are_merged_by_their_key() -> None:
    def texts(*pairs: tuple[str, str]) -> Files:
        resources = [{"id": key, "value": value} for key, value in pairs]
        return files(TEXTS, json.dumps({"language": "nb", "resources": resources}, ensure_ascii=False))

    base = texts(("a", "A"), ("b", "B"))
    merged = result(
        base, texts(("a", "Å"), ("b", "B"), ("c", "C")), texts(("new", "N"), ("b", "Bé"), ("a", "A"))
    )
    resources = json.loads(merged[TEXTS])["resources"]
    assert {item["id"]: item["value"] for item in resources} == {"a": "Å", "b": "Bé", "c": "C", "new": "N"}


def test_the_order_of_pages_is_merged_as_moves_and_insertions() -> None:
    def order(*names: str) -> Files:
        return files("App/ui/form/Settings.json", json.dumps({"pages": {"order": names}}))

    merged = result(order("a", "b", "c", "d"), order("b", "a", "c", "d"), order("a", "b", "d", "new"))
    assert json.loads(merged["App/ui/form/Settings.json"])["pages"]["order"] == ["b", "a", "d", "new"]


def test_pages_that_both_put_into_another_order_are_a_conflict_of_orders() -> None:
    def order(*names: str) -> Files:
        return files("App/ui/form/Settings.json", json.dumps({"pages": {"order": names}}))

    sides = order(*"abcd"), order(*"bdca"), order(*"cbda")
    (conflict,) = merge(*sides).conflicts
    assert (conflict.ours, conflict.theirs) == (list("bdca"), list("cbda"))
    for side, expected in (("ours", "bdca"), ("theirs", "cbda")):
        merged = result(*sides, choices={conflict.key: side})
        assert json.loads(merged["App/ui/form/Settings.json"])["pages"]["order"] == list(expected)


def test_a_move_that_both_made_is_no_question_and_the_rest_is_merged() -> None:
    def order(names: str) -> Files:
        return files("App/ui/form/Settings.json", json.dumps({"pages": {"order": list(names)}}))

    for base, ours, theirs, expected in (
        ("abcd", "bacd", "bacd", "bacd"),
        ("azcd", "dzac", "zacd", "dzac"),
        ("abcd", "bacdx", "ybacd", "ybacdx"),
        ("abcde", "cabde", "cabed", "cabed"),
    ):
        merged = result(order(base), order(ours), order(theirs))
        assert "".join(json.loads(merged["App/ui/form/Settings.json"])["pages"]["order"]) == expected


def test_lines_far_apart_merge_and_the_same_line_is_a_conflict_of_values() -> None:
    base = "one\ntwo\nthree\nfour\nfive\n"
    far = result(
        files("a.md", base), files("a.md", base.replace("one", "1")), files("a.md", base.replace("five", "5"))
    )
    assert far["a.md"] == b"1\ntwo\nthree\nfour\n5\n"
    (conflict,) = merge(
        files("a.md", base), files("a.md", base.replace("two", "2")), files("a.md", base.replace("two", "II"))
    ).conflicts
    assert (conflict.place.line, conflict.base, conflict.ours, conflict.theirs) == (2, "two\n", "2\n", "II\n")


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [(b"\x00\xff", b"\x00a", b"\x00b"), (None, b"\0a", b"\0b"), (b"a", None, b"b"), (b"a", b"b", None)],
)
def test_files_that_cannot_be_merged_are_shown_whole(
    base: bytes | None, ours: bytes | None, theirs: bytes | None
) -> None:
    sides = [files("a.bin", side) for side in (base, ours, theirs)]
    (conflict,) = merge(*sides).conflicts
    assert [conflict.base, conflict.ours, conflict.theirs] == [
        GONE if side is None else side for side in (base, ours, theirs)
    ]
    assert dict(result(*sides, choices={conflict.key: "ours"})) == dict(sides[1])
    assert dict(result(*sides, choices={conflict.key: "theirs"})) == dict(sides[2])


def test_of_a_file_that_both_added_only_the_lines_that_differ_are_a_question() -> None:
    sides = [files("a.py", text) for text in (None, "import re\nx = 1\nend()\n", "import re\ny = 2\nend()\n")]
    (conflict,) = merge(*sides).conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == ("", "x = 1\n", "y = 2\n")
    both = result(*sides, choices={conflict.key: "both"})
    assert both["a.py"] == b"import re\nx = 1\ny = 2\nend()\n"


def test_rows_that_are_known_by_nothing_are_merged_as_lines_are() -> None:
    def rules(*messages: str) -> Files:
        listed = [{"condition": ["equals", 1, 1], "message": text} for text in messages]
        return files("App/models/m.validation.json", json.dumps({"validations": {"a": listed}}))

    base = rules("a", "b", "c")
    merged = result(base, rules("A", "b", "c"), rules("a", "b", "c", "d"))
    listed = json.loads(merged["App/models/m.validation.json"])["validations"]["a"]
    assert [one["message"] for one in listed] == ["A", "b", "c", "d"]
    (conflict,) = merge(base, rules("a", "x", "c"), rules("a", "y", "c")).conflicts
    assert (conflict.ours, conflict.theirs) == ("x", "y")
    (conflict,) = merge(base, rules("a", "b", "c", "x"), rules("a", "b", "c", "y")).conflicts
    listed = json.loads(
        result(base, rules("a", "b", "c", "x"), rules("a", "b", "c", "y"), choices={conflict.key: "both"})[
            "App/models/m.validation.json"
        ]
    )["validations"]["a"]
    assert [one["message"] for one in listed] == ["a", "b", "c", "x", "y"]


def test_broken_json_is_merged_by_line() -> None:
    base = '{\n"a": 1,\n"b": ,\n"c": 3\n}\n'
    merged = result(
        files(PAGE, base), files(PAGE, base.replace("1", "7")), files(PAGE, base.replace("3", "9"))
    )
    assert merged[PAGE] == base.replace("1", "7").replace("3", "9").encode()
