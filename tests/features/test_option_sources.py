"""Lists that other servers have, over HTTP and without scripts: written down, tried, renamed, removed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from studio.definition.app import AppDefinition, app_definition
from studio.features.options import trials
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from studio.runtime.option_lists import KeptSecret, OptionLists
from tests.builders import app_files, as_json, field
from tests.features.conftest import KARI, NOW, Browser
from tests.runtime.https_server import https_server
from tests.runtime.town_server import SOURCE, TownServer

NEW = "/ttd/towns/option-sources"
TOWNS = f"{NEW}/towns"
FILE = "App/options/sources/towns.json"
WRITTEN = {
    "name": "towns",
    "address": "https://localhost/towns",
    "options": "towns",
    "value": "id",
    "label": "names.nb",
    "parameters-0-name": "region",
    "parameters-0-value": "{region}",
    "tags-0-name": "size",
    "tags-0-value": "people",
    "seconds": "1,5",
}


@pytest.fixture
def towns(studio: Flask, repositories: Repositories, tmp_path: Path) -> Iterator[Repository]:
    """The app ttd/towns, in a Studio one of whose environments may ask a server of ours."""
    TownServer.forget()
    pages = {"Contact": (field("name", kind="Dropdown", optionsId="places"), field("phone"))}
    files = app_files(pages=pages, more={"App/options/sources/places.json": as_json({**SOURCE, "own": 1})})
    with https_server(tmp_path, TownServer) as server:
        secrets = {"key": KeptSecret("localhost", "sesame", frozenset({"ttd"}))}
        reached = OptionLists(
            frozenset({"localhost"}), secrets, private_addresses=True, port=server.port, trust=server.trust
        )
        trials.give(studio, {"test": reached, "production": OptionLists()})
        yield repositories.create("ttd", "towns", files, KARI, "Create", NOW)


def draft(repository: Repository) -> AppDefinition:
    return app_definition(repository.draft("kari").files)


def said(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def words(answer: Any, inside: str = "main") -> str:
    found = said(answer).select_one(inside)
    return " ".join(found.get_text(" ").split()) if found else ""


def test_a_list_is_written_down_and_its_file_says_only_what_was_written(
    kari: Browser, towns: Repository
) -> None:
    assert kari.post(NEW, **WRITTEN).status_code == 200
    assert draft(towns).json(FILE) == {
        "address": "https://localhost/towns",
        "options": "towns",
        "value": "id",
        "label": "names.nb",
        "seconds": 1.5,
        "parameters": {"region": "{region}"},
        "tags": {"size": "people"},
    }
    assert "towns" in words(kari.get("/ttd/towns/options"), "main")


def test_an_edit_touches_only_its_line_and_keeps_what_the_form_has_no_field_for(
    kari: Browser, towns: Repository
) -> None:
    path = "App/options/sources/places.json"
    before = draft(towns).files[path].decode().splitlines()
    form = said(kari.get(f"{NEW}/places")).select_one("form.options-source")
    assert form is not None
    sent = {str(each["name"]): str(each.get("value", "")) for each in form.select("input[name]")}
    kari.post(f"{NEW}/places", **{**sent, "label": "names.en", "do": "save"})
    after = draft(towns).files[path].decode().splitlines()
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [
        ('  "label": "names.nb",', '  "label": "names.en",')
    ]


def test_trying_shows_what_the_server_answers_and_saves_nothing(kari: Browser, towns: Repository) -> None:
    revision = towns.draft("kari").revision
    answer = kari.post(NEW, **WRITTEN, **{"asked-region": "east", "do": "try", "environment": "test"})
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in said(answer).select("tbody tr")]
    assert rows == [["oslo", "Oslo", "", "size: 4"], ["moss", "Moss", "", "size: 4"]]
    assert [path for path, _ in TownServer.seen] == ["/towns?region=east"]
    assert "allowed in test" in words(answer)
    assert "not allowed in production" in words(answer)
    assert towns.draft("kari").revision == revision


@pytest.mark.parametrize(
    ("different", "reason"),
    [
        ({"environment": "production"}, "localhost is not among the servers that may be asked here."),
        ({"options": "nowhere"}, "nowhere finds no list in the answer."),
        ({"label": "names."}, "The query of label cannot be read"),
        ({"address": "http://localhost/towns"}, "The address has to begin with https://"),
        ({"address": "https://localhost/{region}"}, "Something of the address has no value yet"),
        ({"headers-0-name": "Key", "headers-0-secret": "other"}, "This environment has no secret other"),
        ({"seconds": "many"}, "seconds has to be a number from 0.1 to 5."),
    ],
)
def test_what_goes_wrong_is_said_plainly_and_what_was_written_stays(
    kari: Browser, towns: Repository, different: dict[str, str], reason: str
) -> None:
    answer = kari.post(NEW, **{**WRITTEN, "do": "try", "environment": "test", **different})
    assert answer.status_code == 200
    assert reason in words(answer)
    for name in ("options", "label", "address", "seconds"):
        shown = said(answer).select_one(f"[name={name}]")
        expected = {**WRITTEN, **different}[name]
        assert shown is not None
        assert shown["value"] in {expected, expected.replace(",", ".")}


def test_a_secret_is_sent_by_its_name_and_never_shown(kari: Browser, towns: Repository) -> None:
    TownServer.body = b'{"towns": [{"id": "a", "names": {"nb": "A"}}], "said": "Key sesame"}'
    header = {"headers-0-name": "Key", "headers-0-value": "Bearer ", "headers-0-secret": "key"}
    answer = kari.post(NEW, **{**WRITTEN, **header, "do": "try", "environment": "test"})
    assert TownServer.seen[0][1]["Key"] == "Bearer sesame"
    assert "sesame" not in answer.get_data(as_text=True)
    assert "•••" in words(answer)


def test_another_name_follows_where_the_list_is_used_and_removing_is_undone(
    kari: Browser, towns: Repository
) -> None:
    assert kari.post(f"{NEW}/places", do="rename", name="towns").status_code == 200
    app = draft(towns)
    assert FILE in app.files
    assert app.layout_sets[0].pages[0].components[0].raw["optionsId"] == "towns"
    assert kari.post(TOWNS, do="rename", name="standard-countries").status_code == 422
    kari.post(TOWNS, do="remove")
    assert FILE not in draft(towns).files
    towns.draft("kari").undo(KARI, NOW)
    assert FILE in draft(towns).files


def test_a_name_that_another_list_has_is_refused(kari: Browser, towns: Repository) -> None:
    answer = kari.post(NEW, **{**WRITTEN, "name": "Places"})
    assert answer.status_code == 422
    assert "There is already an option list Places." in words(answer)


def test_who_may_not_edit_the_app_sees_and_tries_nothing(runa: Browser, towns: Repository) -> None:
    del towns
    assert runa.get(f"{NEW}/places").status_code in {403, 404}
    assert runa.post(NEW, **{**WRITTEN, "do": "try"}).status_code in {403, 404}
    assert TownServer.seen == []


def test_a_standard_list_can_be_looked_at_and_copied_into_the_app(kari: Browser, towns: Repository) -> None:
    address = "/ttd/towns/standard-lists/standard-counties"
    assert "03 Oslo" in words(kari.get(address))
    assert kari.post(address, name="fylker").status_code == 200
    app = draft(towns)
    listed = app.json("App/options/fylker.json")
    assert listed[0]["value"]
    label = next(each["label"] for each in listed if each["value"] == "03")
    assert app.texts("nb").get(label).value == "Oslo"  # type: ignore[union-attr]  # it is there
    assert kari.post(address, name="fylker").status_code == 422
    assert kari.get("/ttd/towns/standard-lists/places").status_code == 404


def test_the_panel_of_a_component_offers_every_list_by_where_it_comes_from(
    kari: Browser, towns: Repository
) -> None:
    del towns
    panel = said(kari.get("/ttd/towns/form/Task_1/Contact?selected=name"))
    offered = {
        str(group["label"]): [str(each["value"]) for each in group.select("option")]
        for group in panel.select("#options-list optgroup")
    }
    assert offered["From other servers"] == ["places"]
    assert "standard-countries" in offered["Standard lists"]
    link = panel.select_one("a[href='/ttd/towns/option-sources/places']")
    assert link is not None
