"""What an organisation has said before helps to say it again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.definition.app import AppDefinition
from studio.definition.errors import DomainError
from studio.definition.files import MemoryFiles
from studio.definition.translation.glossary import checked_term, read_glossary
from studio.definition.translation.memory import Pair, TranslationMemory, approved_pairs

MEMORY = TranslationMemory(
    (
        Pair("nb", "en", "Skriv navnet ditt", "Write your name", "a"),
        Pair("nb", "en", "Skriv navnet ditt", "Enter your name", "b"),
        Pair("nb", "en", "Skriv navnet ditt", "Enter your name", "c"),
        Pair("nb", "en", "Skriv adressen din", "Enter your address", "a"),
        Pair("nb", "nn", "Skriv navnet ditt", "Skriv namnet ditt", "a"),
    )
)


def test_the_same_text_comes_first_and_what_was_said_most_often_before_the_rest() -> None:
    found = MEMORY.suggest("Skriv navnet ditt ", "nb", "en")
    assert [(each.text, each.score == 1) for each in found] == [
        ("Enter your name", True),
        ("Write your name", True),
        ("Enter your address", False),
    ][: len(found)]
    assert len(found) >= 2


def test_a_text_that_is_much_alike_is_suggested_with_what_it_translates() -> None:
    (first, *_) = MEMORY.suggest("Skriv adressen din her", "nb", "en")
    assert (first.text, first.source) == ("Enter your address", "Skriv adressen din")
    assert 0.6 <= first.score < 1


@given(st.text(max_size=50))
def test_any_text_can_be_asked_about(text: str) -> None:
    found = MEMORY.suggest(text, "nb", "en", limit=2)
    assert len(found) <= 2
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_only_what_was_approved_is_remembered() -> None:
    texts = {"nb": [("a", "Én"), ("b", "To")], "en": [("a", "One"), ("b", "Two")]}
    files = {
        f"App/config/texts/resource.{language}.json": json.dumps(
            {"resources": [{"id": key, "value": value} for key, value in listed]}
        ).encode()
        for language, listed in texts.items()
    }
    files["App/config/texts/translation.en.json"] = b'{"texts": {"a": {"status": "approved"}}}'
    assert list(approved_pairs(AppDefinition(MemoryFiles(files)), "o/a")) == [
        Pair("nb", "en", "Én", "One", "o/a")
    ]


GLOSSARY = read_glossary(
    {
        "terms": [
            {"nb": "foretak", "en": "enterprise", "avoid": {"nb": ["firma", 7], "en": "no"}, "note": "x"},
            {"nb": 1},
            "nothing",
        ]
    }
)


def test_a_translation_that_does_not_call_things_by_their_names_is_named() -> None:
    unmet = list(GLOSSARY.unmet("Navnet på foretaket", "The company", "nb", "en"))
    assert unmet == [("foretak", "enterprise")]
    assert not list(GLOSSARY.unmet("Navnet på foretaket", "Two enterprises", "nb", "en"))
    assert not list(GLOSSARY.unmet("Navnet", "The company", "nb", "en"))
    assert GLOSSARY.avoided("nb") == {"firma": "foretak"}


def test_a_glossary_of_any_shape_is_read_and_written_the_same() -> None:
    assert read_glossary({"terms": [term.to_json() for term in GLOSSARY.terms]}) == GLOSSARY
    assert not read_glossary([]).terms


@pytest.mark.parametrize(("names", "problem"), [({}, "name in one"), ({"bokmål": "x"}, "code of a language")])
def test_a_term_without_a_name_or_in_no_language_is_refused(names: dict[str, str], problem: str) -> None:
    with pytest.raises(DomainError, match=problem):
        checked_term(names, {})
