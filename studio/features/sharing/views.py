"""HTTP of drafts: undo and redo, the bar above the pages of an app, sharing and conflicts."""

from typing import Final, cast
from urllib.parse import urlsplit

from flask import Blueprint, Flask, flash, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, current_person, may, requires
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.app import app_definition
from studio.definition.sentences import Sentence
from studio.features import draft_of, open_draft, repositories
from studio.features.sharing import service
from studio.history.commits import Author
from studio.history.draft import FetchResult
from studio.history.errors import AlreadyThere, Busy, Conflict, NothingToDo, StaleEdit
from studio.reviews.people import reviewers_of
from studio.reviews.problems import NotNow
from studio.reviews.requests import Filter, find, open_from
from studio.reviews.requests import found as pull_requests
from studio.reviews.sharing import add_to_request, demand_may_share, share_for_review, why_not_share
from studio.showing_changes import changes, picture_answer, pictures_at, view_asked
from studio.showing_changes.conflicts import choices, shown
from studio.web import hx, is_htmx, render, translate
from studio.web.errors import answer_with
from studio.web.language import current_language

bp = Blueprint("sharing", __name__, template_folder="templates")

MAX_MESSAGE: Final = 2000
_MOST_FINDINGS: Final = 3  # the app check has them all


@bp.record_once
def _answer_races(state: BlueprintSetupState) -> None:
    """An edit that came too late is no fault of anybody: 409, with the sentence of the error."""
    for kind in (StaleEdit, Conflict, AlreadyThere, Busy, NothingToDo):
        answer_with(cast(Flask, state.app), kind, 409)


@bp.app_template_global()
def draft_state(org: str, app: str) -> service.DraftState | None:
    """For the bar above each page of an app; None for those who may not edit."""
    return service.draft_state(open_draft(org, app)) if may(current_person(), Right.EDIT, org) else None


@bp.get("/<org>/<app>/draft")
@requires(Right.VIEW)
def bar(org: str, app: str) -> ResponseReturnValue:
    """The bar alone, as it is now."""
    return render("sharing/draft_bar.html", org=org, app=app)


@bp.post("/<org>/<app>/draft/undo")
@requires(Right.EDIT)
def undo(org: str, app: str) -> ResponseReturnValue:
    """Take back the last edit."""
    open_draft(org, app).undo(_me(), now())
    return _draft_changed("undo")


@bp.post("/<org>/<app>/draft/redo")
@requires(Right.EDIT)
def redo(org: str, app: str) -> ResponseReturnValue:
    """Do the edit again that was taken back last."""
    open_draft(org, app).redo(_me(), now())
    return _draft_changed("redo")


@bp.get("/<org>/<app>/sharing")
@requires(Right.VIEW)
def index(org: str, app: str) -> ResponseReturnValue:
    """What is not shared yet, and what others shared."""
    return _page(org, app)


@bp.post("/<org>/<app>/sharing")
@requires(Right.SHARE)
def share(org: str, app: str) -> ResponseReturnValue:
    """Put the draft on the main line."""
    message = request.form.get("message", "").strip()[:MAX_MESSAGE]
    if not message:
        return _without_words(org, app)
    repository = repositories().open(org, app)
    draft = draft_of(repository)
    demand_may_share(studio_db.session, repository, draft.branch, current_person())
    try:
        draft.share(message, _me(), now())
    except Conflict as conflict:
        flash(translate(conflict.sentence), "warning")
        return redirect(url_for(".index", org=org, app=app, _anchor="conflicts"))
    flash(gettext("Your changes are shared."), "success")
    return redirect(url_for(".index", org=org, app=app))


@bp.post("/<org>/<app>/sharing/review")
@requires(Right.SHARE)
def share_to_review(org: str, app: str) -> ResponseReturnValue:
    """Put the draft on a branch of its own, and open a pull request into this one."""
    message = request.form.get("message", "").strip()[:MAX_MESSAGE]
    if not message:
        return _without_words(org, app)
    repository, session, person = repositories().open(org, app), studio_db.session, current_person()
    asked, number = request.form.getlist("reviewer"), request.form.get("add_to", 0, type=int)
    draft = draft_of(repository)
    try:
        if number:
            to = find(session, org, app, number)
            add_to_request(session, repository, draft, person, message, to, now())
        else:
            reviewers = [each for each in reviewers_of(session, org) if each.user_name in asked]
            to = share_for_review(session, repository, draft, person, message, reviewers, now())
    except Conflict as conflict:
        flash(translate(conflict.sentence), "warning")
        return redirect(url_for(".index", org=org, app=app, _anchor="conflicts"))
    except NotNow as problem:
        return _page(org, app, message=message, message_error=translate(problem.sentence)), 422
    flash(
        gettext("Your changes are shared for review, on the branch “%(branch)s”.", branch=to.source),
        "success",
    )
    return redirect(url_for("pull_requests.show", org=org, app=app, number=to.number))


@bp.post("/<org>/<app>/sharing/fetch")
@requires(Right.SHARE)
def fetch(org: str, app: str) -> ResponseReturnValue:
    """Bring what others shared into the draft."""
    result = open_draft(org, app).fetch(_me(), now())
    _tell_findings(result)
    if result.conflicts:
        flash(gettext("You and others have changed the same places. Choose what is to count."), "warning")
        return redirect(url_for(".index", org=org, app=app, _anchor="conflicts"))
    flash(
        gettext("You now have the changes of the others.")
        if result.changed
        else gettext("Nothing new to fetch."),
        "success" if result.changed else "info",
    )
    return redirect(url_for(".index", org=org, app=app))


@bp.post("/<org>/<app>/sharing/conflicts")
@requires(Right.SHARE)
def resolve(org: str, app: str) -> ResponseReturnValue:
    """Settle the conflicts: for each, mine or theirs."""
    draft = open_draft(org, app)
    result = draft.resolve(choices(request.form, draft.conflicts), _me(), now())
    _tell_findings(result)
    if result.conflicts:
        flash(gettext("Some places still need a choice."), "warning")
        return redirect(url_for(".index", org=org, app=app, _anchor="conflicts"))
    flash(gettext("The conflicts are settled. Your draft now has the changes of the others."), "success")
    return redirect(url_for(".index", org=org, app=app))


@bp.get("/<org>/<app>/sharing/conflicts/picture")
@requires(Right.SHARE)
def picture(org: str, app: str) -> ResponseReturnValue:
    """A page as it is with me ("before") or with the others, for a frame."""
    repository = repositories().open(org, app)
    draft = draft_of(repository)
    return picture_answer(draft.files, repository.files(draft.branch))


@bp.post("/<org>/<app>/sharing/versions/<commit>/revert")
@requires(Right.EDIT)
def revert(org: str, app: str, commit: str) -> ResponseReturnValue:
    """Take back what a shared version did, in the draft. Where the same was changed since, it is asked."""
    draft = open_draft(org, app)
    left = draft.revert(commit, _me(), now()).conflicts
    if left and (chosen := choices(request.form, left)):
        left = draft.revert(commit, _me(), now(), chosen).conflicts
    if left:
        definition = app_definition(draft.files)
        return render(
            "sharing/revert.html",
            org=org,
            app=app,
            commit=repositories().open(org, app).commit(commit),
            conflicts=[shown(definition, conflict) for conflict in left],
        )
    flash(gettext("The change is taken back in your draft. With Undo you get it again."), "success")
    return redirect(url_for(".index", org=org, app=app))


@bp.post("/<org>/<app>/sharing/discard")
@requires(Right.EDIT)
def discard(org: str, app: str) -> ResponseReturnValue:
    """Take back everything that is not shared."""
    open_draft(org, app).discard(_me(), now())
    flash(gettext("Your changes are taken back. With Undo you get them again."), "success")
    return redirect(url_for(".index", org=org, app=app))


def _tell_findings(result: FetchResult) -> None:
    """What is wrong only now that both are together, such as a field that one removed and the other uses."""
    for found in result.findings[:_MOST_FINDINGS]:
        said = translate(found.sentence).replace("*", "")
        flash(
            gettext("Look at this, which came of both changes together: %(problem)s", problem=said), "warning"
        )


def _page(org: str, app: str, *, message: str | None = None, message_error: str | None = None) -> str:
    repository = repositories().open(org, app)
    draft = draft_of(repository)
    definition = app_definition(draft.files)
    groups = service.unshared(draft)
    conflicts = draft.conflicts
    different = changes(draft.files, repository.files(draft.branch)) if conflicts else None
    return render(
        "sharing/page.html",
        org=org,
        app=app,
        app_title=definition.title(current_language()) or app,
        groups=groups,
        message=_plain(service.proposed_message(groups)) if message is None else message,
        message_error=message_error,
        obstacle=why_not_share(studio_db.session, repository, draft.branch, current_person()),
        reviewers=[each for each in reviewers_of(studio_db.session, org) if each.id != current_person().id],
        asked=request.form.getlist("reviewer"),
        branch=draft.branch,
        add_to=request.form.get("add_to", 0, type=int),
        open_into=[
            each
            for each in pull_requests(studio_db.session, org, app, Filter(author=current_person().id))
            if each.target == draft.branch
        ],
        requests=open_from(studio_db.session, org, app, draft.branch),
        incoming=service.incoming(repository, draft),
        conflicts=[shown(definition, conflict) for conflict in conflicts],
        different=different,
        view=view_asked(different) if different else None,
        picture=pictures_at(".picture", org=org, app=app),
        now=now(),
    )


def _without_words(org: str, app: str) -> ResponseReturnValue:
    error = gettext("Write in a few words what you have changed.")
    return _page(org, app, message="", message_error=error), 422


def _plain(sentence: Sentence) -> str:
    """A sentence without the asterisks around names: for a text field, where nothing can be emphasised."""
    return translate(sentence).replace("*", "")


def _draft_changed(by: str) -> ResponseReturnValue:
    if is_htmx():
        return hx(status=204, trigger={"draft-changed": {"by": by}})
    return redirect(_back())


def _back() -> str:
    """The page that the button was on: the path of the referring page, without the site."""
    parts = urlsplit(request.referrer or "")
    back = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"


def _me() -> Author:
    return service.author_of(current_person())
