"""The files of an app over HTTP: listed, opened as text, saved byte for byte, added, moved, removed."""

import io
import json
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup

from studio.definition.changes import SetFile
from studio.definition.files import MemoryFiles
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.builders import app_files, field
from tests.features.conftest import KARI, NOW, Browser

CODE = "/ttd/notice/code"
PAGE = "App/ui/Task_1/layouts/Contact.json"
WINDOWS = "App/wwwroot/old.css"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00"
NASTY_QUOTED = quote("Blå båt/æ & ø #1?.md")
NASTY = "Blå båt/æ & ø #1?.md"
CSS = b"\xef\xbb\xbfp {\r\n  color: red;\r\n}\r\n"


@pytest.fixture
def notice(studio: object, repositories: Repositories) -> Repository:
    """The app ttd/notice with a page of two fields and a style sheet made under Windows."""
    files = dict(app_files(pages={"Contact": [field("name"), field("email")]}))
    files |= {WINDOWS: CSS, "App/wwwroot/logo.png": PICTURE, NASTY: b"# A\n"}
    return repositories.create("ttd", "notice", MemoryFiles(files), KARI, "Create Notice", NOW)


def page(browser: Browser, address: str) -> BeautifulSoup:
    answer = browser.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def page_path(repository: Repository) -> str:
    return next(path for path in repository.files() if path.endswith("Contact.json"))


def test_every_file_of_the_app_is_in_the_tree_and_opens(notice: Repository, kari: Browser) -> None:
    links = [str(link["href"]) for link in page(kari, CODE).select(".file-tree__file")]
    assert len(links) == len(notice.files())
    for link in links:
        assert page(kari, link).select_one('[aria-current="page"].file-tree__file') is not None


def test_a_saved_text_keeps_what_was_not_typed_byte_for_byte(notice: Repository, kari: Browser) -> None:
    area = page(kari, f"{CODE}/file/{WINDOWS}").select_one("textarea")
    assert area is not None
    text = area.get_text().removeprefix("\n").replace("red", "blue").replace("\n", "\r\n")
    assert kari.post(f"{CODE}/file/{WINDOWS}", text=text).status_code == 200
    draft = notice.draft("kari")
    assert draft.files[WINDOWS] == CSS.replace(b"red", b"blue")
    draft.undo(KARI, NOW)
    assert draft.files[WINDOWS] == CSS


def test_saving_without_a_change_is_no_edit(notice: Repository, kari: Browser) -> None:
    area = page(kari, f"{CODE}/file/{WINDOWS}").select_one("textarea")
    assert area is not None
    kari.post(f"{CODE}/file/{WINDOWS}", text=area.get_text().removeprefix("\n"))
    assert not notice.draft("kari").can_undo


def test_a_file_that_is_broken_while_it_is_typed_is_kept_and_named(notice: Repository, kari: Browser) -> None:
    path = page_path(notice)
    kari.get(CODE)
    assert kari.post(f"{CODE}/file/{path}", text='{"data": {').status_code == 200
    assert notice.draft("kari").files[path] == b'{"data": {'
    shown = page(kari, f"{CODE}/file/{path}")
    finding = shown.select_one(".code-editor__finding")
    assert finding is not None
    assert finding["data-line"] == "1"
    assert kari.get("/ttd/notice/form").status_code in {200, 302}


def test_two_windows_that_typed_in_different_lines_both_keep_what_they_typed(
    notice: Repository, kari: Browser
) -> None:
    base = notice.draft("kari").revision
    kari.get(CODE)
    kari.post(f"{CODE}/file/{NASTY_QUOTED}", text="# A\n\nB\n")
    kari.post(f"{CODE}/file/{WINDOWS}", text="p {\n  color: blue;\n}\n", base=base)
    files = notice.draft("kari").files
    assert files[WINDOWS] == CSS.replace(b"red", b"blue")
    assert files[NASTY] == b"# A\n\nB\n"


def test_what_two_windows_typed_in_one_line_is_shown_side_by_side_and_nothing_is_lost(
    notice: Repository, kari: Browser
) -> None:
    base = notice.draft("kari").revision
    kari.get(CODE)
    address = f"{CODE}/file/{WINDOWS}"
    kari.post(address, text="p {\n  color: blue;\n}\n", base=base)
    answer = kari.post(address, text="p {\n  color: green;\n}\n", base=base)
    shown = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert answer.status_code == 409
    assert "green" in " ".join(part.get_text() for part in shown.select("textarea"))
    assert "blue" in " ".join(part.get_text() for part in shown.select(".code-page__stored"))
    newest = shown.select_one("input[name=base]")
    assert newest is not None
    kari.post(address, text="p {\n  color: green;\n}\n", base=str(newest["value"]))
    assert b"green" in notice.draft("kari").files[WINDOWS]


def test_a_program_is_answered_with_the_text_and_its_state(notice: Repository, kari: Browser) -> None:
    kari.get(CODE)
    answer = kari.client.get(f"{CODE}/file/{WINDOWS}", headers={"Accept": "application/json"})
    state = json.loads(answer.get_data())
    assert state["text"] == "p {\n  color: red;\n}\n"
    assert state["revision"] == notice.draft("kari").revision


def test_the_text_is_checked_while_it_is_written(notice: Repository, kari: Browser) -> None:
    kari.get(CODE)
    path = page_path(notice)
    said = json.loads(kari.post(f"{CODE}/check/{path}", text="{\n  !").get_data())
    assert said["findings"][0]["line"] == 2
    layout = {"data": {"layout": [{"id": "a", "type": "Input"}, {"id": "a", "type": "Input"}]}}
    said = json.loads(kari.post(f"{CODE}/check/{path}", text=json.dumps(layout, indent=2)).get_data())
    assert any(each["pointer"].startswith("/data/layout/") for each in said["findings"])
    assert not notice.draft("kari").can_undo


def test_code_and_design_lead_to_one_another_at_the_same_component(notice: Repository, kari: Browser) -> None:
    path = page_path(notice)
    opened = page(kari, f"{CODE}/file/{path}?component=email")
    [line] = [int(str(part["data-line"])) for part in opened.select("code-file")]
    assert '"email"' in "".join(notice.files()[path].decode().splitlines()[line - 1 : line + 2])
    answer = kari.client.get(f"{CODE}/screen/{path}?pointer=/data/layout/1/type")
    assert answer.location.endswith("selected=email")


def test_files_are_added_moved_and_removed_and_undone(notice: Repository, kari: Browser) -> None:
    kari.get(CODE)
    kari.post(CODE, do="new", path="App/wwwroot/new.css")
    kari.post(CODE, do="move", path="App/wwwroot", to="App/styles")
    files = notice.draft("kari").files
    assert [path for path in files if "wwwroot" in path] == []
    assert files["App/styles/old.css"] == CSS
    kari.post(CODE, do="remove", path="App/styles/new.css")
    draft = notice.draft("kari")
    assert "App/styles/new.css" not in draft.files
    for _ in range(3):
        draft.undo(KARI, NOW)
    assert dict(draft.files) == dict(notice.files())


@pytest.mark.parametrize("path", ["../out.txt", ".git/config", "/etc/passwd", "a\\b", ""])
def test_no_path_leads_out_of_the_app(notice: Repository, kari: Browser, path: str) -> None:
    kari.get(CODE)
    answer = kari.post(CODE, do="new", path=path)
    assert answer.status_code == 422
    assert not notice.draft("kari").can_undo
    assert kari.get(f"{CODE}/file/../../etc/passwd").status_code == 404


def test_several_files_are_uploaded_as_one_change(notice: Repository, kari: Browser) -> None:
    kari.get(CODE)
    given = [(io.BytesIO(b"a"), "folder/a.txt"), (io.BytesIO(b"\x00\xff"), "../b.bin")]
    kari.post(CODE, do="upload", path="App/wwwroot/", file=given)
    draft = notice.draft("kari")
    assert draft.files["App/wwwroot/a.txt"] == b"a"
    assert draft.files["App/wwwroot/b.bin"] == b"\x00\xff"
    draft.undo(KARI, NOW)
    assert "App/wwwroot/b.bin" not in draft.files


def test_a_picture_is_shown_as_what_it_is_and_cannot_be_written_as_text(
    notice: Repository, kari: Browser
) -> None:
    shown = page(kari, f"{CODE}/file/App/wwwroot/logo.png")
    assert shown.select_one("textarea") is None
    assert kari.post(f"{CODE}/file/App/wwwroot/logo.png", text="no").status_code == 422
    assert not notice.draft("kari").can_undo


def test_a_large_file_is_shown_in_part_and_not_saved(notice: Repository, kari: Browser) -> None:
    kari.get(CODE)
    kari.post(CODE, do="upload", path="", file=[(io.BytesIO(b"a\n" * 700_000), "large.txt")])
    shown = page(kari, f"{CODE}/file/large.txt")
    assert shown.select_one("textarea[readonly]") is not None
    assert kari.post(f"{CODE}/file/large.txt", text="small").status_code == 422


def test_the_file_of_a_schema_takes_its_xsd_along(notice: Repository, kari: Browser) -> None:
    path = next(each for each in notice.files() if each.endswith(".schema.json"))
    schema = json.loads(notice.files()[path].removeprefix(b"\xef\xbb\xbf"))
    kind = next(iter(schema.get("$defs", {}).values()), schema)
    kind["properties"]["added"] = {"type": "string"}
    kari.get(CODE)
    kari.post(f"{CODE}/file/{path}", text=json.dumps(schema, indent=2))
    files = notice.draft("kari").files
    assert all(b"added" in files[each] for each in files if each.endswith(".xsd"))


def test_who_may_not_edit_does_not_see_the_code(notice: Repository, runa: Browser) -> None:
    files = ("file", "screen", "schema")
    of_files = [f"{CODE}/{each}/{WINDOWS}" for each in files]
    for address in (CODE, f"{CODE}/search?find=a", f"{CODE}/difference", *of_files):
        assert runa.get(address).status_code == 403


def test_the_editor_knows_what_can_be_written_in_the_files_of_an_app(
    notice: Repository, kari: Browser
) -> None:
    known = {
        path: json.loads(kari.get(f"{CODE}/schema/{path}").get_data())
        for path in notice.files()
        if path.endswith(".json") and not path.endswith(".schema.json")
    }
    assert "Input" in known[page_path(notice)]["definitions"]
    assert "dataTypes" in known["App/config/applicationmetadata.json"]["properties"]
    assert all(known.values())


def test_words_are_found_in_all_files_and_replaced_in_the_chosen_ones(
    notice: Repository, kari: Browser
) -> None:
    shown = page(kari, f"{CODE}/search?find=RED")
    assert [mark.get_text() for mark in shown.select("mark")] == ["red"]
    shown = page(kari, f"{CODE}/search?find=RED&replacement=blue&look=1")
    assert [each["value"] for each in shown.select("input[name=chosen]")] == [WINDOWS]
    kari.post(f"{CODE}/search", find="red", replacement="blue", chosen=[WINDOWS])
    draft = notice.draft("kari")
    assert draft.files[WINDOWS] == CSS.replace(b"red", b"blue")
    draft.undo(KARI, NOW)
    assert draft.files[WINDOWS] == CSS


def test_a_pattern_that_is_none_is_named_and_nothing_is_replaced(notice: Repository, kari: Browser) -> None:
    assert kari.get(f"{CODE}/search?find=(&pattern=1").status_code == 422
    assert kari.post(f"{CODE}/search", find="(", pattern="1", chosen=[WINDOWS]).status_code == 422
    assert kari.post(f"{CODE}/search", find="nowhere", chosen=[WINDOWS]).status_code == 422
    assert not notice.draft("kari").can_undo


def test_what_differs_from_the_branch_is_shown_as_text(notice: Repository, kari: Browser) -> None:
    assert "no difference" in page(kari, f"{CODE}/difference").get_text()
    kari.post(f"{CODE}/file/{WINDOWS}", text="p {\n  color: blue;\n}\n")
    said = page(kari, f"{CODE}/difference").get_text(" ")
    assert WINDOWS in said
    assert "blue" in said
    assert "no difference" in page(kari, f"{CODE}/difference?path={NASTY_QUOTED}").get_text()


_BREAKABLE = {"json", "bpmn", "xml", "xsd"}
_EDITORS = ("form", "models", "texts", "options", "library", "rules", "images")
_SCREENS = ("", *_EDITORS, "changes", "history", "code")


def test_one_broken_file_keeps_no_screen_from_opening(notice: Repository, kari: Browser) -> None:
    """Whatever file is half typed: what the screens can show is shown, and the overview names the file."""
    files = [path for path in notice.files() if path.rpartition(".")[2] in _BREAKABLE]
    failed = []
    kari.get(CODE)
    for path in files:
        assert kari.post(f"{CODE}/file/{quote(path)}", text='{"half": <').status_code == 200
        failed += [
            f"{screen or 'overview'} with {path}"
            for screen in _SCREENS
            if kari.get(f"/ttd/notice/{screen}").status_code >= 500
        ]
        if path.rpartition("/")[2] not in kari.get("/ttd/notice/").get_data(as_text=True):
            failed.append(f"overview does not name {path}")
        notice.draft("kari").undo(KARI, NOW)
    assert failed == []


def save(repository: Repository, path: str, text: str) -> None:
    draft = repository.draft("kari")
    draft.apply(SetFile(path, text.encode()), draft.revision, KARI, NOW)


def test_what_the_app_check_can_mend_is_mended_in_the_code_and_undone(
    notice: Repository, kari: Browser
) -> None:
    layout = json.loads(notice.draft("kari").files[PAGE])
    layout["data"]["layout"][0]["hidden"] = ["equals", ["dataModel", "naame"], "x"]
    wrong = json.dumps(layout, indent=2)
    answer = kari.post(f"{CODE}/check/{PAGE}", text=wrong).get_json()
    fix = next(each["fix"] for each in answer["findings"] if each.get("fix"))
    assert kari.post(f"{CODE}/mend/{PAGE}", text=wrong, finding=fix).status_code == 200
    assert notice.draft("kari").files[PAGE].decode() == wrong.replace("naame", "name")
    again = page(kari, f"{CODE}/file/{PAGE}")
    assert again.select("button[name=finding]") == []
    kari.post("/ttd/notice/draft/undo")
    shown = page(kari, f"{CODE}/file/{PAGE}")
    assert shown.select_one("textarea").get_text().strip() == wrong.strip()
    [button] = shown.select("button[name=finding]")
    assert (button["formaction"], button["value"]) == (f"{CODE}/mend/{PAGE}", fix)
    assert kari.post(f"{CODE}/mend/{PAGE}", finding="nothing of the kind").status_code == 422


def test_how_lines_read_after_a_replacement_is_seen_before_it_is_done(
    notice: Repository, kari: Browser
) -> None:
    found = page(kari, f"{CODE}/search?find=col(o)r&pattern=1&replacement=\\1%3C&look=1")
    [hit] = found.select(".code-found__hits code")
    assert hit.get_text().strip() == "coloro<: red;"
    assert (hit.select_one("del").get_text(), hit.select_one("ins").get_text()) == ("color", "o<")
    assert found.select_one("form[method=post] input[name=replacement]")["value"] == "\\1<"
    assert page(kari, f"{CODE}/search?find=color").select("form[method=post] [name=chosen]") == []
    assert kari.get(f"{CODE}/search?find=red&pattern=1&replacement=\\3&look=1").status_code == 422


def test_the_elements_of_xml_are_known_with_the_prefixes_and_ids_of_the_file(
    notice: Repository, kari: Browser
) -> None:
    process, policy = "App/config/process/process.bpmn", "App/config/authorization/policy.xml"

    def elements(path: str) -> dict[str, dict[str, object]]:
        answer = kari.get(f"{CODE}/schema/{path}").get_json()
        return {each["name"]: each for each in answer["elements"]}

    text = notice.draft("kari").files[process].decode()
    flow = elements(process)["bpmn:sequenceFlow"]
    [target] = [each for each in flow["attributes"] if each["name"] == "targetRef"]
    assert "Task_1" in target["values"]
    assert "signing" in elements(process)["altinn:taskType"]["text"]
    save(notice, process, text.replace("bpmn:", "b2:").replace("xmlns:bpmn=", "xmlns:b2="))
    assert "b2:sequenceFlow" in elements(process)
    save(notice, policy, '<p:Policy xmlns:p="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17"/>')
    assert elements(policy)["p:AnyOf"]["children"] == ["p:AllOf"]
    schema = '<schema xmlns="http://www.w3.org/2001/XMLSchema"><simpleType name="Short"/></schema>'
    save(notice, "App/models/x.xsd", schema)
    [kind] = [
        each for each in elements("App/models/x.xsd")["element"]["attributes"] if each["name"] == "type"
    ]
    assert {"Short", "string"} <= set(kind["values"])


def as_code(shown: BeautifulSoup) -> str:
    links = shown.select("#panel a")
    return next(str(each["href"]) for each in links if each.get_text(strip=True) == "Show as code")


def test_texts_options_and_fields_keep_their_place_between_code_and_design(
    notice: Repository, kari: Browser
) -> None:
    texts, options = "App/config/texts/resource.nb.json", "App/options/colours.json"
    keys = [each["id"] for each in json.loads(notice.draft("kari").files[texts])["resources"]]
    save(notice, options, '[\n  {"value": "red"},\n  {"value": "blue"}\n]\n')
    schema = next(path for path in notice.files() if path.endswith(".schema.json"))
    place = "/$defs/model/properties/name"

    def leads_to(path: str, pointer: str) -> str:
        answer = kari.get(f"{CODE}/screen/{path}?pointer={quote(pointer, safe='')}")
        assert answer.status_code == 200
        return str(answer.history[-1].location)

    assert leads_to(texts, "/resources/1/value") == f"/ttd/notice/texts?selected={keys[1]}"
    assert leads_to(options, "/1/value") == "/ttd/notice/options/colours#option-1-value"
    assert page(kari, "/ttd/notice/options/colours").select_one("#option-1-value")["value"] == "blue"
    shown = page(kari, leads_to(schema, f"{place}/type"))
    assert shown.select_one("#panel-heading").get_text(strip=True) == place.rpartition("/")[2]
    back = next(
        each["href"] for each in shown.select("#panel a") if each.get_text(strip=True) == "Show as code"
    )
    assert int(page(kari, back).select_one("code-file")["data-line"]) > 1
    back = as_code(page(kari, f"/ttd/notice/texts?selected={keys[1]}"))
    line = int(page(kari, back).select_one("code-file")["data-line"])
    around = notice.draft("kari").files[texts].decode().splitlines()[line - 1 : line + 3]
    assert any(f'"{keys[1]}"' in each for each in around)
