"""The screen of branches: making, taking work along, deleting, bringing back, and the rules."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from studio.definition.changes import SetProperty
from studio.history.repository import Repository
from tests.features.conftest import KARI, NOW, Browser

ALL = "/ttd/kontakt/branches"
LONGEST = SetProperty("Task_1", "enquiry", "message", "/maxLength", 500)


def page(answer: Any, status: int = 200) -> BeautifulSoup:
    text = answer.get_data(as_text=True)
    assert answer.status_code == status, text
    return BeautifulSoup(text, "html.parser")


def words(answer: Any, status: int = 200) -> str:
    return " ".join(page(answer, status).main.get_text(" ", strip=True).split())


@pytest.fixture
def changed(contact: Repository) -> Repository:
    """The app, with a change of Kari's on main that is not shared."""
    draft = contact.draft("kari")
    draft.apply(LONGEST, draft.revision, KARI, NOW)
    return contact


def test_work_that_is_not_shared_moves_to_a_new_branch(kari: Browser, changed: Repository) -> None:
    assert "Take my change that is not shared along" in words(kari.get(f"{ALL}/new"))
    answer = kari.post(f"{ALL}/new", name="kari/kortere skjema", source="main", take="1")
    assert answer.request.path == "/ttd/kontakt@kari:kortere-skjema/"
    assert changed.draft("kari", "kari/kortere-skjema").is_changed
    assert not changed.draft("kari").is_changed
    changed.draft("kari").undo(KARI, NOW)
    assert changed.draft("kari").is_changed


def test_a_new_branch_can_begin_without_it(kari: Browser, changed: Repository) -> None:
    kari.get(f"{ALL}/new")
    kari.post(f"{ALL}/new", name="kari/rent", source="main")
    assert not changed.draft("kari", "kari/rent").is_changed
    assert changed.draft("kari").is_changed


@pytest.mark.parametrize("name", ["", "../x", "main", "main/x", "a:b", "å" * 101])
def test_a_name_that_cannot_be_is_said_beside_the_field(
    kari: Browser, changed: Repository, name: str
) -> None:
    kari.get(f"{ALL}/new")
    shown = page(kari.post(f"{ALL}/new", name=name, source="main", take="1"), 422)
    assert shown.select_one("#field-name-error") is not None
    assert shown.select_one("#field-name")["value"] == name
    assert changed.branches() == ["main"]
    assert changed.draft("kari").is_changed


def test_the_picker_leads_to_the_same_page_on_other_branches(kari: Browser, contact: Repository) -> None:
    contact.create_branch("kari/skjema")
    picker = page(kari.get("/ttd/kontakt/sharing")).select_one(".branch-picker")
    assert picker is not None
    links = [link["href"] for link in picker.select(".branch-picker__choice")]
    assert links == ["/ttd/kontakt/sharing", "/ttd/kontakt@kari:skjema/sharing"]
    assert picker.select_one("[aria-current]").get_text(strip=True) == "main"
    assert page(kari.get(ALL)).select_one(".branch-picker") is None


def test_a_branch_is_deleted_as_it_was_seen_and_main_never(kari: Browser, contact: Repository) -> None:
    contact.create_branch("kari/skjema")
    old = contact.head("kari/skjema").id
    kari.get(ALL)
    assert kari.post(f"{ALL}/delete", branch="main", seen=old).status_code == 403
    assert kari.post(f"{ALL}/delete", branch="kari/skjema", seen="0" * 40).status_code == 409
    assert kari.post(f"{ALL}/delete", branch="borte", seen=old).status_code == 404
    assert contact.branches() == ["kari/skjema", "main"]
    assert "is deleted" in page(kari.post(f"{ALL}/delete", branch="kari/skjema", seen=old)).get_text()
    assert contact.branches() == ["main"]


def test_only_owners_make_rules_and_a_rule_opens_a_branch(
    kari: Browser, ola: Browser, changed: Repository
) -> None:
    rule = {"pattern": "main", "for": "app", "approvals": "0"}
    assert "Make or change a rule" not in words(kari.get(f"{ALL}/rules"))
    assert kari.post(f"{ALL}/rules", **rule).status_code == 403
    ola.get(f"{ALL}/rules")
    assert "share straight to it" in words(ola.post(f"{ALL}/rules", **rule))
    kari.get("/ttd/kontakt/sharing")
    assert kari.post("/ttd/kontakt/sharing", message="Kortere").status_code == 200
    assert changed.head().subject == "Kortere"
    ola.get(f"{ALL}/rules")
    ola.post(f"{ALL}/rules/remove", **{"pattern": "main", "for": "app"})
    assert "Only by a pull request with 1 approval." in words(kari.get(f"{ALL}/rules"))


@pytest.mark.parametrize(
    "wrong", [{"pattern": "a..b"}, {"pattern": ""}, {"approvals": "mange"}, {"approvals": "99"}]
)
def test_a_rule_that_cannot_be_is_said_and_what_was_written_kept(
    ola: Browser, contact: Repository, wrong: dict[str, str]
) -> None:
    ola.get(f"{ALL}/rules")
    rule = {"pattern": "release/*", "for": "organisation", "approvals": "2", "may_delete": "1"} | wrong
    shown = page(ola.post(f"{ALL}/rules", **rule), 422)
    assert shown.select_one("#field-pattern-error") is not None
    assert shown.select_one("#field-pattern")["value"] == rule["pattern"]
    assert shown.select_one("[name=may_delete]").has_attr("checked")
