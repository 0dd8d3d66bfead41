"""Option lists: edits that touch one line, values that keep their type, texts in all languages, tables."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    AddOption,
    Change,
    DuplicateOptionList,
    MakeOptionsTranslatable,
    MoveOption,
    RemoveOption,
    RemoveOptionList,
    RenameOptionList,
    SetOption,
    SetOptionKind,
    TakeOptions,
    from_dict,
)
from studio.definition.checks import check
from studio.definition.errors import DomainError
from studio.definition.files import EditedFiles
from studio.definition.option_lists import rows, uses_of_list, value_kind
from studio.definition.option_lists.exchange import as_table, coming
from studio.definition.options.tabular import decoded, delimiter_of, read_table, write_table
from tests.builders import app, field

PATH = "App/options/colours.json"
COLOURS = b"""[
  // as people write it
  { "value": 1, "label": "colours.red", "tags": { "warm": "yes" }, "own": [1, 2] },
  { "Value": 2, "Label": "Green",
    "helpText": "colours.help" },
  { "value": "3", "label": "Blue" }, // last
]
"""
TEXTS = {
    "nb": {"colours.red": "R\u00f8d", "colours.help": "Hjelp", "name.title": "Navn"},
    "en": {"colours.red": "Red", "colours.help": "Help", "name.title": "Name"},
}


def palette(content: bytes = COLOURS, **more: Any) -> AppDefinition:
    pages = {"Contact": (field("colour", kind="RadioButtons", optionsId="colours"), *more.pop("beside", ()))}
    return app(texts=TEXTS, pages=pages, more={PATH: content, **more})


def after(change: Change, before: AppDefinition | None = None) -> AppDefinition:
    before = before or palette()
    assert from_dict(json.loads(json.dumps(change.to_dict()))) == change
    return AppDefinition(EditedFiles(before.files, change.apply(before)))


def content(found: AppDefinition, name: str = "colours") -> Any:
    return found.json(f"App/options/{name}.json")


def text(found: AppDefinition, language: str, key: str) -> str | None:
    resource = found.texts(language).get(key)
    return resource.value if resource else None


def test_an_option_is_written_without_touching_another_line() -> None:
    found = after(SetOption("colours", 2, "3", {"label": {"nb": "Bl\u00e5"}}))
    assert found.files[PATH] == COLOURS.replace(b'"Blue"', '"Bl\u00e5"'.encode())
    found = after(SetOption("colours", 1, "2", {"value": 4}))
    assert found.files[PATH] == COLOURS.replace(b'"Value": 2', b'"Value": 4')


def test_a_label_that_is_a_text_is_written_in_the_texts_and_stays_a_text() -> None:
    found = after(SetOption("colours", 0, "1", {"label": {"en": "Crimson", "nb": "R\u00f8d"}}))
    assert found.files[PATH] == COLOURS
    assert (text(found, "en", "colours.red"), text(found, "nb", "colours.red")) == ("Crimson", "R\u00f8d")


def test_a_label_that_is_written_out_becomes_a_text_once_another_language_says_something_else() -> None:
    found = after(SetOption("colours", 2, "3", {"label": {"en": "Sky"}}))
    assert content(found)[2]["label"] == "colours.3"
    assert (text(found, "nb", "colours.3"), text(found, "en", "colours.3")) == ("Blue", "Sky")


def test_a_description_without_any_text_goes_away_with_its_text() -> None:
    found = after(SetOption("colours", 1, "2", {"helpText": {"nb": "", "en": ""}}))
    assert "helpText" not in content(found)[1]
    assert text(found, "nb", "colours.help") is None


def test_a_new_option_gets_readable_texts_and_removing_it_takes_them_away_again() -> None:
    said = {
        "value": "light blue",
        "label": {"nb": "Lysebl\u00e5", "en": ""},
        "helpText": {"nb": "", "en": ""},
    }
    found = after(AddOption("colours", 3, said))
    assert content(found)[3] == {"value": "light blue", "label": "colours.light-blue"}
    assert text(found, "nb", "colours.light-blue") == "Lysebl\u00e5"
    assert text(found, "en", "colours.light-blue") is None
    gone = after(RemoveOption("colours", 3, "light blue"), found)
    assert content(gone) == content(palette())
    assert text(gone, "nb", "colours.light-blue") is None


def test_a_text_that_something_else_uses_stays_when_the_option_goes() -> None:
    before = palette(beside=(field("other", textResourceBindings={"title": "colours.red"}),))
    assert text(after(RemoveOption("colours", 0, "1"), before), "nb", "colours.red") == "R\u00f8d"
    assert text(after(RemoveOption("colours", 0, "1")), "nb", "colours.red") is None


def test_an_option_that_has_moved_meanwhile_is_still_found_and_one_that_is_gone_is_not() -> None:
    assert content(after(RemoveOption("colours", 0, "3"))) == content(palette())[:2]
    with pytest.raises(DomainError):
        RemoveOption("colours", 0, "9").apply(palette())


def test_a_list_gets_another_name_wherever_it_is_used() -> None:
    label = ["optionLabel", "colours", ["dataModel", "name"]]
    table = {"id": "table", "type": "List", "dataListId": "colours", "tableHeaders": {}}
    rows_of_its_own = {"id": "own", "type": "List", "dataListId": "people", "tableHeaders": {}}
    said = field("said", textResourceBindings={"title": ["if", True, label]})
    before = palette(beside=(said, table, rows_of_its_own), **{"App/lists/people.json": b"[]"})
    assert len(uses_of_list(before, "colours")) == 3
    assert not uses_of_list(before, "people")
    found = after(RenameOptionList("colours", "paint"), before)
    assert (found.options("colours"), len(found.options("paint") or ())) == (None, 3)
    uses = [use.component.id for use in uses_of_list(found, "paint") if use.component]
    assert sorted(uses) == ["colour", "said", "table"]
    assert not uses_of_list(found, "colours")
    for wrong in ("colours", "../x", ""):
        with pytest.raises(DomainError):
            RenameOptionList("colours", wrong).apply(before)


def test_a_copy_of_a_list_has_texts_of_its_own() -> None:
    found = after(DuplicateOptionList("colours", "paint"))
    assert content(found, "paint")[0]["label"] == "paint.1"
    assert content(found, "paint")[0]["own"] == [1, 2]
    changed = after(SetOption("paint", 0, "1", {"label": {"en": "Rust"}}), found)
    assert text(changed, "en", "colours.red") == "Red"


def test_a_list_that_goes_takes_its_texts_along() -> None:
    found = after(RemoveOptionList("colours"))
    assert "colours" not in found.option_ids
    assert found.texts("nb").keys() == ("name.title",)


def test_written_labels_become_texts_when_asked_for() -> None:
    found = after(MakeOptionsTranslatable("colours"))
    assert [option["label"] for option in map(lower, content(found))] == [
        "colours.red",
        "colours.2",
        "colours.3",
    ]
    assert text(found, "nb", "colours.2") == "Green"


def lower(option: dict[str, Any]) -> dict[str, Any]:
    return {name.lower(): value for name, value in option.items()}


def test_the_values_of_a_list_become_of_one_type_or_nothing_is_changed() -> None:
    assert value_kind(palette(), "colours") == "mixed"
    found = after(SetOptionKind("colours", "number"))
    assert [row.value for row in rows(found, "colours")] == [1, 2, 3]
    assert value_kind(after(SetOptionKind("colours", "text"), found), "colours") == "text"
    with pytest.raises(DomainError):
        SetOptionKind("colours", "boolean").apply(palette())


def test_a_table_is_taken_in_by_value_and_keeps_what_it_does_not_name() -> None:
    table = read_table("Kode\tNavn (nb)\tlabel.en\n4\tGul\tYellow\n1\tR\u00f8d\tScarlet\n")
    found = coming(palette(), "colours", table, "number")
    assert [line.state for line in found.lines] == ["new", "changed"]
    assert [row.key for row in found.gone] == ["2", "3"]
    added = after(TakeOptions("colours", found.options))
    assert [row.value for row in rows(added, "colours")] == [1, 2, "3", 4]
    assert added.files[PATH].startswith(COLOURS[: COLOURS.index(b'"Blue"')])
    replaced = after(TakeOptions("colours", found.options, replace=True))
    assert [row.value for row in rows(replaced, "colours")] == [4, 1]
    assert content(replaced)[1]["own"] == [1, 2]
    assert text(replaced, "en", "colours.red") == "Scarlet"
    assert text(replaced, "nb", "colours.help") is None


@pytest.mark.parametrize(
    ("table", "unread"),
    [
        ("verdi;etikett;Farge;\n4;Gul;gul;\n", ("Farge",)),
        ("4;Gul;Yellow;gul;\n", ("4",)),
        ("verdi;etikett\n4;Gul\n", ()),
    ],
)
def test_columns_that_say_nothing_about_an_option_are_named(table: str, unread: tuple[str, ...]) -> None:
    assert coming(palette(), "colours", read_table(table), "number").unread == unread


@pytest.mark.parametrize(
    "table",
    [
        "",
        "value;label\n",
        "value;label\na;\n",
        "a;A\na;B",
        "value;label;label\na;b;c",
        "value;label.fi\na;b",
        '"a;b',
    ],
)
def test_a_table_that_cannot_be_taken_in_is_refused(table: str) -> None:
    with pytest.raises(DomainError):
        coming(palette(), "colours", read_table(table))


def test_the_first_line_of_a_table_tells_what_parts_its_cells() -> None:
    assert [delimiter_of(text) for text in ("a;b,c;d", "a,b", "a\tb;c", '"x;y;z",b', "a")] == [
        ";",
        ",",
        "\t",
        ",",
        ";",
    ]
    assert (
        decoded("\u00e6;\u00f8".encode("cp1252"))
        == decoded("\ufeff\u00e6;\u00f8".encode())
        == "\u00e6;\u00f8"
    )


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], [("empty-options", "")]),
        ([{"value": "a", "label": "A"}, {"value": "a", "label": "B"}], [("repeated-option", "/1")]),
        (
            [{"value": 1, "label": "A"}, {"value": "1", "label": "B"}],
            [("mixed-option-values", ""), ("repeated-option", "/1")],
        ),
        ([{"value": 1, "label": "A"}, {"value": None, "label": "B"}], []),
        ([{"value": "a", "label": ""}], [("option-without-label", "/0")]),
        ([{"label": "A"}, {"value": "", "label": "B"}], [("option-without-value", f"/{n}") for n in (0, 1)]),
        ([{"Value": "a", "LABEL": "A", "colour": 1}], [("unknown-option-property", "/0")]),
        (
            [{"value": "a", "label": "A"}, "b", {"value": [], "label": "C"}],
            [("broken-option", f"/{n}") for n in (1, 2)],
        ),
        ([{"value": "a", "label": "only.nb"}], [("missing-translation", "/0/label")]),
        ([{"value": "a", "label": "A", "helpText": "no.such"}], [("missing-text", "/0/helpText")]),
        ([{"value": "a", "label": "colours.red", "tags": {"x": "y"}}], []),
    ],
)
def test_what_is_wrong_with_a_list_is_found_where_it_is(
    options: Any, expected: list[tuple[str, str]]
) -> None:
    texts = {**TEXTS, "nb": {**TEXTS["nb"], "only.nb": "Bare her"}}
    checked = app(texts=texts, more={PATH: json.dumps(options, indent=1).encode()})
    found = [each for each in check(checked) if each.place.path == PATH]
    assert sorted((each.code, each.place.pointer or "") for each in found) == sorted(expected)
    assert {each.severity for each in found} <= {"warning"}


_CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(
    st.lists(st.lists(_CELLS, min_size=2, max_size=2), min_size=1, max_size=6),
    st.sampled_from([";", ",", "\t"]),
    st.booleans(),
)
def test_a_table_comes_back_from_csv_as_it_was(rows: list[list[str]], delimiter: str, bom: bool) -> None:
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    text = decoded(write_table(rows, delimiter, bom=bom or rows[0][0].startswith("\ufeff")))
    assert read_table(text, delimiter) == kept


_VALUES = st.one_of(
    st.text('abc \u00e6"\u00f8,;\n01', max_size=5),
    st.integers(-99, 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
)
_OPTIONS = st.lists(
    st.fixed_dictionaries(
        {"value": _VALUES, "label": st.sampled_from(["colours.red", "Blue", "x y", "\u00e6"])},
        optional={
            "helpText": st.sampled_from(["colours.help", "?"]),
            "tags": st.just({"a": "b"}),
            "own": st.just([1]),
        },
    ),
    min_size=1,
    max_size=6,
)


@given(_OPTIONS)
def test_a_list_that_goes_out_as_a_table_and_comes_back_is_the_very_same(
    options: list[dict[str, Any]],
) -> None:
    before = palette(json.dumps(options, indent=2).encode())
    listed = rows(before, "colours")
    if len({row.key for row in listed}) < len(listed):
        return
    table = read_table(decoded(write_table(as_table(before, "colours"), ",")), ",")
    if len(table) <= len(listed):
        return  # a line of nothing but blanks is no line
    found = coming(before, "colours", table)
    assert {line.state for line in found.lines} == {"same"}
    assert TakeOptions("colours", found.options, replace=True).apply(before) == {}


@given(_OPTIONS, st.data())
def test_any_edit_leaves_the_lines_of_other_options_alone(
    options: list[dict[str, Any]], data: st.DataObject
) -> None:
    lines = [json.dumps({**option, "n": number}, ensure_ascii=False) for number, option in enumerate(options)]
    before = palette(("[\n  " + ",\n  ".join(lines) + "\n]\n").encode())
    place = data.draw(st.integers(0, len(options) - 1))
    to = data.draw(st.integers(0, len(options)))
    key = rows(before, "colours")[place].key
    said = {"description": {"en": "New"}, "helpText": {"nb": "", "en": ""}}
    change = data.draw(
        st.sampled_from(
            [
                SetOption("colours", place, key, {"value": "new", "label": {"nb": "Ny"}}),
                SetOption("colours", place, key, said),
                RemoveOption("colours", place, key),
                AddOption("colours", place, {"value": True, "label": {"nb": "Ja"}}),
                MoveOption("colours", place, key, to),
            ]
        )
    )
    found = after(change, before)
    others = [line for number, line in enumerate(lines) if number != place or isinstance(change, AddOption)]
    written = [line.strip().removesuffix(",") for line in found.files[PATH].decode().splitlines()]
    assert [line for line in written if line in others] == others
    grown = isinstance(change, AddOption) - isinstance(change, RemoveOption)
    assert len(rows(found, "colours")) == len(options) + grown
