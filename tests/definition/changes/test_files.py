"""Files of an app get other names, come and go."""

import re

import pytest

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    AddFile,
    Change,
    MoveFiles,
    RemoveFiles,
    ReplaceInFiles,
    SetFile,
    from_dict,
)
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import MemoryFiles

_APP = AppDefinition(MemoryFiles({"a.txt": b"\xef\xbb\xbfA\r\n", "folder/b.txt": b"B"}))


def test_a_file_moves_with_every_byte() -> None:
    change = MoveFiles({"a.txt": "other/c.txt"})
    assert change.apply(_APP) == {"a.txt": None, "other/c.txt": b"\xef\xbb\xbfA\r\n"}
    assert str(change.sentence(_APP)) == "The file a.txt is now other/c.txt"


def test_two_files_can_take_each_others_names() -> None:
    assert MoveFiles({"a.txt": "folder/b.txt", "folder/b.txt": "a.txt"}).apply(_APP) == {
        "a.txt": b"B",
        "folder/b.txt": b"\xef\xbb\xbfA\r\n",
    }


@pytest.mark.parametrize("path", ["folder/b.txt", "folder", "folder/b.txt/c", "a.txt/b"])
def test_nothing_is_written_over_and_no_name_is_both_file_and_folder(path: str) -> None:
    with pytest.raises(DomainError, match="already"):
        AddFile(path).apply(_APP)
    if not path.startswith("a.txt"):
        with pytest.raises(DomainError, match="already"):
            MoveFiles({"a.txt": path}).apply(_APP)


@pytest.mark.parametrize(
    "path", ["../out", "/etc/passwd", ".git/config", "a\\b", "", "x/../../y", "a/.GIT/b"]
)
def test_no_path_leads_out_of_the_app(path: str) -> None:
    for change in (AddFile(path), MoveFiles({"a.txt": path})):
        with pytest.raises(DomainError, match="not allowed"):
            change.apply(_APP)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("App/con", "device"),
        ("nul.tar.gz", "device"),
        ("COM1 .txt/a", "device"),
        ("App/rules.", "full stop"),
        ("a /b", "full stop or a space"),
        ("what?.md", "sign ?"),
        ("a:b", "sign :"),
        ("tab\t", "U+0009"),
    ],
)
def test_no_new_name_is_one_that_windows_cannot_have(path: str, why: str) -> None:
    for change in (AddFile(path), MoveFiles({"a.txt": path})):
        with pytest.raises(DomainError, match=re.escape(why)):
            change.apply(_APP)
    there = AppDefinition(MemoryFiles({path: b"as it came"}))
    assert SetFile(path, b"edited").apply(there) == {path: b"edited"}
    assert MoveFiles({path: "better"}).apply(there) == {path: None, "better": b"as it came"}


@pytest.mark.parametrize("path", ["console.md", "com10", "aux-files/a", ".github/x", "a.b.c", "æ ø/…"])
def test_names_that_only_look_like_those_are_fine(path: str) -> None:
    assert AddFile(path).apply(_APP) == {path: b""}


def test_files_go_away_together_or_not_at_all() -> None:
    assert RemoveFiles(("a.txt", "folder/b.txt")).apply(_APP) == {"a.txt": None, "folder/b.txt": None}
    with pytest.raises(NotThere, match="gone"):
        RemoveFiles(("a.txt", "gone")).apply(_APP)


def test_words_are_replaced_in_the_chosen_files_as_one_change() -> None:
    change = ReplaceInFiles("a", "Z", ("a.txt", "folder/b.txt"))
    assert change.apply(_APP) == {"a.txt": b"\xef\xbb\xbfZ\r\n"}
    assert str(change.sentence(_APP)) == "*a* was replaced by *Z* in 2 files"
    with pytest.raises(DomainError, match="nothing to replace"):
        ReplaceInFiles("a", "Z", ("a.txt",), match_case=True).apply(_APP)


_CHANGES = [
    MoveFiles({"a": "b"}),
    AddFile("æ ø.txt", "å"),
    RemoveFiles(("a", "b")),
    ReplaceInFiles("(a)", r"\1", ("a",), is_pattern=True),
]


@pytest.mark.parametrize("change", _CHANGES)
def test_a_change_of_files_comes_back_from_json(change: Change) -> None:
    assert from_dict(change.to_dict()) == change
