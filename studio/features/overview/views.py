"""HTTP of the front page of an app."""

from collections.abc import Sequence

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, current_person, may, requires
from studio.database.clock import now
from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import Change
from studio.definition.findings import Finding, Place
from studio.definition.layouts import Page
from studio.delivery.deployments import EnvironmentStatus, status
from studio.features import author, draft_of, open_draft, repositories
from studio.features.overview import service
from studio.web import render, translate
from studio.web.language import current_language

bp = Blueprint("overview", __name__, template_folder="templates")

_RECENT = 5
_LOG = 200


@bp.get("/<org>/<app>/")
@requires(Right.VIEW)
def index(org: str, app: str) -> ResponseReturnValue:
    """The app at a glance, as the signed-in person's draft has it."""
    repository = repositories().open(org, app)
    draft = draft_of(repository)
    definition = app_definition(draft.files)
    language = current_language()
    log = repository.log(draft.branch, limit=_LOG)

    def page_title(page: Page) -> str:
        return service.page_title(definition, page, language)

    def address(finding: Finding) -> str | None:
        place = finding.place
        found = editor_address(org, app, place.layout_set, place.page, place.component)
        return found or _list_address(org, app, definition, place.path) or _code_address(org, app, place)

    def page_address(layout_set: str, page: str) -> str | None:
        return editor_address(org, app, layout_set, page)

    return render(
        "overview/page.html",
        org=org,
        app=app,
        app_title=definition.title(language) or app,
        definition=definition,
        description=service.description_of(definition, language),
        steps=service.steps_of(definition),
        findings=service.findings_of(definition),
        environments=_environments(org, app),
        recent=log[:_RECENT],
        people=service.people_of(log),
        archived_at=repository.archived_at,
        page_title=page_title,
        page_address=page_address,
        address=address,
        clone_address=_clone_address(org, app),
        now=now(),
    )


@bp.post("/<org>/<app>/mend")
@requires(Right.EDIT)
def mend(org: str, app: str) -> ResponseReturnValue:
    """Carry out the fix of one finding in the signed-in person's draft."""
    draft = open_draft(org, app)
    definition = app_definition(draft.files)
    wanted = request.form.get("finding", "")
    found = next((each for each in service.findings_of(definition) if each.key == wanted), None)
    change = found.fix if found else None
    if isinstance(change, Change):
        draft.apply(change, draft.revision, author(), now())
        flash(translate(change.sentence(definition)).replace("*", ""), "success")
    else:
        flash(gettext("The app check does not say this any more."), "info")
    return redirect(url_for("overview.index", org=org, app=app))


def editor_address(
    org: str, app: str, layout_set: str | None, page: str | None, component: str | None = None
) -> str | None:
    """Where a page is edited, with a component selected; None for what is on no page."""
    if layout_set is None or page is None or "layouts.page" not in current_app.view_functions:
        return None
    return url_for("layouts.page", org=org, app=app, layout_set=layout_set, page=page, selected=component)


def _list_address(org: str, app: str, definition: AppDefinition, path: str) -> str | None:
    """Where the option list in a file is edited; None for other files, and for who may not edit."""
    folder, _, name = path.rpartition("/")
    editors = {
        definition.paths.options_folder: "options.edit_list",
        definition.paths.option_sources_folder: "options.source",
    }
    editor = editors.get(folder)
    if editor not in current_app.view_functions or not may(current_person(), Right.EDIT, org):
        return None
    return url_for(editor, org=org, app=app, list_id=name.removesuffix(".json"))


def _code_address(org: str, app: str, place: Place) -> str | None:
    """Where the file is edited as text; None for whoever may not edit, and where the finding has no file."""
    if not place.path or "code.file" not in current_app.view_functions:
        return None
    if not may(current_person(), Right.EDIT, org):
        return None
    return url_for("code.file", org=org, app=app, path=place.path, line=place.line)


def _clone_address(org: str, app: str) -> str | None:
    """Where Git clones the app from; None where this Studio serves no Git."""
    if "git_http.refs" not in current_app.view_functions:
        return None
    return url_for("git_http.refs", org=org, app=app, _external=True).removesuffix("/info/refs")


def _environments(org: str, app: str) -> Sequence[EnvironmentStatus]:
    return status(org, app) if "deploys.index" in current_app.view_functions else ()
