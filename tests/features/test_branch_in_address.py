"""Every page of an app on another branch than main."""

from bs4 import BeautifulSoup

from studio.definition.changes import SetAppTitle
from studio.history.repository import Repository
from tests.features.conftest import KARI, NOW, Browser


def retitled(repository: Repository, branch: str, title: str) -> None:
    draft = repository.draft("kari", branch)
    draft.apply(SetAppTitle({"en": title, "nb": title}), draft.revision, KARI, NOW)


def test_a_draft_is_of_the_branch_in_the_address(kari: Browser, contact: Repository) -> None:
    contact.create_branch("kari/shorter")
    retitled(contact, "kari/shorter", "Write to us")
    there = BeautifulSoup(kari.get("/ttd/kontakt@kari:shorter/").data, "html.parser")
    assert there.h1.get_text(strip=True) == "Write to us"
    assert "Write to us" not in kari.get("/ttd/kontakt/").get_data(as_text=True)
    links = {link["href"] for link in there.select(".app-nav a")}
    assert "/ttd/kontakt@kari:shorter/sharing" in links
    assert "/ttd/kontakt/deploy" in links


def test_sharing_puts_the_draft_on_its_branch(kari: Browser, contact: Repository) -> None:
    contact.create_branch("kari/shorter")
    retitled(contact, "kari/shorter", "Write to us")
    kari.get("/ttd/kontakt@kari:shorter/sharing")
    answer = kari.post("/ttd/kontakt@kari:shorter/sharing", message="Another title")
    assert answer.request.path == "/ttd/kontakt@kari:shorter/sharing"
    assert contact.head("kari/shorter").subject == "Another title"
    assert contact.head().subject == "Create Kontakt oss"
    shared = contact.head("kari/shorter").id
    assert kari.get(f"/ttd/kontakt@kari:shorter/history/{shared}").status_code == 200
    assert kari.get(f"/ttd/kontakt/history/{shared}").status_code == 404


def test_a_branch_that_is_not_there_is_said_in_a_sentence(kari: Browser, contact: Repository) -> None:
    for name in ("gone", "a..b", "x.lock", "%40%7B"):
        answer = kari.get(f"/ttd/kontakt@{name}/")
        assert answer.status_code == 404
        assert "branch" in answer.get_data(as_text=True)
