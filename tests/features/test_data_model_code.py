"""The schema of a data model as code: errors where they are, and no text is ever lost."""

import json

import pytest
from bs4 import BeautifulSoup, Tag

from studio.definition.changes import AddField, SetFile
from studio.features.data_models.schema_marks import marks_on
from studio.history.repository import Repository
from tests.features.conftest import KARI, NOW, Browser

CODE = "/ttd/kontakt/models/model/code"
PATH = "App/models/model.schema.json"


def page(answer) -> Tag:
    main = BeautifulSoup(answer.get_data(as_text=True), "html.parser").select_one("main")
    assert main is not None
    return main


def words(answer) -> str:
    return " ".join(page(answer).get_text(" ").split())


def written(answer) -> str:
    """What stands in the editor, as a browser reads it."""
    area = page(answer).select_one("textarea[name=text]")
    assert area is not None
    return area.get_text().removeprefix("\n")


def base(answer) -> str:
    field = page(answer).select_one("[name=base]")
    assert field is not None
    return str(field["value"])


def stored(repository: Repository) -> bytes:
    return repository.draft("kari").files[PATH]


def edit(repository: Repository, change) -> None:
    draft = repository.draft("kari")
    draft.apply(change, draft.revision, KARI, NOW)


def test_the_page_shows_the_file_as_it_is(kari: Browser, contact: Repository) -> None:
    assert written(kari.get(CODE)) == stored(contact).decode()


def test_a_text_that_begins_with_empty_lines_keeps_them(kari: Browser, contact: Repository) -> None:
    edit(contact, SetFile(PATH, b"\n\n" + stored(contact)))
    assert written(kari.get(CODE)) == stored(contact).decode()


def test_saving_without_a_change_writes_nothing(kari: Browser, contact: Repository) -> None:
    # Browsers send every line end as \r\n.
    kari.post(CODE, text=written(kari.get(CODE)).replace("\n", "\r\n"))
    assert not contact.draft("kari").is_changed


def test_what_was_written_is_saved_and_the_xsd_follows(kari: Browser, contact: Repository) -> None:
    model = json.loads(stored(contact))
    model["properties"]["boat"] = {"type": "string", "title": "Båt"}
    text = json.dumps(model, indent=4, ensure_ascii=False)
    shown = kari.get(CODE)
    answer = kari.post(CODE, text=text.replace("\n", "\r\n"), base=base(shown))
    assert "The schema was saved." in answer.get_data(as_text=True)
    assert stored(contact).decode() == text
    assert b'name="boat"' in contact.draft("kari").files["App/models/model.xsd"]


def test_undo_takes_it_back(kari: Browser, contact: Repository) -> None:
    before = dict(contact.draft("kari").files)
    kari.get(CODE)
    kari.post(CODE, text='{"type": "object", "properties": {}}')
    assert dict(contact.draft("kari").files) != before
    kari.post("/ttd/kontakt/draft/undo")
    assert dict(contact.draft("kari").files) == before


def test_a_text_that_is_no_json_comes_back_with_the_place_of_the_error(
    kari: Browser, contact: Repository
) -> None:
    kari.get(CODE)
    text = '{\n  "type": "object",\n  "properties": {]\n} <script>'
    answer = kari.post(CODE, text=text)
    assert answer.status_code == 422
    assert written(answer) == text
    mark = page(answer).select_one("[data-findings] [data-line]")
    assert mark is not None
    assert (mark["data-line"], mark["data-severity"]) == ("3", "error")
    assert "The schema was not saved" in words(answer)
    assert not contact.draft("kari").is_changed


def test_what_another_window_did_meanwhile_is_merged_in(kari: Browser, contact: Repository) -> None:
    shown = kari.get(CODE)
    edit(contact, AddField("model", "", "other", "string"))
    model = json.loads(written(shown))
    model["title"] = "Kontakt"
    kari.post(CODE, text=json.dumps(model, indent=2, ensure_ascii=False), base=base(shown))
    now_there = json.loads(stored(contact))
    assert now_there["title"] == "Kontakt"
    assert "other" in json.dumps(now_there["properties"])


def test_two_texts_for_one_place_are_shown_side_by_side_and_none_is_lost(
    kari: Browser, contact: Repository
) -> None:
    shown = kari.get(CODE)
    model = json.loads(written(shown))
    edit(contact, SetFile(PATH, json.dumps(model | {"title": "Deres"}, indent=2).encode()))
    text = json.dumps(model | {"title": "Min"}, indent=2)
    answer = kari.post(CODE, text=text, base=base(shown))
    assert answer.status_code == 409
    assert written(answer) == text
    there = page(answer).select_one("details pre")
    assert there is not None
    assert '"title": "Deres"' in there.get_text()

    kari.post(CODE, text=text, base=base(answer))
    assert json.loads(stored(contact))["title"] == "Min"


def test_a_broken_schema_can_be_mended_here(kari: Browser, contact: Repository) -> None:
    good = stored(contact).decode()
    edit(contact, SetFile(PATH, b'{"type": \xff'))
    shown = kari.get(CODE)
    assert shown.status_code == 200
    assert page(shown).select("[data-findings] [data-line]")
    answer = kari.post(CODE, text=good, base=base(shown))
    assert answer.status_code == 200
    assert stored(contact).decode() == good


def test_byte_order_mark_and_line_ends_of_the_file_stay(kari: Browser, contact: Repository) -> None:
    before = b"\xef\xbb\xbf" + stored(contact).replace(b"\n", b"\r\n")
    edit(contact, SetFile(PATH, before))
    text = written(kari.get(CODE))
    kari.post(CODE, text=text)
    assert stored(contact) == before


def test_a_text_is_checked_while_it_is_written(kari: Browser, contact: Repository) -> None:
    kari.get(CODE)
    good = kari.post(f"{CODE}/check", text='{"type": "object", "properties": {"a": {"type": "string"}}}')
    assert good.get_json() == {"words": "No errors", "findings": []}
    broken = kari.post(f"{CODE}/check", text='{\r\n"type": }').get_json()
    assert (broken["words"], broken["findings"][0]["line"]) == ("1 error", 2)
    wrong = kari.post(f"{CODE}/check", text='{\n"properties": {"a": {"$ref": "#/$defs/None"}}}').get_json()
    found = wrong["findings"][0]
    assert (found["pointer"], found["line"], found["severity"]) == ("/properties/a", 2, "error")


def test_the_suggestions_know_the_dialect_and_speak_the_language_of_the_page(
    kari: Browser, contact: Repository
) -> None:
    dialect = kari.get(f"{CODE}/dialect").get_json()
    assert {"@xsdType", "@titles", "formatMinimum", "$ref"} <= set(dialect["properties"])
    assert dialect["properties"]["maxLength"]["description"] == "The most characters."
    kari.client.set_cookie("studio_language", "nb")
    norwegian = kari.get(f"{CODE}/dialect").get_json()
    assert norwegian["properties"]["maxLength"]["description"] == "Flest tegn."


def test_a_model_that_does_not_exist_has_no_code(kari: Browser, contact: Repository) -> None:
    for address in ("/ttd/kontakt/models/none/code", "/ttd/kontakt/models/none/code/dialect"):
        assert kari.get(address).status_code == 404
    assert kari.post("/ttd/kontakt/models/none/code", text="{}").status_code == 404


def test_a_reviewer_may_not_write(runa: Browser, contact: Repository) -> None:
    assert runa.get(CODE).status_code == 403
    assert runa.post(CODE, text="{}").status_code == 403


def test_a_large_schema_can_be_saved(kari: Browser, contact: Repository) -> None:
    fields = {f"field{number}": {"type": "string", "description": "x" * 10_000} for number in range(250)}
    text = json.dumps({"type": "object", "properties": fields})
    assert len(text) > 2 * 1024 * 1024
    kari.get(CODE)
    assert kari.post(CODE, text=text).status_code == 200
    assert stored(contact).decode() == text


@pytest.mark.parametrize("text", ["", "null", "[]", '"x"', "12", "{", "\ud800"])
def test_what_is_no_schema_gets_one_mark(text: str) -> None:
    assert [mark.severity for mark in marks_on(text)] == ["error"]


def test_a_name_that_stands_twice_is_remarked_on() -> None:
    assert [mark.severity for mark in marks_on('{"title": "a", "title": "b", "properties": {}}')] == [
        "warning"
    ]
