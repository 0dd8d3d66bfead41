"""HTTP of the library itself: everything that an organisation shares, its versions, and who uses them."""

from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, current_person, may, requires
from studio.accounts.service import organisation_named
from studio.database import studio_db
from studio.definition.errors import DomainError
from studio.definition.library import (
    KINDS,
    Kind,
    Version,
    compared,
    difference_sentence,
    latest,
    shared_items,
    version_of,
)
from studio.definition.library.blocks import all_blocks
from studio.features import repositories
from studio.features.library.blueprint import bp
from studio.features.library.kinds import KIND_NAMES, SLOT_NAMES
from studio.features.library.shelves import every_version, shelf_of, take_away, uses
from studio.history.block_uses import block_uses
from studio.web import render, translate
from studio.web.language import current_language


@bp.get("/organisations/<org>/library")
@requires(Right.VIEW)
def organisation(org: str) -> ResponseReturnValue:
    """Everything that the organisation shares."""
    files = shelf_of(org).files
    found = [each for key in shared_items(files) if (each := latest(files, *key)) is not None]
    return render(
        "library/organisation.html",
        **_frame(org),
        items=found,
        uses=uses(org, current_language()),
        blocks=all_blocks(files),
        block_apps={
            block: len({use.app for use in used})
            for block, used in block_uses(repositories(), org, current_language()).items()
        },
    )


@bp.get("/organisations/<org>/library/<kind>/<item>")
@requires(Right.VIEW)
def shared(org: str, kind: str, item: str) -> ResponseReturnValue:
    """One item: what is in it, its versions, and the apps that have taken it."""
    versions = every_version(org, _kind(kind), item)
    wanted = request.args.get("version", "")
    shown = next((each for each in versions if str(each.number) == wanted), versions[0])
    return render(
        "library/shared.html",
        **_frame(org),
        version=shown,
        versions=[
            (each, _news(each, older)) for each, older in zip(versions, (*versions[1:], None), strict=True)
        ],
        uses=uses(org, current_language()).get(f"{kind}/{item}", ()),
    )


@bp.post("/organisations/<org>/library/<kind>/<item>/delete")
@requires(Right.PUBLISH)
def delete(org: str, kind: str, item: str) -> ResponseReturnValue:
    """Take an item away; refused while an app has it."""
    try:
        gone = take_away(org, _kind(kind), item)
    except DomainError as problem:
        flash(translate(problem.sentence), "danger")
        return redirect(url_for("library.shared", org=org, kind=kind, item=item))
    flash(gettext("%(title)s was taken out of the library.", title=gone.title), "success")
    return redirect(url_for("library.organisation", org=org))


@bp.get("/organisations/<org>/library/images/<item>/<int:number>/picture")
@requires(Right.VIEW)
def picture(org: str, item: str, number: int) -> ResponseReturnValue:
    """The picture of a version. Never runs anything: also a drawing is shown without its scripts."""
    found = version_of(shelf_of(org).files, "images", item, number)
    if found is None or not found.content:
        abort(404)
    kinds = {"svg": "image/svg+xml", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}
    ending = found.content[0].key.rpartition(".")[2].lower()
    answer = Response(found.data, mimetype=kinds.get(ending, "image/jpeg"))
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer


def _frame(org: str) -> dict[str, Any]:
    language = current_language()
    return {
        "org": org,
        "org_title": organisation_named(studio_db.session, org).title(language),
        "kind_names": KIND_NAMES,
        "slot_names": SLOT_NAMES,
        "may_publish": may(current_person(), Right.PUBLISH, org),
    }


def _news(version: Version, older: Version | None) -> list[str]:
    """What is new in a version, in sentences."""
    if older is None:
        return []
    language = current_language()
    found = compared(older.content, older.content, version.content)
    return [
        translate(difference_sentence(each, language)).replace("*", "")
        for each in found
        if each.state != "same"
    ]


def _kind(given: str) -> Kind:
    return next((kind for kind in KINDS if kind == given), None) or abort(404)
