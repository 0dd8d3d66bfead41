"""Comments on pull requests: about what, answering and resolving them, and changing one's own words."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from studio.definition.app import app_definition
from studio.definition.changes import Change, SetProperty, SetText
from studio.history.repository import Repository
from tests.features.conftest import KARI, NOW, Browser

FIRST = "/ttd/kontakt/pull-requests/1"
BRANCH = "kari/kortere-melding"
COMPONENT = {"kind": "component", "layout_set": "Task_1", "page": "enquiry", "component": "message"}


def page(answer: Any, status: int = 200) -> BeautifulSoup:
    text = answer.get_data(as_text=True)
    assert answer.status_code == status, text
    return BeautifulSoup(text, "html.parser")


def words(answer: Any, status: int = 200) -> str:
    return " ".join(page(answer, status).main.get_text(" ", strip=True).split())


def edit(repository: Repository, *changes: Change, branch: str = "main") -> None:
    draft = repository.draft("kari", branch)
    for change in changes:
        draft.apply(change, draft.revision, KARI, NOW)
    if branch != "main":
        draft.share("Mer", KARI, NOW)


def longest(value: int) -> SetProperty:
    return SetProperty("Task_1", "enquiry", "message", "/maxLength", value)


@pytest.fixture
def shared(kari: Browser, contact: Repository) -> Repository:
    """The app, where Kari has shared a change of a component and of a text for review: pull request 1."""
    edit(contact, longest(500), SetText("nb", text_key(contact), "Hva gjelder *dette*?"))
    kari.get("/ttd/kontakt/sharing")
    answer = kari.post("/ttd/kontakt/sharing/review", message="Kortere melding")
    assert answer.request.path == FIRST
    return contact


def text_key(repository: Repository) -> str:
    forms = app_definition(repository.files()).layout_set("Task_1")
    place = forms.find("message") if forms else None
    assert place is not None
    return str(place[1].text_key("title"))


def line(repository: Repository, branch: str = BRANCH) -> dict[str, str]:
    """The line with the message's longest length."""
    forms = app_definition(repository.files(branch)).layout_set("Task_1")
    place = forms.find("message") if forms else None
    assert place is not None
    path = place[0].path
    lines = repository.files(branch)[path].decode().split("\n")
    number = next(number for number, text in enumerate(lines, 1) if '"maxLength"' in text and "500" in text)
    return {"kind": "line", "path": path, "line": str(number)}


def comment(browser: Browser, subject: dict[str, str], text: str, back: str = "show") -> Any:
    """Write by the form of that address, with all that it sends along."""
    form = page(browser.client.get(f"{FIRST}/comments/new", query_string=subject | {"back": back}))
    browser.get(FIRST)
    fields = {each["name"]: each["value"] for each in form.select(".panel input[type=hidden]")}
    fields.pop("csrf_token")
    return browser.post(f"{FIRST}/comments/new", **fields | {"text": text})


def threads(browser: Browser, tab: str = "") -> list[Tag]:
    return page(browser.get(f"{FIRST}{tab}")).select(".thread")


def test_a_comment_on_a_component_stands_in_the_conversation_and_under_its_page(
    runa: Browser, kari: Browser, shared: Repository
) -> None:
    pages = page(runa.get(f"{FIRST}/pages"))
    (link,) = pages.select("details.page-remarks__places a")
    assert link["href"].startswith(f"{FIRST}/comments/new")
    answer = comment(runa, COMPONENT, "Er **500** nok?", "pages")
    assert answer.request.path == f"{FIRST}/pages"
    for tab in ("", "/pages"):
        (thread,) = threads(kari, tab)
        assert thread.select_one(".comment__text strong").get_text() == "500"
        assert "Runa Moen" in thread.get_text()
    assert "commented on" in page(kari.get(FIRST)).select_one(".request-events").get_text()
    assert not threads(kari, "/code")


def test_a_thread_is_answered_resolved_and_opened_again(
    runa: Browser, kari: Browser, shared: Repository
) -> None:
    comment(runa, {}, "Hvorfor?")
    kari.get(FIRST)
    assert "Fordi" in words(kari.post(f"{FIRST}/comments/1/reply", text="Fordi folk skriver for langt"))
    said = words(runa.post(f"{FIRST}/comments/1/state", do="resolve"))
    assert "Resolved by Runa Moen" in said
    assert "1 resolved conversation" in said
    runa.post(f"{FIRST}/comments/1/state", do="resolve")
    said = words(kari.post(f"{FIRST}/comments/1/state", do="reopen"))
    assert "Resolved by" not in said
    assert said.count("resolved a conversation") == 1
    assert "opened a conversation again" in said


def test_what_a_comment_is_about_may_change_and_it_says_so(runa: Browser, shared: Repository) -> None:
    text = {"kind": "text", "language": "nb", "key": text_key(shared)}
    for subject in (COMPONENT, text, line(shared)):
        comment(runa, subject, "Sikker?")
    assert not any("Changed since" in each.get_text() for each in threads(runa))
    edit(shared, longest(600), SetText("nb", text_key(shared), "Hva gjelder det?"), branch=BRANCH)
    found = threads(runa)
    assert ["Changed since" in each.get_text() for each in found] == [True, True, True]
    assert "Hva gjelder *dette*?" in found[1].select_one("pre").get_text()
    assert "500" in found[2].select_one("pre").get_text()
    assert "have changed since" in words(runa.get(f"{FIRST}/code"))
    edit(shared, longest(500), branch=BRANCH)
    assert "Changed since" not in threads(runa)[0].get_text()


def test_a_line_that_only_moved_takes_its_comments_along(runa: Browser, shared: Repository) -> None:
    at = line(shared)
    comment(runa, at, "Her?", "code")
    (row,) = page(runa.get(f"{FIRST}/code")).select("tr.diff__said")
    assert row.find_previous_sibling("tr").select(".diff__number")[1].get_text(strip=True) == at["line"]
    edit(shared, SetProperty("Task_1", "enquiry", "message", "/readOnly", False), branch=BRANCH)
    first = app_definition(shared.files(BRANCH)).layout_set("Task_1")
    assert first is not None
    enquiry = first.page("enquiry")
    assert enquiry is not None
    above = next(part.id for part in enquiry.components)
    edit(shared, SetProperty("Task_1", "enquiry", above, "/hidden", True), branch=BRANCH)
    moved = line(shared)
    assert moved["line"] != at["line"]
    (row,) = page(runa.get(f"{FIRST}/code")).select("tr.diff__said")
    assert row.find_previous_sibling("tr").select(".diff__number")[1].get_text(strip=True) == moved["line"]
    assert "Changed since" not in row.get_text()


def test_only_ones_own_comment_is_changed_and_taken_back(
    runa: Browser, kari: Browser, shared: Repository
) -> None:
    comment(runa, {}, "Frst")
    kari.get(FIRST)
    assert kari.post(f"{FIRST}/comments/1/1/words", text="Mitt").status_code == 403
    assert kari.post(f"{FIRST}/comments/1/1/remove").status_code == 403
    said = words(runa.post(f"{FIRST}/comments/1/1/words", text="Først"))
    assert "Først" in said
    assert "changed afterwards" in said
    said = words(runa.post(f"{FIRST}/comments/1/1/remove"))
    assert "This comment was removed." in said
    assert "Først" not in said
    assert runa.post(f"{FIRST}/comments/1/1/words", text="Igjen").status_code in {409, 422}
    assert "Igjen" not in words(runa.get(FIRST))


def test_who_neither_edits_nor_reviews_reads_and_does_not_write(
    browser_of: Any, runa: Browser, shared: Repository
) -> None:
    comment(runa, {}, "Les dette")
    tor = browser_of("tor")
    assert "Les dette" in words(tor.get(FIRST))
    assert not page(tor.get(FIRST)).select(".thread form")
    for address, fields in (
        ("new", {}),
        ("1/reply", {}),
        ("1/state", {"do": "resolve"}),
        ("1/1/words", {}),
        ("1/1/remove", {}),
    ):
        assert tor.post(f"{FIRST}/comments/{address}", text="Nei", **fields).status_code == 403, address
    assert tor.post(f"{FIRST}/review", verdict="comment", text="Nei").status_code == 422
    assert tor.get(f"{FIRST}/comments/new").status_code == 403
    assert "Nei" not in words(runa.get(FIRST))


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[her](javascript:alert(1))",
        "<a href=\"javascript:alert(1)\" onclick='alert(1)'>her</a>",
        '<form action="https://example.org"><input name=x></form><style>*{}</style><iframe src=/></iframe>',
    ],
)
def test_a_comment_runs_nothing(runa: Browser, shared: Repository, attack: str) -> None:
    comment(runa, {}, f"Se: {attack}")
    (said,) = page(runa.get(FIRST)).select(".comment__text")
    assert not said.select("script, form, input, style, iframe")
    for part in said.find_all(True):
        assert not {name for name in part.attrs if name.startswith("on")}
        assert "javascript" not in str(part.get("href", ""))


@pytest.mark.parametrize(
    "subject",
    [
        {"kind": "component", "layout_set": "Task_1", "page": "enquiry", "component": "nothing"},
        {"kind": "component", "layout_set": "../..", "page": "x", "component": "message"},
        {"kind": "text", "language": "nb", "key": "nothing"},
        {"kind": "text", "language": "../nb", "key": "x"},
        {"kind": "line", "path": "App/none.json", "line": "1"},
        {"kind": "line", "path": "../../etc/passwd", "line": "1"},
        {"kind": "line", "path": "App/config/applicationmetadata.json", "line": "99999"},
        {"kind": "line", "path": "App/config/applicationmetadata.json", "line": "0"},
        {"kind": "line", "path": "App/config/applicationmetadata.json", "line": "-1"},
        {"kind": "line", "path": "App/config/applicationmetadata.json", "line": "x"},
    ],
)
def test_what_is_not_there_is_not_commented_on_and_no_words_are_lost(
    runa: Browser, shared: Repository, subject: dict[str, str]
) -> None:
    assert runa.client.get(f"{FIRST}/comments/new", query_string=subject).status_code == 404
    runa.get(FIRST)
    answer = runa.post(f"{FIRST}/comments/new", **subject | {"text": "Mine ord", "back": "nowhere"})
    assert page(answer, 422).select_one("textarea[name=text]").get_text() == "Mine ord"
    assert "is not in this pull request" in words(answer, 422)
    assert not threads(runa)


def test_what_was_written_is_kept_when_the_subject_changed_meanwhile(
    runa: Browser, shared: Repository
) -> None:
    runa.get(FIRST)
    answer = runa.post(f"{FIRST}/comments/new", **COMPONENT | {"text": "Mine ord", "seen": "gammel"})
    form = page(answer, 422)
    assert "has changed since you began" in words(answer, 422)
    assert form.select_one("textarea[name=text]").get_text() == "Mine ord"
    again = COMPONENT | {"text": "Mine ord", "seen": form.select_one("[name=seen]")["value"]}
    assert "Mine ord" in words(runa.post(f"{FIRST}/comments/new", **again))


def test_empty_and_endless_comments_are_refused(runa: Browser, shared: Repository) -> None:
    assert "Write a comment." in words(comment(runa, {}, " \r\n\0 "), 422)
    assert "20000 characters" in words(comment(runa, {}, "a" * 20_001), 422)
    comment(runa, {}, "Ja")
    long = runa.post(f"{FIRST}/comments/1/reply", text="b" * 20_001)
    assert page(long, 422).select_one("textarea[name=text]").get_text() == "b" * 20_001
    assert runa.post(f"{FIRST}/comments/2/reply", text="Hvor?").status_code == 404
    assert runa.post(f"{FIRST}/comments/1/99/remove").status_code == 404
    assert runa.post(f"{FIRST}/comments/{10**30}/reply", text="Hvor?").status_code == 404
    assert len(threads(runa)) == 1


def test_one_can_still_comment_when_it_is_closed(kari: Browser, runa: Browser, shared: Repository) -> None:
    kari.get(FIRST)
    kari.post(f"{FIRST}/close")
    assert "Write a comment" in words(runa.get(FIRST))
    assert "Synd" in words(comment(runa, {}, "Synd"))
