"""Advice on how texts read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.definition.plain_language import advice_on, reading_of, variations

HARD = (
    "Søknadsbehandlingen forutsetter dokumentasjon vedrørende tilskuddsmottakerens virksomhetsområde, "
    "organisasjonsstruktur, finansieringskilder, revisjonsordninger, samarbeidspartnere, "
    "gjennomføringsplaner, resultatindikatorer og rapporteringsrutiner i henhold til den gjeldende "
    "forskriften for ordningen."
)
PLAIN = (
    "Skriv navnet ditt her. Vi bruker det når vi svarer deg. "
    "Du kan endre det når du vil, så lenge du er i gang."
)


def kinds(text: str, language: str = "nb") -> list[str]:
    return [each.kind for each in advice_on(text, language)]


def test_officialese_is_named_with_its_place_and_plain_words_are_left_alone() -> None:
    assert kinds(PLAIN) == []
    assert set(kinds(HARD)) == {"hard", "word"}
    found = next(each for each in advice_on(HARD, "nb") if each.kind == "word")
    assert HARD[found.start : found.end] == "vedrørende"
    assert found.instead == "om"


def test_a_sentence_of_thirty_words_is_too_long_and_a_list_is_not_one_sentence() -> None:
    assert "long-sentence" in kinds("ord " * 30 + ".")
    assert "long-sentence" not in kinds("\n".join(f"- punkt {word} i en liste" for word in "abcdefghij"))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Skriv f.eks. navnet ditt. Det er alt.", 2),
        ("Betal kr. 200 til oss i dag. Takk!", 2),
        ("Se [siden vår](https://www.example.com/a.b) for mer. Hei.", 2),
        ("Er du klar? Ja! Nei.", 3),
        ("1.5 prosent", 1),
        ("", 0),
        ("{0} **!**", 0),
    ],
)
def test_sentences_are_told_apart(text: str, sentences: int) -> None:
    assert reading_of(text).sentences == sentences


def test_lix_is_words_in_a_sentence_and_long_words_in_a_hundred() -> None:
    text = ("ett to tre fire fem seks sju åtte ni langeord. " * 3).strip()
    assert reading_of(text).lix == 10 + 10
    assert reading_of("Et kort ord.").lix is None


@given(st.text(max_size=300), st.sampled_from(["nb", "nn", "en", "se"]))
def test_advice_on_any_text_has_a_place_inside_it(text: str, language: str) -> None:
    for each in advice_on(text, language):
        assert 0 <= each.start < each.end <= len(text)


def test_the_words_of_an_organisation_come_before_the_general_ones() -> None:
    found = advice_on("Firmaet gjelder VEDRØRENDE firma", "nb", {"firma": "foretak", "vedrørende": "på"})
    assert [(each.kind, each.instead) for each in found] == [("term", "på"), ("term", "foretak")]


def test_a_phrase_is_found_over_a_line_break_and_not_inside_a_word_or_an_address() -> None:
    assert kinds("Dette er i henhold\ntil loven") == ["word"]
    assert kinds("samtidig, se https://example.com/samt") == []


def test_a_label_written_in_two_ways_is_named_with_the_usual_one_first() -> None:
    texts = [("a", "E-post"), ("b", "Epost"), ("c", "E-post"), ("d", "Navn"), ("e", "Navn"), ("f", "e-post:")]
    (found,) = variations(texts)
    assert found.usual == "E-post"
    assert dict(found.spellings) == {"E-post": ("a", "c"), "Epost": ("b",), "e-post:": ("f",)}
