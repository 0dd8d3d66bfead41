"""The text of files before and after, line by line, with what changed inside a line.

The lines are compared by libgit2, which takes milliseconds for the largest files of an app.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

import pygit2

from studio.definition.content_cache import ContentCache
from studio.definition.files import Files, changed_paths

# Rows of one file that are shown, and of those how many without being asked for.
MOST_ROWS: Final = 3000
FOLDED_FROM: Final = 200
_LONGEST_LINE: Final = 2000  # characters; longer lines are cut, and not compared inside
_COMPARED_INSIDE: Final = 400
_ALIKE: Final = 0.35  # lines less alike than this are two lines, not one that changed
_WORD: Final = re.compile(r"\w+|\s+|.", re.DOTALL)

Piece = tuple[str, bool]  # text, and whether it is what changed


@dataclass(frozen=True, slots=True)
class Line:
    """A line on one side: its number from 1, and its text in pieces."""

    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line before and after; None on the side that has none. `same`: nothing changed in it."""

    old: Line | None
    new: Line | None
    same: bool = False


@dataclass(frozen=True, slots=True)
class FileDifference:
    """A file on both sides. `hunks` are rows that lie together; binary files have none. Sizes: bytes."""

    path: str
    state: Literal["added", "removed", "changed"]
    binary: bool
    hunks: tuple[tuple[Row, ...], ...] = ()
    added: int = 0
    removed: int = 0
    left_out: int = 0  # rows that are not shown
    old_size: int = 0
    new_size: int = 0

    @property
    def folded(self) -> bool:
        """Whether it is so long that it is closed at first."""
        return sum(map(len, self.hunks)) > FOLDED_FROM


_KEPT: Final[ContentCache[FileDifference]] = ContentCache(300)


def file_differences(
    before: Files, after: Files, paths: Iterable[str] | None = None
) -> tuple[FileDifference, ...]:
    """The files that differ, by path; of `paths` only, where they are given."""
    wanted = changed_paths(before, after)
    chosen = wanted if paths is None else wanted.intersection(paths)
    return tuple(file_difference(before, after, path) for path in sorted(chosen))


def file_difference(before: Files, after: Files, path: str) -> FileDifference:
    """One file before and after. Raises KeyError where neither side has it."""
    ids = [files.blob_id(path) if path in files else "" for files in (before, after)]
    return _KEPT.get(f"{path} {ids[0]} {ids[1]}", lambda: _compared(path, before.get(path), after.get(path)))


def _compared(path: str, old: bytes | None, new: bytes | None) -> FileDifference:
    if old is None and new is None:
        raise KeyError(path)
    state: Literal["added", "removed", "changed"] = "changed"
    if old is None or new is None:
        state = "added" if old is None else "removed"
    before, after = old or b"", new or b""
    if not (_is_text(before) and _is_text(after)):
        return FileDifference(path, state, True, old_size=len(before), new_size=len(after))
    # The patch points into these bytes, so they have to live as long as it does.
    patch = pygit2.Patch.create_from(before, after, context_lines=3, interhunk_lines=1)
    hunks = [tuple(_rows(hunk.lines)) for hunk in patch.hunks]
    _, added, removed = patch.line_stats
    shown, left_out = _cut(hunks)
    return FileDifference(path, state, False, shown, added, removed, left_out, len(before), len(after))


def _is_text(data: bytes) -> bool:
    if b"\0" in data:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _cut(hunks: Sequence[tuple[Row, ...]]) -> tuple[tuple[tuple[Row, ...], ...], int]:
    shown: list[tuple[Row, ...]] = []
    room = MOST_ROWS
    for hunk in hunks:
        if room > 0:
            shown.append(hunk[:room])
        room -= len(hunk)
    return tuple(shown), max(-room, 0)


def _rows(lines: Sequence[pygit2.DiffLine]) -> Iterator[Row]:
    gone: list[tuple[int, str]] = []
    came: list[tuple[int, str]] = []
    for line in lines:
        if line.origin == "-":
            gone.append((line.old_lineno, _text(line)))
        elif line.origin == "+":
            came.append((line.new_lineno, _text(line)))
        elif line.origin == " ":
            yield from _paired(gone, came)
            gone, came = [], []
            pieces = ((_text(line), False),)
            yield Row(Line(line.old_lineno, pieces), Line(line.new_lineno, pieces), same=True)
    yield from _paired(gone, came)


def _text(line: pygit2.DiffLine) -> str:
    text = line.raw_content.decode("utf-8", "replace").rstrip("\r\n")
    return text if len(text) <= _LONGEST_LINE else f"{text[:_LONGEST_LINE]} …"


def _paired(gone: list[tuple[int, str]], came: list[tuple[int, str]]) -> Iterator[Row]:
    """Lines that went and came in the same place stand beside one another."""
    for place in range(max(len(gone), len(came))):
        old = gone[place] if place < len(gone) else None
        new = came[place] if place < len(came) else None
        was, now = _pieces(old[1] if old else None, new[1] if new else None)
        yield Row(Line(old[0], was) if old else None, Line(new[0], now) if new else None)


def _pieces(old: str | None, new: str | None) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    whole = tuple(((text, False),) if text else () for text in (old, new))
    if old is None or new is None or max(len(old), len(new)) > _COMPARED_INSIDE:
        return whole[0], whole[1]
    left, right = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return whole[0], whole[1]
    was: list[Piece] = []
    now: list[Piece] = []
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        marked = kind != "equal"
        if end > start:
            was.append(("".join(left[start:end]), marked))
        if other_end > other_start:
            now.append(("".join(right[other_start:other_end]), marked))
    return tuple(was), tuple(now)
