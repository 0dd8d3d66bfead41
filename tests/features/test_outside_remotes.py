"""An outside remote: a real second Git server, which checks its token and has faults."""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from studio.database import clock, studio_db
from studio.definition.changes import SetText
from studio.history.branch_rules import BranchRule, set_rule
from studio.history.repository import Repository
from studio.outside_remotes.models import OutsideRemote
from studio.outside_remotes.room import remote_room
from studio.outside_remotes.settings import remote_of
from studio.outside_remotes.work import RemoteWork
from studio.reviews.requests import Filter, found
from studio.web import translate
from tests.features.conftest import KARI, NOW, Browser
from tests.second_server import SecondServer, git, second_server

PAGE = "/ttd/kontakt/remote"


@pytest.fixture
def second(tmp_path: Path) -> Iterator[SecondServer]:
    (tmp_path / "second").mkdir()
    with second_server(tmp_path / "second") as server:
        server.bare()
        yield server


@pytest.fixture
def app(studio: Flask, contact: Repository) -> Iterator[Repository]:
    """An app whose Studio may speak to this machine; checked by Git at the end."""
    with studio.app_context():
        room = remote_room()
        room.worker.stop()  # talks are held when a test says so
        remote_room.give(studio, replace(room, inside=frozenset({"127.0.0.1"})))
    yield contact
    git(contact.folder, "fsck", "--full", "--strict")
    assert not list(contact.folder.glob("outside-*"))


@pytest.fixture
def talk(studio: Flask, app: Repository) -> Callable[[], str]:
    """Hold every talk that is due; what the page says of the last one."""
    work = RemoteWork(studio, app.folder.parents[1])
    work.worker.stop()

    def held() -> str:
        while (do := work.claim("test")) is not None:
            do()
        with studio.test_request_context(headers={"Cookie": "studio_language=en"}):
            remote = _remote()
            said = [remote.problem] if remote.problem else remote.results or ()
            return " ".join(map(translate, said))

    return held


def _remote() -> OutsideRemote:
    remote = remote_of(studio_db.session, "ttd", "kontakt")
    assert remote is not None
    return remote


def _told(browser: Browser) -> str:
    """The notices of somebody, as they read them."""
    page = BeautifulSoup(browser.get("/account/notices").get_data(as_text=True), "html.parser")
    return " ".join(each.get_text(" ", strip=True) for each in page.select(".notice"))


def _save(browser: Browser, second: SecondServer, **fields: object) -> str:
    rows = {"here": ["main", ""], "there": ["", ""], "direction": ["both", "both"]}
    token = {"address": second.address(), "token": second.token, "fetch_every": "0"}
    answer = browser.post(PAGE, **(rows | token | fields))
    return answer.get_data(as_text=True)


def _share(repository: Repository, text: str, branch: str = "main") -> None:
    draft = repository.draft("kari", branch)
    if draft.is_behind:
        draft.fetch(KARI, NOW)
    draft.apply(SetText("nb", "appName", text), draft.revision, KARI, NOW)
    draft.share(text, KARI, NOW)


def test_what_is_shared_goes_out_by_itself_and_what_is_new_there_comes_in(
    studio: Flask,
    app: Repository,
    second: SecondServer,
    ola: Browser,
    talk: Callable[[], str],
    open_main: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A proxy of the machine is passed by: it would speak to whatever address it finds for the name.
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    _save(ola, second, push_by_itself="1", fetch_every="60")
    assert "went out to 127.0.0.1" in talk()
    assert "went out to 127.0.0.1" in ola.get(f"{PAGE}/state").get_data(as_text=True)
    assert second.head() == app.head().id

    _share(app, "Delt tittel")
    talk()
    assert second.head() == app.head().id

    theirs = second.commit("main", {"App/notes.md": b"Theirs.\n"})
    assert talk() != ""  # nothing is due: the last word stands
    ola.post(f"{PAGE}/fetch")
    assert "has what is new" in talk()
    assert app.head().id == theirs
    with studio.app_context():
        assert _remote().due_at is not None  # in an hour


def test_a_share_is_sent_by_a_worker_without_anybody_asking(
    studio: Flask, contact: Repository, second: SecondServer, ola: Browser, open_main: None
) -> None:
    with studio.app_context():
        room = remote_room()
        remote_room.give(studio, replace(room, inside=frozenset({"127.0.0.1"})))
    _save(ola, second, push_by_itself="1")
    _until(lambda: second.head() == contact.head().id)
    _share(contact, "Delt tittel")
    _until(lambda: second.head() == contact.head().id)
    room.worker.stop()


def _until(holds: Callable[[], bool]) -> None:
    for _ in range(400):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail("It did not come about within 20 s.")


def test_what_comes_to_a_protected_branch_waits_in_a_pull_request(
    studio: Flask, app: Repository, second: SecondServer, ola: Browser, talk: Callable[[], str]
) -> None:
    _save(ola, second, push_by_itself="1")
    talk()
    before = app.head().id
    theirs = second.commit("main", {"App/notes.md": b"Theirs.\n"})
    ola.post(f"{PAGE}/push")
    assert "that are not here. Fetch them." in talk()

    for _ in range(2):  # asked again, it is still the same pull request
        ola.post(f"{PAGE}/fetch")
        assert "waits in pull request 1, into “main”" in talk()

    assert app.head().id == before
    assert app.head("from/127.0.0.1/main").id == theirs
    assert "/ttd/kontakt/pull-requests/1" in ola.get(PAGE).get_data(as_text=True)
    with studio.app_context():
        (waiting,) = found(studio_db.session, "ttd", "kontakt", Filter())
        assert (waiting.source, waiting.target) == ("from/127.0.0.1/main", "main")
    app.merge(theirs, "main", author=KARI, message="Merge", now=NOW)
    ola.post(f"{PAGE}/push")
    talk()
    assert second.head() == app.head().id


def test_where_both_sides_went_on_nothing_is_forced_and_the_merge_goes_out(
    studio: Flask,
    app: Repository,
    second: SecondServer,
    ola: Browser,
    talk: Callable[[], str],
    open_main: None,
) -> None:
    _save(ola, second, push_by_itself="1")
    talk()
    theirs = second.commit("main", {"App/notes.md": b"Theirs.\n"})
    _share(app, "Vår tittel")
    ours = app.head().id

    assert "waits in pull request 1" in talk()
    assert (app.head().id, second.head()) == (ours, theirs)

    # Merged as one commit: the history does not show it, but a talk takes note and sends it.
    app.merge(theirs, "main", author=KARI, message="Together", now=NOW, squash=True)
    ola.post(f"{PAGE}/push")
    said = talk()
    assert "had all that is at 127.0.0.1 already" in said
    assert second.head() == app.head().id
    assert app.head().subject == "Noterte hva 127.0.0.1 har"
    git(second.bare(), "merge-base", "--is-ancestor", ours, "main")


def test_branches_are_named_by_pattern_and_renamed_on_the_way(
    app: Repository, second: SecondServer, ola: Browser, talk: Callable[[], str]
) -> None:
    app.create_branch("release/1")
    app.create_branch("kari/own")
    second.commit("incoming/x", {"README.md": b"x"}, onto=None)
    rows = {
        "here": ["main", "release/*", "inn/*"],
        "there": ["trunk", "rel-*", "incoming/*"],
        "direction": ["out", "out", "in"],
    }
    _save(ola, second, **rows)
    ola.post(f"{PAGE}/push")
    ola.post(f"{PAGE}/fetch")
    talk()

    sent = git(second.bare(), "for-each-ref", "--format=%(refname:short)").split()
    assert sorted(sent) == ["incoming/x", "rel-1", "trunk"]
    assert "inn/x" in app.branches()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"App/out.link": b"../../../etc/passwd"}, "leads out of the app"),
        ({"App/" + "x" * 240: b""}, "too long"),
        ({"App/a\\b.txt": b""}, "backslash"),
    ],
)
def test_what_a_push_may_not_bring_does_not_come_in_by_a_fetch(
    app: Repository,
    second: SecondServer,
    ola: Browser,
    talk: Callable[[], str],
    files: dict[str, bytes],
    words: str,
) -> None:
    _save(ola, second)
    ola.post(f"{PAGE}/push")
    talk()
    before = app.head().id
    bad = second.commit("main", files)
    ola.post(f"{PAGE}/fetch")

    assert words in talk()
    assert app.head().id == before
    absent = subprocess.run(
        ["git", "-C", str(app.folder), "cat-file", "-e", bad], check=False, capture_output=True
    )
    assert absent.returncode != 0


# ── the token ──


def test_the_token_is_kept_sealed_and_told_to_nobody(
    studio: Flask,
    app: Repository,
    second: SecondServer,
    ola: Browser,
    talk: Callable[[], str],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    caplog.set_level("DEBUG")
    seen: list[bytes] = []
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            for place in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    seen.append(place.read_bytes())
                except OSError:
                    continue

    watch = threading.Thread(target=look)
    watch.start()
    page = _save(ola, second)
    ola.post(f"{PAGE}/push")
    talk()
    ended.set()
    watch.join()

    assert second.head() == app.head().id
    page += ola.get(PAGE).get_data(as_text=True)
    secret = second.token
    assert secret not in page
    assert secret not in caplog.text
    assert any(b"git-remote-http" in each for each in seen)
    assert not any(secret.encode() in each for each in seen)
    for place in (*app.folder.rglob("*"), tmp_path / "studio.db"):
        assert not place.is_file() or secret.encode() not in place.read_bytes(), place
    # Kept when the form comes without it; not taken along to another server.
    assert "is saved" in _save(ola, second, token="")
    other = _save(ola, second, token="", address="https://example.org/other.git")
    assert "give its token as well" in other
    with studio.app_context():
        assert _remote().address == second.address()


def test_only_owners_change_it_and_only_those_who_share_see_it(
    app: Repository, second: SecondServer, ola: Browser, kari: Browser, runa: Browser
) -> None:
    _save(ola, second)

    assert kari.post(PAGE, address="https://example.org/x.git").status_code == 403
    assert kari.post(f"{PAGE}/remove").status_code == 403
    assert "Send now" in kari.get(PAGE).get_data(as_text=True)
    assert "Deploy token" not in kari.get(PAGE).get_data(as_text=True)
    assert runa.get(PAGE).status_code == 403
    assert runa.post(f"{PAGE}/push").status_code == 403


def test_an_app_that_is_deleted_takes_its_remote_along(
    studio: Flask, contact: Repository, second: SecondServer, ola: Browser
) -> None:
    _save(ola, second, address="https://example.org:443/app.git")
    with studio.app_context():
        remote = remote_of(studio_db.session, "ttd", "kontakt")
        assert remote is not None
        assert remote.address == "https://example.org/app.git"
    ola.get("/ttd/kontakt/")
    ola.post("/ttd/kontakt/delete", confirmation="kontakt")

    with studio.app_context():
        assert remote_of(studio_db.session, "ttd", "kontakt") is None


# ── faults ──


@pytest.mark.parametrize(
    ("fault", "words", "tries_again"),
    [
        ("wrong token", "does not accept the token", False),
        (403, "may not do this", False),
        (404, "There is no repository", False),
        (503, "does not answer as it should", True),
        ("half", "does not answer as it should", True),
        ("redirect", "leads to another address", False),
        ("gone", "does not answer as it should", True),
    ],
)
def test_a_fault_of_the_server_is_told_in_words_that_help(  # noqa: PLR0917 - fixtures
    studio: Flask,
    app: Repository,
    second: SecondServer,
    ola: Browser,
    kari: Browser,
    talk: Callable[[], str],
    fault: str | int,
    words: str,
    tries_again: bool,
    tmp_path: Path,
) -> None:
    (tmp_path / "inner").mkdir()
    with second_server(tmp_path / "inner") as inner:
        second.commit("main", {"App/notes.md": os.urandom(100_000)}, onto=None)
        _save(ola, second)
        if fault == "wrong token":
            second.token = "token-made-anew"
        elif fault == "gone":
            with studio.app_context():
                # The port for discarding, on which nobody listens.
                _remote().address = second.address().replace(str(second.port), "9")
                _remote().token = ""
                studio_db.session.commit()
        else:
            second.fault = inner.address("")[:-5] if fault == "redirect" else fault
        ola.post(f"{PAGE}/fetch")

        assert words in talk()
        assert inner.asked == []
    with studio.app_context():
        assert (_remote().due_at is not None) == tries_again
    page = ola.get(PAGE).get_data(as_text=True)
    assert "The last try did not succeed" in page
    assert second.token not in page
    # Owners are told, but of what may pass by itself only when it has gone on for some time.
    assert _told(ola).count(words) == (0 if tries_again else 1)
    assert _told(kari) == ""
    if not tries_again and fault != "redirect":
        ola.post(f"{PAGE}/fetch")
        talk()
        assert _told(ola).count(words) == 1


def test_a_server_that_hangs_is_given_up_and_tried_again_with_growing_waits(
    studio: Flask,
    app: Repository,
    second: SecondServer,
    ola: Browser,
    talk: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("studio.outside_remotes.work.TIMEOUT", 0.5)
    _save(ola, second)
    second.fault = "hang"
    ola.post(f"{PAGE}/push")
    moment = clock.now()
    waits = []
    for _ in range(3):
        assert _told(ola) == ""
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        assert "did not answer within" in talk()
        with studio.app_context():
            due = _remote().due_at
            assert due is not None
        waits.append(due - moment)
        moment = due
    assert waits == [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)]
    assert "did not answer within" in _told(ola)

    second.fault = None
    monkeypatch.setattr("studio.outside_remotes.work.TIMEOUT", 60.0)
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert "went out" in talk()
    assert second.head() == app.head().id


def test_a_server_that_does_not_take_a_branch_is_quoted(
    app: Repository, second: SecondServer, ola: Browser, talk: Callable[[], str]
) -> None:
    hook = second.bare() / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    _save(ola, second)
    ola.post(f"{PAGE}/push")

    assert "127.0.0.1 did not take “main”: [remote rejected] (pre-receive hook declined)" in talk()


def test_a_talk_whose_studio_was_killed_is_held_by_another(
    studio: Flask, app: Repository, second: SecondServer, ola: Browser, talk: Callable[[], str]
) -> None:
    _save(ola, second)
    ola.post(f"{PAGE}/push")
    dead = RemoteWork(studio, app.folder.parents[1])
    assert dead.claim("killed") is not None
    with studio.app_context():
        _remote().heartbeat_at = clock.now() - timedelta(minutes=1)
        studio_db.session.commit()

    assert "went out" in talk()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://example.org/x.git", "https://"),
        ("ssh://git@example.org/x.git", "https://"),
        ("file:///etc", "https://"),
        ("ext::sh -c id", "https://"),
        ("https://kari:secret@example.org/x.git", "its own field"),
        ("https://example.org", "whole address"),
        ("", "https://"),
    ],
)
def test_an_address_that_cannot_be_one_is_refused_and_what_was_typed_stays(
    app: Repository, second: SecondServer, ola: Browser, address: str, words: str
) -> None:
    page = _save(
        ola, second, address=address, here=["main", "x*"], there=["main", "y"], direction=["both", "in"]
    )

    assert words in page
    assert 'value="x*"' in page
    assert "secret" not in page or "kari:secret" in address


def test_a_server_inside_the_network_is_not_spoken_to_unless_it_was_allowed(
    studio: Flask, app: Repository, second: SecondServer, ola: Browser, talk: Callable[[], str]
) -> None:
    _save(ola, second)
    with studio.app_context():
        remote_room.give(studio, replace(remote_room(), inside=frozenset()))
        set_rule(studio_db.session, "ttd", "kontakt", BranchRule("main", by_review=False), NOW)
        studio_db.session.commit()
    ola.post(f"{PAGE}/push")

    assert "private network" in talk()
    assert second.asked == []
