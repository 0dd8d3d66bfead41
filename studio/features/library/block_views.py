"""HTTP of the blocks that stand in an app: what a newer version changes, taking it, and what is followed."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, current_person, may, requires
from studio.accounts.service import organisation_named
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.app import app_definition
from studio.definition.blocks import FollowBlock, LeaveBlock, UpdateBlock
from studio.definition.changes import Change
from studio.definition.components import component_type
from studio.definition.errors import DomainError
from studio.definition.library.blocks import Block, block_versions
from studio.definition.snippet_differences import snippet_differences
from studio.features import author, open_draft, repositories
from studio.features.library.app_views import frame
from studio.features.library.blocks import Bringing, bringing
from studio.features.library.blueprint import bp
from studio.features.library.shelves import shelf_of
from studio.history.block_uses import block_uses
from studio.showing_changes import changes, picture_answer, pictures_at, view_asked
from studio.showing_changes.conflicts import choices, shown
from studio.web import render, translate
from studio.web.language import current_language


@bp.get("/<org>/<app>/library/blocks")
@requires(Right.EDIT)
def block(org: str, app: str) -> ResponseReturnValue:
    """What another version of a block changes in this app."""
    asked = request.args
    try:
        return _page(org, app, _bringing(org, app, asked.get("use", ""), asked.get("version", "")))
    except DomainError as problem:
        flash(translate(problem.sentence), "danger")
        return redirect(url_for("library.index", org=org, app=app))


@bp.get("/<org>/<app>/library/blocks/picture")
@requires(Right.EDIT)
def block_picture(org: str, app: str) -> ResponseReturnValue:
    """A page of the app with the block as it is, or with the other version, for a frame."""
    found = _bringing(org, app, request.args.get("use", ""), request.args.get("version", ""))
    return picture_answer(found.app.files, found.files)


@bp.post("/<org>/<app>/library/blocks")
@requires(Right.EDIT)
def edit_block(org: str, app: str) -> ResponseReturnValue:
    """Take a version, hold on to the one that is there, follow the newest again, or stop following."""
    form = request.form
    key, do = form.get("use", ""), form.get("do", "")
    quick: dict[str, Change] = {
        "hold": FollowBlock(key, is_held=True),
        "follow": FollowBlock(key),
        "leave": LeaveBlock(key),
    }
    if do != "take" and do not in quick:
        abort(400)
    draft = open_draft(org, app)
    try:
        change = _update(org, app) if do == "take" else quick[do]
        if isinstance(change, str):
            return change, 422
        said = translate(change.sentence(app_definition(draft.files))).replace("*", "")
        draft.apply(change, form.get("base") or draft.revision, author(), now())
        flash(said, "success")
    except DomainError as problem:
        flash(translate(problem.sentence), "danger")
    return redirect(url_for("library.index", org=org, app=app))


@bp.get("/organisations/<org>/library/blocks/<item>")
@requires(Right.VIEW)
def shared_block(org: str, item: str) -> ResponseReturnValue:
    """A block of the organisation: what is in it, its versions, and where it stands."""
    versions = block_versions(shelf_of(org).files, item)
    if not versions:
        abort(404)
    wanted = request.args.get("version", "")
    language = current_language()
    befores = (*versions[1:], None)
    block = next((each for each in versions if str(each.version) == wanted), versions[0])
    return render(
        "library/shared_block.html",
        org=org,
        org_title=organisation_named(studio_db.session, org).title(language),
        shown=block,
        parts=[_part(block, raw) for raw in block.snippet.components],
        versions=[
            (each, snippet_differences(before.snippet, each.snippet) if before else ())
            for each, before in zip(versions, befores, strict=True)
        ],
        uses=block_uses(repositories(), org, language).get(item, ()),
        may_edit=may(current_person(), Right.EDIT, org),
    )


def _part(block: Block, raw: Mapping[str, Any]) -> dict[str, Any]:
    """A component of a block as the page shows it, whatever is in it."""
    kind, bound = component_type(str(raw.get("type"))), raw.get("textResourceBindings")
    key = bound.get("title") if isinstance(bound, Mapping) else None
    fields = raw.get("dataModelBindings")
    return {
        "id": raw.get("id"),
        "label": translate(kind.label) if kind else raw.get("type"),
        "titles": [
            (language, texts[key])
            for language, texts in block.snippet.texts.items()
            if isinstance(key, str) and key in texts
        ],
        "fields": [
            value.get("field") if isinstance(value, Mapping) else value
            for value in (fields.values() if isinstance(fields, Mapping) else ())
        ],
    }


def _bringing(org: str, app: str, key: str, version: str, sent: dict[str, str] | None = None) -> Bringing:
    """A version held against the draft; `sent` is a form with choices. Raises NotThere and DomainError."""
    definition, shelf = app_definition(open_draft(org, app).files), shelf_of(org).files
    found = bringing(definition, shelf, org, key, version, {})
    if not sent:
        return found
    return bringing(definition, shelf, org, key, version, choices(sent, found.brought.conflicts))


def _update(org: str, app: str) -> Change | str:
    """The change that a form asks for; the page once more where something is still to be chosen."""
    form = request.form
    found = _bringing(org, app, form.get("use", ""), form.get("version", ""), form.to_dict())
    if found.brought.conflicts:
        return _page(org, app, found, gettext("Choose first what is to stand where both were changed."))
    return UpdateBlock(
        found.used.key,
        found.after.name,
        found.after.version,
        found.before.snippet.to_dict(),
        found.after.snippet.to_dict(),
        found.choices,
        is_held=form.get("follows") == "version",
    )


def _page(org: str, app: str, found: Bringing, problem: str = "") -> str:
    draft = open_draft(org, app)
    different = changes(found.app.files, found.files)
    names: dict[str, Any] = {"org": org, "app": app, "use": found.used.key, "version": found.after.version}
    whole = bringing(found.app, shelf_of(org).files, org, found.used.key, str(found.after.version), {})
    return render(
        "library/block.html",
        **frame(org, app, found.app),
        found=found,
        different=different,
        view=view_asked(different),
        conflicts=[shown(found.app, conflict) for conflict in whole.brought.conflicts],
        versions=block_versions(shelf_of(org).files, found.used.block),
        revision=draft.revision,
        problem=problem,
        picture=pictures_at("library.block_picture", **names),
    )
