"""The front page of an app."""

import pytest
from bs4 import BeautifulSoup

from studio.definition.app import app_definition
from studio.definition.changes import SetFile, SetProperty
from studio.history.importing import import_app
from tests.features.conftest import KARI, NOW


def page(answer):
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def edit(repository, change):
    draft = repository.draft("kari")
    draft.apply(change, draft.revision, KARI, NOW)


def test_the_page_names_the_app_its_pages_its_people_and_its_languages(kari, contact):
    shown = page(kari.get("/ttd/kontakt/"))
    assert shown.h1.get_text() == "Contact us"
    assert [each.get_text() for each in shown.select(".page-links a")] == ["About you", "Your enquiry"]
    facts = {each.dt.get_text(): each.dd.get_text() for each in shown.select(".facts div")}
    assert facts == {
        "Languages": "NB, NN, EN",
        "Format": "Altinn 3, v9",
        "Who has worked on it": "Kari Lunde",
    }
    assert "Create Kontakt oss" in shown.select_one(".recent").get_text()


def test_pages_lead_to_the_editor(kari, contact):
    addresses = [each["href"] for each in page(kari.get("/ttd/kontakt/")).select(".page-links a")]
    assert addresses == ["/ttd/kontakt/form/Task_1/about-you", "/ttd/kontakt/form/Task_1/enquiry"]
    assert kari.get(addresses[0]).status_code == 200


def test_a_finding_leads_to_its_place(kari, contact):
    edit(contact, SetProperty("Task_1", "enquiry", "message", "/dataModelBindings/simpleBinding", "nowhere"))
    shown = page(kari.get("/ttd/kontakt/"))
    links = [each["href"] for each in shown.select('.finding[data-severity="error"] a')]
    assert "/ttd/kontakt/form/Task_1/enquiry?selected=message" in links


def test_an_app_with_a_broken_page_opens_and_says_so(kari, contact):
    edit(contact, SetFile("App/ui/Task_1/layouts/enquiry.json", b'{"data": {\n'))
    shown = page(kari.get("/ttd/kontakt/"))
    assert "cannot be read" in shown.select_one(".page-links").get_text()
    assert "App/ui/Task_1/layouts/enquiry.json" in shown.select_one(".finding-list").get_text()


@pytest.mark.parametrize(
    "address", ["/ttd/finnesikke/", "/ttd/..%2f..%2fetc/", "/nowhere/kontakt/", "/ttd/%F0%9F%90%B6/"]
)
def test_an_app_that_is_not_there_is_not_found(kari, contact, address):
    assert kari.get(address).status_code == 404


def test_an_archived_app_says_so(ola, contact):
    contact.archive(KARI, NOW)
    assert "archived" in page(ola.get("/ttd/kontakt/")).select_one("main .ds-alert").get_text()


def test_reviewers_see_the_page_without_a_way_to_edit(runa, contact):
    shown = page(runa.get("/ttd/kontakt/"))
    assert "Edit the form" not in shown.get_text()
    assert shown.select_one("#draft-bar").select_one("button") is None


def test_every_real_app_opens(kari, vectors, repositories):
    folders = sorted(
        path.parents[2] for path in (vectors / "apps").rglob("App/config/applicationmetadata.json")
    )
    assert folders
    for number, folder in enumerate(folders):
        import_app(repositories, folder, "ttd", f"ekte-{number}", KARI, NOW)
        for address in ("", "sharing", "imported"):
            answer = kari.get(f"/ttd/ekte-{number}/{address}")
            assert answer.status_code == 200, (folder, address)


def test_what_is_clear_is_corrected_by_a_button_and_can_be_undone(kari, contact):
    rule = ["equals", ["dataModel", "fulName"], "Kari"]
    edit(contact, SetProperty("Task_1", "about-you", "email", "/hidden", rule))
    form = page(kari.get("/ttd/kontakt/")).select_one('.finding form[action$="/mend"]')
    assert "did you mean fullName?" in form.get_text()

    answer = kari.post(form["action"], finding=form.select_one('[name="finding"]')["value"])

    draft = contact.draft("kari")
    assert app_definition(draft.files).page("Task_1", "about-you").component("email").raw["hidden"] == [
        "equals",
        ["dataModel", "fullName"],
        "Kari",
    ]
    assert not page(answer).select('.finding form[action$="/mend"]')
    draft.undo(KARI, NOW)
    assert b"fulName" in contact.draft("kari").files["App/ui/Task_1/layouts/about-you.json"]
    again = kari.post(form["action"], finding="no such")
    assert "does not say this any more" in again.get_data(as_text=True)
