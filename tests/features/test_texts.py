"""The table of all texts, and the way to translators and back, over HTTP and without scripts."""

import io
import json

import pytest
from bs4 import BeautifulSoup

from studio.definition.app import AppDefinition, app_definition
from studio.definition.translation import spreadsheet, xliff
from studio.definition.translation.units import Batch, Unit
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.builders import app_files
from tests.features.conftest import KARI, NOW, Browser

TEXTS = "/ttd/notice/texts"
NB = {
    "name.title": "Navn",
    "phone.title": "Telefon {0}",
    "old": "Vedrørende søknaden <b>din</b>",
    "email.title": "E-post",
    "email2.title": "Epost",
}
EN = {"name.title": "Name", "phone.title": "Phone", "old": "About your application"}


def resource(language: str, texts: dict[str, str]) -> bytes:
    listed = [{"id": key, "value": value} for key, value in texts.items()]
    return json.dumps({"language": language, "resources": listed}, indent=2, ensure_ascii=False).encode()


@pytest.fixture
def notice(studio: object, repositories: Repositories) -> Repository:
    """The app ttd/notice, with texts in bokmål and English."""
    files = {
        **app_files(),
        "App/config/texts/resource.nb.json": resource("nb", NB),
        "App/config/texts/resource.en.json": resource("en", EN),
    }
    return repositories.create("ttd", "notice", files, KARI, "Create Notice", NOW)


def page(browser: Browser, address: str = "") -> BeautifulSoup:
    answer = browser.get(f"{TEXTS}{address}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def keys(browser: Browser, query: str = "") -> list[str]:
    return [str(row["data-key"]) for row in page(browser, query).select(".texts-row")]


def draft(repository: Repository) -> AppDefinition:
    return app_definition(repository.draft("kari").files)


def text(repository: Repository, language: str, key: str) -> str | None:
    found = draft(repository).texts(language).get(key)
    return found.value if found else None


def test_texts_stand_side_by_side_and_are_searched_in_all_languages_and_keys(
    notice: Repository, kari: Browser
) -> None:
    assert keys(kari) == list(NB)
    assert keys(kari, "?q=phone") == ["phone.title"]
    assert keys(kari, "?q=APPLICATION") == ["old"]
    assert keys(kari, "?q=nothing+like+this") == []


@pytest.mark.parametrize(
    ("show", "found"),
    [
        ("missing", ["email.title", "email2.title"]),
        ("variables", ["phone.title"]),
        ("html", ["old"]),
        ("unused", ["old", "email.title", "email2.title"]),
        ("translated", ["name.title", "phone.title", "old"]),
        ("approved", []),
        ("stale", []),
        ("nonsense", list(NB)),
    ],
)
def test_what_is_the_matter_with_texts_is_a_filter(
    notice: Repository, kari: Browser, show: str, found: list[str]
) -> None:
    assert keys(kari, f"?show={show}") == found


def test_a_text_is_written_and_its_translation_is_then_known_to_be_of_the_old_one(
    notice: Repository, kari: Browser
) -> None:
    page(kari, "?selected=name.title")
    kari.post(f"{TEXTS}/edits", do="text", key="name.title", language="nb", value="Hele\r\nnavnet")
    assert text(notice, "nb", "name.title") == "Hele\nnavnet"
    assert keys(kari, "?show=stale") == ["name.title"]
    kari.post(f"{TEXTS}/edits", do="status", key="name.title", language="en", status="approved")
    assert keys(kari, "?show=stale") == []
    assert keys(kari, "?show=approved") == ["name.title"]


def test_the_panel_shows_the_text_as_the_form_does_with_its_places_and_advice(
    notice: Repository, kari: Browser
) -> None:
    panel = page(kari, "?selected=old").select_one("#panel")
    assert panel is not None
    assert panel.select_one(".text-version__shown b")
    assert "Instead of “Vedrørende”: om." in panel.get_text()
    uses = page(kari, "?selected=name.title").select_one(".text-uses a")
    assert uses is not None
    assert "selected=name" in str(uses["href"])
    assert uses.get_text() == "Label of Navn on the page Contact"


def test_a_key_is_renamed_where_it_is_used_and_one_that_is_taken_is_refused_at_its_field(
    notice: Repository, kari: Browser
) -> None:
    page(kari)
    kari.post(f"{TEXTS}/edits", do="rename", key="name.title", to="person.name")
    component = draft(notice).layout_sets[0].find("name")
    assert component is not None
    assert component[1].text_key("title") == "person.name"
    answer = kari.post(f"{TEXTS}/edits", do="rename", key="old", to="phone.title")
    assert answer.status_code == 422
    found = BeautifulSoup(answer.get_data(as_text=True), "html.parser").select_one("#text-key")
    assert found is not None
    assert (found["value"], found["aria-invalid"]) == ("phone.title", "true")


def test_a_new_text_gets_a_readable_key(notice: Repository, kari: Browser) -> None:
    page(kari)
    kari.post(f"{TEXTS}/edits", do="add", value="Hva heter du? Skriv hele navnet, også mellomnavn.")
    assert text(notice, "nb", "hva-heter-du-skriv-hele") is not None
    kari.post(f"{TEXTS}/edits", do="add", value="Hva heter du? Skriv hele!")
    assert text(notice, "nb", "hva-heter-du-skriv-hele-2") == "Hva heter du? Skriv hele!"


def test_variables_come_are_altered_and_go(notice: Repository, kari: Browser) -> None:
    page(kari)
    given = {"do": "variable", "key": "phone.title", "source": "dataModel.default"}
    kari.post(f"{TEXTS}/edits", **given, number="0", reads="name", default="-")
    assert [each.key for each in draft(notice).texts("en").get("phone.title").variables] == ["name"]  # type: ignore[union-attr]  # it is there
    kari.post(f"{TEXTS}/edits", **given, number="0", reads="phone")
    (variable,) = draft(notice).texts("nb").get("phone.title").variables  # type: ignore[union-attr]  # it is there
    assert (variable.key, variable.default) == ("phone", None)
    kari.post(f"{TEXTS}/edits", **given, number="0", gone="1")
    assert not draft(notice).texts("nb").get("phone.title").variables  # type: ignore[union-attr]  # it is there
    assert kari.post(f"{TEXTS}/edits", **given, reads="  ").status_code == 422


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"do": "explode"},
        {"do": "text", "key": "a", "language": "../nb", "value": "x"},
        {"do": "status", "key": "name.title", "language": "en", "status": "perfect"},
        {"do": "add", "value": "  "},
        {"do": "rename", "key": "gone", "to": "new"},
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    notice: Repository, kari: Browser, fields: dict[str, str]
) -> None:
    before = notice.draft("kari").revision
    page(kari)
    for htmx in (False, True):
        answer = kari.post(f"{TEXTS}/edits", htmx, **fields)
        assert answer.status_code == 422
        assert "Traceback" not in answer.get_data(as_text=True)
    assert notice.draft("kari").revision == before


def test_languages_come_and_go(notice: Repository, kari: Browser) -> None:
    page(kari, "/translation")
    kari.post(f"{TEXTS}/languages", do="add", language="nn", source="nb")
    assert draft(notice).languages == ("nb", "nn", "en")
    assert text(notice, "nn", "name.title") == "Navn"
    shown = page(kari, "/translation")
    assert "Needs work: 5" in shown.get_text(" ").replace("  ", " ")
    said = [link.get("aria-label") or link.get_text() for link in shown.select(".language-card__files a")]
    assert len(said) == 2 * 5 == len(set(said))
    kari.post(f"{TEXTS}/languages", do="remove", language="nn")
    assert draft(notice).languages == ("nb", "en")
    answer = kari.post(f"{TEXTS}/languages", do="add", language="se", other="not a language", source="")
    assert answer.status_code == 422
    assert "is not the code of a language" in answer.get_data(as_text=True)


def sent(browser: Browser, kind: str, query: str = "") -> bytes:
    answer = browser.client.get(f"{TEXTS}/translation/en.{kind}{query}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.data


def brought(browser: Browser, data: bytes) -> BeautifulSoup:
    answer = browser.post(f"{TEXTS}/translation/arrival", file=(io.BytesIO(data), "texts"))
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


@pytest.mark.parametrize("kind", ["xliff", "xlsx"])
def test_a_translator_gets_a_file_and_hands_it_back_and_what_clashes_is_chosen(
    notice: Repository, kari: Browser, kind: str
) -> None:
    write, read = (xliff.write, xliff.read) if kind == "xliff" else (spreadsheet.write, spreadsheet.read)
    page(kari, "/translation")
    given = read(sent(kari, kind))
    assert [unit.key for unit in read(sent(kari, kind, "?only=open")).units] == [
        "email.title",
        "email2.title",
    ]
    answers = {"email.title": "E-mail", "old": "On your application"}
    units = tuple(
        Unit(
            unit.key,
            unit.source,
            answers.get(unit.key, unit.target),
            "translated",
            (),
            unit.source_of,
            unit.target_of,
        )
        for unit in given.units
    )
    page(kari)
    kari.post(f"{TEXTS}/edits", do="text", key="old", language="nb", value="Om søknaden")
    shown = brought(kari, write(Batch("nb", "en", (*units, Unit("gone", "x", "y", "translated")))))
    assert "gone" in shown.get_text()
    conflict = shown.select_one(".arrival-conflict")
    assert conflict is not None
    assert "which now reads “Om søknaden”" in conflict.get_text()
    assert [row.get_text() for row in shown.select(".arrival-key")] == ["email.title"]
    assert text(notice, "en", "email.title") is None
    fields = [str(field["value"]) for field in shown.select('form input[name="value"]')]
    named = [str(field["value"]) for field in shown.select('form input[name="key"]')]
    kari.post(
        f"{TEXTS}/translation/taking",
        language="en",
        key=named,
        value=fields,
        status=["translated"] * len(named),
        take=["0", "1"],
    )
    assert text(notice, "en", "email.title") == "E-mail"
    assert text(notice, "en", "old") == "About your application"


@pytest.mark.parametrize(
    "data", [b"", b"no file at all", b"PK\x03\x04", xliff.write(Batch("nb", "sv", ())), b"<a/>"]
)
def test_a_file_that_cannot_be_taken_is_refused_in_words(
    notice: Repository, kari: Browser, data: bytes
) -> None:
    page(kari, "/translation")
    answer = kari.post(f"{TEXTS}/translation/arrival", file=(io.BytesIO(data), "texts"))
    assert answer.status_code == 422
    assert BeautifulSoup(answer.get_data(as_text=True), "html.parser").select_one('[role="alert"]')


def test_there_is_no_file_of_the_first_language_or_of_one_that_the_app_lacks(
    notice: Repository, kari: Browser
) -> None:
    for name in ("nb.xliff", "sv.xliff", "en.exe"):
        assert kari.get(f"{TEXTS}/translation/{name}").status_code == 404


def test_labels_written_in_two_ways_become_one(notice: Repository, kari: Browser) -> None:
    assert "The same label written in different ways" in page(kari, "/advice").get_text()
    kari.post(f"{TEXTS}/one-spelling", language="nb", spelling="E-post")
    assert text(notice, "nb", "email2.title") == "E-post"


def test_words_are_replaced_after_a_preview(notice: Repository, kari: Browser) -> None:
    shown = page(kari, "/replace?find=post&replace=brev&any_case=1")
    assert [row.get_text() for row in shown.select("ins")] == ["E-brev", "Ebrev"]
    assert text(notice, "nb", "email.title") == "E-post"
    kari.post(f"{TEXTS}/replace", **{"find": "post", "replace": "brev", "in": "nb"})
    assert text(notice, "nb", "email.title") == "E-brev"


def test_the_glossary_belongs_to_the_organisation_and_is_heeded_in_its_apps(
    notice: Repository, kari: Browser
) -> None:
    page(kari, "/glossary")
    kari.post(
        f"{TEXTS}/glossary",
        **{"name-nb": "Navn", "name-en": "full name", "avoid-nb": "søknaden, skjema", "note": ""},
    )
    assert "not: søknaden, skjema" in page(kari, "/glossary").get_text()
    assert "Instead of “søknaden”: Navn." in page(kari, "?selected=old").get_text()
    found = kari.get(f"{TEXTS}/suggestions?key=name.title&language=en", htmx=True).get_data(as_text=True)
    assert "full name" in found
    answer = kari.post(f"{TEXTS}/glossary", **{"name-nb": " ", "avoid-nb": "x"})
    assert answer.status_code == 422
    was = str(page(kari, "/glossary").select_one("input[name=was]")["value"])  # type: ignore[index]  # it is there
    kari.post(f"{TEXTS}/glossary", do="remove", was=was)
    assert "No terms yet" in page(kari, "/glossary").get_text()


def test_what_was_approved_in_one_app_is_suggested_in_another(
    notice: Repository, repositories: Repositories, kari: Browser
) -> None:
    files = {
        **app_files(),
        "App/config/texts/resource.nb.json": resource("nb", {"a": "E-post"}),
        "App/config/texts/resource.en.json": resource("en", {"a": "Email"}),
        "App/config/texts/translation.en.json": b'{"texts": {"a": {"status": "approved"}}}',
    }
    repositories.create("ttd", "other", files, KARI, "Create Other", NOW)
    found = kari.get(f"{TEXTS}/suggestions?key=email.title&language=en", htmx=True).get_data(as_text=True)
    assert "Email" in found
    assert "the same text in other" in found


def test_a_term_that_somebody_else_has_altered_is_not_written_over(
    notice: Repository, kari: Browser, ola: Browser
) -> None:
    kari.get(TEXTS)
    for name in ("Navn", "Foretak"):
        kari.post(f"{TEXTS}/glossary", **{"name-nb": name})
    seen = [str(each["value"]) for each in page(kari, "/glossary").select("input[name=was]")]
    ola.get(TEXTS)
    ola.post(f"{TEXTS}/glossary", do="remove", was=seen[0])
    assert kari.post(f"{TEXTS}/glossary", do="remove", was=seen[0]).status_code == 422
    kari.post(f"{TEXTS}/glossary", was=seen[1], **{"name-nb": "Virksomhet"})
    assert kari.post(f"{TEXTS}/glossary", was=seen[1], **{"name-nb": "Bedrift"}).status_code == 422
    (left,) = page(kari, "/glossary").select("details.term summary")
    assert left.get_text() == "Virksomhet"
    assert kari.post(f"{TEXTS}/glossary", **{"name-nb": "Na\x00vn"}).status_code == 422


def test_more_texts_than_an_ordinary_form_holds_are_taken_at_once(notice: Repository, kari: Browser) -> None:
    kari.get(TEXTS)
    long = "Name " * 600_000
    fields = {"key": "name.title", "value": long, "status": "translated", "take": "1"}
    assert kari.post(f"{TEXTS}/translation/taking", language="en", **fields).status_code == 200
    assert text(notice, "en", "name.title") == long


def test_numbers_that_nobody_counts_to_are_no_places(notice: Repository, kari: Browser) -> None:
    kari.get(TEXTS)
    many = {"number": "9" * 5000, "place": "9" * 5000}
    fields = {"key": "phone.title", "reads": "phone", "source": "dataModel.default", **many}
    assert kari.post(f"{TEXTS}/edits", do="variable", **fields).status_code == 200


def test_a_reviewer_may_not_come_in(notice: Repository, runa: Browser) -> None:
    assert runa.get(TEXTS).status_code == 403
    assert runa.post(f"{TEXTS}/edits", do="text", key="a", language="nb", value="x").status_code == 403


def test_later_rows_come_when_they_are_asked_for(
    studio: object, repositories: Repositories, kari: Browser
) -> None:
    many = {f"key.{number}": f"Tekst {number}" for number in range(150)}
    files = {**app_files(), "App/config/texts/resource.nb.json": resource("nb", many)}
    repositories.create("ttd", "notice", files, KARI, "Create Notice", NOW)
    first = page(kari)
    assert len(first.select(".texts-row")) == 60
    waiting = [str(each["data-hx-get"]) for each in first.select(".texts-grid__waiting")]
    assert len(waiting) == 2
    later = BeautifulSoup(kari.get(waiting[1], htmx=True).get_data(as_text=True), "html.parser")
    rows = later.select(".texts-row")
    assert [rows[0]["aria-rowindex"], rows[0]["data-key"]] == ["122", "key.120"]
