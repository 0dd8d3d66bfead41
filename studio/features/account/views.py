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
from studio.web import render, translate
from studio.web.language import LANGUAGES

THEMES: Final = {"auto": N_("As on this device"), "light": N_("Light"), "dark": N_("Dark")}

bp = Blueprint("account", __name__, template_folder="templates")


@bp.get("/account")
@signed_in
def index() -> ResponseReturnValue:
    """My settings."""
    return _page()


def _page(errors: dict[str, str] | None = None) -> ResponseReturnValue:
    page = render("account/page.html", person=current_person(), themes=THEMES, errors=errors or {})
    return page, 422 if errors else 200


@bp.post("/account")
@signed_in
def save() -> ResponseReturnValue:
    """Choose language and colours."""
    person = current_person()
    if request.form.get("language") in LANGUAGES:
        person.language = request.form["language"]
    if request.form.get("theme") in THEMES:
        person.theme = request.form["theme"]
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
