"""HTTP of what is done with a pull request: reviewing, merging, closing, other words, its branch."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, requires
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.errors import DomainError
from studio.features.pull_requests.blueprint import bp
from studio.features.pull_requests.views import page
from studio.features.pull_requests.workplace import Workplace, at
from studio.history.errors import Busy, Moved
from studio.reviews import applying, changing, merging, reviewing, threads
from studio.reviews.merging import Wish
from studio.reviews.models import Verdict
from studio.reviews.people import reviewers_of
from studio.reviews.problems import NotAllowed, NotNow
from studio.web import translate

_ONE = "/<org>/<app>/pull-requests/<int:number>"


@bp.post(f"{_ONE}/review")
@requires(Right.VIEW)
def review(org: str, app: str, number: int) -> ResponseReturnValue:
    """Approve, ask for changes, or only comment: that is a thread about the whole."""
    work, form, session = at(org, app, number), request.form, studio_db.session
    wanted, text = form.get("verdict", ""), form.get("text", "")

    def do() -> None:
        if wanted in list(Verdict):
            said = reviewing.Said(Verdict(wanted), text, form.get("seen", ""))
            reviewing.review(session, work.repository, work.pull_request, work.person, said, now())
        else:
            comment = threads.Said(text)
            threads.start(session, work.repository, work.pull_request, work.person, comment, now())

    return _done(work, do, gettext("Your review is there for everybody to see."), text=text)


@bp.post(f"{_ONE}/suggestions")
@requires(Right.SHARE)
def use(org: str, app: str, number: int) -> ResponseReturnValue:
    """Put suggestions on the branch: those of the comments in `comment`."""
    work = at(org, app, number)
    chosen = request.form.getlist("comment", type=int)
    said = gettext("The suggestion is on the branch now.")
    if len(chosen) > 1:
        said = gettext("The suggestions are on the branch now.")
    return _done(
        work,
        lambda: applying.apply(
            studio_db.session, work.repository, work.pull_request, work.person, chosen, now()
        ),
        said,
    )


@bp.post(f"{_ONE}/merge")
@requires(Right.SHARE)
def merge(org: str, app: str, number: int) -> ResponseReturnValue:
    """Merge it where the rules of the branch allow that."""
    work, form = at(org, app, number), request.form
    wish = Wish(
        seen=form.get("seen", ""),
        message=form.get("message", ""),
        squash=form.get("how") != "merge",
        pass_rules="pass_rules" in form,
    )
    try:
        conflicts = merging.merge(
            studio_db.session, work.repository, work.pull_request, work.person, wish, now()
        )
    except (NotNow, NotAllowed, Moved, Busy) as problem:
        return _refused(work, problem)
    if conflicts:
        return redirect(url_for(".conflicts", org=org, app=app, number=number))
    flash(gettext("Merged. “%(branch)s” has the changes now.", branch=work.pull_request.target), "success")
    return redirect(url_for(".show", org=org, app=app, number=number))


@bp.post(f"{_ONE}/close")
@requires(Right.SHARE)
def close(org: str, app: str, number: int) -> ResponseReturnValue:
    """Give it up."""
    work = at(org, app, number)
    return _done(
        work,
        lambda: changing.close(studio_db.session, work.pull_request, work.person, now()),
        gettext("The pull request is closed."),
    )


@bp.post(f"{_ONE}/reopen")
@requires(Right.SHARE)
def reopen(org: str, app: str, number: int) -> ResponseReturnValue:
    """Open a closed one again."""
    work = at(org, app, number)
    return _done(
        work,
        lambda: changing.reopen(studio_db.session, work.repository, work.pull_request, work.person, now()),
        gettext("The pull request is open again."),
    )


@bp.post(f"{_ONE}/words")
@requires(Right.SHARE)
def words(org: str, app: str, number: int) -> ResponseReturnValue:
    """Give it another title, description and labels."""
    work, form = at(org, app, number), request.form

    def do() -> None:
        changing.describe(
            studio_db.session,
            work.pull_request,
            work.person,
            title=form.get("title", ""),
            description=form.get("description", ""),
            labels=form.get("labels", "").split(","),
            now=now(),
        )

    return _done(work, do, gettext("Saved"))


@bp.post(f"{_ONE}/reviewers")
@requires(Right.SHARE)
def ask(org: str, app: str, number: int) -> ResponseReturnValue:
    """Ask people to review."""
    work, asked = at(org, app, number), set(request.form.getlist("reviewer"))
    people = [each for each in reviewers_of(studio_db.session, org) if each.user_name in asked]
    return _done(
        work,
        lambda: changing.ask(studio_db.session, work.pull_request, work.person, people, now()),
        gettext("Saved"),
    )


@bp.post(f"{_ONE}/branch")
@requires(Right.SHARE)
def branch(org: str, app: str, number: int) -> ResponseReturnValue:
    """Delete the branch that it came from, or bring it back."""
    work, back = at(org, app, number), request.form.get("do") == "restore"
    action = changing.restore_branch if back else changing.delete_branch
    said = gettext("The branch is back.") if back else gettext("The branch is deleted.")
    return _done(
        work,
        lambda: action(studio_db.session, work.repository, work.pull_request, work.person, now()),
        said,
    )


def _done(work: Workplace, do: Callable[[], object], said: str, text: str = "") -> ResponseReturnValue:
    """Do it and come back to the page; or the page with what is wrong, and what was written."""
    try:
        do()
    except DomainError as problem:
        return _refused(work, problem, text)
    flash(said, "success")
    one = work.pull_request
    return redirect(url_for(".show", org=one.org, app=one.app, number=one.number))


def _refused(work: Workplace, problem: DomainError, text: str = "") -> ResponseReturnValue:
    studio_db.session.rollback()
    one = work.pull_request
    return page(at(one.org, one.app, one.number), problem=translate(problem.sentence), text=text), 422
