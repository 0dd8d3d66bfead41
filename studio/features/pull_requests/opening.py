"""HTTP of comparing two branches, and of opening a pull request from one into the other."""

from collections.abc import Mapping

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from studio.accounts import Right, current_person, requires
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.errors import DomainError
from studio.features import repositories
from studio.features.pull_requests import words
from studio.features.pull_requests.blueprint import bp
from studio.features.pull_requests.workplace import title_of
from studio.history.branch_rules import rule_for
from studio.history.repository import MAIN, Repository
from studio.reviews.people import reviewers_of
from studio.reviews.requests import Wanted, labels_of, open_from, open_request
from studio.showing_changes import changes
from studio.web import render, translate


@bp.get("/<org>/<app>/pull-requests/new")
@requires(Right.VIEW)
def new(org: str, app: str) -> ResponseReturnValue:
    """What one branch has that another lacks, and the form to ask for it to be merged."""
    repository = repositories().open(org, app)
    return _form(repository, request.args)


@bp.post("/<org>/<app>/pull-requests/new")
@requires(Right.SHARE)
def make(org: str, app: str) -> ResponseReturnValue:
    """Open it, or go to the one that is open for these branches."""
    repository, form, session = repositories().open(org, app), request.form, studio_db.session
    asked = set(form.getlist("reviewer"))
    wanted = Wanted(
        source=form.get("source", ""),
        target=form.get("target", MAIN),
        title=form.get("title", ""),
        description=form.get("description", ""),
        labels=tuple(form.get("labels", "").split(",")),
        reviewers=tuple(each for each in reviewers_of(session, org) if each.user_name in asked),
    )
    try:
        opened = open_request(session, repository, wanted, current_person(), now())
    except DomainError as error:
        session.rollback()
        return _form(repository, form, translate(error.sentence)), 422
    return redirect(url_for(".show", org=org, app=app, number=opened.number))


def _form(repository: Repository, given: Mapping[str, str], error: str = "") -> str:
    org, app, session = repository.org, repository.app, studio_db.session
    branches = repository.branches()
    source, target = given.get("source", ""), given.get("target", MAIN)
    comparison = changed = None
    commits = []
    if source in branches and target in branches and source != target:
        comparison = repository.compare(target, source)
        commits = comparison.commits()
        changed = changes(comparison.before, comparison.after)
    has_news = comparison is not None and changed is not None and comparison.ahead > 0
    return render(
        "pull_requests/new.html",
        org=org,
        app=app,
        app_title=title_of(repository),
        choices=[(each, each) for each in branches],
        source=source,
        target=target,
        is_there=comparison is not None,
        has_news=has_news,
        changed=changed,
        commits=commits,
        already=next((each for each in open_from(session, org, app, source) if each.target == target), None),
        rule=rule_for(session, org, app, target),
        title=given.get("title") or (words.proposed_title(commits, changed, source) if changed else ""),
        description=given.get("description", words.proposed_description(changed) if changed else ""),
        labels=given.get("labels", ""),
        used_labels=labels_of(session, org, app),
        reviewers=[each for each in reviewers_of(session, org) if each.id != current_person().id],
        asked=set(request.form.getlist("reviewer")),
        error=error,
        now=now(),
    )
