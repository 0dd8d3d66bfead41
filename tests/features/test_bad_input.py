"""Bad input through HTTP: what cannot come in leaves nothing; what is broken opens, and is not deployed."""

import io
import os
import re
import stat
import subprocess
import sys
import zipfile
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from builders import app_files, as_json, field

from studio.definition.app import AppDefinition
from tests.zip_files import zeros, zipped

METADATA = "App/config/applicationmetadata.json"
CONTACT = "App/ui/Task_1/layouts/Contact.json"
SUMMARY = "App/ui/Task_1/layouts/Summary.json"
SETTINGS = "App/ui/Task_1/Settings.json"
PROCESS = "App/config/process/process.bpmn"
POLICY = "App/config/authorization/policy.xml"
TEXTS = "App/config/texts/resource.nb.json"
SCHEMA = "App/models/model.schema.json"
XSD = "App/models/model.xsd"

XXE = b'<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<x>&a;</x>'
LAUGHS = (
    b'<?xml version="1.0"?>\n<!DOCTYPE x [\n<!ENTITY a "'
    + b"ha" * 100
    + b'">\n'
    + b"".join(b'<!ENTITY %c "%s">\n' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(9))
    + b"]>\n<x>&j;</x>"
)
NASTY = 'Søk "nå" 🐶 <script>alert(1)<script>'


def text_of(answer):
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser").get_text(" ", strip=True)


def brought_in(browser, files, name="prøve"):
    browser.get("/import")
    answer = browser.post("/import", org="ttd", name=name, zip=(zipped(dict(files)), "app.zip"))
    assert answer.status_code == 200, text_of(answer)
    return answer


# ── what cannot come in ──


def refused(browser, repositories, archive):
    """The words of the refusal; nothing is left behind."""
    browser.get("/import")
    answer = browser.post("/import", org="ttd", name="ond", zip=(archive, "ond.zip"))
    assert answer.status_code == 422
    assert repositories.all() == []
    assert [place for place in repositories.root.rglob("*") if place.is_file()] == []
    return text_of(answer)


@pytest.mark.parametrize("path", ["../ond.txt", "App/../../ond.txt", "/etc/ond.txt", "App\\..\\..\\ond.txt"])
def test_a_path_out_of_the_app_is_refused_by_name(kari, repositories, path):
    words = refused(kari, repositories, zipped({METADATA: b"{}", path: b"x"}))
    assert path.replace("\\", "/") in words
    assert "leads out of the app" in words


def test_a_link_is_refused_by_name(kari, repositories):
    archive = zipped({METADATA: b"{}", "App/link": b"/etc/passwd"}, App__link=stat.S_IFLNK | 0o777)
    assert "“App/link” is a link" in refused(kari, repositories, archive)


def test_ten_gigabytes_of_zeros_are_refused(kari, repositories):
    words = refused(kari, repositories, zeros(METADATA, 10_000_000_000))
    assert f"“{METADATA}” is larger than 50 MB" in words


def test_a_hundred_thousand_files_are_refused(kari, repositories):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(100_000):
            archive.writestr(f"App/{number}", b"")
    stream.seek(0)
    assert "There are more than 20000 files" in refused(kari, repositories, stream)


def test_a_repository_without_an_app_is_refused(kari, repositories):
    words = refused(kari, repositories, zipped({"src/main.py": b"", "README.md": b""}))
    assert "no folder “App”" in words
    assert METADATA.removeprefix("App/") in words


def test_a_folder_with_a_path_out_of_it_is_refused(kari, repositories):
    kari.get("/import")
    upload = [(io.BytesIO(b"{}"), f"min-app/{METADATA}"), (io.BytesIO(b"x"), "min-app/../../ond.txt")]
    answer = kari.post("/import", org="ttd", name="ond", folder=upload)
    assert answer.status_code == 422
    assert "leads out of the app" in text_of(answer)
    assert repositories.all() == []


def test_the_command_line_refuses_in_one_sentence(studio, tmp_path):
    archive = tmp_path / "ond.zip"
    archive.write_bytes(zipped({METADATA: b"{}", "../ond.txt": b"x"}).getvalue())
    done = subprocess.run(
        [sys.executable, "-m", "studio", "import", str(archive), "--org", "ttd", "--name", "ond"],
        env=os.environ | {"STUDIO_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.strip() == "The path “../ond.txt” leads out of the app's folder or is not allowed."
    assert not list((tmp_path / "repos").rglob("ond.git"))


# ── what is broken, comes in, opens, and is not deployed ──

BROKEN = {
    "a broken page": (
        {CONTACT: b'{\n  "data": {\n    "layout": [\n      {"id": "a" "type"}]}}'},
        f"{CONTACT}:4",
    ),
    "a page that is cut off": ({CONTACT: b'{\n  "data": {\n    "layout": ['}, f"{CONTACT}:3"),
    "a page of the wrong shape": ({CONTACT: b'{"data": []}'}, CONTACT),
    "broken settings": ({SETTINGS: b'{\n"pages": {"order": ["Contact", }\n'}, f"{SETTINGS}:"),
    "broken metadata": ({METADATA: b'{\n"id": ttd}'}, f"{METADATA}:2"),
    "broken texts": (
        {"App/config/texts/resource.nb.json": b"\n\n[1,"},
        "App/config/texts/resource.nb.json:3",
    ),
    "a broken data model": ({SCHEMA: b'{\n"properties": {'}, f"{SCHEMA}:2"),
    "a broken process": ({PROCESS: b"<a>\n<b>\n</a>"}, f"{PROCESS}:3"),
    "a process with an entity of a file": ({PROCESS: XXE}, f"{PROCESS}:2"),
    "a process that laughs a billion times": ({PROCESS: LAUGHS}, f"{PROCESS}:2"),
    "a policy with an entity of a file": ({POLICY: XXE}, f"{POLICY}:2"),
    "a policy that laughs a billion times": ({POLICY: LAUGHS}, f"{POLICY}:2"),
    "an XML schema with an entity of a file": ({XSD: XXE}, f"{XSD}:2"),
    "clashing ids": (
        {SUMMARY: as_json({"data": {"layout": [field("send"), field("name", "age")]}})},
        f"{SUMMARY}:15",
    ),
    "a binding to a data type that the app does not have": (
        {CONTACT: as_json({"data": {"layout": [field("name", {"dataType": "gone", "field": "name"})]}})},
        f"{CONTACT}:8",
    ),
    "a binding to a missing field": (
        {CONTACT: as_json({"data": {"layout": [field("name", "nowhere")]}})},
        f"{CONTACT}:8",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_app_opens_says_where_stays_editable_and_is_not_deployed(name, ola, repositories, doors):
    changed, place = BROKEN[name]
    files = {**app_files(), **changed}
    answer = brought_in(ola, files, "knust")
    assert place in text_of(answer)
    assert "it cannot be deployed until the errors are gone" in text_of(answer)
    assert dict(repositories.open("ttd", "knust").files()) == files
    assert place in text_of(ola.get("/ttd/knust/"))

    app = AppDefinition(repositories.open("ttd", "knust").files())
    for page in app.layout_sets[0].pages:
        assert ola.get(f"/ttd/knust/form/Task_1/{page.name}").status_code == 200
    edited = ("Contact", "phone") if CONTACT not in changed else ("Summary", "send")
    answer = ola.post(
        f"/ttd/knust/form/Task_1/{edited[0]}/edits",
        htmx=True,
        do="text",
        id=edited[1],
        slot="title",
        value="Something new",
        lang="en",
        base=repositories.open("ttd", "knust").draft("ola").revision,
    )
    assert answer.status_code == 200, text_of(answer)
    assert repositories.open("ttd", "knust").draft("ola").is_changed
    assert ola.get("/ttd/knust/sharing").status_code == 200

    words = deployed(ola, "knust")
    assert "must be corrected first" in words
    assert place in words
    assert doors.test.serves("ttd", "knust") is None
    assert doors.test.calls == []


def deployed(browser, name):
    """What the page of deployments says when a deployment is over."""
    browser.get(f"/ttd/{name}/deploy")
    answer = browser.post(f"/ttd/{name}/deploy", message="Try")
    if stream := re.search(r'sse-connect="([^"]+)"', answer.text):
        browser.client.get(stream[1]).get_data()
    return text_of(browser.get(answer.request.full_path))


def test_an_edit_in_a_broken_file_is_refused_and_writes_nothing(kari, repositories):
    broken = {CONTACT: BROKEN["a broken page"][0][CONTACT], TEXTS: b"[1,"}
    brought_in(kari, {**app_files(), **broken}, "knust")
    repository = repositories.open("ttd", "knust")
    for page, edit, words in (
        ("Contact", {"do": "add", "type": "Input"}, f"The file {CONTACT} cannot be changed .* Line 4"),
        (
            "Summary",
            {"do": "text", "id": "send", "slot": "title", "value": "Send inn"},
            f"The file {TEXTS} cannot be changed .* Line 1",
        ),
    ):
        answer = kari.post(f"/ttd/knust/form/Task_1/{page}/edits", htmx=True, lang="nb", **edit)
        assert answer.status_code == 422
        assert re.search(words, answer.text)
        assert not repository.draft("kari").is_changed


def test_a_page_that_is_not_in_the_order_is_pointed_out_and_opens(kari, repositories):
    settings = as_json({"defaultDataType": "model", "pages": {"order": ["Contact", "Gone"]}})
    answer = brought_in(kari, {**app_files(), SETTINGS: settings}, "uten")
    words = text_of(answer)
    assert f"{SETTINGS}:6" in words
    assert "Gone" in words
    assert "Summary" in words
    assert kari.get("/ttd/uten/form/Task_1/Summary").status_code == 200
    assert "not in the order of pages" in text_of(kari.get("/ttd/uten/"))


def test_nasty_names_are_shown_as_they_are_and_never_run(kari, ola, repositories, doors):
    pages = {NASTY: (field(NASTY, "name"), field("phone"))}
    texts = {"en": {"appName": NASTY, f"{NASTY}.title": NASTY, "phone.title": NASTY, NASTY: NASTY}}
    brought_in(ola, app_files(pages=pages, texts=texts), "stygg")
    address = f"/ttd/stygg/form/Task_1/{quote(NASTY)}"
    for path in ("/", "/ttd/stygg/", "/ttd/stygg/sharing", "/ttd/stygg/deploy", "/ttd/stygg/form", address):
        answer = ola.get(path)
        assert answer.status_code == 200, path
        html = answer.get_data(as_text=True)
        assert "<script>alert" not in html, path
        assert NASTY in BeautifulSoup(html, "html.parser").get_text(), path
    answer = ola.post(
        f"{address}/edits",
        htmx=True,
        do="set",
        id=NASTY,
        selected=NASTY,
        pointer="/required",
        value="true",
        base=repositories.open("ttd", "stygg").draft("ola").revision,
    )
    assert answer.status_code == 200
    assert "<script>alert" not in answer.get_data(as_text=True)
    (component, _) = (
        AppDefinition(repositories.open("ttd", "stygg").draft("ola").files).page("Task_1", NASTY).components
    )
    assert component.raw["required"] is True
    assert "<script>alert" not in ola.get("/ttd/stygg/sharing").get_data(as_text=True)


@pytest.mark.parametrize(
    "name", ["../ond", "ond/ond", 'a"b', "<script>", "🐶", "OND", "a b", ".git", "ond.git", "con\0x"]
)
def test_a_nasty_name_for_an_app_is_refused_in_words(kari, repositories, name):
    kari.get("/import")
    answer = kari.post("/import", org="ttd", name=name, zip=(zipped(dict(app_files())), "app.zip"))
    assert answer.status_code == 422
    assert "<script>" not in answer.get_data(as_text=True).split("<main", 1)[1]
    assert repositories.all() == []
