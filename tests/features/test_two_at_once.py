"""Two editors of one app, and two people at one component: nothing is lost, undo goes back step by step."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from builders import app_files, field

from studio.definition.app import app_definition
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.features.conftest import KARI, NOW, Browser

PAGE = "/ttd/app/form/Task_1/First"


@pytest.fixture
def app(repositories: Repositories) -> Repository:
    pages = {"First": [field("name"), field("phone"), {"id": "send", "type": "Button"}]}
    return repositories.create("ttd", "app", app_files(pages=pages), KARI, "Make", NOW)


def edit(browser: Browser, **fields: object) -> None:
    browser.get(PAGE)
    answer = browser.post(f"{PAGE}/edits", lang="nb", **fields)
    assert answer.status_code == 200, answer.get_data(as_text=True)


def component(app: Repository, person: str, name: str) -> dict[str, Any]:
    layout_set = app_definition(app.draft(person).files).layout_set("Task_1")
    found = layout_set.find(name) if layout_set else None
    assert found is not None
    return dict(found[1].raw)


def fields_of(app: Repository, person: str) -> set[str]:
    model = app_definition(app.draft(person).files).model("model")
    assert model is not None
    return {found.path for found in model.walk()}


def test_undo_goes_back_over_what_both_editors_did(
    app: Repository, browser_of: Callable[[str], Browser]
) -> None:
    kari = browser_of("kari")
    edit(kari, do="set", id="phone", pointer="/maxLength", value="8")
    shown = BeautifulSoup(kari.get("/ttd/app/models/model").get_data(as_text=True), "html.parser")
    form = next(one for one in shown.select("form") if one.select_one('[name="do"][value="add_field"]'))
    sent = {str(one["name"]): str(one.get("value", "")) for one in form.select("input[name]")}
    made = kari.post("/ttd/app/models/model/edits", **(sent | {"name": "street", "what": "string"}))
    assert made.status_code == 200
    edit(kari, do="bind", id="phone", key="simpleBinding", field="street")
    assert component(app, "kari", "phone")["dataModelBindings"] == {"simpleBinding": "street"}

    for seen in (("phone", True, 8), ("phone", False, 8), ("phone", False, None)):
        kari.post("/ttd/app/draft/undo")
        found = component(app, "kari", "phone")
        there = "street" in fields_of(app, "kari")
        assert (found["dataModelBindings"]["simpleBinding"], there, found.get("maxLength")) == seen
        assert kari.get(PAGE).status_code == kari.get("/ttd/app/models/model").status_code == 200
    for _ in range(3):
        kari.post("/ttd/app/draft/redo")
    assert component(app, "kari", "phone")["dataModelBindings"] == {"simpleBinding": "street"}


@pytest.mark.usefixtures("open_main")
def test_two_people_at_different_properties_of_one_component_both_have_their_way(
    app: Repository, browser_of: Callable[[str], Browser]
) -> None:
    kari, ola = browser_of("kari"), browser_of("ola")
    edit(kari, do="set", id="phone", pointer="/required", value="true")
    edit(ola, do="set", id="phone", pointer="/maxLength", value="8")
    edit(ola, do="move", ids="phone", parent="", before="name")
    for person in (kari, ola):
        assert person.post("/ttd/app/sharing", message="Shared").status_code == 200
    shared = component(app, "ola", "phone")
    assert (shared["required"], shared["maxLength"]) == (True, 8)
    layout_set = app_definition(app.files()).layout_set("Task_1")
    assert layout_set is not None
    assert [one.id for one in layout_set.pages[0].roots] == ["phone", "name", "send"]
