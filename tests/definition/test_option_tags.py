"""Tags of options: as a line that people write, in the file, and in lists that apps share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.definition.app import AppDefinition
from studio.definition.changes import AddOption, SetOption, TakeOptions
from studio.definition.errors import DomainError
from studio.definition.files import EditedFiles
from studio.definition.library import compared, difference_sentence, list_content
from studio.definition.library.items import Published, read_content, written
from studio.definition.options.tags import read_tags, tags_text
from tests.builders import app, as_json

PATH = "App/options/towns.json"
TOWNS = b"""[
  { "value": "oslo", "label": "Oslo", "tags": { "county": "03", "size": 3 } },
  { "value": "moss", "label": "Moss" } // no tags
]
"""
_TEXT = st.text(alphabet="ab;=\\ é", max_size=6).map(str.strip)


def after(files: bytes, *changes: object) -> bytes:
    definition = app(more={PATH: files})
    for change in changes:
        definition = AppDefinition(EditedFiles(definition.files, change.apply(definition)))  # type: ignore[attr-defined]  # any change
    return definition.files[PATH]


@given(st.dictionaries(_TEXT.filter(bool), _TEXT, max_size=4))
def test_what_is_written_as_a_line_reads_the_same(tags: dict[str, str]) -> None:
    assert read_tags(tags_text(tags)) == tags


@pytest.mark.parametrize("line", ["county", "=03", "a=1; b"])
def test_a_line_that_says_no_tag_is_refused(line: str) -> None:
    with pytest.raises(DomainError, match="name=value"):
        read_tags(line)


def test_tags_are_set_on_their_line_alone_and_taken_away() -> None:
    assert after(TOWNS, SetOption("towns", 1, "moss", {"tags": {"county": "31"}})) == TOWNS.replace(
        b'"Moss" }', b'"Moss", "tags": { "county": "31" } }'
    )
    assert after(TOWNS, SetOption("towns", 0, "oslo", {"tags": {}})) == TOWNS.replace(
        b', "tags": { "county": "03", "size": 3 }', b""
    )
    # The same tags again change nothing, also not how they are written.
    assert after(TOWNS, SetOption("towns", 0, "oslo", {"tags": {"county": "03", "size": "3"}})) == TOWNS


def test_a_new_option_and_a_table_can_bring_tags_and_a_table_without_leaves_them() -> None:
    added = after(TOWNS, AddOption("towns", 2, {"value": "vadsø", "label": {"nb": "V"}, "tags": {"a": "b"}}))
    assert b'"tags": { "a": "b" }' in added or b'"a": "b"' in added
    given_again = ({"value": "oslo", "label": {"nb": "Oslo"}},)
    assert after(TOWNS, TakeOptions("towns", given_again)) == TOWNS


def test_a_shared_list_carries_its_tags_and_says_when_they_are_others() -> None:
    content = list_content(app(more={PATH: TOWNS}), "towns")
    data = written("lists", "Towns", content, Published())
    again = read_content("lists", AppDefinition(app(more={"x.json": data}).files).json("x.json"))
    assert [part.tags for part in again] == [{"county": "03", "size": "3"}, {}]
    other = as_json(
        [
            {"value": "oslo", "label": "Oslo", "tags": {"county": "99"}},
            {"value": "moss", "label": "Moss"},
        ]
    )
    newer = list_content(app(more={PATH: other}), "towns")
    said = [
        str(difference_sentence(each, "nb"))
        for each in compared(content, content, newer)
        if each.state != "same"
    ]
    assert said == ["*Oslo* has other tags"]
