"""Notices: who is told what, the bell, the list, and the choice of each person."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from studio.accounts import Organisation, Person
from studio.accounts.service import set_roles
from studio.database import studio_db
from studio.definition.changes import SetProperty
from studio.definition.sentences import Sentence
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from studio.notices.models import Notice
from studio.notices.telling import KEPT, ON_A_PAGE, News, tell
from studio.reviews import events
from studio.reviews.requests import find, forget
from tests.features.conftest import KARI, NOW, Browser, work_off_checks

FIRST = "/ttd/kontakt/pull-requests/1"
LIST = "/account/notices"


def page(answer: Any, status: int = 200) -> BeautifulSoup:
    assert answer.status_code == status, answer.get_data(as_text=True)
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def told(browser: Browser) -> list[str]:
    """What stands in somebody's list, the newest first."""
    return [
        each.select("p")[1].get_text(" ", strip=True) for each in page(browser.get(LIST)).select(".notice")
    ]


def bell(browser: Browser) -> str:
    return str(page(browser.get(LIST)).select_one(".bell")["aria-label"])


def edit(repository: Repository, branch: str, longest: int) -> None:
    draft = repository.draft("kari", branch)
    change = SetProperty("Task_1", "enquiry", "message", "/maxLength", longest)
    draft.apply(change, draft.revision, KARI, NOW)
    draft.share(f"Melding på {longest} tegn", KARI, NOW)


def number_of(studio: Flask, user_name: str) -> int:
    with studio.app_context():
        number = studio_db.session.scalar(select(Person.id).where(Person.user_name == user_name))
        assert number is not None
        return number


def say(studio: Flask, user_name: str, count: int = 1, org: str = "ttd") -> None:
    """Tell somebody something, as a room would."""
    person = number_of(studio, user_name)
    with studio.app_context():
        for number in range(1, count + 1):
            place = {"org": org, "app": "kontakt", "number": number}
            sentence = Sentence("opened the pull request")
            news = News("any", org, "kontakt", f"Sak {number}", "pull_requests.show", place, sentence)
            tell(studio_db.session(), [person], news, NOW)
        studio_db.session.commit()


def test_what_was_read_long_ago_goes_when_something_new_is_told(studio: Flask) -> None:
    say(studio, "runa", 3)
    with studio.app_context():
        old, newer, _unread = studio_db.session.scalars(select(Notice).order_by(Notice.id))
        old.read_at, newer.read_at = NOW - KEPT - timedelta(seconds=1), NOW - KEPT
        studio_db.session.commit()
    say(studio, "runa")
    with studio.app_context():
        titles = studio_db.session.scalars(select(Notice.title).order_by(Notice.id)).all()
    assert titles == ["Sak 2", "Sak 3", "Sak 1"]


@pytest.fixture
def asked(studio: Flask, kari: Browser, contact: Repository) -> Repository:
    """Kari has a pull request, and has asked Runa to review it."""
    contact.create_branch("kari/kort", "main")
    edit(contact, "kari/kort", 500)
    kari.get("/ttd/kontakt/pull-requests/new?source=kari/kort")
    fields = {"source": "kari/kort", "target": "main", "title": "Kortere melding"}
    answer = kari.post("/ttd/kontakt/pull-requests/new", **fields, reviewer="runa")
    assert answer.request.path == FIRST, answer.get_data(as_text=True)
    return contact


def review(browser: Browser, verdict: str, text: str = "") -> None:
    seen = page(browser.get(FIRST)).select_one("[name=seen]")["value"]
    page(browser.post(f"{FIRST}/review", verdict=verdict, text=text, seen=seen))


def test_who_is_asked_to_review_is_told_and_who_asks_is_not(
    asked: Repository, kari: Browser, runa: Browser, dina: Browser
) -> None:
    assert told(runa) == ["Kari Lunde asked you to review"]
    assert bell(runa) == "1 unread notice"
    assert told(kari) == told(dina) == []
    assert bell(kari) == "0 unread notices"


def test_the_author_is_told_of_reviews_and_the_reviewer_of_what_comes_after(
    asked: Repository, kari: Browser, runa: Browser
) -> None:
    review(runa, "request_changes", "Kortere, takk")
    assert told(kari) == ["Runa Moen asked for changes"]
    assert len(told(runa)) == 1
    edit(asked, "kari/kort", 300)
    kari.get(FIRST)  # whoever looks first sees what has come
    assert told(runa)[0] == "Kari Lunde added a change: Melding på 300 tegn"
    assert len(told(kari)) == 1
    review(runa, "approve")
    seen = page(kari.get(FIRST)).select_one("[name=seen]")["value"]
    work_off_checks(kari.client.application)
    page(kari.post(f"{FIRST}/merge", seen=seen))
    assert told(runa)[0] == "Kari Lunde merged the changes into “main”"
    assert told(kari) == ["Runa Moen approved the changes", "Runa Moen asked for changes"]


def test_whoever_is_asked_later_is_told_once(
    asked: Repository, studio: Flask, kari: Browser, runa: Browser, dina: Browser
) -> None:
    kari.get(FIRST)
    page(kari.post(f"{FIRST}/reviewers", reviewer=["runa", "dina"]))
    assert told(dina) == ["Kari Lunde asked you to review"]
    assert len(told(runa)) == 1


def test_closing_is_told_to_those_who_were_asked(asked: Repository, kari: Browser, runa: Browser) -> None:
    kari.get(FIRST)
    page(kari.post(f"{FIRST}/close"))
    assert told(runa)[0] == "Kari Lunde closed the pull request without merging it"
    assert told(kari) == []


def test_an_event_that_nobody_has_thought_of_is_told_to_all_who_have_to_do_with_it(
    asked: Repository, studio: Flask, kari: Browser, runa: Browser
) -> None:
    with studio.app_context():
        request = find(studio_db.session, "ttd", "kontakt", 1)
        sentence = Sentence("commented")
        events.record(request, "something-new", "Runa Moen", NOW, sentence=sentence)
        studio_db.session.commit()
    assert told(kari) == ["Runa Moen commented"]
    assert told(runa) == ["Kari Lunde asked you to review"]


def test_whoever_has_commented_is_told_of_answers(
    asked: Repository, kari: Browser, runa: Browser, dina: Browser
) -> None:
    dina.get(FIRST)
    page(dina.post(f"{FIRST}/comments/new", kind="whole", text="Hvorfor?"))
    assert told(kari) == told(runa)[:1] == ["Dina Solheim commented"]
    thread = page(kari.get(FIRST)).select_one("form[action$='/reply']")["action"]
    page(kari.post(thread, text="Derfor."))
    assert told(dina) == ["Kari Lunde answered a comment"]
    assert len(told(kari)) == 1


def test_following_a_notice_leads_to_its_page_and_marks_it_read(asked: Repository, runa: Browser) -> None:
    link = page(runa.get(LIST)).select_one(".notice a")
    assert link.get_text() == "Kortere melding #1"
    assert runa.get(link["href"]).request.path == FIRST
    assert bell(runa) == "0 unread notices"
    assert len(told(runa)) == 1


def test_whoever_looks_at_a_pull_request_has_read_what_was_told_of_it(
    asked: Repository, kari: Browser, runa: Browser
) -> None:
    runa.get("/ttd/kontakt/pull-requests/2")
    kari.get("/ttd/kontakt/pull-requests/1")
    assert bell(runa) == "1 unread notice"
    runa.get("/ttd/kontakt/pull-requests/1")
    assert bell(runa) == "0 unread notices"


def test_one_and_all_are_marked_read_and_what_came_meanwhile_stays(studio: Flask, kari: Browser) -> None:
    say(studio, "kari", 3)
    shown = page(kari.get(LIST))
    assert bell(kari) == "3 unread notices"
    page(kari.post(shown.select_one(".notice form")["action"], page=1))
    assert bell(kari) == "2 unread notices"
    say(studio, "kari")
    page(kari.post(f"{LIST}/read", until=shown.select_one("[name=until]")["value"]))
    assert bell(kari) == "1 unread notice"


def test_the_list_has_pages_and_a_page_that_is_not_there_is_the_nearest(studio: Flask, kari: Browser) -> None:
    say(studio, "kari", ON_A_PAGE + 1)
    assert len(told(kari)) == ON_A_PAGE
    for number in ("2", "99", "-1", "x", "9" * 30):
        shown = page(kari.get(f"{LIST}?page={number}"))
        assert len(shown.select(".notice")) == (1 if number in ("2", "99", "9" * 30) else ON_A_PAGE)


def test_nobody_reads_the_notices_of_others(studio: Flask, kari: Browser, dina: Browser) -> None:
    say(studio, "kari")
    dina.get(LIST)
    for answer in (dina.get(f"{LIST}/1"), dina.post(f"{LIST}/1/read"), dina.get(f"{LIST}/{'9' * 30}")):
        assert "no such notice" in page(answer, 404).get_text()
    page(dina.post(f"{LIST}/read", until=99))
    assert bell(kari) == "1 unread notice"


def test_who_leaves_an_organisation_does_not_see_its_notices_any_more(studio: Flask, runa: Browser) -> None:
    say(studio, "runa")
    with studio.app_context():
        person = studio_db.session.get_one(Person, number_of(studio, "runa"))
        ttd = studio_db.session.scalars(select(Organisation).where(Organisation.short_name == "ttd")).one()
        set_roles(studio_db.session, person, ttd, frozenset())
        studio_db.session.commit()
    assert told(runa) == []
    assert bell(runa) == "0 unread notices"
    page(runa.get(f"{LIST}/1"), 404)
    say(studio, "runa")
    with studio.app_context():
        assert len(studio_db.session.scalars(select(Notice)).all()) == 1


def test_whoever_wants_none_gets_none(studio: Flask, kari: Browser) -> None:
    shown = page(kari.get("/account"))
    assert [each["value"] for each in shown.select("[name=notices]")] == ["none", "studio"]  # no e-mail here
    page(kari.post("/account", notices="none"))
    say(studio, "kari")
    assert told(kari) == []
    assert page(kari.get("/account")).select_one("[name=notices][checked]")["value"] == "none"
    page(kari.post("/account", notices="by pigeon"))
    assert page(kari.get("/account")).select_one("[name=notices][checked]")["value"] == "none"


def test_what_was_told_of_an_app_goes_with_it(
    asked: Repository, studio: Flask, repositories: Repositories, runa: Browser
) -> None:
    with studio.app_context():
        forget(studio_db.session, "ttd", "kontakt")
        studio_db.session.commit()
    assert told(runa) == []


def test_a_title_is_shown_as_text(studio: Flask, kari: Browser) -> None:
    with studio.app_context():
        news = News(
            "any", "ttd", "a", "<img src=x onerror=alert(1)>", "nowhere.at_all", {}, Sentence("<b>x</b>")
        )
        tell(studio_db.session(), [number_of(studio, "kari")], news, NOW)
        studio_db.session.commit()
    answer = kari.get(LIST)
    assert not page(answer).main.select("img, b")
    assert kari.get(f"{LIST}/1").request.path == LIST  # its page is gone: back to the list


def test_nobody_is_told_anything_before_signing_in(studio: Flask) -> None:
    client = studio.test_client()
    assert "bell" not in client.get("/sign-in").text
    assert client.get(LIST).status_code in (302, 401)
