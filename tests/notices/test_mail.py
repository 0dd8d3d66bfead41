"""E-mails: to a real, strict server over STARTTLS; put off, taken over, given up; only what is wanted."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, update

from studio import create_app
from studio.accounts import Person
from studio.config import BadSetting, read_settings
from studio.database import clock, studio_db
from studio.definition.sentences import Sentence
from studio.notices.models import Mail, MailState, Notice, Way
from studio.notices.room import post_office
from studio.notices.sending import STALE_AFTER, WAITS, PostOffice
from studio.notices.telling import News, choose, mark_read, tell
from tests.migrated import NOW, QUICK, with_demo
from tests.notices.mail_server import PASSWORD, USER, Served, mail_server

ORIGIN = "https://studio.example.org"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    with mail_server(tmp_path) as served:
        monkeypatch.setenv("SSL_CERT_FILE", str(served.certificate))  # what the system trusts
        yield served


@pytest.fixture
def studio(server: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Studio with that mail server, where Kari and Runa want e-mails; threads do nothing by themselves."""
    monkeypatch.setattr("studio.jobs.worker.Worker.wake", lambda _self: None)
    monkeypatch.setattr("studio.jobs.worker.Worker.wake_in", lambda _self, _seconds: None)
    return make_studio(tmp_path, server.port)


def make_studio(folder: Path, port: int, **more: str) -> Flask:
    settings = {
        "STUDIO_DATA": str(with_demo(folder / "data")),
        "STUDIO_ORIGIN": ORIGIN,
        "STUDIO_SMTP_HOST": "localhost",
        "STUDIO_SMTP_PORT": str(port),
        "STUDIO_SMTP_USER": USER,
        "STUDIO_SMTP_PASSWORD": PASSWORD,
        "STUDIO_SMTP_FROM": "studio@example.org",
    }
    app = create_app(read_settings(settings | more), QUICK)
    with app.app_context():
        for name in ("kari", "runa"):
            choose(studio_db.session, person(name), Way.MAIL)
        person("kari").language = "nn"
        studio_db.session.commit()
    return app


def person(user_name: str) -> Person:
    return studio_db.session.scalars(select(Person).where(Person.user_name == user_name)).one()


def say(app: Flask, *user_names: str, title: str = "Kortere melding #7") -> None:
    with app.app_context():
        place = {"org": "ttd", "app": "kontakt", "number": 7}
        did = Sentence("asked you to review")
        sentence = Sentence("%(person)s %(did)s", {"person": "Ola Haugen", "did": did})
        news = News("asked", "ttd", "kontakt", title, "pull_requests.show", place, sentence)
        tell(studio_db.session(), [person(name).id for name in user_names], news, clock.now())
        studio_db.session.commit()


def office(app: Flask) -> PostOffice:
    with app.app_context():
        return post_office()


def work(app: Flask) -> int:
    """Do what is due; returns how many e-mails were taken up."""
    count = 0
    while (do := office(app).claim("somebody")) is not None:
        do()
        count += 1
    assert office(app).is_empty()
    return count


def rows(app: Flask) -> list[Mail]:
    with app.app_context():
        return list(studio_db.session.scalars(select(Mail).order_by(Mail.notice_id)))


def make_due(app: Flask) -> None:
    with app.app_context():
        studio_db.session.execute(update(Mail).values(next_at=clock.now()))
        studio_db.session.commit()


def test_an_email_is_plain_text_in_the_receivers_language_with_the_address_of_the_page(
    studio: Flask, server: Served
) -> None:
    say(studio, "kari", "dina")  # Dina wants hers in Studio alone
    assert work(studio) == 1
    (message,) = server.has.taken
    assert message["To"] == "Kari Lunde <kari@example.org>"
    assert message["From"] == "Studio <studio@example.org>"
    assert message["Subject"] == "Kortere melding #7 – ttd/kontakt"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    text = message.get_content().replace("\r\n", "\n")
    assert text.startswith("Ola Haugen bad deg om å sjå gjennom\n")
    assert f"\n{ORIGIN}/ttd/kontakt/pull-requests/7\n" in text
    assert f"\n{ORIGIN}/account\n" in text
    assert server.has.envelopes[0].rcpt_tos == ["kari@example.org"]
    assert rows(studio) == []


@pytest.mark.parametrize(
    "title",
    [
        "x\r\nBcc: eve@evil.example",
        "x\nSubject: y\n\nbody",
        "\u2028\u0085x\x00\x1b[2J",
        "å" * 199,
        "=?utf-8?q?a=0ABcc:_eve@evil.example=0A?=",
        "==?utf-8?q?a=0D=0ABcc:_eve@evil.example?=",
    ],
)
def test_no_title_or_name_becomes_a_header(studio: Flask, server: Served, title: str) -> None:
    with studio.app_context():
        person("kari").name = f"Kari\r\nBcc: eve@evil.example {title}"
        studio_db.session.commit()
    say(studio, "kari", title=title)
    work(studio)
    (message,) = server.has.taken
    assert message["Bcc"] is None
    assert len(message.get_all("Subject")) == 1
    assert server.has.envelopes[0].rcpt_tos == ["kari@example.org"]


@pytest.mark.parametrize(
    "address",
    [
        "a,b@example.org",
        "a@b.no\r\nBcc: x@b.no",
        "no",
        "",
        "<a@b.no>",
        "=?utf-8?q?a=0ABcc:_eve?=@evil.example",
    ],
)
def test_an_address_that_is_none_is_given_up_with_a_reason(
    studio: Flask, server: Served, address: str
) -> None:
    with studio.app_context():
        person("kari").email = address
        studio_db.session.commit()
    say(studio, "kari")
    work(studio)
    (row,) = rows(studio)
    assert row.state == MailState.FAILED
    assert "no e-mail address" in row.reason
    assert server.has.tries == 0


def test_a_server_that_is_busy_is_tried_again_with_growing_waits_and_at_last_no_more(
    studio: Flask, server: Served
) -> None:
    server.has.answers[:] = ["451 4.3.0 Later"] * (len(WAITS) + 1)
    say(studio, "kari")
    waited = []
    for _ in WAITS:
        before = clock.now()
        assert work(studio) == 1
        (row,) = rows(studio)
        assert (row.state, row.reason, row.runner) == (MailState.WAITING, "451 4.3.0 Later", None)
        waited.append(row.next_at - before)
        make_due(studio)
    assert all(wait <= got < wait + timedelta(minutes=1) for wait, got in zip(WAITS, waited, strict=True))
    assert list(WAITS) == sorted(set(WAITS))
    work(studio)
    (row,) = rows(studio)
    assert row.state == MailState.FAILED
    make_due(studio)
    assert work(studio) == 0


def test_what_was_put_off_is_sent_later(studio: Flask, server: Served) -> None:
    server.has.answers[:] = ["451 4.3.0 Later"]
    say(studio, "kari", "runa")
    work(studio)
    assert [each["To"].addresses[0].username for each in server.has.taken] == ["runa"]
    make_due(studio)
    work(studio)
    assert len(server.has.taken) == 2
    assert rows(studio) == []


def test_a_refusal_is_not_tried_again(studio: Flask, server: Served) -> None:
    server.has.answers[:] = ["550 5.1.1 Nobody of that name"]
    say(studio, "kari")
    work(studio)
    (row,) = rows(studio)
    assert (row.state, row.reason, row.attempts) == (MailState.FAILED, "550 5.1.1 Nobody of that name", 1)


def test_one_email_is_taken_by_one_worker_and_taken_over_when_that_has_died(
    studio: Flask, server: Served
) -> None:
    say(studio, "kari")
    late = office(studio).claim("the one that dies")
    assert late is not None
    assert office(studio).claim("another") is None
    with studio.app_context():
        studio_db.session.execute(update(Mail).values(claimed_at=clock.now() - 2 * STALE_AFTER))
        studio_db.session.commit()
    assert work(studio) == 1
    late()  # wakes up after all: it has nothing to do any more
    assert server.has.tries == 1


def test_of_two_workers_that_see_the_same_email_one_gets_it(studio: Flask, server: Served) -> None:
    say(studio, "kari")
    faster: list[Callable[[], None] | None] = []

    def be_faster(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        """Just before the one writes its claim, another does."""
        if statement.startswith("UPDATE notice_mail") and not faster:
            faster.append(None)
            with ThreadPoolExecutor(1) as other:
                faster[0] = other.submit(office(studio).claim, "faster").result()

    with studio.app_context():
        engine = studio_db.engine
    event.listen(engine, "before_cursor_execute", be_faster)
    assert office(studio).claim("slower") is None
    event.remove(engine, "before_cursor_execute", be_faster)
    assert faster[0] is not None
    faster[0]()
    assert server.has.tries == 1


def test_what_was_read_or_is_not_wanted_any_more_is_not_sent(studio: Flask, server: Served) -> None:
    say(studio, "kari", "runa")
    with studio.app_context():
        for notice in studio_db.session.scalars(select(Notice)):
            if notice.person.user_name == "kari":
                mark_read(notice, NOW)
        choose(studio_db.session, person("runa"), Way.STUDIO)
        studio_db.session.commit()
    assert work(studio) == 2
    assert server.has.tries == 0
    assert rows(studio) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"STUDIO_SMTP_PASSWORD": "wrong"}, "535"),
        ({"STUDIO_SMTP_SECURITY": "none", "STUDIO_SMTP_USER": ""}, "530"),
        ({"STUDIO_SMTP_PORT": "1"}, "ConnectionRefusedError"),
        ({"STUDIO_SMTP_HOST": "127.0.0.1"}, "SSLCertVerificationError"),
    ],
)
def test_what_is_set_up_wrongly_is_put_off_and_never_told_in_the_clear(
    server: Served, studio: Flask, tmp_path: Path, change: dict[str, str], said: str
) -> None:
    app = make_studio(tmp_path / "other", server.port, **change)
    say(app, "kari")
    work(app)
    (row,) = rows(app)
    assert said in row.reason
    assert PASSWORD not in row.reason
    assert server.has.taken == []


def test_the_worker_sends_by_itself_after_the_commit(server: Served, tmp_path: Path) -> None:
    app = make_studio(tmp_path, server.port)
    say(app, "kari", "runa")
    for thread in list(office(app).worker._threads):
        thread.join(20)
    assert len(server.has.taken) == 2


def test_without_a_server_nothing_waits(tmp_path: Path) -> None:
    app = make_studio(tmp_path, 25, STUDIO_SMTP_HOST="")
    say(app, "kari")
    assert rows(app) == []
    assert not office(app).is_open


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"STUDIO_SMTP_FROM": ""}, "STUDIO_SMTP_FROM"),
        ({"STUDIO_SMTP_FROM": "a@b.no\nBcc: c@d.no"}, "STUDIO_SMTP_FROM"),
        ({"STUDIO_SMTP_SECURITY": "ssl"}, "STUDIO_SMTP_SECURITY"),
        ({"STUDIO_SMTP_SECURITY": "none", "STUDIO_SMTP_USER": "a"}, "STUDIO_SMTP_USER"),
        ({"STUDIO_SMTP_PORT": "0"}, "STUDIO_SMTP_PORT"),
    ],
)
def test_settings_that_cannot_work_are_named(tmp_path: Path, given: dict[str, str], named: str) -> None:
    settings = {
        "STUDIO_DATA": str(tmp_path),
        "STUDIO_SMTP_HOST": "mail.example.org",
        "STUDIO_SMTP_FROM": "a@b.no",
    }
    mail = read_settings(settings | {"STUDIO_SMTP_PASSWORD": PASSWORD}).mail
    assert mail is not None
    assert (mail.port, mail.security) == (587, "starttls")
    assert PASSWORD not in repr(mail)
    with pytest.raises(BadSetting, match=named):
        read_settings(settings | given)
