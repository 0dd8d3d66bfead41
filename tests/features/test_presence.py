"""Who else is in an app, and a look at what they have not shared."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from studio.database import studio_db
from studio.database.clock import now
from studio.definition.changes import SetProperty
from studio.features.presence.models import Presence
from studio.history.commits import Author
from tests.features.conftest import KARI

OLA = Author("Ola Haugen", "ola@example.org")
HERE = "/ttd/kontakt/presence"
FORM = "/ttd/kontakt/form/Task_1/about-you"


def words(answer):
    return " ".join(BeautifulSoup(answer.get_data(as_text=True), "html.parser").get_text(" ").split())


def ask(browser, path=FORM, known=""):
    browser.get("/ttd/kontakt/history")
    return browser.post(HERE, path=path, known=known)


def known_of(answer):
    return re.search(r'data-known="(\w+)"', answer.get_data(as_text=True))[1]


def edit(repository, person, author, value=77):
    draft = repository.draft(person)
    change = SetProperty("Task_1", "about-you", "full-name", "/maxLength", value)
    draft.apply(change, draft.revision, author, now())
    return draft


def test_two_people_see_one_another_and_on_which_page(kari, ola, contact):
    assert "Kari" not in words(ask(kari))
    seen = words(ask(ola))
    assert "1 other here" in seen
    assert "Kari Lunde Form, page Om deg (the same page as you)" in seen
    assert "Ola Haugen History" not in words(ask(kari))
    ask(ola, "/ttd/kontakt/texts")
    assert "Ola Haugen Texts" in words(ask(kari))


def test_who_has_gone_is_not_shown_any_more(studio, kari, ola, contact):
    ask(kari)
    with studio.app_context():
        row = studio_db.session.query(Presence).one()
        row.seen_at = now() - timedelta(seconds=30)
        studio_db.session.commit()
    assert "Kari" not in words(ask(ola))


def test_nothing_new_is_answered_without_a_word(kari, ola, contact):
    known = known_of(ask(kari))
    assert ask(kari, known=known).status_code == 204
    ask(ola)
    answer = ask(kari, known=known)
    assert answer.status_code == 200
    assert ask(kari, known=known_of(answer)).status_code == 204


def test_what_others_share_is_news_with_their_name_and_words(kari, ola, contact):
    known = known_of(ask(kari))
    edit(contact, "ola", OLA).share("Kortere <i>navn</i>", OLA, now())
    answer = ask(kari, known=known)
    assert answer.status_code == 200
    assert "Ola Haugen shared: Kortere &lt;i&gt;navn&lt;/i&gt;" in answer.get_data(as_text=True)


def test_changes_that_others_did_not_share_are_a_hint_with_a_look_at_them(kari, ola, contact):
    edit(contact, "ola", OLA)
    hint = ask(kari)
    assert "Ola Haugen 1 change" in words(hint)
    assert "(the same page as you)" in words(hint)
    look = kari.get(BeautifulSoup(hint.get_data(as_text=True), "html.parser").select_one("a")["href"])
    assert "What Ola Haugen has not shared" in words(look)
    assert "77" in words(look)
    frames = BeautifulSoup(look.get_data(as_text=True), "html.parser").select("iframe")
    pictures = [kari.get(frame["src"]) for frame in frames]
    assert [picture.status_code for picture in pictures] == [200, 200]
    contact.draft("ola").discard(OLA, now())
    assert "Ola" not in words(ask(kari)).replace("Ola Haugen shared", "")


def test_those_who_may_not_edit_see_who_is_here_and_nobodys_drafts(kari, runa, contact):
    edit(contact, "kari", KARI)
    ask(kari)
    seen = words(ask(runa, "/ttd/kontakt/history"))
    assert "Kari Lunde" in seen
    assert "not shared" not in seen
    assert runa.get(f"{HERE}/kari").status_code == 403
    assert runa.get(f"{HERE}/kari/picture").status_code == 403


def test_on_another_branch_people_are_somewhere_else(kari, ola, contact):
    contact.create_branch("work")
    kari.get("/ttd/kontakt/history")
    kari.post("/ttd/kontakt@work/presence", path="/ttd/kontakt@work/form/Task_1/about-you", known="")
    assert "Kari" not in words(ask(ola))
    there = ola.post("/ttd/kontakt@work/presence", path="/ttd/kontakt@work/texts", known="")
    assert "Kari Lunde Form, page Om deg" in words(there)


NO_PLACES = ["", "x" * 5000, "//evil.example/", "/ttd/other/form", "/assets/x", "/%00", "é"]


@pytest.mark.parametrize("path", NO_PLACES)
def test_a_place_that_is_none_is_no_place(kari, ola, contact, path):
    assert ask(kari, path).status_code == 200
    assert "Kari Lunde The app" in words(ask(ola))


def test_a_draft_of_nobody_is_not_there(kari, contact):
    for name in ("nobody", "kari", "..", "a%2Fb"):
        assert kari.get(f"{HERE}/{name}").status_code == 404
