"""Pull requests: sharing for review, looking, reviewing, and merging by the rules of the branch."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from studio.definition.app import app_definition
from studio.definition.changes import Change, SetProperty
from studio.history.commits import Author
from studio.history.repository import Repository
from tests.features.conftest import KARI, NOW, Browser

OLA = Author("Ola Haugen", "ola@example.org")
ALL = "/ttd/kontakt/pull-requests"
FIRST = f"{ALL}/1"


def page(answer: Any, status: int = 200) -> BeautifulSoup:
    text = answer.get_data(as_text=True)
    assert answer.status_code == status, text
    return BeautifulSoup(text, "html.parser")


def words(answer: Any, status: int = 200) -> str:
    return " ".join(page(answer, status).main.get_text(" ", strip=True).split())


def edit(repository: Repository, change: Change, branch: str = "main", person: str = "kari") -> None:
    draft = repository.draft(person, branch)
    draft.apply(change, draft.revision, KARI if person == "kari" else OLA, NOW)


def longest(value: int) -> SetProperty:
    return SetProperty("Task_1", "enquiry", "message", "/maxLength", value)


def longest_on(repository: Repository, branch: str = "main") -> Any:
    found = app_definition(repository.files(branch)).layout_set("Task_1")
    assert found is not None
    place = found.find("message")
    assert place is not None
    return place[1].raw.get("maxLength")


@pytest.fixture
def shared(kari: Browser, contact: Repository) -> Repository:
    """The app, where Kari has shared a change for review: pull request 1."""
    edit(contact, longest(500))
    kari.get("/ttd/kontakt/sharing")
    answer = kari.post("/ttd/kontakt/sharing/review", message="Kortere melding\nDe skriver for langt.")
    assert answer.request.path == FIRST
    return contact


def seen(browser: Browser, address: str = FIRST) -> str:
    return page(browser.get(address)).select_one("[name=seen]")["value"]


def review(browser: Browser, verdict: str, text: str = "", address: str = FIRST) -> Any:
    return browser.post(f"{address}/review", verdict=verdict, text=text, seen=seen(browser, address))


def merge(browser: Browser, address: str = FIRST, **fields: str) -> Any:
    return browser.post(f"{address}/merge", **{"seen": seen(browser, address)} | fields)


def test_a_designer_cannot_share_straight_to_a_protected_branch(kari: Browser, contact: Repository) -> None:
    edit(contact, longest(500))
    assert "Share for review" in words(kari.get("/ttd/kontakt/sharing"))
    answer = kari.post("/ttd/kontakt/sharing", message="Kortere melding")
    assert answer.status_code == 403
    assert "protected" in words(answer, 403)
    assert contact.head().subject == "Create Kontakt oss"
    assert contact.draft("kari").is_changed


def test_sharing_for_review_moves_the_draft_to_a_branch_with_a_pull_request(
    kari: Browser, shared: Repository
) -> None:
    assert shared.branches() == ["kari/kortere-melding", "main"]
    assert longest_on(shared, "kari/kortere-melding") == 500
    assert not shared.draft("kari").is_changed
    said = words(kari.get(FIRST))
    assert "Kortere melding #1" in said
    assert "De skriver for langt." in said
    assert "One more approval is needed." in said


def test_the_round_from_review_to_merge(kari: Browser, runa: Browser, shared: Repository) -> None:
    assert "Write what should be changed." in words(review(runa, "request_changes"), 422)
    assert "Runa Moen: wants changes" in words(review(runa, "request_changes", "Hva med 800?"))
    edit(shared, longest(800), "kari/kortere-melding")
    kari.get("/ttd/kontakt@kari:kortere-melding/sharing")
    kari.post("/ttd/kontakt@kari:kortere-melding/sharing", message="800 tegn")
    assert "added a change: 800 tegn" in words(runa.get(FIRST))
    assert "The rules of the branch are met." in words(review(runa, "approve", "Fint"))
    answer = merge(kari)
    assert "Merged" in words(answer)
    assert longest_on(shared) == 800
    assert shared.head().message.startswith("Kortere melding (#1)")
    assert len(shared.head().parents) == 1
    kari.post(f"{FIRST}/branch", do="delete")
    assert shared.branches() == ["main"]
    assert "deleted the branch" in words(kari.get(FIRST))
