"""Option lists that code of the app gives can be chosen in the layout editor like those that are files."""

import json

from builders import app_files, field

from studio.definition.app import AppDefinition
from studio.history.repositories import Repositories
from tests.features.conftest import KARI, NOW, Browser

HOOK = b"def options(data, parameters, context):\n    return []\n"


def test_a_list_of_a_hook_is_offered_and_chosen(kari: Browser, repositories: Repositories) -> None:
    pages = {"Side1": [field("name", kind="Dropdown", options=[{"value": "a", "label": "a"}])]}
    files = app_files(pages=pages, more={"App/logic/options/towns.py": HOOK})
    app = repositories.create("ttd", "lister", files, KARI, "Begin", NOW)
    address = "/ttd/lister/form/Task_1/Side1"
    assert '<option value="towns">' in kari.get(f"{address}?selected=name").get_data(as_text=True)
    base = app.draft("kari").revision
    answer = kari.post(
        f"{address}/edits?lang=nb", htmx=True, base=base, do="options_list", id="name", value="towns"
    )
    assert answer.status_code == 200
    page = AppDefinition(app.draft("kari").files).layout_sets[0].pages[0]
    assert json.loads(app.draft("kari").files[page.path])["data"]["layout"][0]["optionsId"] == "towns"
