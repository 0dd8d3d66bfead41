"""HTTP of an app's side of the library: what it has taken, what is new, and taking it."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, current_person, may, requires
from studio.database.clock import now
from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import Change, FollowShared, LeaveShared
from studio.definition.errors import DomainError
from studio.definition.library import (
    KINDS,
    Kind,
    Version,
    called,
    difference_sentence,
    version_of,
    versions_of,
)
from studio.definition.options import is_library_list
from studio.definition.sentences import Sentence
from studio.features import author, open_draft
from studio.features.library.blocks import followed_blocks, is_altered, offered_blocks
from studio.features.library.blueprint import bp
from studio.features.library.kinds import KIND_NAMES, SLOT_NAMES
from studio.features.library.offers import followed, news, offered, references
from studio.features.library.shelves import known_version, shelf_of
from studio.features.library.taking import Taking, taking
from studio.history.draft import Draft
from studio.web import render, translate
from studio.web.language import current_language


@bp.get("/<org>/<app>/library")
@requires(Right.EDIT)
def index(org: str, app: str) -> ResponseReturnValue:
    """What the app has taken from the library, and what it could take."""
    definition = app_definition(open_draft(org, app).files)
    files = shelf_of(org).files
    return render(
        "library/app.html",
        **frame(org, app, definition),
        followed=followed(definition, files, org),
        offered=offered(definition, files),
        blocks=followed_blocks(definition, files, org),
        is_altered=lambda used: is_altered(definition, files, used),
        offered_blocks=offered_blocks(definition, files, org),
        references=references(definition, files, org),
        definition=definition,
    )


@bp.post("/<org>/<app>/library")
@requires(Right.EDIT)
def edit(org: str, app: str) -> ResponseReturnValue:
    """Hold on to the version that the app has, follow the newest again, or stop following."""
    draft, key = open_draft(org, app), request.form.get("key", "")
    definition = app_definition(draft.files)
    version = request.form.get("version", "")
    changes: dict[str, Change] = {
        "hold": FollowShared(key, int(version) if version.isdecimal() else None),
        "follow": FollowShared(key),
        "leave": LeaveShared(key),
    }
    wanted = changes.get(request.form.get("do", ""))
    if wanted is None:
        abort(400)
    try:
        said = _carried_out(draft, definition, wanted)
        flash(said, "success")
    except DomainError as problem:
        flash(translate(problem.sentence), "danger")
    return redirect(url_for("library.index", org=org, app=app))


@bp.get("/<org>/<app>/library/<kind>/<item>")
@requires(Right.EDIT)
def item(org: str, app: str, kind: str, item: str) -> ResponseReturnValue:
    """A version of an item, held against what the app has."""
    definition = app_definition(open_draft(org, app).files)
    version = _version(org, _kind(kind), item, request.args.get("version", ""))
    try:
        found = taking(definition, shelf_of(org).files, version, request.args.get("name", "").strip())
    except DomainError as problem:
        flash(translate(problem.sentence), "danger")
        return redirect(url_for("library.index", org=org, app=app))
    return _item_page(org, app, found)


@bp.post("/<org>/<app>/library/<kind>/<item>")
@requires(Right.EDIT)
def take(org: str, app: str, kind: str, item: str) -> ResponseReturnValue:
    """Take a version, as one change of the draft."""
    draft, form = open_draft(org, app), request.form
    definition = app_definition(draft.files)
    version = _version(org, _kind(kind), item, form.get("version", ""))
    instead_of = form.get("instead_of", "")
    try:
        found = taking(definition, shelf_of(org).files, version, form.get("name", "").strip())
        if form.get("seen") != found.seen:
            said = gettext(
                "The app has something else under that name than what was shown. Look at it again."
            )
            return _item_page(org, app, found, said), 409
        keys = form.getlist("conflict")
        mine = {key for place, key in enumerate(keys) if form.get(f"choice-{place}") == "mine"}
        change = found.change(
            org,
            mine,
            held=form.get("follows") == "version",
            instead_of=instead_of if is_library_list(instead_of) else "",
        )
        flash(_carried_out(draft, definition, change), "success")
    except DomainError as problem:
        return _refused(org, app, definition, version, problem)
    return redirect(url_for("library.index", org=org, app=app))


@bp.app_template_global()
def library_news(org: str, app: str) -> int:
    """How many newer versions there are for an app; 0 for those who may not take them."""
    if not may(current_person(), Right.EDIT, org):
        return 0
    definition, shelf = app_definition(open_draft(org, app).files), shelf_of(org).files
    blocks = followed_blocks(definition, shelf, org)
    return len(news(definition, shelf, org)) + sum(each.state == "newer" for each in blocks)


def frame(org: str, app: str, definition: AppDefinition) -> dict[str, Any]:
    """What every page of an app's side of the library needs."""
    return {
        "org": org,
        "app": app,
        "app_title": definition.title(current_language()) or app,
        "kind_names": KIND_NAMES,
        "slot_names": SLOT_NAMES,
        "may_publish": may(current_person(), Right.PUBLISH, org),
    }


def _item_page(org: str, app: str, found: Taking, problem: str = "") -> str:
    def said(sentence: Sentence) -> str:
        return translate(sentence).replace("*", "")

    language = current_language()
    return render(
        "library/item.html",
        **frame(org, app, found.app),
        found=found,
        version=found.version,
        versions=versions_of(shelf_of(org).files, found.version.kind, found.version.id),
        sentences=[said(difference_sentence(each, language)) for each in found.differences],
        problem=problem,
        instead_of=request.values.get("instead_of", ""),
        called=lambda part: called(part, language),
    )


def _refused(
    org: str, app: str, definition: AppDefinition, version: Version, problem: DomainError
) -> ResponseReturnValue:
    """The page once more, with what is wrong, under the name that the item has anyhow."""
    try:
        found = taking(definition, shelf_of(org).files, version)
    except DomainError:
        flash(translate(problem.sentence), "danger")
        return redirect(url_for("library.index", org=org, app=app))
    return _item_page(org, app, found, translate(problem.sentence)), 422


def _carried_out(draft: Draft, definition: AppDefinition, change: Change) -> str:
    said = translate(change.sentence(definition)).replace("*", "")
    draft.apply(change, draft.revision, author(), now())
    return said


def _kind(given: str) -> Kind:
    return next((kind for kind in KINDS if kind == given), None) or abort(404)


def _version(org: str, kind: Kind, item: str, number: str) -> Version:
    files = shelf_of(org).files
    found = version_of(files, kind, item, int(number)) if number.isdecimal() and len(number) < 7 else None
    return found or known_version(files, kind, item)
