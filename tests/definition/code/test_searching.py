"""Searching and replacing in all files: what is found is what is replaced, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.definition.code.searching import Search, replacements, search
from studio.definition.errors import DomainError
from studio.definition.files import MemoryFiles

_FILES = MemoryFiles(
    {
        "a.json": '{\r\n  "navn": "Navn på barn",\r\n  "b": 1\r\n}\r\n'.encode(),
        "b/c.py": b"navn = 1\nfornavn = navn\n",
        "logo.png": b"\x89PNG\x00navn",
    }
)
_TEXTS = st.text(st.sampled_from("ab.*\\\n æ$1"), max_size=30)


def _places(sought: Search) -> list[tuple[str, int, int]]:
    return [(each.path, hit.line, hit.column) for each in search(_FILES, sought) for hit in each.hits]


def test_words_are_found_in_every_file_that_is_text_with_their_place() -> None:
    assert _places(Search("navn")) == [
        ("a.json", 2, 4),
        ("a.json", 2, 12),
        ("b/c.py", 1, 1),
        ("b/c.py", 2, 4),
        ("b/c.py", 2, 11),
    ]


def test_case_whole_words_and_paths_narrow_the_search() -> None:
    assert _places(Search("Navn", match_case=True)) == [("a.json", 2, 12)]
    assert ("b/c.py", 2, 4) not in _places(Search("navn", whole_words=True))
    assert {path for path, _, _ in _places(Search("navn", paths="*.py"))} == {"b/c.py"}
    assert {path for path, _, _ in _places(Search("navn", paths="b/"))} == {"b/c.py"}


def test_words_with_norwegian_letters_are_whole_words() -> None:
    files = MemoryFiles({"a": "ære lære æ".encode()})
    found = [hit.column for each in search(files, Search("ære", whole_words=True)) for hit in each.hits]
    assert found == [1]


def test_what_is_replaced_keeps_the_ends_of_lines() -> None:
    edits = replacements(_FILES, Search("navn", match_case=True), "name", frozenset(_FILES))
    assert edits["a.json"] == '{\r\n  "name": "Navn på barn",\r\n  "b": 1\r\n}\r\n'.encode()
    assert edits["b/c.py"] == b"name = 1\nforname = name\n"
    assert "logo.png" not in edits


def test_only_the_chosen_files_are_replaced_in() -> None:
    assert set(replacements(_FILES, Search("navn"), "x", frozenset({"b/c.py", "gone"}))) == {"b/c.py"}


def test_a_pattern_gives_its_groups_to_the_replacement() -> None:
    sought = Search(r"^(\w+) = (\d)$", is_pattern=True)
    edits = replacements(_FILES, sought, r"\2 \\ \1", frozenset(_FILES))
    assert edits["b/c.py"] == b"1 \\ navn\nfornavn = navn\n"
    with pytest.raises(DomainError, match="no group 3"):
        replacements(_FILES, sought, r"\3", frozenset(_FILES))


@pytest.mark.parametrize("find", ["(", "[", "a{2,1}", r"(?=a)", ""])
def test_what_is_no_pattern_is_refused_with_a_sentence(find: str) -> None:
    with pytest.raises(DomainError):
        Search(find, is_pattern=True)


def test_no_pattern_makes_the_search_wait() -> None:
    """With an engine that goes back and tries again, this would take longer than the sun shines."""
    files = MemoryFiles({"a": b"a" * 100_000 + b"b"})
    assert not list(search(files, Search("(a+)+$|(a|aa)+c", is_pattern=True)))


@given(_TEXTS, _TEXTS.filter(bool), _TEXTS)
def test_plain_words_mean_themselves(text: str, find: str, replacement: str) -> None:
    files = MemoryFiles({"a": text.encode()})
    sought = Search(find, match_case=True)
    edits = replacements(files, sought, replacement, frozenset({"a"}))
    assert edits.get("a", text.encode()) == text.replace(find, replacement).encode()
    assert sum(each.count for each in search(files, sought)) == text.count(find)
