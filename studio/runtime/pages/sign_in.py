"""Signing in by picking a test person. Only environments that are set up for it have this page."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from studio.runtime.context import register
from studio.runtime.pages.limits import SIGN_IN, limiter
from studio.runtime.pages.room import LANGUAGE, USER, current_person, environment
from studio.runtime.served import served_apps
from studio.services.parties import parties_of
from studio.web import open_to_all, render
from studio.web.language import LANGUAGES

bp = Blueprint("sign_in", __name__)


def safe_next(address: str) -> str:
    """An address on this host to go on to; the front page for any other."""
    parts = urlsplit(address)
    inside = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc
    return address if inside and "\n" not in address and "\r" not in address else "/"


@bp.get("/")
@open_to_all
def front() -> ResponseReturnValue:
    """The services of this environment."""
    return render("runtime/front.html", apps=served_apps(), environment=environment())


@bp.get("/sign-in")
@open_to_all
def choose() -> ResponseReturnValue:
    """Pick who to be."""
    if not environment().picks_people:
        abort(404)
    people = [(person, list(parties_of(person, register()))) for person in register().people()]
    return render("runtime/sign_in.html", people=people, next=safe_next(request.args.get("next", "/")))


@bp.post("/sign-in")
@open_to_all
@limiter.limit(SIGN_IN)
def enter() -> ResponseReturnValue:
    """Be that person from now on, in a new session."""
    if not environment().picks_people:
        abort(404)
    text = request.form.get("person", "")
    person = register().person(int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else None
    if person is None:
        return redirect(url_for("sign_in.choose", next=safe_next(request.form.get("next", "/"))), 303)
    language = session.get(LANGUAGE)
    session.clear()  # what was in the session before belongs to nobody or to somebody else
    session[USER] = person.user_id
    if language:
        session[LANGUAGE] = language
    return redirect(safe_next(request.form.get("next", "/")), 303)


@bp.post("/sign-out")
@open_to_all
def leave() -> ResponseReturnValue:
    """Be nobody again."""
    session.clear()
    return redirect("/", 303)


@bp.get("/language/<language>")
@open_to_all
def language(language: str) -> Response:
    """Speak another language from now on. It changes nothing but the look, so a link will do."""
    if not language.isalpha() or len(language) > 3:
        abort(404)
    session[LANGUAGE] = language
    return redirect(safe_next(request.args.get("next", "/")), 303)  # type: ignore[return-value]  # Flask's redirect gives the Response of Werkzeug


def template_values() -> dict[str, object]:
    """What every page of the runtime knows."""
    app = g.get("served")
    return {
        "person": current_person(),
        "LANGUAGES": LANGUAGES,
        "environment_name": environment().name,
        "in_preview": app is not None and app.preview is not None,
        "tried": app if app is not None and app.reviewed else None,
    }
