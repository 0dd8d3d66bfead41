"""Words or patterns in all files of an app: where they stand, and what the files read when they are replaced.

Patterns are those of RE2, whose time grows with the text alone: no pattern makes it wait.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, Final

import re2

from studio.definition.code.text import read, written
from studio.definition.errors import DomainError
from studio.definition.files import Edits, Files
from studio.definition.sentences import N_, Sentence

# Generated bundles are no code that people search in, and a hit in them is longer than a page.
LARGEST: Final = 2 * 1024 * 1024  # bytes of a file
_LONGEST_PATTERN: Final = 1000
_AROUND: Final = 60  # signs shown on either side of a hit


@dataclass(frozen=True)
class Search:
    """What is looked for. `paths` narrows the files: part of a path, or a pattern with "*".

    Raises DomainError where `find` is empty or no pattern.
    """

    find: str
    is_pattern: bool = False
    match_case: bool = False
    whole_words: bool = False
    paths: str = ""

    def __post_init__(self) -> None:
        self.pattern  # noqa: B018 - says what is wrong before anything is looked for

    @cached_property
    def pattern(self) -> Any:
        """The compiled pattern, which knows lines: "^" and "$" are their ends."""
        if not self.find:
            raise DomainError(Sentence(N_("Say what to look for.")))
        if len(self.find) > _LONGEST_PATTERN:
            raise DomainError(Sentence(N_("What you look for is too long.")))
        source = self.find if self.is_pattern else re2.escape(self.find)
        options = re2.Options()
        options.case_sensitive = self.match_case
        options.log_errors = False
        try:
            return re2.compile(f"(?m){source}", options)
        except re2.error as error:
            values = {"problem": _plain(error.args[0] if error.args else "")}
            raise DomainError(Sentence(N_("This is no valid pattern: %(problem)s."), values)) from error

    def counts(self, text: str, start: int, end: int) -> bool:
        """Is what the pattern found at a place meant? It is not empty, and a whole word if that is asked for.

        RE2's own word boundaries know the letters a to z alone.
        """
        if start == end:
            return False
        return not self.whole_words or not (
            (start and _in_word(text[start - 1]) and _in_word(text[start]))
            or (end < len(text) and _in_word(text[end - 1]) and _in_word(text[end]))
        )

    def takes(self, path: str) -> bool:
        """Is the file one of those that are searched?"""
        wanted = self.paths.strip().casefold()
        path = path.casefold()
        return fnmatchcase(path, wanted) if "*" in wanted else wanted in path


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where it was found: line and column count from 1; the line around it, cut where it is long.

    `becomes` is what would stand there instead, where a replacement was given.
    """

    line: int
    column: int
    before: str
    found: str
    after: str
    becomes: str | None = None


@dataclass(frozen=True)
class FileHits:
    """The places in one file, at most as many as were asked for; `count` is how many there are."""

    path: str
    hits: tuple[Hit, ...]
    count: int


def search(
    files: Files, sought: Search, most: int = 200, replacement: str | None = None
) -> Iterator[FileHits]:
    """The files in which it is found, by path, with at most `most` places each.

    With a replacement each place says what it becomes; raises DomainError as `replacements` does.
    """
    for path in sorted(files):
        text = _text(files, path) if sought.takes(path) else None
        if text is None:
            continue
        hits: list[Hit] = []
        count = 0
        for found in sought.pattern.finditer(text):
            if not sought.counts(text, found.start(), found.end()):
                continue
            count += 1
            if len(hits) < most:
                becomes = None if replacement is None else _replacing(sought, replacement, found)
                hits.append(_hit(text, found.start(), found.end(), becomes))
        if count:
            yield FileHits(path, tuple(hits), count)


def replacements(files: Files, sought: Search, replacement: str, paths: frozenset[str]) -> Edits:
    """What the chosen files read when every place is replaced; "\\1" is a group of a pattern.

    Raises DomainError for a group that the pattern does not have.
    """
    edits: dict[str, bytes | None] = {}
    for path in sorted(paths):
        text = _text(files, path) if path in files else None
        if text is None:
            continue
        after = _replaced(sought, replacement, text)
        if after != text:
            edits[path] = written(after, files[path])
    return edits


def _replaced(sought: Search, replacement: str, text: str) -> str:
    def one(found: Any) -> str:
        if not sought.counts(text, found.start(), found.end()):
            return str(found[0])
        return _replacing(sought, replacement, found)

    return str(sought.pattern.sub(one, text))


def _replacing(sought: Search, replacement: str, found: Any) -> str:
    """What stands instead of one place."""
    return _with_groups(replacement, found) if sought.is_pattern else replacement


def _with_groups(replacement: str, found: Any) -> str:
    def part(mark: re.Match[str]) -> str:
        if mark[1] == "\\":
            return "\\"
        try:
            return found[int(mark[1])] or ""
        except IndexError as error:
            message = N_("The pattern has no group %(number)s.")
            raise DomainError(Sentence(message, {"number": mark[1]})) from error

    return re.sub(r"\\([0-9]|\\)", part, replacement)


def _text(files: Files, path: str) -> str | None:
    data = files[path]
    found = read(data) if len(data) <= LARGEST else None
    return found.text if found else None


def _hit(text: str, start: int, end: int, becomes: str | None) -> Hit:
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    return Hit(
        text.count("\n", 0, start) + 1,
        start - line_start + 1,
        text[max(line_start, start - _AROUND) : start],
        text[start : min(end, start + 2 * _AROUND)],
        text[end : min(line_end, end + _AROUND)],
        becomes,
    )


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _plain(problem: Any) -> str:
    return problem.decode("utf-8", "replace") if isinstance(problem, bytes) else str(problem)
