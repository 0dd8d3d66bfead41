"""The data model editor over HTTP: what is shown, each command, what is asked first, and what is refused."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup

from studio.definition.app import AppDefinition
from studio.definition.files import MemoryFiles
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.builders import app_files, as_json, field
from tests.features.conftest import KARI, NOW, Browser

ROOT = "#/$defs/Application"
FIELDS = {
    "applicant": {"$ref": "#/$defs/Person", "title": "Søker"},
    "children": {"type": "array", "items": {"$ref": "#/$defs/Person"}, "minItems": 1},
    "income": {"type": "object", "properties": {"salary": {"type": "number"}, "year": {"type": "integer"}}},
    "status": {"type": "string", "enum": ["married", "single"]},
    "remark": {"type": "string", "maxLength": 200, "odd": {"kept": [1, 2]}},
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "info": {"rootNode": ROOT},
    "@xsdRootElement": "Application",
    "type": "object",
    "properties": {"Application": {"$ref": ROOT}},
    "$defs": {
        "Application": {"type": "object", "properties": FIELDS, "required": ["applicant"]},
        "Person": {"type": "object", "properties": {"name": {"type": "string"}, "phone": {"type": "string"}}},
    },
}
PAGES = {
    "Side1": (
        field("salary", "income.salary"),
        field("name", "applicant.name"),
        {"id": "next", "type": "NavigationButtons"},
    )
}
INCOME = f"{ROOT}/properties/income"
SALARY = f"{INCOME}/properties/salary"
YEAR = f"{INCOME}/properties/year"
STATUS = f"{ROOT}/properties/status"
REMARK = f"{ROOT}/properties/remark"
NAME_OF_APPLICANT = f"{ROOT}/properties/applicant>#/$defs/Person/properties/name"
EDITOR = "/ttd/modell/models/model"


@pytest.fixture
def app(repositories: Repositories) -> Repository:
    """The app ttd/modell: one page, one model with a type that is used twice."""
    files = app_files(pages=PAGES, more={"App/models/model.schema.json": as_json(SCHEMA)})
    return repositories.create("ttd", "modell", files, KARI, "Begin", NOW)


def definition(app: Repository) -> AppDefinition:
    return AppDefinition(app.draft("kari").files)


def schema(app: Repository) -> Any:
    return json.loads(app.draft("kari").files["App/models/model.schema.json"])


def fields(app: Repository) -> Any:
    return schema(app)["$defs"]["Application"]["properties"]


def edit(kari: Browser, app: Repository, do: str, key: str = ROOT, **more: object) -> Any:
    base = app.draft("kari").revision
    return kari.post(f"{EDITOR}/edits?lang=nb", htmx=True, base=base, do=do, key=key, selected=key, **more)


def soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def rows(page: BeautifulSoup) -> list[str]:
    return [str(row["data-name"]) for row in page.select(".tree-row")]


def test_the_page_shows_the_fields_with_those_of_their_types(kari: Browser, app: Repository) -> None:
    page = soup(kari.get(EDITOR))
    assert rows(page)[:6] == ["model", "applicant", "name", "phone", "children", "name"]
    assert "Søker" in page.select_one('[data-name="applicant"]').get_text()  # type: ignore[union-attr] - it is there
    assert page.select_one('[data-name="applicant"] .tree-row__required')
    assert "1–∞" in page.select_one('[data-name="children"]').get_text()  # type: ignore[union-attr] - it is there
    assert [link.get_text() for link in page.select(".side-types .side-row__name")] == ["Person"]


def test_the_number_of_components_that_use_a_field_stands_beside_it(kari: Browser, app: Repository) -> None:
    page = soup(kari.get(EDITOR))
    uses = {str(row["data-name"]): row.select_one(".tree-row__uses") for row in page.select(".tree-row")}
    assert uses["salary"] is not None
    assert uses["income"] is not None
    assert uses["remark"] is None


def test_the_panel_of_a_field_says_where_it_is_used_and_leads_there(kari: Browser, app: Repository) -> None:
    page = soup(kari.get(f"{EDITOR}?selected={SALARY.replace('#', '%23')}"))
    link = page.select_one("#panel .use-list a")
    assert link is not None
    assert "selected=salary" in str(link["href"])
    answer = kari.get(str(link["href"]))
    assert answer.status_code == 200


def test_the_panel_of_a_field_in_a_type_says_how_many_places_it_changes(
    kari: Browser, app: Repository
) -> None:
    page = soup(kari.get(f"{EDITOR}/panel?selected={NAME_OF_APPLICANT.replace('#', '%23')}", htmx=True))
    assert "applies to 2 places" in page.get_text()


def test_a_branch_comes_alone_when_it_is_opened(kari: Browser, app: Repository) -> None:
    page = soup(kari.get(f"{EDITOR}/branch?node={INCOME.replace('#', '%23')}", htmx=True))
    assert rows(page) == ["salary", "year"]
    assert kari.get(f"{EDITOR}/branch?node=nowhere", htmx=True).status_code == 404


def test_fields_are_found_by_name_title_and_place(kari: Browser, app: Repository) -> None:
    expected = {
        "sal": ["salary"],
        "søker": ["applicant"],
        "applicant.name": ["name"],
        "income year": ["year"],
        "zzz": [],
    }
    for query, found in expected.items():
        page = soup(kari.get(f"{EDITOR}/search?q={query}", htmx=True))
        names = [name.get_text(" ").split()[0] for name in page.select("#field-results .field-results__name")]
        assert names == found, query


def test_an_edit_answers_with_the_rows_that_changed_and_no_others(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    answer = edit(kari, app, "required", YEAR, value="true")
    shown = answer.get_data(as_text=True)
    assert re.findall(r'data-name="(\w+)"', shown) == ["year"]
    assert 'id="model-sides"' not in shown
    assert fields(app)["income"]["required"] == ["year"]


def test_a_new_field_comes_behind_the_chosen_one_and_is_named_next(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    page = soup(edit(kari, app, "add_field", SALARY, what="date"))
    assert list(fields(app)["income"]["properties"]) == ["salary", "nyttFelt", "year"]
    assert fields(app)["income"]["properties"]["nyttFelt"] == {"type": "string", "format": "date"}
    state = page.select_one("#editor-state")
    assert state is not None
    assert state["data-begin"] in str(page)


def test_words_become_a_title_and_a_name(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    edit(kari, app, "add_field", INCOME, what="boolean", name="Har du næringsinntekt?")
    made = fields(app)["income"]["properties"]["harDuNaeringsinntekt"]
    assert made == {"title": "Har du næringsinntekt?", "type": "boolean"}


def test_renaming_a_used_field_asks_first_and_then_follows_everywhere(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    asked = soup(edit(kari, app, "rename", SALARY, value="wages"))
    assert asked.select_one("dialog[data-ask] .use-list li")
    assert "salary" in fields(app)["income"]["properties"]

    edit(kari, app, "rename", SALARY, value="wages", sure="1")

    assert list(fields(app)["income"]["properties"]) == ["wages", "year"]
    page = definition(app).layout_sets[0].pages[0]
    assert page.roots[0].binding("simpleBinding").field == "income.wages"  # type: ignore[union-attr] - it is bound
    draft = app.draft("kari")
    draft.undo(KARI, NOW)
    assert "salary" in fields(app)["income"]["properties"]


def test_renaming_an_unused_field_asks_nothing(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    page = soup(edit(kari, app, "rename", REMARK, value="note"))
    assert not page.select("dialog")
    assert "note" in fields(app)
    assert fields(app)["note"]["odd"] == {"kept": [1, 2]}


def test_an_opened_group_stays_open_when_it_is_renamed(kari: Browser, app: Repository) -> None:
    page = soup(kari.get(EDITOR))
    row = page.select_one('[data-name="income"]')
    assert row is not None
    opened = str(row["id"]).removeprefix("go-")
    answer = soup(edit(kari, app, "rename", INCOME, value="earnings", sure="1", open=opened, top=ROOT))
    assert "salary" in rows(answer)


def test_deleting_a_used_field_shows_the_consequences_first(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    asked = soup(edit(kari, app, "remove", INCOME))
    assert asked.select_one("dialog .use-list li")
    assert "income" in fields(app)
    edit(kari, app, "remove", INCOME, sure="1")
    assert "income" not in fields(app)


def test_after_deleting_the_next_field_is_chosen(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    page = soup(edit(kari, app, "remove", STATUS))
    state = page.select_one("#editor-state")
    assert state is not None
    assert json.loads(str(state["data-selected"])) == [REMARK]


def test_a_field_goes_a_step_up_and_down(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    edit(kari, app, "step", STATUS, way="up")
    assert list(fields(app)) == ["applicant", "children", "status", "income", "remark"]
    edit(kari, app, "step", STATUS, way="down")
    edit(kari, app, "step", STATUS, way="down")
    assert list(fields(app)) == ["applicant", "children", "income", "remark", "status"]


def test_a_field_goes_into_the_group_above_and_out_again(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    edit(kari, app, "step", STATUS, way="in")
    assert list(fields(app)["income"]["properties"]) == ["salary", "year", "status"]
    edit(kari, app, "step", f"{INCOME}/properties/status", way="out")
    assert list(fields(app)) == ["applicant", "children", "income", "status", "remark"]


def test_a_field_is_dropped_before_another_in_another_group(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    edit(kari, app, "move", REMARK, parent=INCOME, before="year")
    assert list(fields(app)["income"]["properties"]) == ["salary", "remark", "year"]


def test_a_copy_comes_behind_the_field(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    edit(kari, app, "duplicate", STATUS)
    assert list(fields(app))[3:5] == ["status", "status2"]
    assert fields(app)["status2"] == fields(app)["status"]


SETTINGS: list[tuple[str, str, dict[str, str], Callable[[Any], bool]]] = [
    (
        "values",
        STATUS,
        {"act": "add", "new": "a\nb", "value": "x", "label": "Ukjent"},
        lambda f: (
            f["status"]["enum"] == ["x", "a", "b"] and f["status"]["@enumTitles"] == {"x": {"nb": "Ukjent"}}
        ),
    ),
    (
        "kind",
        YEAR,
        {"value": "date"},
        lambda f: f["income"]["properties"]["year"].get("format") == "date",
    ),
    ("kind", STATUS, {"value": "type:Person"}, lambda f: f["status"].get("$ref") == "#/$defs/Person"),
    ("repeating", STATUS, {"value": "true"}, lambda f: f["status"]["type"] == "array"),
    (
        "occurs",
        f"{ROOT}/properties/children",
        {"minimum": "2", "maximum": "5"},
        lambda f: f["children"]["maxItems"] == 5,
    ),
    (
        "text",
        REMARK,
        {"keyword": "title", "value": "Merknad"},
        lambda f: f["remark"]["title"] == "Merknad",
    ),
    ("limits", REMARK, {"minLength": "3", "maxLength": "200"}, lambda f: f["remark"]["minLength"] == 3),
    ("limits", REMARK, {"pattern": "^[a-z]+$"}, lambda f: f["remark"]["pattern"] == "^[a-z]+$"),
    (
        "limits",
        SALARY,
        {"minimum": "0", "minimum-open": "true"},
        lambda f: f["income"]["properties"]["salary"]["exclusiveMinimum"] == 0,
    ),
    (
        "limits",
        SALARY,
        {"maximum": "12 000,50"},
        lambda f: f["income"]["properties"]["salary"]["maximum"] == 12000.5,
    ),
    (
        "limits",
        SALARY,
        {"decimals": "2"},
        lambda f: f["income"]["properties"]["salary"]["multipleOf"] == 0.01,
    ),
    ("limits", REMARK, {"default": "Nei"}, lambda f: f["remark"]["default"] == "Nei"),
    ("nillable", REMARK, {"value": "true"}, lambda f: f["remark"] != FIELDS["remark"]),
    ("attribute", REMARK, {"value": "true"}, lambda f: f["remark"]["@xsdAttribute"] is True),
]


def test_what_the_panel_sets_stands_in_the_schema(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    for do, key, more, then in SETTINGS:
        answer = edit(kari, app, do, key, **more)
        assert answer.status_code == 200, (do, more)
        assert then(fields(app)), (do, more, fields(app))


def test_a_title_in_another_language_stands_beside_the_main_one(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    base = app.draft("kari").revision
    asked = {"do": "text", "key": f"{ROOT}/properties/applicant", "keyword": "title", "value": "Applicant"}
    kari.post(f"{EDITOR}/edits?lang=en", htmx=True, base=base, **asked)
    assert fields(app)["applicant"]["title"] == "Søker"
    assert fields(app)["applicant"]["@titles"] == {"en": "Applicant"}


def test_what_is_as_it_was_makes_no_edit(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    answer = edit(kari, app, "limits", REMARK, minLength="", maxLength="200", pattern="")
    assert answer.status_code == 200
    assert not app.draft("kari").is_changed


def test_a_type_is_made_of_a_field_and_loosened_again(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    edit(kari, app, "extract", INCOME, name="Income")
    assert fields(app)["income"]["$ref"] == "#/$defs/Income"
    edit(kari, app, "inline", INCOME)
    assert list(fields(app)["income"]["properties"]) == ["salary", "year"]


def test_a_new_type_is_empty_and_chosen(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    page = soup(edit(kari, app, "add_type", name="Address"))
    assert "Address" in schema(app)["$defs"]
    tree = page.select_one("#tree")
    assert tree is not None
    assert tree["data-top"] == "#/$defs/Address"


def test_a_group_becomes_one_of_several(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    edit(kari, app, "combination", INCOME, value="oneOf")
    edit(kari, app, "add_member", INCOME, what="type:Person")
    options = fields(app)["income"]["oneOf"]
    assert len(options) == 2
    assert options[1] == {"$ref": "#/$defs/Person"}


IMPOSSIBLE: list[dict[str, str]] = [
    {"do": "nonsense"},
    {"do": "add_field", "name": "status", "what": "string"},
    {"do": "add_field", "name": "a/b", "what": "string"},
    {"do": "add_field", "what": "type:Nobody"},
    {"do": "add_field", "what": "<script>"},
    {"do": "rename", "key": REMARK, "value": "status"},
    {"do": "rename", "key": REMARK, "value": "1x"},
    {"do": "rename", "key": ROOT, "value": "x"},
    {"do": "rename", "key": "#/nowhere", "value": "x"},
    {"do": "move", "key": INCOME, "parent": INCOME},
    {"do": "move", "key": INCOME, "parent": SALARY},
    {"do": "move", "key": REMARK, "parent": STATUS},
    {"do": "move", "key": REMARK, "parent": "nowhere"},
    {"do": "step", "key": f"{ROOT}/properties/applicant", "way": "up"},
    {"do": "step", "key": REMARK, "way": "sideways"},
    {"do": "remove", "key": ROOT},
    {"do": "remove", "key": "#/$defs/Person"},
    {"do": "kind", "key": REMARK, "value": "nothing"},
    {"do": "occurs", "key": REMARK, "minimum": "-1"},
    {"do": "occurs", "key": REMARK, "minimum": "3", "maximum": "2"},
    {"do": "limits", "key": REMARK, "minLength": "many"},
    {"do": "limits", "key": REMARK, "minLength": "9", "maxLength": "3"},
    {"do": "limits", "key": REMARK, "pattern": "(["},
    {"do": "limits", "key": SALARY, "minimum": "NaN"},
    {"do": "limits", "key": YEAR, "minimum": "1,5"},
    {"do": "values", "key": STATUS, "act": "add", "new": "a\na"},
    {"do": "text", "key": REMARK, "keyword": "$ref", "value": "x"},
    {"do": "combination", "key": INCOME, "value": "not"},
    {"do": "add_member", "key": INCOME, "what": "odd"},
    {"do": "extract", "key": INCOME, "name": "Person"},
    {"do": "inline", "key": REMARK},
]


def test_what_cannot_be_done_is_said_and_changes_nothing(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    for asked in IMPOSSIBLE:
        more = {name: value for name, value in asked.items() if name not in {"do", "key"}}
        answer = edit(kari, app, asked["do"], asked.get("key", ROOT), sure="1", **more)
        assert answer.status_code in {404, 422}, asked
        assert not app.draft("kari").is_changed, asked
    assert schema(app) == SCHEMA


def test_a_limit_that_cannot_be_is_said_at_its_field(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    page = soup(edit(kari, app, "limits", REMARK, minLength="many", maxLength="200"))
    assert page.select_one("#limit-minLength[aria-invalid]")
    assert page.select_one("#limit-minLength-problem")
    assert page.select_one('#limit-minLength[value="many"]')


def test_two_different_values_for_one_keyword_are_a_conflict(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    old = app.draft("kari").revision
    edit(kari, app, "limits", REMARK, maxLength="10")
    asked = {"do": "limits", "key": REMARK, "maxLength": "20"}
    answer = kari.post(f"{EDITOR}/edits?lang=nb", htmx=True, base=old, **asked)
    assert answer.status_code == 409
    assert fields(app)["remark"]["maxLength"] == 10


def test_an_edit_on_an_older_state_is_answered_with_the_whole_tree(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    old = app.draft("kari").revision
    edit(kari, app, "remove", STATUS)
    answer = kari.post(f"{EDITOR}/edits?lang=nb", htmx=True, base=old, do="required", key=YEAR, value="true")
    assert answer.status_code == 200
    assert soup(answer).select_one("#tree")
    assert "status" not in fields(app)


def test_an_edit_touches_only_its_own_lines(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    before = app.draft("kari").files["App/models/model.schema.json"].splitlines()
    edit(kari, app, "limits", REMARK, maxLength="300")
    after = app.draft("kari").files["App/models/model.schema.json"].splitlines()
    changed = [(old.strip(), new.strip()) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [(b'"maxLength": 200,', b'"maxLength": 300,')]


def test_without_scripts_every_form_leads_back_to_the_page(kari: Browser, app: Repository) -> None:
    kari.get(EDITOR)
    answer = kari.post(f"{EDITOR}/edits?lang=nb", do="add_field", key=INCOME, what="string", name="bonus")
    assert answer.status_code == 200
    chosen = soup(answer).select_one(".tree-row[aria-current]")
    assert chosen is not None
    assert chosen["data-name"] == "bonus"
    asked = kari.post(f"{EDITOR}/edits?lang=nb", do="rename", key=SALARY, value="wages")
    assert soup(asked).select_one("dialog[open] form button")


def test_a_model_is_made_and_deleted(kari: Browser, app: Repository) -> None:
    kari.get("/ttd/modell/new-model")
    made = kari.post("/ttd/modell/models", name="extra")
    assert made.status_code == 200
    assert definition(app).model("extra") is not None
    asked = kari.post("/ttd/modell/models/extra/removal")
    assert "extra" in asked.get_data(as_text=True)
    assert definition(app).model("extra") is not None
    kari.post("/ttd/modell/models/extra/removal", sure="1")
    assert definition(app).model("extra") is None


def test_a_model_that_a_form_keeps_its_answers_in_stays_and_the_editor_says_why(
    kari: Browser, app: Repository
) -> None:
    answer = kari.post(f"{EDITOR}/removal")
    assert answer.status_code == 422
    alert = soup(answer).select_one(".editor-banner[data-color=danger]")
    assert alert is not None
    assert "still used by the form" in alert.get_text()
    in_place = kari.post(f"{EDITOR}/removal", htmx=True)
    state = soup(in_place).select_one("#editor-state")
    assert state is not None
    assert "still used by the form" in str(state["data-problem"])
    assert definition(app).model("model") is not None


def test_a_model_with_an_impossible_name_is_refused_in_words(kari: Browser, app: Repository) -> None:
    kari.get("/ttd/modell/new-model")
    for name in ("", "../x", "model", "a b"):
        answer = kari.post("/ttd/modell/models", name=name)
        assert answer.status_code == 422, name
        assert soup(answer).select_one("[role=alert]"), name
        assert not app.draft("kari").is_changed


def test_a_broken_schema_is_named_and_the_page_stands(kari: Browser, repositories: Repositories) -> None:
    files = app_files(more={"App/models/model.schema.json": b'{"properties": '})
    repositories.create("ttd", "modell", MemoryFiles(dict(files)), KARI, "Begin", NOW)
    answer = kari.get(EDITOR)
    assert answer.status_code == 422
    assert "App/models/model.schema.json" in answer.get_data(as_text=True)


def test_an_app_without_models_offers_to_make_one(kari: Browser, repositories: Repositories) -> None:
    files = {path: data for path, data in app_files().items() if "models/" not in path}
    repositories.create("ttd", "modell", MemoryFiles(files), KARI, "Begin", NOW)
    page = soup(kari.get("/ttd/modell/models"))
    assert page.select_one("form [name=name]")


def test_who_may_not_edit_sees_no_editor_and_changes_nothing(runa: Browser, app: Repository) -> None:
    runa.get("/ttd/modell")
    for address in ("/ttd/modell/models", "/ttd/modell/new-model", EDITOR):
        assert runa.get(address).status_code == 403, address
    for part in ("panel", "branch", "search", "changes"):
        assert runa.get(f"{EDITOR}/{part}").status_code == 403, part
    for address in ("/ttd/modell/models", f"{EDITOR}/edits", f"{EDITOR}/removal"):
        answer = runa.post(address, do="remove", key=REMARK, sure="1", name="x")
        assert answer.status_code == 403, address
    assert not app.draft("runa").is_changed


def test_hostile_names_are_text_and_nothing_else(kari: Browser, repositories: Repositories) -> None:
    nasty = {"<img src=x onerror=alert(1)>": {"type": "string", "title": '"><script>alert(1)</script>'}}
    broken = json.loads(json.dumps(SCHEMA))
    broken["$defs"]["Application"]["properties"] = nasty
    files = app_files(more={"App/models/model.schema.json": as_json(broken)})
    repositories.create("ttd", "modell", files, KARI, "Begin", NOW)
    page = kari.get(EDITOR).get_data(as_text=True)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
