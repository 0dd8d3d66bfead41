"""HTTP of bringing what is new on the target into a pull request, with choices where both changed it."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, requires
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.app import app_definition
from studio.definition.errors import DomainError, NotThere
from studio.features.pull_requests.blueprint import bp
from studio.features.pull_requests.views import page
from studio.features.pull_requests.workplace import Workplace, at, title_of
from studio.reviews.changing import catch_up
from studio.showing_changes.conflicts import choices, shown
from studio.web import render, translate

_ONE = "/<org>/<app>/pull-requests/<int:number>"


@bp.get(f"{_ONE}/conflicts")
@requires(Right.SHARE)
def conflicts(org: str, app: str, number: int) -> ResponseReturnValue:
    """Both values of every place that was changed here and on the target."""
    work = at(org, app, number)
    return _page(work) if work.pull_request.is_open else redirect(_address(work))


@bp.post(f"{_ONE}/conflicts")
@requires(Right.SHARE)
def settle(org: str, app: str, number: int) -> ResponseReturnValue:
    """Bring in what is new on the target, with these choices."""
    work, session = at(org, app, number), studio_db.session
    one = work.pull_request
    try:
        # What is chosen between here is "ours" of the target, whose changes are brought in.
        there = work.repository.mergeable(one.target, one.source).conflicts if one.is_open else ()
        left = catch_up(session, work.repository, one, work.person, choices(request.form, there), now())
    except NotThere:
        raise
    except DomainError as problem:
        session.rollback()
        return page(at(org, app, number), problem=translate(problem.sentence)), 422
    if left:
        flash(gettext("Some places still need a choice."), "warning")
        return redirect(url_for(".conflicts", org=org, app=app, number=number))
    flash(gettext("The branch has what is new on “%(branch)s”.", branch=one.target), "success")
    return redirect(_address(work))


def _page(work: Workplace) -> ResponseReturnValue:
    one = work.pull_request
    found = work.repository.mergeable(one.target, one.source).conflicts
    if not found:
        return redirect(_address(work))
    definition = app_definition(work.after)
    return render(
        "pull_requests/conflicts.html",
        org=one.org,
        app=one.app,
        app_title=title_of(work.repository),
        pull_request=one,
        conflicts=[shown(definition, conflict) for conflict in found],
        now=now(),
    )


def _address(work: Workplace) -> str:
    one = work.pull_request
    return url_for(".show", org=one.org, app=one.app, number=one.number)
