"""HTTP of a person's own settings."""

from typing import Final

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, refresh

from studio.accounts import current_person, signed_in
from studio.accounts.install import begin_session, limiter, passwords
from studio.accounts.service import set_password
from studio.database import studio_db
from studio.definition.errors import DomainError
from studio.definition.sentences import N_
from studio.notices import telling
from studio.notices.models import Way
from studio.notices.room import post_office
from studio.web import render, translate
from studio.web.language import LANGUAGES

THEMES: Final = {"auto": N_("As on this device"), "light": N_("Light"), "dark": N_("Dark")}
WAYS: Final = {
    Way.NONE: N_("Not at all"),
    Way.STUDIO: N_("In Studio"),
    Way.MAIL: N_("In Studio and by e-mail"),
}

bp = Blueprint("account", __name__, template_folder="templates")


@bp.get("/account")
@signed_in
def index() -> ResponseReturnValue:
    """My settings."""
    return _page()


def _page(errors: dict[str, str] | None = None) -> ResponseReturnValue:
    person = current_person()
    page = render(
        "account/page.html",
        person=person,
        themes=THEMES,
        ways={way: words for way, words in WAYS.items() if way != Way.MAIL or post_office().is_open},
        way=telling.way_of(studio_db.session, person),
        has_mail=post_office().is_open,
        errors=errors or {},
    )
    return page, 422 if errors else 200


@bp.post("/account")
@signed_in
def save() -> ResponseReturnValue:
    """Choose language, colours and how to be told."""
    person = current_person()
    if request.form.get("language") in LANGUAGES:
        person.language = request.form["language"]
    if request.form.get("theme") in THEMES:
        person.theme = request.form["theme"]
    if request.form.get("notices") in WAYS:
        telling.choose(studio_db.session, person, Way(request.form["notices"]))
    studio_db.session.commit()
    refresh()  # the message is already in the new language
    flash(gettext("Your settings were saved."), "success")
    return redirect(url_for("account.index"))


@bp.post("/account/password")
@signed_in
@limiter.limit("10 per minute")
def change_password() -> ResponseReturnValue:
    """Change one's own password, by showing that one knows the present one."""
    person = current_person()
    if not passwords().matches(person.password_hash, request.form.get("present", "")):
        return _page({"present": gettext("This is not your present password.")})
    try:
        set_password(person, passwords(), request.form.get("password", ""))
    except DomainError as error:
        return _page({"password": translate(error.sentence)})
    studio_db.session.commit()
    begin_session(person)  # every other session ends
    flash(gettext("Your password was changed. You were signed out everywhere else."), "success")
    return redirect(url_for("account.index"))
