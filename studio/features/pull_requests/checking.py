"""HTTP of checks: how each went, live while they run, with what was found and the pictures of pages."""

import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from flask import Response, abort, current_app, flash, redirect, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, may, requires
from studio.database import ROW_NUMBERS, studio_db
from studio.database.clock import now
from studio.definition.findings import Finding
from studio.definition.sentences import N_, Sentence
from studio.features.pull_requests.blueprint import bp
from studio.features.pull_requests.views import page
from studio.features.pull_requests.workplace import Workplace, at, title_of
from studio.history.branch_rules import rule_for
from studio.reviews.check_models import CheckPicture, CheckRun
from studio.reviews.check_runs import Commits, last_run, needed, run_again, runs_of
from studio.reviews.checks import CHECKS
from studio.reviews.merging import required_checks
from studio.reviews.models import PullRequest
from studio.reviews.problems import NotAllowed
from studio.reviews.room import checking
from studio.web import render
from studio.web.branch_address import on_branch

_CHECKS: Final = "/<org>/<app>/pull-requests/<int:number>/checks"
_SIDES: Final = ("before", "after", "difference")
_LOOK_EVERY: Final = 0.5  # seconds between two looks at the database
_KEEP_ALIVE_EVERY: Final = 10.0
_LONGEST: Final = 600.0


@bp.get(f"{_CHECKS}/<name>")
@requires(Right.VIEW)
def check(org: str, app: str, number: int, name: str) -> ResponseReturnValue:
    """How one check went."""
    if name not in CHECKS:
        abort(404)
    work = at(org, app, number)
    one = work.pull_request
    run = last_run(studio_db.session, work.repository, one, name)
    return render(
        "pull_requests/check.html",
        org=org,
        app=app,
        app_title=title_of(work.repository),
        pull_request=one,
        check=CHECKS[name],
        run=run,
        is_required=name in _required(one),
        is_old=run.is_unfinished is False and (run.head, run.base) != needed(work.repository, one).get(name),
        may_run=_may_run(work),
        address=partial(_editor_address, work),
        now=now(),
    )


@bp.post(f"{_CHECKS}/<name>/again")
@requires(Right.VIEW)
def check_again(org: str, app: str, number: int, name: str) -> ResponseReturnValue:
    """Do a check once more."""
    work = at(org, app, number)
    if not _may_run(work):
        raise NotAllowed(Sentence(N_("Checks are run again by those who share or review.")))
    run_again(studio_db.session, last_run(studio_db.session, work.repository, work.pull_request, name), now())
    flash(gettext("The check is done once more."), "success")
    return redirect(url_for(".check", org=org, app=app, number=number, name=name))


@bp.get(f"{_CHECKS}/<name>/pictures/<int:picture>/<side>")
@requires(Right.VIEW)
def check_picture(org: str, app: str, number: int, name: str, picture: int, side: str) -> ResponseReturnValue:
    """A picture that a check took: before, after, or what is different."""
    one = at(org, app, number).pull_request
    found = studio_db.session.get(CheckPicture, picture) if picture in ROW_NUMBERS else None
    run = studio_db.session.get(CheckRun, found.check_run_id) if found else None
    content = getattr(found, side) if found and side in _SIDES else None
    if content is None or run is None or (run.pull_request_id, run.name) != (one.id, name):
        abort(404)
    answer = Response(content, mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


@bp.get(f"{_CHECKS}/live")
@requires(Right.VIEW)
def checks_live(org: str, app: str, number: int) -> ResponseReturnValue:
    """How far the checks (or `only` one) are, as server-sent events that end when all have ended."""
    work = at(org, app, number)
    checking().worker.wake()
    only = request.args.get("only")
    commits = needed(work.repository, work.pull_request)
    commits = {name: at_ for name, at_ in commits.items() if only in (None, name)}
    events = _events(work.pull_request.id, commits, request.headers.get("Last-Event-ID", ""))
    response = Response(stream_with_context(events), mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"  # a proxy in between passes each event on at once
    return response


@bp.get(f"{_CHECKS}/ended")
@requires(Right.VIEW)
def checks_ended(org: str, app: str, number: int) -> ResponseReturnValue:
    """The page of the pull request once more; where `seen` is not what is there any more, a word of that."""
    work = at(org, app, number)
    if request.args.get("seen") != work.pull_request.head:
        return render("pull_requests/_news.html", org=org, app=app, number=number)
    return page(work)


def _events(number: int, commits: Mapping[str, Commits], seen: str) -> Iterator[str]:
    """Each event holds all there is to show, so a reader that was away misses nothing.

    "required" says that one more has ended without which nothing is merged.
    """
    began = spoke = time.monotonic()
    told = 0  # how many of the required ones have ended
    while time.monotonic() - began < _LONGEST:
        one = studio_db.session.get(PullRequest, number)
        if one is None:
            return
        runs = list(runs_of(studio_db.session, one, commits).values())
        identity = ",".join(f"{run.id}-{run.state}" for run in runs)
        ended = [run for run in runs if not run.is_unfinished]
        if identity != seen:
            yield _message("checks", identity, _listed(one, runs))
            said = gettext("%(done)s of %(all)s checks are done.", done=len(ended), all=len(runs))
            yield _message("said", identity, said)
            required = [run for run in ended if run.name in _required(one)]
            if len(required) > told and len(ended) < len(runs):
                yield _message("required", identity, "")
            told = len(required)
            seen, spoke = identity, time.monotonic()
        if len(ended) == len(runs):
            yield _message("finished", identity, "")
            return
        studio_db.session.rollback()  # the next look must see what others have written
        if time.monotonic() - spoke >= _KEEP_ALIVE_EVERY:
            yield ": ka\n\n"
            spoke = time.monotonic()
        time.sleep(_LOOK_EVERY)


def _message(event: str, identity: str, text: str) -> str:
    data = "".join(f"data: {line}\n" for line in text.splitlines()) or "data:\n"
    return f"id: {identity}\nevent: {event}\n{data}\n"


def _listed(one: PullRequest, runs: Sequence[CheckRun]) -> str:
    place = {"org": one.org, "app": one.app, "number": one.number}
    return render("pull_requests/checks.html", runs=runs, required=_required(one), place=place, checks=CHECKS)


def _required(one: PullRequest) -> frozenset[str]:
    """The names of the checks that the rules of the target ask for."""
    return required_checks(rule_for(studio_db.session, one.org, one.app, one.target))


def _may_run(work: Workplace) -> bool:
    person, org = work.person, work.pull_request.org
    return work.pull_request.is_open and (may(person, Right.SHARE, org) or may(person, Right.REVIEW, org))


def _editor_address(work: Workplace, finding: Finding) -> str | None:
    """Where somebody who may edit can mend it, on the source branch."""
    one, place = work.pull_request, finding.place
    known = current_app.view_functions
    if not may(work.person, Right.EDIT, one.org) or one.source not in work.repository.branches():
        return None
    app = on_branch(one.app, one.source)
    if place.layout_set is not None and place.page is not None and "layouts.page" in known:
        return url_for(
            "layouts.page", org=one.org, app=app, layout_set=place.layout_set, page=place.page,
            selected=place.component,
        )  # fmt: skip
    if finding.code == "untranslated" and "texts.index" in known:
        return url_for("texts.index", org=one.org, app=app, selected=(place.pointer or "").rpartition("/")[2])
    if "code.file" not in known:
        return None
    return url_for("code.file", org=one.org, app=app, path=place.path, line=place.line)
