"""Signing in: wrong passwords, waiting, sessions and where one comes back to."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from studio import demo
from studio.accounts.install import passwords
from studio.accounts.passwords import Passwords
from studio.accounts.service import person_named, set_password
from studio.accounts.signing_in import (
    FREE_ATTEMPTS,
    SignInRefused,
    TooManyAttempts,
    authenticate,
    wait_after,
)
from studio.database import studio_db

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

ClientOf = Callable[..., FlaskClient]


def test_the_right_password_gives_the_person_whatever_the_case_of_the_name(session: Session) -> None:
    assert authenticate(session, passwords(), " KARI ", demo.PASSWORD, NOON).name == "Kari Lunde"


@pytest.mark.parametrize("user_name", ["kari", "nobody", ""])
def test_a_wrong_password_and_an_unknown_name_say_the_same(session: Session, user_name: str) -> None:
    with pytest.raises(SignInRefused) as refused:
        authenticate(session, passwords(), user_name, "wrong", NOON)

    assert str(refused.value) == "The user name or the password is wrong."


def test_after_some_wrong_passwords_even_the_right_one_must_wait(session: Session) -> None:
    for _ in range(FREE_ATTEMPTS):
        with pytest.raises(SignInRefused):
            authenticate(session, passwords(), "kari", "wrong", NOON)
        session.commit()

    with pytest.raises(TooManyAttempts):
        authenticate(session, passwords(), "kari", demo.PASSWORD, NOON + timedelta(seconds=1))
    person = authenticate(session, passwords(), "kari", demo.PASSWORD, NOON + timedelta(seconds=3))

    assert person.failed_attempts == 0


def test_the_wait_doubles_and_ends_at_a_quarter_of_an_hour() -> None:
    waits = [wait_after(failures).total_seconds() for failures in range(4, 20)]

    assert waits[:4] == [0, 2, 4, 8]
    assert max(waits) == 900
    assert waits == sorted(waits)


def test_a_page_comes_back_to_where_the_person_was_going(app: Flask, client_of: ClientOf) -> None:
    client = client_of(None)

    answer = client.get("/account?a=b")

    assert answer.location == "/sign-in?next=/account?a%3Db"
    answer = client.post(
        "/sign-in", data={"user_name": "kari", "password": demo.PASSWORD, "next": "/account?a=b"}
    )
    assert answer.location == "/account?a=b"


@pytest.mark.parametrize(
    "address", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "x"]
)
def test_nobody_is_sent_to_another_site(client_of: ClientOf, address: str) -> None:
    answer = client_of(None).post(
        "/sign-in", data={"user_name": "kari", "password": demo.PASSWORD, "next": address}
    )

    assert answer.location == "/"


def test_what_a_session_held_before_signing_in_is_gone_after(app: Flask, client_of: ClientOf) -> None:
    client = client_of(None)
    with client.session_transaction() as before:
        before["planted"] = "by somebody else"

    client.post("/sign-in", data={"user_name": "kari", "password": demo.PASSWORD})

    with client.session_transaction() as after:
        assert "planted" not in after
        assert "_user_id" in after


def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(client_of: ClientOf) -> None:
    answer = client_of(None).post("/sign-in", data={"user_name": "kari", "password": demo.PASSWORD})

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("studio_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_new_password_ends_all_sessions(app: Flask, client_of: ClientOf) -> None:
    client = client_of("kari")
    assert client.get("/account").status_code == 200

    with app.test_request_context():
        person = person_named(studio_db.session, "kari")
        assert person is not None
        set_password(person, passwords(), "another password")
        studio_db.session.commit()

    assert client.get("/account").status_code == 302


def test_signing_out_ends_the_session(client_of: ClientOf) -> None:
    client = client_of("kari")

    client.post("/sign-out")

    assert client.get("/account").status_code == 302


def test_without_its_token_no_form_is_taken(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True

    answer = app.test_client().post("/sign-in", data={"user_name": "kari", "password": demo.PASSWORD})

    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers or "_user_id" not in answer.headers["Set-Cookie"]


def test_htmx_is_sent_to_sign_in_by_a_header(client_of: ClientOf) -> None:
    answer = client_of(None).post("/account", headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in"


def test_too_many_attempts_from_one_place_are_stopped(client_of: ClientOf) -> None:
    client = client_of(None)

    answers = [
        client.post("/sign-in", data={"user_name": f"name{number}", "password": "x"}) for number in range(31)
    ]

    assert answers[29].status_code == 422
    assert answers[30].status_code == 429


def test_a_very_long_password_is_wrong_without_being_hashed() -> None:
    assert not Passwords().matches(None, "x" * 1_000_000)
