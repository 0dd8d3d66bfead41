"""Making a form from a model, through the page."""

import json

from bs4 import BeautifulSoup, Tag

from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import ReplaceModel
from studio.definition.changes.making_forms import bound_paths
from studio.history.repository import Repository
from tests.features.conftest import KARI, NOW, Browser

FORM = "/ttd/kontakt/models/model/form"
BOAT = {
    "type": "object",
    "properties": {
        "boat": {
            "type": "object",
            "title": "Båten",
            "properties": {
                "name": {"type": "string", "title": "Navnet på <b>båten</b>"},
                "length": {"type": "number"},
            },
            "required": ["name"],
        },
        "harbour": {"type": "string"},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["boat"],
}


def page(answer) -> Tag:
    main = BeautifulSoup(answer.get_data(as_text=True), "html.parser").select_one("main")
    assert main is not None
    return main


def words(answer) -> str:
    return " ".join(page(answer).get_text(" ").split())


def boats(repository: Repository) -> None:
    """The app with a model of boats, of which its form has nothing."""
    draft = repository.draft("kari")
    draft.apply(ReplaceModel("model", json.dumps(BOAT)), draft.revision, KARI, NOW)


def app_of(repository: Repository) -> AppDefinition:
    return app_definition(repository.draft("kari").files)


def bound(repository: Repository) -> set[str]:
    """The fields of the model of boats that the form is bound to."""
    return set(bound_paths(app_of(repository).layout_sets[0], "model")) & {
        "boat.name",
        "boat.length",
        "harbour",
    }


def test_what_must_be_answered_is_ticked_from_the_start(kari: Browser, contact: Repository) -> None:
    boats(contact)
    shown = page(kari.get(FORM))
    ticked = [box["value"] for box in shown.select("[name=fields][checked]")]
    assert ticked == ["boat.name"]
    assert [box["value"] for box in shown.select("[name=groups]")] == ["boat"]


def test_fields_that_no_component_holds_cannot_be_ticked(kari: Browser, contact: Repository) -> None:
    boats(contact)
    answer = kari.get(FORM)
    assert [box["value"] for box in page(answer).select("[name=fields][disabled]")] == ["tags"]
    assert "No component holds this" in words(answer)


def test_ticked_fields_go_to_the_page_that_was_chosen(kari: Browser, contact: Repository) -> None:
    boats(contact)
    kari.get(FORM)
    answer = kari.post(FORM, layout_set="Task_1", fields=["harbour", "boat.name"], page="enquiry")
    assert answer.status_code == 200
    assert answer.request.path == "/ttd/kontakt/form/Task_1/enquiry"
    assert "2 fields are now in the form." in answer.get_data(as_text=True)
    assert bound(contact) == {"harbour", "boat.name"}


def test_a_group_stands_for_all_in_it_without_scripts(kari: Browser, contact: Repository) -> None:
    boats(contact)
    kari.get(FORM)
    kari.post(FORM, layout_set="Task_1", groups="boat", page="enquiry")
    assert bound(contact) == {"boat.name", "boat.length"}


def test_all_and_all_required_stand_for_their_fields(kari: Browser, contact: Repository) -> None:
    boats(contact)
    kari.get(FORM)
    kari.post(FORM, layout_set="Task_1", which="required", page="")
    assert bound(contact) == {"boat.name"}
    kari.post(FORM, layout_set="Task_1", which="all", page="")
    assert bound(contact) == {"boat.name", "boat.length", "harbour"}


def test_a_new_page_can_be_named(kari: Browser, contact: Repository) -> None:
    boats(contact)
    kari.get(FORM)
    answer = kari.post(FORM, layout_set="Task_1", fields="harbour", page="enquiry", new_page="Havnen")
    assert answer.request.path == "/ttd/kontakt/form/Task_1/Havnen"


def test_undo_takes_all_of_it_back_at_once(kari: Browser, contact: Repository) -> None:
    boats(contact)
    before = dict(contact.draft("kari").files)
    kari.get(FORM)
    kari.post(FORM, layout_set="Task_1", which="all", page="")
    kari.post("/ttd/kontakt/draft/undo")
    assert dict(contact.draft("kari").files) == before


def test_what_the_form_has_is_marked_and_cannot_be_chosen_again(kari: Browser, contact: Repository) -> None:
    boats(contact)
    kari.get(FORM)
    kari.post(FORM, layout_set="Task_1", fields="harbour", page="enquiry")
    answer = kari.get(FORM)
    assert "in the form already" in words(answer)
    refused = kari.post(FORM, layout_set="Task_1", fields="harbour", page="enquiry")
    assert refused.status_code == 422
    assert "Choose at least one field" in words(refused)


def test_what_is_refused_keeps_what_was_chosen(kari: Browser, contact: Repository) -> None:
    boats(contact)
    kari.get(FORM)
    answer = kari.post(FORM, layout_set="Task_1", fields="harbour", new_page="a/b")
    assert answer.status_code == 422
    assert "cannot be the name of a page" in words(answer)
    shown = page(answer)
    assert [box["value"] for box in shown.select("[name=fields][checked]")] == ["harbour"]
    name = shown.select_one("[name=new_page]")
    assert name is not None
    assert name["value"] == "a/b"


def test_a_field_that_is_gone_by_now_is_said(kari: Browser, contact: Repository) -> None:
    boats(contact)
    kari.get(FORM)
    answer = kari.post(FORM, layout_set="Task_1", fields=["harbour", "mast"], page="enquiry")
    assert answer.status_code == 422
    assert "no field mast" in words(answer)


def test_titles_of_a_model_are_only_text(kari: Browser, contact: Repository) -> None:
    boats(contact)
    answer = kari.get(FORM)
    assert "Navnet på <b>båten</b>" in page(answer).get_text()
    assert page(answer).select(".choices b") == []


def test_a_reviewer_may_not_make_forms(runa: Browser, contact: Repository) -> None:
    assert runa.get(FORM).status_code == 403
    assert runa.post(FORM, fields="harbour").status_code == 403


def test_a_model_that_does_not_exist_makes_no_form(kari: Browser, contact: Repository) -> None:
    assert kari.get("/ttd/kontakt/models/none/form").status_code == 404


def test_a_large_model_is_shown_group_by_group(kari: Browser, contact: Repository) -> None:
    group = {"type": "object", "properties": {f"f{number}": {"type": "string"} for number in range(70)}}
    whole = {"type": "object", "properties": {f"g{number}": group for number in range(10)}}
    draft = contact.draft("kari")
    draft.apply(ReplaceModel("model", json.dumps(whole)), draft.revision, KARI, NOW)
    shown = page(kari.get(FORM))
    assert shown.select("[name=fields]") == []
    assert len(shown.select("[name=groups]")) == 10
    later = shown.select_one("details[data-later]")
    assert later is not None
    branch = BeautifulSoup(kari.get(str(later["hx-get"]), htmx=True).get_data(as_text=True), "html.parser")
    assert [box["value"] for box in branch.select("[name=fields]")] == [f"g0.f{n}" for n in range(70)]
    # Without scripts the box of the group stands for all of it.
    kari.post(FORM, layout_set="Task_1", groups="g3", page="enquiry")
    assert (
        len([path for path in bound_paths(app_of(contact).layout_sets[0], "model") if path[:3] == "g3."])
        == 70
    )


def test_a_group_that_is_gone_cannot_be_opened(kari: Browser, contact: Repository) -> None:
    assert kari.get(f"{FORM}/branch?path=none").status_code == 404
