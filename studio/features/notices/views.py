"""HTTP of a person's notices."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import current_person, signed_in
from studio.database import clock, studio_db
from studio.notices import letters, telling
from studio.web import render

bp = Blueprint("notices", __name__, template_folder="templates")


@bp.get("/account/notices")
@signed_in
def index() -> ResponseReturnValue:
    """My notices, the newest first."""
    session, person = studio_db.session, current_person()
    page = telling.page_of(session, person, request.args.get("page", 1, type=int))
    return render(
        "notices/page.html",
        page=page,
        unread=telling.unread(session, person),
        newest=max((each.id for each in page.notices), default=0),
        way=telling.way_of(session, person),
        now=clock.now(),
    )


@bp.get("/account/notices/<int:number>")
@signed_in
def follow(number: int) -> ResponseReturnValue:
    """Go where a notice leads: then it is read."""
    notice = telling.notice_of(studio_db.session, current_person(), number)
    telling.mark_read(notice, clock.now())
    studio_db.session.commit()
    return redirect(letters.page_of(notice) or url_for("notices.index"))


@bp.post("/account/notices/<int:number>/read")
@signed_in
def read(number: int) -> ResponseReturnValue:
    """Mark one as read, and stay on the page of the list."""
    telling.mark_read(telling.notice_of(studio_db.session, current_person(), number), clock.now())
    studio_db.session.commit()
    return redirect(url_for("notices.index", page=request.form.get("page", 1, type=int)))


@bp.post("/account/notices/read")
@signed_in
def read_all() -> ResponseReturnValue:
    """Mark everything as read that was there when the list was shown."""
    until = request.form.get("until", 0, type=int)
    telling.mark_all_read(studio_db.session, current_person(), until, clock.now())
    studio_db.session.commit()
    flash(gettext("All notices are marked as read."), "success")
    return redirect(url_for("notices.index"))
