"""HTTP of the history: the time line, one entry, and pictures of its pages."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from studio.accounts import Right, current_person, may, requires
from studio.database.clock import now
from studio.definition.app import app_definition
from studio.features import draft_of, repositories
from studio.features.history.blueprint import bp
from studio.features.history.entries import (
    Asked,
    choices,
    commit_on,
    entry_of,
    found,
    people,
    states,
    versions_of,
)
from studio.features.history.own_steps import own_steps
from studio.features.history.restoring import offers
from studio.showing_changes import changes, file_differences, picture_answer, pictures_at, view_asked
from studio.web import is_htmx, render
from studio.web.branch_address import current_branch
from studio.web.language import current_language

_LONGEST = 200  # characters of a search


@bp.get("/<org>/<app>/history")
@requires(Right.VIEW)
def index(org: str, app: str) -> ResponseReturnValue:
    """The time line."""
    repository = repositories().open(org, app)
    line = repository.timeline(current_branch())
    definition = app_definition(repository.files(current_branch()))
    asked = Asked(
        search=request.args.get("search", "").strip()[:_LONGEST],
        person=request.args.get("person", ""),
        path=request.args.get("path", ""),
        page=max(request.args.get("page", 1, type=int), 1),
    )
    draft = draft_of(repository) if may(current_person(), Right.EDIT, org) else None
    return render(
        "history/page.html",
        "timeline" if is_htmx() else None,
        org=org,
        app=app,
        app_title=definition.title(current_language()) or app,
        asked=asked,
        found=found(repository, line, asked, definition),
        people=people(line),
        places=choices(definition),
        page_address=lambda number: _page_address(org, app, asked, number),
        own=own_steps(draft) if draft is not None and draft.is_changed else None,
        now=now(),
    )


def _page_address(org: str, app: str, asked: Asked, number: int) -> str:
    narrowed = {"search": asked.search, "person": asked.person, "path": asked.path}
    kept: dict[str, Any] = {name: value for name, value in narrowed.items() if value}
    return url_for("history.index", org=org, app=app, page=number, **kept)


@bp.get("/<org>/<app>/history/<commit>")
@requires(Right.VIEW)
def entry(org: str, app: str, commit: str) -> ResponseReturnValue:
    """One entry: what changed in sentences, as pages before and after, and as text."""
    repository = repositories().open(org, app)
    line = repository.timeline(current_branch())
    shown = commit_on(line, commit, app)
    before, after = states(repository, shown)
    different = changes(before, after)
    definition = app_definition(after)
    return render(
        "history/entry.html",
        org=org,
        app=app,
        app_title=definition.title(current_language()) or app,
        entry=entry_of(line, shown, definition, versions_of(repository)),
        commit=shown,
        different=different,
        view=view_asked(different),
        files=file_differences(before, after),
        brought=line.brought(shown),
        offers=offers(before, after) if may(current_person(), Right.EDIT, org) else (),
        picture=pictures_at("history.picture", org=org, app=app, commit=commit),
        now=now(),
    )


@bp.get("/<org>/<app>/history/<commit>/picture")
@requires(Right.VIEW)
def picture(org: str, app: str, commit: str) -> ResponseReturnValue:
    """A page of the app before or after an entry, for a frame."""
    repository = repositories().open(org, app)
    shown = commit_on(repository.timeline(current_branch()), commit, app)
    return picture_answer(*states(repository, shown))
