"""Edits of JSON text agree with the same edits of the value, and leave every other byte alone."""

import copy
import difflib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.definition import json_text
from studio.definition.errors import DomainError, NotThere

KEYS = st.sampled_from(["id", "type", "a/b", "m~n", "ø", 'quote"', "", "0"]) | st.text(max_size=4)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
LAW = settings(max_examples=120, deadline=None)
CONTAINERS = st.lists(VALUES, max_size=5) | st.dictionaries(KEYS, VALUES, max_size=5)


@st.composite
def written(draw: st.DrawFn, values: st.SearchStrategy[Any] = CONTAINERS) -> bytes:
    """A value as somebody may have written it."""
    value = draw(values)
    indent = draw(st.sampled_from([None, 2, 4, "\t", 0]))
    separators = draw(st.sampled_from([None, (",", ":"), (", ", " : ")])) if indent is None else None
    text = json.dumps(value, indent=indent, separators=separators, ensure_ascii=draw(st.booleans()))
    if draw(st.booleans()):
        text = _with_remarks(text)
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    text += draw(st.sampled_from(["", "\n", "\n\n  "]))
    try:
        data = text.encode()
    except UnicodeEncodeError:
        data = json.dumps(value).encode()
    return (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + data


def _with_remarks(text: str) -> str:
    """Comments behind lines and a trailing comma, wherever they cannot lie inside a string."""
    lines = text.split("\n")
    marked = [
        f'{line} // "remark" {{ {number}' if number % 3 == 1 else line for number, line in enumerate(lines)
    ]
    return "/* a file, with remarks */ " + "\n".join(marked)


def places(value: Any, pointer: str = "") -> list[str]:
    """Every pointer into a value, but the whole."""
    found = []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        inner = f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"
        found += [inner, *places(item, inner)]
    return found


def at(value: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def holder(value: Any, pointer: str) -> tuple[Any, Any]:
    parent, _, last = pointer.rpartition("/")
    held = at(value, parent)
    key = last.replace("~1", "/").replace("~0", "~")
    return held, int(key) if isinstance(held, list) else key


@LAW
@given(written(), VALUES, st.data())
def test_setting_a_value_agrees_with_setting_it_in_the_parsed_file(
    data: bytes, value: Any, draw: st.DataObject
) -> None:
    expected = json_text.parse(data)
    pointer = draw.draw(st.sampled_from(["", *places(expected)]))
    changed = json_text.set_value(data, pointer, value)
    if pointer:
        held, key = holder(expected, pointer)
        held[key] = value
    else:
        expected = value
    assert json_text.same(json_text.parse(changed), json.loads(json.dumps(expected)))


@LAW
@given(written(), KEYS, VALUES, st.data())
def test_a_new_key_agrees_with_a_new_key_in_the_parsed_file(
    data: bytes, key: str, value: Any, draw: st.DataObject
) -> None:
    expected = json_text.parse(data)
    objects = [pointer for pointer in ["", *places(expected)] if isinstance(at(expected, pointer), dict)]
    if not objects:
        return
    pointer = draw.draw(st.sampled_from(objects))
    changed = json_text.set_value(data, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}", value)
    at(expected, pointer)[key] = value
    assert json_text.same(json_text.parse(changed), json.loads(json.dumps(expected)))


@LAW
@given(written(), st.data())
def test_deleting_agrees_with_deleting_in_the_parsed_file(data: bytes, draw: st.DataObject) -> None:
    expected = json_text.parse(data)
    pointers = places(expected)
    if not pointers:
        return
    pointer = draw.draw(st.sampled_from(pointers))
    held, key = holder(expected, pointer)
    del held[key]
    assert json_text.same(json_text.parse(json_text.delete(data, pointer)), expected)


@LAW
@given(written(), VALUES, st.data())
def test_inserting_agrees_with_inserting_in_the_parsed_file(
    data: bytes, value: Any, draw: st.DataObject
) -> None:
    expected = json_text.parse(data)
    lists = [pointer for pointer in ["", *places(expected)] if isinstance(at(expected, pointer), list)]
    if not lists:
        return
    pointer = draw.draw(st.sampled_from(lists))
    index = draw.draw(st.integers(0, len(at(expected, pointer))))
    at(expected, pointer).insert(index, value)
    changed = json_text.insert(data, pointer, index, value)
    assert json_text.same(json_text.parse(changed), json.loads(json.dumps(expected)))


@LAW
@given(written(), st.lists(VALUES, max_size=4), st.data())
def test_inserting_several_agrees_with_inserting_them_in_the_parsed_file(
    data: bytes, values: list[Any], draw: st.DataObject
) -> None:
    expected = json_text.parse(data)
    lists = [pointer for pointer in ["", *places(expected)] if isinstance(at(expected, pointer), list)]
    if not lists:
        return
    pointer = draw.draw(st.sampled_from(lists))
    index = draw.draw(st.integers(0, len(at(expected, pointer))))
    at(expected, pointer)[index:index] = values
    changed = json_text.insert_all(data, pointer, index, values)
    assert json_text.same(json_text.parse(changed), json.loads(json.dumps(expected)))


def _lists(data: bytes) -> list[str]:
    whole = json_text.parse(data)
    return [place for place in ["", *places(whole)] if isinstance(at(whole, place), list)]


@LAW
@given(written(), st.data())
def test_deleting_several_elements_is_deleting_them_one_by_one(data: bytes, draw: st.DataObject) -> None:
    lists = _lists(data)
    if not lists:
        return
    pointer = draw.draw(st.sampled_from(lists))
    length = len(at(json_text.parse(data), pointer))
    gone = draw.draw(st.sets(st.integers(0, length - 1))) if length else set()
    one_by_one = data
    for index in sorted(gone, reverse=True):
        one_by_one = json_text.delete(one_by_one, f"{pointer}/{index}")
    assert json_text.delete_elements(data, pointer, gone) == one_by_one


@LAW
@given(written(), VALUES, st.data())
def test_editing_several_elements_alone_is_editing_them_one_by_one(
    data: bytes, value: Any, draw: st.DataObject
) -> None:
    lists = _lists(data)
    if not lists:
        return
    pointer = draw.draw(st.sampled_from(lists))
    length = len(at(json_text.parse(data), pointer))
    edited = draw.draw(st.sets(st.integers(0, length - 1))) if length else set()
    one_by_one = data
    for index in edited:
        one_by_one = json_text.set_value(one_by_one, f"{pointer}/{index}", value)
    set_it = dict.fromkeys(edited, lambda alone: json_text.set_value(alone, f"{pointer}/0", value))
    changed = json_text.edit_elements(data, pointer, set_it)
    assert json_text.same(json_text.parse(changed), json_text.parse(one_by_one))


@pytest.mark.parametrize("index", [-1, 2])
def test_elements_outside_a_list_are_refused(index: int) -> None:
    with pytest.raises(NotThere):
        json_text.delete_elements(b"[1, 2]", "", [index])
    with pytest.raises(NotThere):
        json_text.edit_elements(b"[1, 2]", "", {index: lambda alone: alone})


def test_editing_several_elements_changes_no_other_line() -> None:
    data = b'{"list": [ // all\n        {"a": 1}, // a\n        {\n            "a": 4\n        }\n    ]}'
    edit = {index: lambda alone: json_text.set_value(alone, "/list/0/b", 2) for index in (0, 1)}
    expected = data.replace(b'{"a": 1}', b'{"a": 1, "b": 2}').replace(
        b'"a": 4\n', b'"b": 2,\n            "a": 4\n'
    )
    assert json_text.edit_elements(data, "/list", edit) == expected


@LAW
@given(written(), st.data())
def test_moving_agrees_with_moving_in_the_parsed_file(data: bytes, draw: st.DataObject) -> None:
    expected = json_text.parse(data)
    pointers = [pointer for pointer in places(expected) if isinstance(holder(expected, pointer)[0], list)]
    if not pointers:
        return
    pointer = draw.draw(st.sampled_from(pointers))
    held, key = holder(expected, pointer)
    moved = held.pop(key)
    lists = [place for place in ["", *places(expected)] if isinstance(at(expected, place), list)]
    to = draw.draw(st.sampled_from(lists))
    index = draw.draw(st.integers(0, len(at(expected, to))))
    at(expected, to).insert(index, moved)
    assert json_text.same(json_text.parse(json_text.move(data, pointer, to, index)), expected)


@LAW
@given(written(), VALUES, st.data())
def test_setting_and_setting_back_gives_the_same_bytes(data: bytes, value: Any, draw: st.DataObject) -> None:
    before = json_text.parse(data)
    scalars = [place for place in places(before) if not isinstance(at(before, place), dict | list | float)]
    if not scalars or isinstance(value, dict | list):
        return
    pointer = draw.draw(st.sampled_from(scalars))
    changed = json_text.set_value(data, pointer, value)
    back = json_text.set_value(changed, pointer, at(before, pointer))
    if json_text.raw(data, pointer).text == json_text.raw(back, pointer).text:
        assert back == data


@LAW
@given(written(), st.data())
def test_setting_what_is_there_already_changes_no_other_byte(data: bytes, draw: st.DataObject) -> None:
    before = json_text.parse(data)
    pointer = draw.draw(st.sampled_from(["", *places(before)]))
    if isinstance(at(before, pointer), dict | list):
        assert json_text.set_value(data, pointer, copy.deepcopy(at(before, pointer))) == data


@LAW
@given(written(), st.text(max_size=5), st.data())
def test_renaming_a_key_keeps_its_place(data: bytes, name: str, draw: st.DataObject) -> None:
    before = json_text.parse(data)
    keys = [place for place in places(before) if isinstance(holder(before, place)[0], dict)]
    if not keys:
        return
    pointer = draw.draw(st.sampled_from(keys))
    held, key = holder(before, pointer)
    if name in held:
        return
    place = list(held).index(key)
    changed = json_text.parse(json_text.rename_key(data, pointer, name))
    parent = pointer.rpartition("/")[0]
    assert list(at(changed, parent))[place] == name


def changed_lines(before: bytes, after: bytes) -> list[str]:
    lines = difflib.ndiff(before.decode().splitlines(keepends=True), after.decode().splitlines(keepends=True))
    return [line for line in lines if line[0] in "+-"]


LAYOUT = """{
  // the first page
  "data": {
    "layout": [
      { "id": "one", "type": "Input", "required": true },
      {
        "id": "two",
        "type": "Input", // a field
        "width": 1.0e5,
        "title": "\\u00e6 \\/ sl\\u00e5tt",
        "order": ["a", "b"]
      },
    ],
  }
}"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(
    ("pointer", "value", "expected"),
    [
        (
            "/data/layout/1/type",
            "TextArea",
            ['-        "type": "Input", // a field', '+        "type": "TextArea", // a field'],
        ),
        ("/data/layout/1/required", True, ['+        "required": true,']),
        (
            "/data/layout/1/order",
            ["a", "c", "b"],
            ['-        "order": ["a", "b"]', '+        "order": ["a", "c", "b"]'],
        ),
        (
            "/data/layout/0/required",
            ["not", True],
            [
                '-      { "id": "one", "type": "Input", "required": true },',
                '+      { "id": "one", "type": "Input", "required": ["not", true] },',
            ],
        ),
    ],
)
def test_only_the_lines_of_the_property_change(
    newline: str, bom: bytes, pointer: str, value: Any, expected: list[str]
) -> None:
    data = bom + LAYOUT.replace("\n", newline).encode()
    changed = json_text.set_value(data, pointer, value)
    seen = [line[0] + line[2:].rstrip("\r\n") for line in changed_lines(data, changed)]
    assert seen == expected
    assert changed.startswith(bom)
    assert changed.count(b"\r\n") == (changed.count(b"\n") if newline == "\r\n" else 0)


def test_several_new_elements_are_written_like_their_neighbours() -> None:
    data = b'{\n    "list": [\n        {"a": 1}, // first\n        {"a": 4}\n    ]\n}\n'
    changed = json_text.insert_all(data, "/list", 1, [{"a": 2}, {"a": 3}])
    one_by_one = json_text.insert(json_text.insert(data, "/list", 1, {"a": 2}), "/list", 2, {"a": 3})
    assert changed == one_by_one
    assert changed.startswith(data[:46])
    assert json_text.insert_all(data, "/list", 0, []) == data


def test_a_list_that_thousands_of_elements_come_to_and_go_from_is_set_at_once() -> None:
    few, many = ["and", ["is", 0], True], ["and", *(["is", number] for number in range(3000))]
    data = b'{\n  // kept\n  "rule": ["and", ["is",0], true],\n  "a":1\n}\n'

    grown = json_text.set_value(data, "/rule", many)
    shrunk = json_text.set_value(grown, "/rule", few)

    assert json_text.parse(grown)["rule"] == many
    assert grown.startswith(b'{\n  // kept\n  "rule": ["and", ["is",0], ["is", 1], ')
    assert json_text.parse(shrunk)["rule"] == few
    assert shrunk.startswith(b"{\n  // kept\n")
    assert shrunk.endswith(b',\n  "a":1\n}\n')


def test_a_deleted_property_takes_only_its_own_line_with_it() -> None:
    data = LAYOUT.encode()
    seen = changed_lines(data, json_text.delete(data, "/data/layout/1/width"))
    assert seen == ['-         "width": 1.0e5,\n']


def test_a_deleted_last_element_keeps_a_trailing_comma() -> None:
    data = json_text.delete(LAYOUT.encode(), "/data/layout/1")
    assert b'"required": true },\n    ],' in data


def test_a_moved_element_keeps_its_spelling() -> None:
    data = json_text.move(LAYOUT.encode(), "/data/layout/1", "/data/layout", 0)
    assert b'"title": "\\u00e6 \\/ sl\\u00e5tt"' in data
    assert b'"width": 1.0e5' in data
    assert [part["id"] for part in json_text.parse(data)["data"]["layout"]] == ["two", "one"]


def test_of_a_repeated_key_the_last_one_is_edited_and_all_are_deleted() -> None:
    data = b'{"a": 1, "b": 2, "a": 3}'
    assert json_text.set_value(data, "/a", 4) == b'{"a": 1, "b": 2, "a": 4}'
    assert json_text.delete(data, "/a") == b'{"b": 2}'
    assert json_text.repeated_keys(data) == ["a"]


def test_names_with_quotes_emoji_and_tags_are_only_text() -> None:
    data = json_text.set_value(b"{}", "/a", '<script>"🙂"</script>')
    assert json_text.parse(data) == {"a": '<script>"🙂"</script>'}
    assert "🙂".encode() in data


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"", 1, 1),
        (b'{\n  "a": 1\n  "b": 2\n}', 3, 3),
        (b'{\n  "a": \n}', 3, 1),
        (b'{"a": NaN}', 1, 1),
        (b'{"a": 1', 1, 8),
        (b'{\n"a": "\xff"}', 2, 1),
        (b"[" * 100_000, 1, 1),
        (b'{"a": ' + b"9" * 5000 + b"}", 1, 1),
        (b"{} {}", 1, 4),
    ],
)
def test_broken_json_is_named_with_line_and_column(data: bytes, line: int, column: int) -> None:
    with pytest.raises(json_text.BrokenJson) as caught:
        json_text.parse(data)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert str(caught.value.sentence)


def test_an_edit_of_broken_json_is_refused() -> None:
    with pytest.raises(json_text.BrokenJson):
        json_text.set_value(b'{"a": 1', "/a", 2)


def test_what_is_not_there_cannot_be_edited() -> None:
    for pointer in ("/b/c", "/a/x", "/l/2", "/l/01"):
        with pytest.raises(NotThere):
            json_text.set_value(b'{"a": 1, "l": [1, 2]}', pointer, 1)
    with pytest.raises(NotThere):
        json_text.delete(b'{"a": 1}', "/b")
    with pytest.raises(NotThere):
        json_text.insert(b"[1]", "", 3, 1)
    with pytest.raises(DomainError):
        json_text.delete(b"{}", "")
    with pytest.raises(DomainError):
        json_text.rename_key(b'{"a": 1, "b": 2}', "/a", "b")


def test_the_line_of_a_value_is_where_its_name_stands() -> None:
    data = LAYOUT.encode()
    assert json_text.line_of(data, "/data/layout/0") == 5
    assert json_text.line_of(data, "/data/layout/1/type") == 8
    assert json_text.line_of(data, "/data/layout/1/missing") == 6
