"""The list of apps, and making, importing, copying, archiving and deleting them."""

import io
import zipfile

import pytest
from bs4 import BeautifulSoup

from studio.database import studio_db
from studio.definition.app import AppDefinition
from studio.definition.templates import new_app
from studio.delivery.models import Deployment, Kind, Release, State
from tests.features.conftest import KARI, NOW

NASTY = """Søknad "om" <script>alert('x')</script> & 🐶"""


def page(answer):
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def titles(answer):
    return [each.get_text() for each in page(answer).select(".app-row__title")]


def zipped(files, prefix=""):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in files:
            archive.writestr(prefix + path, files[path])
    stream.seek(0)
    return stream


def test_whoever_is_not_signed_in_is_asked_to(studio):
    answer = studio.test_client().get("/")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/")


def test_without_apps_the_page_says_how_to_begin(kari):
    assert "Create your first app" in page(kari.get("/")).get_text()


def test_apps_are_listed_by_title_with_who_changed_them(kari, contact):
    shown = page(kari.get("/"))
    assert shown.select_one(".app-row__title").get_text() == "Contact us"
    assert shown.select_one(".app-row__title a")["href"] == "/ttd/kontakt/"
    assert "Kari Lunde" in shown.select_one(".app-row__changed").get_text()
    assert shown.select_one(".app-row__changed time")["datetime"].startswith("2026-11-24T12:00:00")


@pytest.mark.parametrize("words", ["contact", "KONTAKT OSS", "kont", "ttd us", "oss contact"])
def test_search_looks_in_titles_of_all_languages_and_in_names(kari, contact, words):
    assert titles(kari.get("/?q=" + words.replace(" ", "+"))) == ["Contact us"]


def test_search_that_finds_nothing_says_so_and_shows_no_markup_of_the_words(kari, contact):
    answer = kari.get("/?q=%3Cscript%3E%22")
    assert "No apps fit" in page(answer).get_text()
    assert "<script>%22" not in answer.get_data(as_text=True)
    assert page(answer).select_one("#q")["value"] == '<script>"'


def test_htmx_gets_the_list_alone(kari, contact):
    answer = kari.get("/?q=contact", htmx=True)
    shown = page(answer)
    assert shown.find(id="app-list") is not None
    assert shown.find("html") is None


def test_the_list_can_be_narrowed_to_one_organisation(kari, contact):
    assert titles(kari.get("/?org=demo")) == []
    assert titles(kari.get("/?org=ttd")) == ["Contact us"]


def test_apps_of_organisations_that_a_person_is_not_in_are_not_there(dina, repositories):
    repositories.create("demo", "hemmelig", new_app("hemmelig", "demo", {"nb": "Hemmelig"}), KARI, "New", NOW)
    assert titles(dina.get("/")) == []
    assert dina.get("/demo/hemmelig/").status_code == 404


def test_a_star_puts_an_app_first_and_comes_off_again(kari, contact, repositories):
    repositories.create(
        "ttd", "nyere", new_app("nyere", "ttd", {"nb": "Nyere"}), KARI, "New", NOW.replace(hour=13)
    )
    assert titles(kari.get("/")) == ["Nyere", "Contact us"]
    kari.post("/ttd/kontakt/favourite", wanted="1")
    assert titles(kari.get("/")) == ["Contact us", "Nyere"]
    assert titles(kari.get("/?show=favourites")) == ["Contact us"]
    star = page(kari.post("/ttd/kontakt/favourite", htmx=True, wanted="0")).select_one("button")
    assert star["aria-pressed"] == "false"
    assert titles(kari.get("/?show=favourites")) == []


def test_a_new_app_is_made_from_a_template_with_a_name_from_its_title(kari, repositories):
    kari.get("/new-app")
    answer = kari.post(
        "/new-app", org="ttd", title_nb="Søknad om ståplass på øya", title_en="Standing", template="contact"
    )
    assert answer.request.path == "/ttd/soknad-om-staaplass-paa-oya/"
    files = repositories.open("ttd", "soknad-om-staaplass-paa-oya").files()
    assert AppDefinition(files).metadata.title == {"nb": "Søknad om ståplass på øya", "en": "Standing"}
    assert repositories.open("ttd", "soknad-om-staaplass-paa-oya").head().author == KARI_AS_SIGNED_IN


KARI_AS_SIGNED_IN = type(KARI)("Kari Lunde", "kari@example.org")


def test_a_title_with_markup_is_kept_and_shown_as_text(kari):
    kari.get("/new-app")
    answer = kari.post("/new-app", org="ttd", title_nb=NASTY, name="hund")
    assert answer.status_code == 200
    for address in ("/", "/ttd/hund/", "/ttd/hund/delete", "/ttd/hund/copy", "/ttd/hund/sharing"):
        html = kari.get(address).get_data(as_text=True)
        assert "<script>alert" not in html, address
    assert titles(kari.get("/")) == [NASTY]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("kontakt", "already an app"),
        ("Kontakt", "small letters"),
        ("kon takt", "small letters"),
        ("../../etc", "small letters"),
        ("ko--ntakt", "single hyphens"),
        ("kontakt-", "small letters"),
        ("ab", "too short"),
        ("a" * 31, "too long"),
        ("🐶🐶🐶", "small letters"),
        ("<script>", "small letters"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_at_its_field(kari, contact, name, words):
    kari.get("/new-app")
    answer = kari.post("/new-app", org="ttd", title_nb="Ny", name=name)
    assert answer.status_code == 422
    shown = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert words in shown.select_one("#name-check").get_text()
    assert shown.select_one("#name")["value"] == name
    assert shown.select_one("#field-title_nb")["value"] == "Ny"


def test_an_app_without_a_title_is_refused(kari):
    kari.get("/new-app")
    answer = kari.post("/new-app", org="ttd", name="uten")
    assert answer.status_code == 422
    assert "Write a title" in answer.get_data(as_text=True)


def test_nobody_makes_an_app_where_they_have_no_right(runa, dina, repositories):
    for browser, org in ((runa, "ttd"), (dina, "demo"), (dina, "nowhere")):
        browser.get("/new-app")
        assert browser.post("/new-app", org=org, title_nb="Ny", name="nyapp").status_code == 422
    assert repositories.all() == []


def test_the_name_follows_the_title_until_it_is_written_by_hand(kari, contact):
    field = page(kari.get("/new-app/name?org=ttd&title_nb=Kontakt&name=&proposed=", htmx=True))
    assert field.select_one("#name")["value"] == "kontakt-2"
    field = page(
        kari.get("/new-app/name?org=ttd&title_nb=Kontakt+oss&name=kontakt-2&proposed=kontakt-2", htmx=True)
    )
    assert field.select_one("#name")["value"] == "kontakt-oss"
    field = page(
        kari.get("/new-app/name?org=ttd&title_nb=Kontakt+oss&name=mitt&proposed=kontakt-2", htmx=True)
    )
    assert field.select_one("#name")["value"] == "mitt"
    assert "free" in field.select_one("#name-check").get_text()


def test_an_app_comes_in_as_a_zip_file_and_stays_as_it_was(kari, contact, repositories):
    files = contact.files()
    kari.get("/import")
    answer = kari.post("/import", org="ttd", name="", zip=(zipped(files, "hund-main/"), "hundeavgift.zip"))
    assert answer.request.path == "/ttd/hundeavgift/imported"
    facts = {each.dt.get_text(): each.dd.get_text() for each in page(answer).select(".facts div")}
    assert facts["Pages"] == "2"
    assert facts["Languages"] == "nb, nn, en"
    assert repositories.open("ttd", "hundeavgift").head().tree_id == contact.head().tree_id


def test_an_app_comes_in_as_a_folder(kari, contact, repositories):
    files = contact.files()
    upload = [(io.BytesIO(files[path]), f"min-app/{path}") for path in files]
    upload.append((io.BytesIO(b"x"), "min-app/.git/config"))
    kari.get("/import")
    answer = kari.post("/import", org="ttd", folder=upload)
    assert answer.request.path == "/ttd/min-app/imported"
    assert repositories.open("ttd", "min-app").head().tree_id == contact.head().tree_id


def test_a_folder_of_more_than_a_thousand_files_comes_in(kari, contact, repositories):
    files = contact.files()
    upload = [(io.BytesIO(files[path]), f"min-app/{path}") for path in files]
    upload += [(io.BytesIO(b"x"), f"min-app/App/wwwroot/{number}.txt") for number in range(1200)]
    kari.get("/import")
    assert kari.post("/import", org="ttd", folder=upload).request.path == "/ttd/min-app/imported"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"App/../../evil.txt": b"x"}, "leads out of the app"),
        ({"/etc/passwd": b"x"}, "leads out of the app"),
        ({"readme.txt": b"x"}, "no folder “App”"),
    ],
)
def test_a_zip_file_that_cannot_be_an_app_is_refused_in_words(kari, repositories, content, words):
    kari.get("/import")
    answer = kari.post("/import", org="ttd", name="ond", zip=(zipped(content), "ond.zip"))
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert repositories.all() == []


def test_what_is_no_zip_file_is_refused_in_words(kari, repositories):
    kari.get("/import")
    answer = kari.post("/import", org="ttd", name="ond", zip=(io.BytesIO(b"no zip"), "ond.zip"))
    assert answer.status_code == 422
    assert "not a zip file" in answer.get_data(as_text=True)
    answer = kari.post("/import", org="ttd", name="ond")
    assert "Choose a zip file" in answer.get_data(as_text=True)
    answer = kari.post("/import", org="ttd", name="ond", url="file:///etc")
    assert answer.status_code == 422
    assert repositories.all() == []


def test_an_app_with_broken_files_comes_in_and_says_what_is_wrong_with_it(kari, contact):
    files = {**contact.files(), "App/ui/Task_1/layouts/enquiry.json": b'{"data": {'}
    kari.get("/import")
    answer = kari.post("/import", org="ttd", name="knust", zip=(zipped(files), "knust.zip"))
    assert "App/ui/Task_1/layouts/enquiry.json:1" in page(answer).get_text()
    assert kari.get("/ttd/knust/").status_code == 200


def test_a_copy_has_the_content_and_the_history_but_a_name_of_its_own(kari, contact, repositories):
    kari.get("/ttd/kontakt/copy")
    assert kari.post("/ttd/kontakt/copy", org="demo", name="kopien").request.path == "/demo/kopien/"
    copy = repositories.open("demo", "kopien")
    app = AppDefinition(copy.files())
    assert (app.metadata.id, app.metadata.org) == ("demo/kopien", "demo")
    policy = copy.files()["App/config/authorization/policy.xml"].decode()
    assert ">demo<" in policy
    assert ">kontakt<" not in policy
    assert [each.subject for each in copy.log()] == ["Copied from ttd/kontakt", "Create Kontakt oss"]
    unchanged = [path for path in copy.files() if copy.files().blob_id(path) == contact.files().blob_id(path)]
    assert len(copy.files()) - len(unchanged) == 2


def test_a_copy_needs_the_right_to_make_apps_and_a_free_name(dina, contact, repositories):
    dina.get("/ttd/kontakt/copy")
    assert dina.post("/ttd/kontakt/copy", org="demo", name="kopien").status_code == 422
    assert dina.post("/ttd/kontakt/copy", org="ttd", name="kontakt").status_code == 422
    assert repositories.all() == [("ttd", "kontakt")]


def test_an_archived_app_is_out_of_the_way_and_comes_back(ola, contact):
    ola.get("/")
    ola.post("/ttd/kontakt/archive")
    assert titles(ola.get("/")) == []
    assert titles(ola.get("/?show=archived")) == ["Contact us"]
    ola.post("/ttd/kontakt/restore")
    assert titles(ola.get("/")) == ["Contact us"]


def test_an_app_is_deleted_only_when_its_name_is_typed(ola, contact, repositories):
    ola.get("/ttd/kontakt/delete")
    answer = ola.post("/ttd/kontakt/delete", confirmation="kontakt oss")
    assert answer.status_code == 422
    assert "Type the name" in answer.get_data(as_text=True)
    assert repositories.exists("ttd", "kontakt")
    answer = ola.post("/ttd/kontakt/delete", confirmation="kontakt")
    assert answer.request.path == "/"
    assert not repositories.exists("ttd", "kontakt")


@pytest.mark.parametrize("action", ["archive", "restore", "delete"])
def test_designers_neither_archive_nor_delete(kari, contact, action, repositories):
    kari.get("/")
    assert kari.post(f"/ttd/kontakt/{action}", confirmation="kontakt").status_code == 403
    assert repositories.exists("ttd", "kontakt")


def test_two_hundred_apps_are_listed_in_parts_and_searched_whole(kari, repositories):
    for number in range(200):
        name = f"app-{number}"
        repositories.create("ttd", name, new_app(name, "ttd", {"nb": f"App {number}"}), KARI, "New", NOW)
    assert len(titles(kari.get("/?all=1"))) == 200  # titles are read the first time
    assert len(titles(kari.get("/"))) == 60
    assert "Show 140 more" in page(kari.get("/")).get_text()
    assert len(titles(kari.get("/?q=app+19"))) == 12


def test_an_app_that_is_in_use_is_not_deleted(ola, contact, studio, repositories):
    release = Release(
        org="ttd", app="kontakt", version=1, commit=contact.head().id, bundle_id="0" * 64, made_at=NOW,
        person="ola", message="Første", changes=(), findings=(),
    )  # fmt: skip
    with studio.app_context():
        studio_db.session.add(
            Deployment(
                org="ttd",
                app="kontakt",
                environment="test",
                kind=Kind.DEPLOY,
                state=State.DONE,
                message="",
                person="ola",
                asked_at=NOW,
                release=release,
            )
        )
        studio_db.session.commit()
    ola.get("/ttd/kontakt/delete")
    answer = ola.post("/ttd/kontakt/delete", confirmation="kontakt")
    assert answer.status_code == 422
    assert "in use in Test" in answer.get_data(as_text=True)
    assert repositories.exists("ttd", "kontakt")
    assert "Version 1" in page(ola.get("/ttd/kontakt/")).get_text()
