"""The layout editor over HTTP: real apps open, edits are small, and bad requests change nothing."""

import json
import re
from typing import Any

import pytest
from builders import app as small_app

from studio.definition.app import AppDefinition
from studio.definition.components import component_type, palette
from studio.definition.files import MemoryFiles, folder_files
from studio.definition.templates import new_app
from studio.features.layouts.fields import binding_entries
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.features.conftest import KARI, NOW, Browser

LAYOUT = [
    {"id": "first", "type": "Input", "textResourceBindings": {"title": "Navn"}, "dataModelBindings": {}},
    {"id": "box", "type": "Group", "children": ["inner"]},
    {"id": "inner", "type": "Input", "textResourceBindings": {"title": "Indre"}, "dataModelBindings": {}},
    {"id": "odd", "type": "NobodyKnowsThis", "custom": {"kept": [1, 2]}},
]


@pytest.fixture
def form(repositories: Repositories) -> Repository:
    """The app ttd/skjema with one page, Side1."""
    blank = AppDefinition(new_app("skjema", "ttd", {"nb": "Skjema"}, "blank"))
    page = blank.layout_sets[0].pages[0]
    files = dict(blank.files) | {page.path: json.dumps({"data": {"layout": LAYOUT}}, indent=2).encode()}
    return repositories.create("ttd", "skjema", MemoryFiles(files), KARI, "Begin", NOW)


def address(form: Repository, ending: str = "", page: str = "") -> str:
    layout_set = AppDefinition(form.files("main")).layout_sets[0]
    return f"/ttd/skjema/form/{layout_set.id}/{page or layout_set.pages[0].name}{ending}"


def layout_of(form: Repository) -> list[Any]:
    layout_set = AppDefinition(form.draft("kari").files).layout_sets[0]
    return [dict(component.raw) for component in layout_set.pages[0].components]


def edit(kari: Browser, form: Repository, **fields: object) -> Any:
    base = form.draft("kari").revision
    return kari.post(address(form, "/edits?lang=nb"), htmx=True, base=base, **fields)


def test_an_edit_answers_with_the_fragment_that_changed_and_no_other(kari: Browser, form: Repository) -> None:
    kari.get(address(form))
    answer = edit(
        kari, form, do="set", id="inner", pointer="/required", kind="boolean", value="true", selected="inner"
    )
    assert answer.status_code == 200
    html = answer.get_data(as_text=True)
    assert re.findall(r'id="component-(\w+)"', html.split('id="panel"')[0]) == ["inner"]
    assert layout_of(form)[2]["required"] is True
    assert 'id="page-list"' not in html


def test_a_new_component_is_drawn_in_advance_as_the_server_draws_it_and_gets_the_id_it_is_shown_with(
    kari: Browser, form: Repository
) -> None:
    kari.get(address(form))
    shown = kari.get(address(form, "/specimens?lang=nb")).get_json()
    assert set(shown) == {kind.name for _group, _heading, kinds in palette() for kind in kinds}
    for name in ("Input", "Group", "Heading", "Tabs"):
        specimen, wanted = shown[name], shown[name]["name"].replace("1", "7")
        html = edit(kari, form, do="add", type=name, name=wanted, later=1).get_data(as_text=True)
        assert specimen["html"].replace(f"specimen-of-{name}", wanted) in html


@pytest.mark.parametrize("wanted", ["first", "a b", "row-1", ""])
def test_an_id_that_is_taken_or_none_at_all_is_not_given_to_a_new_component(
    kari: Browser, form: Repository, wanted: str
) -> None:
    kari.get(address(form))
    edit(kari, form, do="add", type="Input", name=wanted)
    assert [one["id"] for one in layout_of(form)] == ["first", "box", "inner", "odd", "input1"]


def test_a_move_sends_the_order_and_not_the_components(kari: Browser, form: Repository) -> None:
    kari.get(address(form))
    html = edit(kari, form, do="move", ids="odd", parent="", before="first").get_data(as_text=True)
    assert "data-order" in html
    assert 'id="component-' not in html.split('id="panel"')[0]
    assert [one["id"] for one in layout_of(form)] == ["odd", "first", "box", "inner"]


def test_an_edit_on_an_older_state_is_answered_with_the_whole_canvas(kari: Browser, form: Repository) -> None:
    kari.get(address(form))
    old = form.draft("kari").revision
    edit(kari, form, do="remove", ids="odd")
    answer = kari.post(
        address(form, "/edits?lang=nb"),
        htmx=True,
        base=old,
        do="text",
        id="first",
        slot="title",
        value="Fullt navn",
    )
    assert answer.status_code == 200
    assert 'id="canvas"' in answer.get_data(as_text=True)
    assert [one["id"] for one in layout_of(form)] == ["first", "box", "inner"]


def test_two_different_values_for_one_property_are_a_conflict(kari: Browser, form: Repository) -> None:
    kari.get(address(form))
    old = form.draft("kari").revision
    asked = {"do": "set", "id": "first", "pointer": "/maxLength", "kind": "integer"}
    edit(kari, form, **asked, value="10")
    answer = kari.post(address(form, "/edits?lang=nb"), htmx=True, base=old, **asked, value="20")
    assert answer.status_code == 409
    assert layout_of(form)[0]["maxLength"] == 10


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "nonsense"},
        {"do": "add", "type": "<script>"},
        {"do": "add", "type": "Input", "parent": "first", "before": ""},
        {"do": "move", "ids": "box", "parent": "box", "before": ""},
        {"do": "move", "ids": "nowhere", "parent": "", "before": ""},
        {"do": "rename", "id": "first", "value": "inner"},
        {"do": "rename", "id": "first", "value": "../x"},
        {"do": "set", "id": "first", "pointer": "/nothing/here", "kind": "string", "value": "x"},
        {"do": "set", "id": "first", "pointer": "/maxLength", "kind": "integer", "value": "many"},
        {"do": "set", "id": "first", "pointer": "/formatting", "kind": "object", "value": "{"},
        {"do": "set", "id": "first", "pointer": "/formatting", "kind": "object", "value": '{"align": "up"}'},
        {"do": "bind", "id": "first", "key": "simpleBinding", "field": "not.there"},
        {"do": "create_field", "id": "first", "key": "simpleBinding", "field": "a b", "kind": "string"},
        {"do": "make_subform", "id": "first", "value": "Barn"},
        {"do": "paste", "clipboard": "{"},
        {"do": "paste", "clipboard": '{"components": [{"id": 3}]}'},
        {"do": "page_rename", "name": "Side1", "value": "a/../b"},
        {"do": "page_add", "value": "../../x"},
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    kari: Browser, form: Repository, fields: dict[str, str]
) -> None:
    kari.get(address(form))
    answer = edit(kari, form, **fields)
    assert answer.status_code in {404, 422}, answer.get_data(as_text=True)
    assert layout_of(form) == LAYOUT
    assert not form.draft("kari").is_changed


def test_what_a_component_cannot_do_without_is_not_taken_away(kari: Browser, form: Repository) -> None:
    edit(kari, form, do="add", type="Heading")
    size = {"do": "set", "id": "heading1", "pointer": "/size", "kind": "choice"}
    assert edit(kari, form, **size, value='"M"').status_code == 200

    refused = edit(kari, form, **size, value="")

    assert refused.status_code == 422
    assert layout_of(form)[-1]["size"] == "M"


def test_a_lookup_in_an_older_app_is_bound_under_its_older_name() -> None:
    bound = {"organisation_lookup_orgnr": "name"}
    lookup = {"id": "o", "type": "OrganisationLookup", "dataModelBindings": bound}
    older = small_app(generation="v8", pages={"P": [lookup]})
    assert bound_keys(older) == [("organisation_lookup_orgnr", "name"), ("organisation_lookup_name", "")]


def test_a_lookup_in_one_of_the_latest_apps_is_bound_under_its_latest_name() -> None:
    lookup = {"id": "o", "type": "OrganizationLookup", "dataModelBindings": {"orgnr": "name"}}
    assert bound_keys(small_app(pages={"P": [lookup]})) == [("orgnr", "name"), ("name", "")]


def bound_keys(app: AppDefinition) -> list[tuple[str, str]]:
    (layout_set,) = app.layout_sets
    component = layout_set.pages[0].components[0]
    entries = binding_entries(app, layout_set, component, component_type(component.type), "nb")
    return [(entry.slot.key, entry.field) for entry in entries]


def test_an_unknown_component_is_moved_copied_and_kept_as_it_is(kari: Browser, form: Repository) -> None:
    kari.get(address(form))
    edit(kari, form, do="move", ids="odd", parent="box", before="inner")
    edit(kari, form, do="duplicate", ids="odd")
    odd = [one for one in layout_of(form) if one["type"] == "NobodyKnowsThis"]
    assert [one["custom"] for one in odd] == [{"kept": [1, 2]}] * 2
    page = kari.get(address(form)).get_data(as_text=True)
    assert page.count('data-type="NobodyKnowsThis"') == 2


def test_options_keep_the_type_of_their_values_and_get_texts_of_their_own(
    kari: Browser, form: Repository
) -> None:
    kari.get(address(form))
    edit(kari, form, do="add", type="RadioButtons")
    asked = {"do": "options", "id": "radioButtons1", "key": ["Alternativ 1", "Alternativ 2"]}
    edit(kari, form, **asked, label=["Ja", "Nei"], value=["1", "2"])
    (radio,) = [one for one in layout_of(form) if one["type"] == "RadioButtons"]
    assert [one["label"] for one in radio["options"]] == ["Ja", "Nei"]
    answer = edit(kari, form, **asked, label=["Ja", "Nei"], value=["1", "1"])
    assert answer.status_code == 422
    edit(kari, form, **asked, label=["Ja", "Nei"], value=["1", "2"], act="remove-0")
    (radio,) = [one for one in layout_of(form) if one["type"] == "RadioButtons"]
    assert [one["value"] for one in radio["options"]] in (["2"], [2])


def test_a_component_is_copied_with_its_texts(kari: Browser, form: Repository) -> None:
    kari.get(address(form))
    edit(kari, form, do="text", id="inner", slot="description", value="Hjelp")
    held = kari.client.get(address(form, "/components?ids=box")).get_json()
    assert [one["id"] for one in held["components"]] == ["box", "inner"]
    assert list(held["texts"]["nb"].values()) == ["Hjelp"]
    edit(kari, form, do="paste", after="odd", clipboard=json.dumps(held))
    assert len(layout_of(form)) == len(LAYOUT) + 2


def test_a_reviewer_may_not_edit(runa: Browser, form: Repository) -> None:
    assert runa.get(address(form)).status_code == 403
    assert runa.post(address(form, "/edits"), do="remove", ids="first").status_code == 403


def test_an_edit_needs_the_token_of_the_session(kari: Browser, form: Repository) -> None:
    answer = kari.client.post(address(form, "/edits"), data={"do": "remove", "ids": "first"})
    assert answer.status_code == 400
    assert layout_of(form) == LAYOUT


def test_every_page_of_every_real_app_opens(kari: Browser, repositories: Repositories, vectors: Any) -> None:
    """Each page answers 200; a page that cannot be read says so; opening changes nothing."""
    apps = [place for kind in sorted((vectors / "apps").iterdir()) for place in sorted(kind.iterdir())]
    apps = [place for place in apps if place.is_dir()]
    assert apps
    opened = 0
    for number, place in enumerate(apps):
        repository = repositories.create("ttd", f"a{number}", folder_files(place), KARI, "Import", NOW)
        for layout_set in AppDefinition(repository.files("main")).layout_sets:
            for page in layout_set.pages:
                answer = kari.get(f"/ttd/a{number}/form/{layout_set.id}/{page.name}")
                assert answer.status_code == 200, f"{place}: {layout_set.id}/{page.name}"
                opened += 1
        assert not repository.draft("kari").is_changed
    assert opened > 100
