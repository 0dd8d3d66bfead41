"""HTTP of pull requests: the list, and the page of one."""

from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from studio.accounts import Person, Right, current_person, may, requires
from studio.database import studio_db
from studio.database.clock import now
from studio.features import repositories
from studio.features.pull_requests.blueprint import bp
from studio.features.pull_requests.remarks import for_conversation
from studio.features.pull_requests.trying import trying_of
from studio.features.pull_requests.workplace import Workplace, at, title_of
from studio.notices.telling import mark_page_read
from studio.reviews import requests as found_in
from studio.reviews.checks import CHECKS
from studio.reviews.merging import default_message, may_pass, readiness
from studio.reviews.models import State, Verdict
from studio.reviews.people import reviewers_of
from studio.reviews.requests import Filter
from studio.reviews.reviewing import why_not_review
from studio.showing_changes import changes
from studio.web import is_htmx, render
from studio.web.branch_address import on_branch

_SHOWS = ("open", "merged", "closed", "all")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for: a state or "all", "mine" or "asked" (to review) or "", a label or "", and
    words."""

    show: str
    whose: str
    label: str
    words: str

    def filter(self, person: Person) -> Filter:
        """The same for the query."""
        return Filter(
            state=None if self.show == "all" else State(self.show),
            author=person.id if self.whose == "mine" else None,
            reviewer=person.id if self.whose == "asked" else None,
            label=self.label,
            words=self.words,
        )


@bp.get("/<org>/<app>/pull-requests")
@requires(Right.VIEW)
def index(org: str, app: str) -> ResponseReturnValue:
    """The pull requests of an app, by state, person and words."""
    repository = repositories().open(org, app)
    show, whose = request.args.get("show", "open"), request.args.get("whose", "")
    label, words = (request.args.get(name, "").strip() for name in ("label", "q"))
    wanted = Wanted(show if show in _SHOWS else "open", whose, label, words)
    session = studio_db.session
    for each in found_in.found(session, org, app, Filter(State.OPEN)):
        found_in.follow(session, repository, each, now(), closely=False)
    return render(
        "pull_requests/page.html",
        "requests" if is_htmx() else None,
        org=org,
        app=app,
        app_title=title_of(repository),
        wanted=wanted,
        labels=[(each, each) for each in found_in.labels_of(session, org, app)],
        counts={state.value: count for state, count in found_in.counts(session, org, app).items()},
        found=found_in.found(session, org, app, wanted.filter(current_person())),
        now=now(),
    )


@bp.get("/<org>/<app>/pull-requests/<int:number>")
@requires(Right.VIEW)
def show(org: str, app: str, number: int) -> ResponseReturnValue:
    """One pull request: what it changes, what was said and done, and what is to be done."""
    work, session = at(org, app, number), studio_db.session
    place: dict[str, str | int] = {"org": org, "app": work.pull_request.app, "number": number}
    if mark_page_read(session, work.person, "pull_requests.show", place, now()):
        session.commit()
    return page(work)


def page(work: Workplace, *, problem: str = "", text: str = "") -> str:
    """The page; `problem` is what is wrong with what was sent, `text` what somebody wrote in the review."""
    pull_request, person, session = work.pull_request, work.person, studio_db.session
    ready = readiness(session, work.repository, pull_request) if pull_request.is_open else None
    branches = work.repository.branches()
    return render(
        "pull_requests/show.html",
        org=pull_request.org,
        app=pull_request.app,
        app_title=title_of(work.repository),
        pull_request=pull_request,
        changed=changes(work.before, work.after),
        ready=ready,
        checks=CHECKS,
        reviewers=reviewers_of(session, pull_request.org),
        obstacle=why_not_review(work.repository, pull_request, person) if ready else None,
        may_pass=ready is not None and may_pass(person, pull_request.org, ready.rule),
        may_change=may(person, Right.SHARE, pull_request.org),
        message=default_message(pull_request),
        behind=work.repository.compare(pull_request.target, pull_request.head).behind
        if ready and not ready.gone
        else 0,
        source_is_there=pull_request.source in branches,
        verdicts=Verdict,
        on_branch=on_branch,
        problem=problem,
        text=text,
        now=now(),
        trying=trying_of(work),
        used_labels=found_in.labels_of(session, pull_request.org, pull_request.app),
        asked_thread=request.args.get("thread", type=int),
        thread_ids={thread.id for thread in pull_request.threads},
        **for_conversation(work),
    )
