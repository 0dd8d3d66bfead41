"""What is kept about translations follows the texts."""

import json
from typing import Any

import pytest

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    AddLanguage,
    Change,
    RemoveLanguage,
    RemoveTexts,
    RenameText,
    ReplaceInTexts,
    SetText,
    SetTextVariables,
    SetTranslations,
    from_dict,
)
from studio.definition.comparison import describe
from studio.definition.errors import DomainError
from studio.definition.files import EditedFiles, MemoryFiles
from studio.definition.translation.status import State, records, state_of

RECORDS = "App/config/texts/translation.en.json"


def app(**texts: dict[str, str]) -> AppDefinition:
    return AppDefinition(
        MemoryFiles(
            {
                f"App/config/texts/resource.{language}.json": json.dumps(
                    {
                        "language": language,
                        "resources": [{"id": key, "value": text} for key, text in listed.items()],
                    },
                    indent=2,
                ).encode()
                for language, listed in texts.items()
            }
        )
    )


def after(before: AppDefinition, *changes: Change) -> AppDefinition:
    for change in changes:
        assert from_dict(json.loads(json.dumps(change.to_dict()))) == change
        before = AppDefinition(EditedFiles(before.files, change.apply(before)))
    return before


def state(of: AppDefinition, key: str, language: str = "en") -> State:
    texts = [found.value if (found := of.texts(each).get(key)) else None for each in (language, "nb")]
    return state_of(records(of, language).get(key), *texts)


def test_a_translation_is_stale_when_its_original_reads_otherwise_and_not_after_it_is_written_anew() -> None:
    changed = after(app(nb={"a": "Én"}, en={"a": "One"}), SetText("nb", "a", "Ein"))
    assert state(changed, "a") == State("needs-work", is_stale=True)
    assert state(after(changed, SetText("en", "a", "A")), "a") == State("translated")


def test_an_original_that_reads_as_it_did_again_is_translated_again() -> None:
    changed = after(app(nb={"a": "Én"}, en={"a": "One"}), SetText("nb", "a", "Ein"), SetText("nb", "a", "To"))
    assert state(after(changed, SetText("nb", "a", "Én")), "a") == State("translated")


def test_an_app_in_one_language_gets_no_records() -> None:
    assert set(SetText("nb", "a", "To").apply(app(nb={"a": "Én"}))) == {"App/config/texts/resource.nb.json"}


def test_an_approval_lasts_until_the_original_or_the_translation_changes() -> None:
    approved = after(
        app(nb={"a": "Én"}, en={"a": "One"}), SetTranslations("en", {"a": {"status": "approved"}})
    )
    assert state(approved, "a") == State("approved")
    assert state(after(approved, SetText("nb", "a", "To")), "a") == State("needs-work", is_stale=True)
    assert state(after(approved, SetText("en", "a", "1")), "a") == State("translated")
    assert state(after(approved, SetText("en", "a", None)), "a") == State("new")


def test_a_new_language_begins_as_another_one_with_everything_to_be_done() -> None:
    before = app(nb={"appName": "Appen", "a": "Én"})
    made = after(before, SetTextVariables("a", ({"key": "x", "dataSource": "dataModel.default"},)))
    made = after(made, AddLanguage("en", "nb"))
    assert {text.id: text.value for text in made.texts("en")} == {"appName": "Appen", "a": "Én"}
    assert made.texts("en").get("a") == made.texts("nb").get("a")
    assert state(made, "a") == State("needs-work")
    gone = after(made, RemoveLanguage("en"))
    assert gone.languages == ("nb",)
    assert RECORDS not in gone.files


def test_records_go_and_move_with_their_texts() -> None:
    made = after(
        app(nb={"a": "Én", "b": "To"}, en={"a": "One"}), SetTranslations("en", {"a": {"status": "approved"}})
    )
    assert state(after(made, RenameText("a", "c")), "c") == State("approved")
    assert RECORDS not in after(made, RemoveTexts(("a", "b"))).files


def test_ten_thousand_translations_are_one_change_that_leaves_other_lines_alone() -> None:
    keys = [f"key.{number}" for number in range(10_000)]
    before = app(nb=dict.fromkeys(keys, "Tekst"), en=dict.fromkeys(keys[:5000], ""))
    given = {key: {"value": f"Text {key}", "status": "translated"} for key in keys}
    made = after(before, SetTranslations("en", given))
    assert made.texts("en").keys() == tuple(keys)
    assert len(records(made, "en")) == 10_000
    one = SetTranslations("en", {"key.7": {"value": "Seven", "status": "approved"}})
    told = [str(sentence) for sentence in describe(made, after(made, one))]
    assert told == [
        "The text *Text key.7* now reads *Seven* (en)",
        "Translations that were approved: 1 (en)",
    ]


def test_words_are_replaced_where_they_stand_and_shown_before() -> None:
    before = app(nb={"a": "Søknad om søknad", "b": "Annet"}, en={"a": "Søknad"})
    change = ReplaceInTexts("søknad", "melding", match_case=False)
    assert list(change.replacements(before)) == [
        ("nb", "a", "Søknad om søknad", "melding om melding"),
        ("en", "a", "Søknad", "melding"),
    ]
    only = after(before, ReplaceInTexts("søknad", r"\1", language="nb"))
    assert only.texts("nb").get("a").value == r"Søknad om \1"  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize(
    "change",
    [
        SetTranslations("en", {"a": "One"}),
        SetTranslations("en", {"a": {"status": "perfect"}}),
        SetTranslations("../en", {"a": {"value": "One"}}),
        SetTranslations("en", {" ": {"value": "One"}}),
        SetTextVariables("a", ({"key": "x", "dataSource": "file:///etc/passwd"},)),
        SetTextVariables("a", ({"key": "", "dataSource": "text"},)),
        SetTextVariables("gone", ()),
        AddLanguage("nb"),
        AddLanguage("norsk bokmål"),
        RemoveLanguage("sv"),
        ReplaceInTexts("", "x"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(change: Change) -> None:
    with pytest.raises(DomainError):
        change.apply(app(nb={"a": "Én"}))


def test_the_only_language_stays() -> None:
    with pytest.raises(DomainError, match="one language at least"):
        RemoveLanguage("nb").apply(app(nb={"a": "Én"}))


@pytest.mark.parametrize("raw", ["[]", '{"texts": []}', '{"texts": {"a": 1, "b": {"status": "x"}}}', "{"])
def test_a_file_of_records_that_makes_no_sense_says_nothing(raw: str) -> None:
    files: dict[str, Any] = {RECORDS: raw.encode()}
    broken = AppDefinition(EditedFiles(app(nb={"a": "Én"}, en={"a": "One"}).files, files))
    assert state(broken, "a") == State("translated")
