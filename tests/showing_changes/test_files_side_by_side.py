"""The text of files before and after, line by line."""

from hypothesis import given
from hypothesis import strategies as st

from studio.definition.files import MemoryFiles
from studio.showing_changes.files import MOST_ROWS, Row, file_difference, file_differences


def compared(old: bytes | None, new: bytes | None):
    before, after = ({} if data is None else {"f.txt": data} for data in (old, new))
    return file_difference(MemoryFiles(before), MemoryFiles(after), "f.txt")


def side(rows: list[Row], name: str) -> list[tuple[int, str]]:
    lines = [getattr(row, name) for row in rows]
    return [(line.number, "".join(text for text, _ in line.pieces)) for line in lines if line]


def test_what_changed_inside_a_line_is_marked_and_the_rest_is_not() -> None:
    difference = compared(b'{\n  "required": true\n}\n', b'{\n  "required": false\n}\n')
    row = next(row for hunk in difference.hunks for row in hunk if not row.same)
    assert [text for text, marked in row.old.pieces if marked] == ["true"]
    assert [text for text, marked in row.new.pieces if marked] == ["false"]
    assert (difference.added, difference.removed, difference.state) == (1, 1, "changed")


def test_lines_that_have_nothing_in_common_are_not_marked_inside() -> None:
    difference = compared(b"aaaa bbbb\n", b"1234567\n")
    assert not any(marked for hunk in difference.hunks for row in hunk for _, marked in row.old.pieces)


def test_files_that_are_no_text_are_named_with_their_sizes() -> None:
    for odd in (b"\x89PNG\0\x01", "æ".encode("latin-1")):
        difference = compared(b"text\n", odd)
        assert (difference.binary, difference.hunks) == (True, ())
        assert (difference.old_size, difference.new_size) == (5, len(odd))


def test_new_and_removed_files_have_one_side() -> None:
    assert compared(None, b"a\n").state == "added"
    gone = compared(b"a\n", None)
    assert (gone.state, [row.new for hunk in gone.hunks for row in hunk]) == ("removed", [None])
    assert compared(None, b"").hunks == ()


def test_a_very_long_file_is_cut_and_says_by_how_much() -> None:
    difference = compared(None, b"line\n" * (MOST_ROWS + 7))
    assert (sum(map(len, difference.hunks)), difference.left_out, difference.folded) == (MOST_ROWS, 7, True)


def test_only_files_that_differ_are_compared() -> None:
    before, after = MemoryFiles({"same": b"1", "other": b"1"}), MemoryFiles({"same": b"1", "other": b"2"})
    assert [each.path for each in file_differences(before, after)] == ["other"]
    assert file_differences(before, after, ["same"]) == ()


_TEXT = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=8), max_size=12)


@given(_TEXT, _TEXT)
def test_each_side_shows_its_own_lines_with_their_numbers(old: list[str], new: list[str]) -> None:
    difference = compared(*("".join(f"{line}\n" for line in lines).encode() for lines in (old, new)))
    rows = [row for hunk in difference.hunks for row in hunk]
    for name, lines in (("old", old), ("new", new)):
        for number, text in side(rows, name):
            assert lines[number - 1] == text
    shown = {number for number, _ in side(rows, "new")}
    missing = [text for number, text in enumerate(new, 1) if number not in shown and text not in old]
    assert missing == []
