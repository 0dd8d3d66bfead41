"""Texts that are read again after an edit are those that a new look at the file finds."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from studio.definition.texts import TextReader, Texts

_VARIABLE = st.fixed_dictionaries({"key": st.sampled_from("abc"), "dataSource": st.just("text")})
_ENTRY = st.one_of(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["a", "b", 1]), "value": st.sampled_from(["x", "y", None])},
        optional={"variables": st.lists(_VARIABLE, max_size=2), "Value": st.just("z")},
    ),
    st.sampled_from([None, 1, True, "a", []]),
)
_FILE = st.lists(_ENTRY, max_size=6).map(lambda listed: {"resources": listed})


def everything(texts: Texts) -> list[Any]:
    return [(each, each.pointer) for each in texts.resources]


@given(st.lists(_FILE, min_size=2, max_size=4))
def test_a_file_read_after_others_says_the_same_as_one_read_first(files: list[Any]) -> None:
    reader = TextReader("nb")
    for content in files:
        assert everything(reader.read(content)) == everything(TextReader("nb").read(content))


def test_texts_that_an_edit_is_not_about_are_the_same_objects() -> None:
    listed = [{"id": name, "value": name} for name in "abc"]
    reader = TextReader("nb")
    before = reader.read({"resources": listed}).resources
    changed = [dict(each) for each in listed]
    changed[1]["value"] = "other"
    after = reader.read({"resources": changed}).resources
    assert [one is other for one, other in zip(before, after, strict=True)] == [True, False, True]
