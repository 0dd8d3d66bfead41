"""The editor of an app that has no pages."""

import json

from studio.definition.app import AppDefinition
from studio.definition.files import MemoryFiles
from tests.features.conftest import KARI, NOW


def made(repositories, name, files):
    return repositories.create("ttd", name, MemoryFiles(files), KARI, "Begin", NOW)


def test_an_app_without_a_step_to_fill_in_says_so(kari, repositories):
    made(repositories, "tom", {"App/config/applicationmetadata.json": b'{"id": "ttd/tom"}'})
    answer = kari.get("/ttd/tom/form")
    assert answer.status_code == 200
    assert "has no such step" in answer.get_data(as_text=True)
    assert kari.post("/ttd/tom/form", layout_set="form").status_code == 404


def test_a_form_without_pages_gets_its_first_page(kari, repositories):
    sets = {"sets": [{"id": "form", "dataType": "model", "tasks": ["Task_1"]}]}
    repository = made(repositories, "tomt-skjema", {"App/ui/layout-sets.json": json.dumps(sets).encode()})
    assert "Add a page" in kari.get("/ttd/tomt-skjema/form").get_data(as_text=True)
    answer = kari.post("/ttd/tomt-skjema/form", layout_set="form")
    assert answer.request.path == "/ttd/tomt-skjema/form/form/side1"
    (layout_set,) = AppDefinition(repository.draft("kari").files).layout_sets
    assert [page.name for page in layout_set.pages] == ["side1"]
