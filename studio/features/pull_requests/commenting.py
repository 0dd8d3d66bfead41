"""HTTP of comments: writing about something, answering, resolving, and changing one's own words."""

from collections.abc import Callable

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, requires
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.errors import DomainError
from studio.features.pull_requests.blueprint import bp
from studio.features.pull_requests.workplace import Workplace, at, title_of
from studio.reviews import threads
from studio.reviews.models import Comment, Thread
from studio.reviews.problems import NotAllowed
from studio.reviews.subjects import MOST_LINES, Subject, named, quote
from studio.reviews.suggestions import offers
from studio.web import render, translate

_COMMENTS = "/<org>/<app>/pull-requests/<int:number>/comments"
_THREAD = f"{_COMMENTS}/<int:thread>"
_COMMENT = f"{_THREAD}/<int:comment>"
_TABS = ("show", "pages", "code")


@bp.get(f"{_COMMENTS}/new")
@requires(Right.VIEW)
def write(org: str, app: str, number: int) -> ResponseReturnValue:
    """The form to comment on what the address names: `kind` and the members of a Subject."""
    work = at(org, app, number)
    _demand(work)
    subject = Subject.from_dict(request.args)
    threads.pinned(subject, work.before, work.after)  # or it is not there
    return _new(work, subject)


@bp.post(f"{_COMMENTS}/new")
@requires(Right.VIEW)
def comment(org: str, app: str, number: int) -> ResponseReturnValue:
    """Begin a thread."""
    work, form = at(org, app, number), request.form
    subject, text = Subject.from_dict(form), form.get("text", "")
    try:
        said = threads.Said(text, subject, form.get("seen", ""), form)
        made = threads.start(studio_db.session, work.repository, work.pull_request, work.person, said, now())
    except NotAllowed:
        raise
    except DomainError as problem:
        studio_db.session.rollback()
        return _new(at(org, app, number), subject, text, translate(problem.sentence)), 422
    return redirect(_back(work, made))


@bp.post(f"{_THREAD}/reply")
@requires(Right.VIEW)
def reply(org: str, app: str, number: int, thread: int) -> ResponseReturnValue:
    """Answer in a thread."""
    work, text = at(org, app, number), request.form.get("text", "")
    found = threads.find(studio_db.session, work.pull_request, thread)

    def do() -> None:
        threads.reply(studio_db.session, work.pull_request, found, work.person, text, now())

    return _words(work, found, do, gettext("Answer"), text)


@bp.post(f"{_THREAD}/state")
@requires(Right.VIEW)
def resolve(org: str, app: str, number: int, thread: int) -> ResponseReturnValue:
    """Resolve a thread (`do` is "resolve"), or open it again."""
    work, session = at(org, app, number), studio_db.session
    found = threads.find(session, work.pull_request, thread)
    resolved = request.form.get("do") == "resolve"
    threads.settle(session, work.pull_request, found, work.person, now(), resolved=resolved)
    return redirect(_back(work, found))


@bp.post(f"{_COMMENT}/words")
@requires(Right.VIEW)
def rephrase(org: str, app: str, number: int, thread: int, comment: int) -> ResponseReturnValue:
    """Give one's own comment other words."""
    work, text = at(org, app, number), request.form.get("text", "")
    found, said = _comment(work, thread, comment)

    def do() -> None:
        threads.edit(studio_db.session, work.pull_request, said, work.person, text, now())

    return _words(work, found, do, gettext("Your comment"), text)


@bp.post(f"{_COMMENT}/remove")
@requires(Right.VIEW)
def take_back(org: str, app: str, number: int, thread: int, comment: int) -> ResponseReturnValue:
    """Remove one's own comment."""
    work = at(org, app, number)
    found, said = _comment(work, thread, comment)
    threads.remove(studio_db.session, work.pull_request, said, work.person, now())
    return redirect(_back(work, found))


def _demand(work: Workplace) -> None:
    threads.demand_may_comment(work.person, work.pull_request)


def _comment(work: Workplace, thread: int, comment: int) -> tuple[Thread, Comment]:
    found = threads.find(studio_db.session, work.pull_request, thread)
    return found, threads.comment_in(found, comment)


def _words(
    work: Workplace, thread: Thread, do: Callable[[], None], label: str, text: str
) -> ResponseReturnValue:
    """Do it and come back; or the form with what is wrong, and with what was written."""
    try:
        do()
    except NotAllowed:
        raise
    except DomainError as problem:
        studio_db.session.rollback()
        one = work.pull_request
        work = at(one.org, one.app, one.number)
        subject = threads.find(studio_db.session, work.pull_request, thread.id).subject
        return _form(work, subject, label, text, translate(problem.sentence), request.path), 422
    return redirect(_back(work, thread))


def _new(work: Workplace, subject: Subject, text: str = "", problem: str = "") -> str:
    one = work.pull_request
    action = url_for(".comment", org=one.org, app=one.app, number=one.number)
    return _form(work, subject, gettext("Your comment"), text, problem, action, is_new=True)


def _form(
    work: Workplace,
    subject: Subject,
    label: str,
    text: str,
    problem: str,
    action: str,
    *,
    is_new: bool = False,
) -> str:
    one, before, after = work.pull_request, work.before, work.after
    try:
        mark = threads.pinned(subject, before, after)[1]
    except DomainError:  # gone while somebody wrote: what was written stays on the page
        mark = ""
    return render(
        "pull_requests/comment.html",
        org=one.org,
        app=one.app,
        app_title=title_of(work.repository),
        pull_request=one,
        subject=subject.to_dict(),
        where=named(subject, before, after),
        quote=quote(subject, after) or quote(subject, before),
        offers=offers(subject, after) if is_new else (),
        given=request.form,
        MOST_LINES=MOST_LINES,
        seen=mark,
        label=label,
        text=text,
        problem=problem,
        action=action,
        back=_tab(),
        now=now(),
    )


def _tab() -> str:
    asked = request.values.get("back", "")
    return asked if asked in _TABS else "show"


def _back(work: Workplace, thread: Thread) -> str:
    """The tab that one came from, at the thread."""
    one = work.pull_request
    return url_for(f".{_tab()}", org=one.org, app=one.app, number=one.number, _anchor=f"thread-{thread.id}")
