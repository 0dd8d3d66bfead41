"""The pages of access tokens and of bots, and what tokens are worth."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from studio.accounts.bots import add_bot, bots_of
from studio.accounts.install import limiter, passwords
from studio.accounts.rights import Grant, Right, Role
from studio.accounts.service import may, organisation_named, person_named, set_password, set_roles
from studio.accounts.signing_in import SignInRefused, authenticate
from studio.accounts.tokens import (
    MOST_TOKENS,
    AccessToken,
    Scope,
    TokenRefused,
    authenticate_token,
    make_token,
    tokens_of,
)
from studio.database import studio_db
from studio.definition.errors import DomainError
from tests.features.conftest import NOW, Browser

BrowserOf = Callable[[str], Browser]


@pytest.fixture(autouse=True)
def _no_limits(studio: Flask) -> None:
    with studio.app_context():
        limiter.reset()


def _secrets_in(page: str) -> list[str]:
    return re.findall(r"studio_[\w-]{43}", page)


# ── a person's own ──


def test_a_token_is_shown_once_and_kept_as_a_hash(studio: Flask, kari: Browser) -> None:
    kari.get("/account/tokens")
    made = kari.post("/account/tokens", name="Git on my laptop", scope="write", days="30")
    (secret,) = set(_secrets_in(made.text))
    again = kari.get("/account/tokens").text

    assert "It is not shown again." in made.text
    assert made.headers["Cache-Control"] == "no-store"
    assert secret not in again
    assert secret[:11] in again
    assert "Git on my laptop" in again
    with studio.app_context():
        token = authenticate_token(studio_db.session, secret, NOW)
        assert secret not in str(vars(token))
        assert token.person.user_name == "kari"
        assert token.allows(Scope.READ)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "  ", "scope": "read", "days": "30"}, "Write what the token is for"),
        ({"name": "x" * 101, "scope": "read", "days": "30"}, "at most 100 characters"),
        ({"name": "x", "scope": "read", "days": "100000"}, "Choose how long"),
        ({"name": "x", "days": "²"}, "Choose how long"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_made(kari: Browser, fields: dict[str, str], words: str) -> None:
    kari.get("/account/tokens")
    answer = kari.post("/account/tokens", **fields)

    assert answer.status_code == 422
    assert words in answer.text
    assert "There are no tokens." in kari.get("/account/tokens").text


def test_what_is_not_asked_for_is_reading_alone(kari: Browser) -> None:
    kari.get("/account/tokens")

    assert "read and write" not in kari.post("/account/tokens", name="x", days="7", scope="all").text


def test_a_revoked_token_is_refused_and_nobody_revokes_that_of_another(
    studio: Flask, kari: Browser, browser_of: BrowserOf
) -> None:
    kari.get("/account/tokens")
    page = kari.post("/account/tokens", name="x", scope="read", days="7").text
    (secret,) = set(_secrets_in(page))
    address = re.search(r"/account/tokens/\d+/revoke", page)
    assert address is not None
    dina = browser_of("dina")
    dina.get("/account/tokens")

    assert dina.post(address[0]).status_code == 404
    assert "was revoked" in kari.post(address[0]).text
    assert kari.post(address[0]).status_code == 404
    with studio.app_context(), pytest.raises(TokenRefused, match="revoked"):
        authenticate_token(studio_db.session, secret, NOW)


def test_a_token_expires_and_says_so(studio: Flask) -> None:
    with studio.app_context():
        person = person_named(studio_db.session, "kari")
        assert person is not None
        token, secret = make_token(studio_db.session, person, name="x", scope=Scope.READ, days=7, now=NOW)

        assert authenticate_token(studio_db.session, secret, NOW + timedelta(days=7, seconds=-1)) is token
        with pytest.raises(TokenRefused, match="expired on 2026-12-01"):
            authenticate_token(studio_db.session, secret, NOW + timedelta(days=7))


def test_uses_are_noted_now_and_then(studio: Flask) -> None:
    with studio.app_context():
        person = person_named(studio_db.session, "kari")
        assert person is not None
        token, secret = make_token(studio_db.session, person, name="x", scope=Scope.READ, days=7, now=NOW)
        noted = []
        for minutes in (1, 2, 5, 7):
            authenticate_token(studio_db.session, secret, NOW + timedelta(minutes=minutes))
            noted.append(token.last_used_at)

        assert noted == [NOW + timedelta(minutes=each) for each in (1, 1, 1, 7)]


def test_there_is_an_end_to_how_many_tokens_one_has(studio: Flask) -> None:
    with studio.app_context():
        person = person_named(studio_db.session, "kari")
        assert person is not None
        for number in range(MOST_TOKENS):
            make_token(studio_db.session, person, name=f"{number}", scope=Scope.READ, days=7, now=NOW)

        with pytest.raises(DomainError, match="Revoke one first"):
            make_token(studio_db.session, person, name="one more", scope=Scope.READ, days=7, now=NOW)


# ── bots ──


def test_an_owner_makes_a_bot_gives_it_a_token_and_takes_it_away(studio: Flask, ola: Browser) -> None:
    ola.get("/organisations/ttd/bots")
    made = ola.post("/organisations/ttd/bots", name="build-server", role="developer")
    assert "ttd.build-server" in made.text
    page = ola.post("/organisations/ttd/bots/ttd.build-server/tokens", name="CI", scope="write", days="365")
    (secret,) = set(_secrets_in(page.text))

    with studio.app_context():
        bot = authenticate_token(studio_db.session, secret, NOW).person
        assert bot.is_bot
        assert may(bot, Right.SHARE, "ttd")
        assert not may(bot, Right.VIEW, "demo")
        assert not may(bot, Right.MANAGE_ORGANISATION, "ttd")
    assert "Bot</span>" in ola.get("/organisations/ttd/members").text

    assert "was deleted" in ola.post("/organisations/ttd/bots/ttd.build-server/delete").text
    with studio.app_context():
        assert studio_db.session.query(AccessToken).count() == 0
        with pytest.raises(TokenRefused):
            authenticate_token(studio_db.session, secret, NOW)


def test_a_bot_never_signs_in_to_studio_and_is_never_an_owner(studio: Flask) -> None:
    with studio.app_context():
        ttd = organisation_named(studio_db.session, "ttd")
        bot = add_bot(studio_db.session, ttd, name="ci", role=Role.REVIEWER, now=NOW)
        for password in ("!", "", "nobody has this password"):
            with pytest.raises(SignInRefused):
                authenticate(studio_db.session, passwords(), "ttd.ci", password, NOW)
        with pytest.raises(DomainError, match="no password"):
            set_password(bot, passwords(), "long enough to be one")
        with pytest.raises(DomainError, match="nothing else"):
            set_roles(studio_db.session, bot, ttd, frozenset({Grant("ttd", Role.OWNER)}))
        for bad in ({"name": "Ci!"}, {"name": "ci"}, {"name": "x" * 40}, {"role": Role.OWNER}):
            with pytest.raises(DomainError):
                add_bot(studio_db.session, ttd, **{"name": "new", "role": Role.REVIEWER, "now": NOW} | bad)
        assert [each.user_name for each in bots_of(studio_db.session, ttd)] == ["ttd.ci"]


def test_bots_are_their_organisations_own(studio: Flask, ola: Browser) -> None:
    ola.get("/organisations/ttd/bots")
    ola.post("/organisations/ttd/bots", name="ci", role="reviewer")

    assert ola.get("/organisations/demo/bots/ttd.ci").status_code == 404
    assert ola.get("/organisations/ttd/bots/kari").status_code == 404
    assert ola.post("/organisations/ttd/bots", name="Æ", role="reviewer").status_code == 422
    with studio.app_context():
        bot = person_named(studio_db.session, "ttd.ci")
        assert bot is not None
        assert tokens_of(studio_db.session, bot) == []
