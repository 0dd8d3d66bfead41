"""The library of an organisation over HTTP: published from an app, taken into others, renewed, held on to."""

import json

import pytest
from bs4 import BeautifulSoup

from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import Change, SetFile, SetOptions, SetText
from studio.definition.library import list_content, taken_items, text_content
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from studio.history.shelf import Shelf
from tests.builders import app_files, field
from tests.features.conftest import KARI, NOW, Browser

COLOURS = [{"value": "r", "label": "colour.red"}, {"value": "g", "label": "colour.green"}]
NB = {"colour.red": "Rød", "colour.green": "Grønn", "visit": "Besøksadresse"}


def resource(texts: dict[str, str]) -> bytes:
    return json.dumps({"resources": [{"id": key, "value": value} for key, value in texts.items()]}).encode()


@pytest.fixture
def first(studio: object, repositories: Repositories) -> Repository:
    """The app ttd/first, which has a list."""
    files = {
        **app_files(),
        "App/config/texts/resource.nb.json": resource(NB),
        "App/config/texts/resource.en.json": resource({"colour.red": "Red"}),
        "App/options/colours.json": json.dumps(COLOURS).encode(),
    }
    return repositories.create("ttd", "first", files, KARI, "Create First", NOW)


@pytest.fixture
def second(studio: object, repositories: Repositories) -> Repository:
    """The app ttd/second, in bokmål, whose component names the list in the platform's shared library."""
    chosen = {"id": "colour", "type": "RadioButtons", "optionsId": "lib**ttd**colours**_latest"}
    made = app_files(pages={"Contact": [field("name"), chosen]})
    files = {
        **{path: data for path, data in made.items() if "/texts/" not in path},
        "App/config/texts/resource.nb.json": resource({"name.title": "Navn"}),
    }
    return repositories.create("ttd", "second", files, KARI, "Create Second", NOW)


def page(browser: Browser, address: str) -> BeautifulSoup:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def draft(repository: Repository, person: str) -> AppDefinition:
    return app_definition(repository.draft(person).files)


def edit(repository: Repository, person: str, change: Change) -> None:
    made = repository.draft(person)
    made.apply(change, made.revision, KARI, NOW)


def publish(browser: Browser, note: str = "", **more: object) -> BeautifulSoup:
    page(browser, "/ttd/first/library/publish/lists?name=colours")
    answer = browser.post(
        "/ttd/first/library/publish/lists", name="colours", title="Colours", note=note, **more
    )
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def take(browser: Browser, version: int = 1, **more: object) -> int:
    address = f"/ttd/second/library/lists/colours?version={version}"
    seen = page(browser, address).select_one("[name=seen]")
    assert seen is not None
    fields = {"version": version, "seen": seen["value"], "name": "colours", "follows": "latest", **more}
    return browser.post("/ttd/second/library/lists/colours", **fields).status_code


def said(found: BeautifulSoup) -> str:
    return " ".join(found.get_text(" ").split())


def test_a_list_goes_from_one_app_to_another_in_its_languages_and_is_renewed(
    first: Repository, second: Repository, dina: Browser, kari: Browser
) -> None:
    assert "Version 1 of Colours is in the library" in said(publish(dina, "The first"))
    assert taken_items(draft(first, "dina"))["lists/colours"].version == 1

    assert take(kari) == 200
    app = draft(second, "kari")
    assert [(part.value, dict(part.cells)) for part in list_content(app, "colours")] == [
        ("r", {("label", "nb"): "Rød"}),
        ("g", {("label", "nb"): "Grønn"}),
    ]
    assert app.languages == ("nb",)

    edit(first, "dina", SetText("nb", "colour.red", "Raud"))
    edit(first, "dina", SetText("en", "colour.red", "Crimson"))
    publish(dina, "Nynorsk")
    front = said(page(kari, "/ttd/second/"))
    assert "There is a newer version of 1 thing that this app follows in the library." in front
    news = said(page(kari, "/ttd/second/library/lists/colours"))
    assert "Rød is now called Raud" in news
    assert "Nynorsk" in news
    assert take(kari, 2) == 200
    assert draft(second, "kari").texts("nb").get("colours.r").value == "Raud"  # type: ignore[union-attr]  # it is there
    assert "There is a newer version" not in said(page(kari, "/ttd/second/"))

    made = second.draft("kari")
    made.undo(KARI, NOW)
    assert taken_items(draft(second, "kari"))["lists/colours"].version == 1
    assert draft(second, "kari").texts("nb").get("colours.r").value == "Rød"  # type: ignore[union-attr]  # it is there


def test_what_was_changed_by_hand_and_in_the_library_is_chosen(
    first: Repository, second: Repository, dina: Browser, kari: Browser
) -> None:
    publish(dina)
    take(kari)
    edit(second, "kari", SetText("nb", "colours.r", "Blodrød"))
    edit(second, "kari", SetText("nb", "colours.g", "Gressgrønn"))
    edit(first, "dina", SetText("nb", "colour.red", "Raud"))
    publish(dina)
    assert "Changed in this app since it was taken." in said(page(kari, "/ttd/second/library"))
    found = page(kari, "/ttd/second/library/lists/colours")
    assert [each["value"] for each in found.select("[name=conflict]")] == ["r"]
    take(kari, 2, conflict="r", **{"choice-0": "mine"})
    app = draft(second, "kari")
    texts = [part.text("label", "nb") for part in list_content(app, "colours")]
    assert texts == ["Blodrød", "Gressgrønn"]
    assert taken_items(app)["lists/colours"].version == 2


def test_what_changed_while_somebody_looked_is_shown_again(
    first: Repository, second: Repository, dina: Browser, kari: Browser
) -> None:
    publish(dina)
    take(kari)
    edit(second, "kari", SetText("nb", "colours.r", "Blodrød"))
    assert take(kari, 1, seen="something else") == 409


def test_a_list_of_the_same_name_is_never_overwritten_unasked(
    first: Repository, second: Repository, dina: Browser, kari: Browser
) -> None:
    publish(dina)
    edit(second, "kari", SetOptions(({"value": "r", "label": "Mine"},), "colours"))
    found = page(kari, "/ttd/second/library/lists/colours")
    assert "has something called colours already" in said(found)
    assert [each["value"] for each in found.select("[name=conflict]")] == ["r"]
    answer = kari.post("/ttd/second/library/lists/colours", version=1, seen="", name="colours")
    assert answer.status_code == 409
    answer = kari.post("/ttd/second/library/lists/colours", version=1, seen="", name="../colours")
    assert answer.status_code in {409, 422}
    assert "lists/colours" not in taken_items(draft(second, "kari"))


def test_a_list_outside_the_app_is_offered_and_then_used_from_inside(
    first: Repository, second: Repository, dina: Browser, kari: Browser
) -> None:
    publish(dina)
    link = page(kari, "/ttd/second/library").select_one(".library-references a")
    assert link is not None
    assert take(kari, 1, instead_of="lib**ttd**colours**_latest") == 200
    found = draft(second, "kari").layout_sets[0].find("colour")
    assert found is not None
    assert found[1].raw["optionsId"] == "colours"


def test_an_app_holds_on_to_a_version_and_is_told_quietly(
    first: Repository, second: Repository, dina: Browser, kari: Browser
) -> None:
    publish(dina)
    take(kari, 1, follows="version")
    edit(first, "dina", SetText("nb", "colour.red", "Raud"))
    publish(dina)
    assert "There is a newer version" not in said(page(kari, "/ttd/second/"))
    assert "Held on to. The newest version is 2." in said(page(kari, "/ttd/second/library"))
    kari.post("/ttd/second/library", key="lists/colours", do="follow")
    assert "Version 2 is out" in said(page(kari, "/ttd/second/library"))
    kari.post("/ttd/second/library", key="lists/colours", do="leave")
    assert taken_items(draft(second, "kari")) == {}
    assert list_content(draft(second, "kari"), "colours")
    assert kari.post("/ttd/second/library", key="lists/colours", do="leave").status_code == 200


def test_a_list_that_was_broken_by_hand_is_told_of_and_stops_no_page(
    first: Repository, second: Repository, dina: Browser, kari: Browser
) -> None:
    publish(dina)
    take(kari)
    twice = json.dumps([{"value": "r", "label": "A"}, {"value": "r", "label": "B"}]).encode()
    edit(second, "kari", SetFile("App/options/colours.json", twice))
    assert "Changed in this app" in said(page(kari, "/ttd/second/library"))
    assert "Correct the list colours first" in said(page(kari, "/ttd/second/library/lists/colours"))
    edit(second, "kari", SetFile("App/library.json", b"{broken"))
    assert "Can be taken" in said(page(kari, "/ttd/second/library"))
    page(kari, "/ttd/second/")


def test_designers_take_and_do_not_publish_and_reviewers_only_look(
    first: Repository, kari: Browser, runa: Browser, dina: Browser
) -> None:
    assert kari.get("/ttd/first/library/publish/lists?name=colours").status_code == 403
    page(kari, "/ttd/first/library")
    assert kari.post("/ttd/first/library/publish/lists", name="colours", title="X").status_code == 403
    publish(dina)
    assert runa.get("/ttd/first/library").status_code == 403
    assert "Colours" in said(page(runa, "/organisations/ttd/library"))
    assert runa.post("/organisations/ttd/library/lists/colours/delete").status_code == 403


def test_what_an_app_uses_is_not_deleted_and_what_none_uses_is(
    first: Repository, dina: Browser, repositories: Repositories
) -> None:
    publish(dina)
    first.draft("dina").share("Share", KARI, NOW)
    assert "ttd/first" in said(page(dina, "/organisations/ttd/library/lists/colours"))
    answer = dina.post("/organisations/ttd/library/lists/colours/delete")
    assert "is used in" in answer.get_data(as_text=True)
    dina.post("/ttd/first/library", key="lists/colours", do="leave")
    first.draft("dina").share("Leave", KARI, NOW)
    dina.post("/organisations/ttd/library/lists/colours/delete")
    assert not any(path.startswith("lists/") for path in Shelf(repositories.root, "ttd").files)
    assert dina.get("/organisations/ttd/library/lists/colours").status_code == 404


def test_publishing_again_without_news_or_from_an_old_version_is_refused_and_no_language_is_lost(
    first: Repository, second: Repository, dina: Browser, kari: Browser, repositories: Repositories
) -> None:
    publish(dina)
    assert "Nothing in it is new" in said(publish(dina))
    take(dina)
    edit(second, "dina", SetText("nb", "colours.g", "Grøn"))
    page(dina, "/ttd/second/library/publish/lists?name=colours")
    dina.post("/ttd/second/library/publish/lists", name="colours", title="Colours")
    shelf = Shelf(repositories.root, "ttd").files
    codes = json.loads(shelf["lists/colours/2.json"])["codes"]
    assert codes[0]["label"] == {"nb": "Rød", "en": "Red"}
    assert "Take version 2 of Colours first" in said(
        page(dina, "/ttd/first/library/publish/lists?name=colours")
    )


def test_texts_are_shared_as_a_set(
    first: Repository, second: Repository, dina: Browser, kari: Browser
) -> None:
    assert page(dina, "/ttd/first/library/publish/texts?q=visit").select_one("[value=visit]")
    page(dina, "/ttd/first/library/publish/texts?key=visit&key=colour.red")
    dina.post("/ttd/first/library/publish/texts", key=["visit", "colour.red"], title="Adresser og farger")
    found = page(kari, "/ttd/second/library/texts/adresser-og-farger")
    seen = found.select_one("[name=seen]")
    assert seen is not None
    kari.post("/ttd/second/library/texts/adresser-og-farger", version=1, seen=seen["value"], follows="latest")
    app = draft(second, "kari")
    assert [part.text("text", "nb") for part in text_content(app, ["visit", "colour.red"])] == [
        "Besøksadresse",
        "Rød",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/ttd/first/library/nothing/colours",
        "/ttd/first/library/lists/..",
        "/ttd/first/library/lists/none",
        "/organisations/ttd/library/lists/none",
        "/organisations/ttd/library/nothing/none",
        "/organisations/ttd/library/images/none/1/picture",
        "/ttd/first/library/publish/nothing",
        "/ttd/none/library",
    ],
)
def test_what_is_not_there_is_not_found(first: Repository, dina: Browser, address: str) -> None:
    assert dina.get(address).status_code == 404
