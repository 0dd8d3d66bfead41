"""What comments are about, and what became of it."""

from hypothesis import given
from hypothesis import strategies as st

from studio.reviews.subjects import Subject, line_now

LINES = st.lists(st.sampled_from(["{", "}", '"a": 1,', '"b": 2', ""]), max_size=12)


def file_of(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


@given(LINES, LINES)
def test_a_line_that_is_followed_has_the_same_text_and_keeps_its_order(
    before: list[str], after: list[str]
) -> None:
    found = [line_now(file_of(before), file_of(after), number) for number in range(1, len(before) + 1)]
    there = [number for number in found if number is not None]
    assert there == sorted(set(there))
    for line, number in zip(before, found, strict=True):
        assert number is None or after[number - 1] == line


@given(LINES, LINES, LINES)
def test_lines_put_in_before_and_after_leave_no_other_line_lost(
    above: list[str], lines: list[str], below: list[str]
) -> None:
    after = [*above, *lines, *below]
    found = [line_now(file_of(lines), file_of(after), number) for number in range(1, len(lines) + 1)]
    assert None not in found


def test_a_changed_line_is_gone_and_its_neighbours_stay() -> None:
    before, after = b"a\nb\nc\n", b"x\na\nB\nc\n"
    assert [line_now(before, after, number) for number in (1, 2, 3)] == [2, None, 4]


@given(
    st.dictionaries(
        st.sampled_from(
            ["kind", "layout_set", "page", "component", "language", "key", "path", "line", "blob"]
        ),
        st.text() | st.integers(),
    )
)
def test_any_address_is_read_and_what_is_kept_is_read_the_same(asked: dict[str, str | int]) -> None:
    subject = Subject.from_dict(asked)
    assert Subject.from_dict(subject.to_dict()) == subject
