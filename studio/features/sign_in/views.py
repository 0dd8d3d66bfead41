"""HTTP of signing in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from studio.accounts import current_person, open_to_all, signed_in
from studio.accounts.install import begin_session, end_session, limiter, passwords
from studio.accounts.signing_in import SignInRefused, TooManyAttempts, authenticate
from studio.database import studio_db
from studio.database.clock import now
from studio.web import render, translate
from studio.web.language import COOKIE, LANGUAGES

bp = Blueprint("sign_in", __name__, template_folder="templates")


@bp.get("/sign-in")
@open_to_all
def index() -> ResponseReturnValue:
    """The page to sign in on."""
    if current_user.is_authenticated:
        return redirect(_back())
    return render("sign_in/page.html", user_name="", error=None, back=request.args.get("next", ""))


@bp.post("/sign-in")
@open_to_all
@limiter.limit("30 per minute")
def sign_in() -> ResponseReturnValue:
    """Check the password and begin a session."""
    user_name, password = request.form.get("user_name", ""), request.form.get("password", "")
    try:
        person = authenticate(studio_db.session, passwords(), user_name, password, now())
    except SignInRefused as refused:
        studio_db.session.commit()
        page = render(
            "sign_in/page.html",
            user_name=user_name,
            error=translate(refused.sentence),
            back=request.form.get("next", ""),
        )
        return page, 429 if isinstance(refused, TooManyAttempts) else 422
    studio_db.session.commit()
    begin_session(person)
    return redirect(_back())


@bp.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """End the session."""
    end_session()
    return redirect(url_for("sign_in.index"))


@bp.post("/language")
@open_to_all
def language() -> ResponseReturnValue:
    """Choose the language of the interface: in a cookie, and with the person who is signed in."""
    response = redirect(_back())
    chosen = request.form.get("language")
    if chosen not in LANGUAGES:
        return response
    response.set_cookie(
        COOKIE, chosen, max_age=365 * 24 * 3600, httponly=True, samesite="Lax", secure=request.is_secure
    )
    if current_user.is_authenticated:
        current_person().language = chosen
        studio_db.session.commit()
    return response


def _back() -> str:
    """Where the person came from, if that is a place of ours."""
    wanted = request.values.get("next", "")
    parts = urlsplit(wanted)
    # "//host", "/\\host" and "https:host" would all leave Studio.
    if (
        wanted.startswith("/")
        and not wanted.startswith(("//", "/\\"))
        and not parts.scheme
        and not parts.netloc
    ):
        return wanted
    return "/"
