"""A file that is edited as text keeps every byte that nobody typed."""

from hypothesis import given
from hypothesis import strategies as st

from studio.definition.code import text as texts

_SIGNS = st.sampled_from(["a", "b", "{", " ", "\t", "æ", "😀", "\n", "\r\n", "\r"])
_CONTENT = st.lists(_SIGNS, max_size=40).map("".join)


@given(_CONTENT, st.booleans())
def test_a_file_that_is_saved_unchanged_keeps_every_byte(content: str, has_bom: bool) -> None:
    data = (b"\xef\xbb\xbf" if has_bom else b"") + content.encode()
    shown = texts.read(data)
    assert shown is not None
    assert texts.written(shown.text, data) == data


@given(_CONTENT, st.booleans())
def test_a_browser_that_sends_the_line_ends_of_windows_changes_nothing(content: str, has_bom: bool) -> None:
    data = (b"\xef\xbb\xbf" if has_bom else b"") + content.encode()
    shown = texts.read(data)
    assert shown is not None
    assert texts.written(shown.text.replace("\n", "\r\n"), data) == data


@given(_CONTENT, _CONTENT)
def test_what_was_typed_is_what_is_read_again(before: str, typed: str) -> None:
    data = texts.written(typed, before.encode())
    read = texts.read(data)
    assert read is not None
    assert read.text == typed.replace("\r\n", "\n").replace("\r", "\n")


def test_a_line_typed_into_a_file_of_windows_ends_as_its_neighbours_do() -> None:
    assert texts.written("a\nnew\nb\n", b"a\r\nb\r\n") == b"a\r\nnew\r\nb\r\n"


def test_lines_of_a_mixed_file_keep_their_own_ends() -> None:
    before = b"one\r\ntwo\nthree\r\nfour"
    assert texts.written("one\ntwo\n2.5\nthree\nfour", before) == b"one\r\ntwo\n2.5\nthree\r\nfour"


def test_a_byte_order_mark_stays_and_is_not_shown() -> None:
    shown = texts.read(b"\xef\xbb\xbf{}")
    assert shown == texts.Text("{}", bom=True)
    assert texts.written("[]", b"\xef\xbb\xbf{}") == b"\xef\xbb\xbf[]"


def test_a_new_file_ends_its_lines_as_git_does() -> None:
    assert texts.written("a\r\nb\r\n") == b"a\nb\n"


def test_a_picture_is_no_text() -> None:
    assert texts.read(b"\x89PNG\r\n\x1a\n\x00\x00") is None
    assert texts.read(b"a\x00b") is None
