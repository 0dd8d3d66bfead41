"""Spelling by hunspell itself, with a small dictionary of our own; without it nothing is said."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.features.texts import spelling

AFFIXES = "SET UTF-8\nTRY esianrtolcdugmphbyfvkwæøå\nSFX A Y 1\nSFX A 0 en .\n"
WORDS = "3\nsøknad/A\nskjema\nblått\n"


@pytest.fixture
def dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A dictionary of bokmål with three words; without any for other languages."""
    (tmp_path / "nb_NO.aff").write_text(AFFIXES, encoding="utf-8")
    (tmp_path / "nb_NO.dic").write_text(WORDS, encoding="utf-8")
    monkeypatch.setenv("DICPATH", str(tmp_path))
    spelling._dictionary.cache_clear()
    yield
    spelling._dictionary.cache_clear()


@pytest.mark.skipif(shutil.which("hunspell") is None, reason="hunspell is not installed")
@pytest.mark.usefixtures("dictionary")
def test_words_that_the_dictionary_lacks_are_told_with_what_they_may_be() -> None:
    found = spelling.misspellings(["Søknaden i **blåtd** {0} skjema", "søknad", "ALTINN noen"], "nb")
    assert {text: [each.word for each in wrong] for text, wrong in found.items()} == {
        "Søknaden i **blåtd** {0} skjema": ["blåtd"]
    }
    assert "blått" in next(iter(found.values()))[0].suggestions


@pytest.mark.usefixtures("dictionary")
def test_without_a_dictionary_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert spelling.misspellings(["sentense"], "xx") == {}
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    spelling._dictionary.cache_clear()
    assert not spelling.can_spell("nb")
    assert spelling.misspellings(["blåtd"], "nb") == {}
