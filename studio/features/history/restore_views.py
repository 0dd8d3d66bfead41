"""HTTP of bringing things back: first a look at what will change, then one edit of the person's draft."""

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.app import app_definition
from studio.definition.files import Files
from studio.features import author, draft_of, repositories
from studio.features.history.blueprint import bp
from studio.features.history.entries import commit_on, states
from studio.features.history.restoring import TAKE_BACK, Plan, Wish, plan, sentence
from studio.history.commits import CommitInfo
from studio.history.draft import Draft
from studio.showing_changes import file_differences, picture_answer, pictures_at, view_asked
from studio.web import render, translate
from studio.web.branch_address import current_branch
from studio.web.language import current_language


@bp.get("/<org>/<app>/history/<commit>/restore")
@requires(Right.EDIT)
def restore(org: str, app: str, commit: str) -> ResponseReturnValue:
    """What bringing back would change in the draft."""
    shown, draft, made = _planned(org, app, commit)
    wish = _wish()
    definition = app_definition(draft.files)
    return render(
        "history/restore.html",
        org=org,
        app=app,
        app_title=definition.title(current_language()) or app,
        commit=shown,
        wish=wish,
        plan=made,
        revision=draft.revision,
        takes_back=wish.what == TAKE_BACK,
        view=view_asked(made.changes),
        files=file_differences(draft.files, made.after),
        picture=pictures_at(
            "history.restore_picture", org=org, app=app, commit=commit, state=wish.state, what=wish.what
        ),
    )


@bp.get("/<org>/<app>/history/<commit>/restore/picture")
@requires(Right.EDIT)
def restore_picture(org: str, app: str, commit: str) -> Response:
    """A page of the draft, or as it will be."""
    _, draft, made = _planned(org, app, commit)
    before: Files = draft.files
    return picture_answer(before, made.after)


@bp.post("/<org>/<app>/history/<commit>/restore")
@requires(Right.EDIT)
def bring_back(org: str, app: str, commit: str) -> ResponseReturnValue:
    """Carry it out on the draft; it can be undone like any edit."""
    _, draft, made = _planned(org, app, commit)
    if made.change is None:
        flash(gettext("There is nothing to bring back."), "info")
        return redirect(url_for("history.entry", org=org, app=app, commit=commit))
    said = sentence(made.change, app_definition(made.after), _wish())
    if _wish().what == TAKE_BACK:
        draft.revert(commit, author(), now())
    else:
        draft.apply(made.change, request.form.get("base") or draft.revision, author(), now())
    done = gettext("%(done)s. With Undo you get back what you had.", done=translate(said).replace("*", ""))
    flash(done, "success")
    return redirect(url_for("sharing.index", org=org, app=app))


def _wish() -> Wish:
    return Wish(
        "before" if request.values.get("state") == "before" else "after", request.values.get("what", "")
    )


def _planned(org: str, app: str, commit: str) -> tuple[CommitInfo, Draft, Plan]:
    repository = repositories().open(org, app)
    shown = commit_on(repository.timeline(current_branch()), commit, app)
    draft = draft_of(repository)
    return shown, draft, plan(_wish(), *states(repository, shown), draft.files)
