"""The door through which delivery hands over apps: JSON in and out, opened by the environment's key.

The key is compared in constant time and never written anywhere. Every call may be made again without harm.
"""

import hmac
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

import structlog
from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from studio.database import clock, runtime_db
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence
from studio.runtime import reviewed
from studio.runtime.bundles import BlobsMissing, CorruptBlob, Refused, StoreFailure, is_sha256
from studio.runtime.served import (
    Delivered,
    PreviewApp,
    ServedApp,
    bundles,
    preview_app,
    serve,
    served_app,
    show_preview,
    withdraw,
)
from studio.web.guards import declare
from studio.web.install import csrf
from studio.web.log_lines import request_place
from studio.web.parts import Part

LARGEST_BLOB: Final = 32 * 1024 * 1024
LARGEST_MANIFEST: Final = 8 * 1024 * 1024
LARGEST_MESSAGE: Final = 64 * 1024

log = structlog.get_logger()
environment_key: Part[str] = Part("environment_key")
bp = Blueprint("management", __name__, url_prefix="/_management")
csrf.exempt(bp)  # no cookie opens this door, so no other site can make a browser knock

View = Callable[..., ResponseReturnValue]


def _problem(status: int, code: str, sentence: Sentence | str, **more: Any) -> Response:
    response = jsonify(code=code, detail=str(sentence), **more)
    response.status_code = status
    return response


def _with_key(_arguments: dict[str, Any]) -> Response | None:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and hmac.compare_digest(given.encode(), environment_key().encode()):
        return None
    return _problem(HTTPStatus.UNAUTHORIZED, "wrong-key", "The key of this environment is needed.")


with_key = declare(_with_key)


def _answers(view: View) -> View:
    """Turn what can go wrong into problems that delivery can tell apart."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        try:
            return view(*args, **kwargs)
        except BlobsMissing as missing:
            return _problem(HTTPStatus.CONFLICT, "blobs-missing", missing.sentence, missing=missing.blobs)
        except CorruptBlob as corrupt:
            return _problem(HTTPStatus.CONFLICT, "corrupt-blob", corrupt.sentence)
        except NotThere as gone:
            return _problem(HTTPStatus.NOT_FOUND, "not-there", gone.sentence)
        except DomainError as refused:
            return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, "refused", refused.sentence)
        except StoreFailure as failure:
            log.error("the store failed", **request_place(), exc_info=failure)
            return _problem(HTTPStatus.INSUFFICIENT_STORAGE, "store-failed", "The files could not be stored.")

    return answer


@bp.get("/health")
@with_key
def health() -> ResponseReturnValue:
    """Whether this runtime can reach its database."""
    runtime_db.session.execute(text("SELECT 1"))
    return jsonify(status="ok")


@bp.put("/blobs/<sha256>")
@with_key
@_answers
def put_blob(sha256: str) -> ResponseReturnValue:
    """Receive one file. 204; 422 where its hash is another, 413 where it is too large."""
    request.max_content_length = LARGEST_BLOB
    if not is_sha256(sha256):
        raise Refused(Sentence(N_("A file is named by the 64 hex digits of its SHA-256.")))
    bundles().put_blob(sha256, request.get_data(cache=False))
    return "", HTTPStatus.NO_CONTENT


@bp.post("/bundles")
@with_key
@_answers
def post_bundle() -> ResponseReturnValue:
    """Receive a manifest (path -> SHA-256). 201 {bundle}; 409 {missing} names the blobs to send first."""
    return jsonify(bundle=bundles().put_bundle(_message(LARGEST_MANIFEST))), HTTPStatus.CREATED


@bp.put("/apps/<org>/<app>")
@with_key
@_answers
def put_app(org: str, app: str) -> ResponseReturnValue:
    """Serve {release, version, bundle, by} from now on, after reading every file of the bundle once."""
    message = _message(LARGEST_MESSAGE)
    delivered = Delivered(
        _text(message, "release"), _whole(message, "version"), _text(message, "bundle"), _text(message, "by")
    )
    bundles().verify(delivered.bundle_id)
    return jsonify(_served(serve(org, app, delivered, clock.now())))


@bp.get("/apps/<org>/<app>")
@with_key
@_answers
def get_app(org: str, app: str) -> ResponseReturnValue:
    """What is served under this name, after reading every file of it. 404 where nothing is."""
    row = served_app(org, app)
    if row is None:
        raise NotThere(Sentence(N_("The app is not served here.")))
    bundles().verify(row.bundle_id)
    return jsonify(_served(row))


@bp.delete("/apps/<org>/<app>")
@with_key
@_answers
def delete_app(org: str, app: str) -> ResponseReturnValue:
    """Stop serving an app. What people have sent in stays. 204, also where it was not served."""
    withdraw(org, app, clock.now())
    return "", HTTPStatus.NO_CONTENT


@bp.put("/previews/<token>")
@with_key
@_answers
def put_preview(token: str) -> ResponseReturnValue:
    """Show {org, app, bundle, person} under the address of `token`. 204."""
    message = _message(LARGEST_MESSAGE)
    draft = PreviewApp(
        token=token,
        org=_text(message, "org"),
        app=_text(message, "app"),
        bundle_id=_text(message, "bundle"),
        person=_text(message, "person"),
        updated_at=clock.now(),
    )
    there = preview_app(token)
    if there is not None and (there.org, there.app, there.person) != (draft.org, draft.app, draft.person):
        raise Refused(Sentence(N_("This preview belongs to somebody else.")))
    bundles().files(draft.bundle_id)
    show_preview(draft)
    return "", HTTPStatus.NO_CONTENT


@bp.put("/reviews/<org>/<app>/<int:number>")
@with_key
@_answers
def put_review(org: str, app: str, number: int) -> ResponseReturnValue:
    """Serve {bundle, release, by} as pull request `number` of an app; 422 outside the test environment."""
    message = _message(LARGEST_MESSAGE)
    if not reviewed.are_tried() or number < 1:
        raise Refused(Sentence(N_("Pull requests are tried in the test environment only.")))
    delivered = Delivered(_text(message, "release"), number, _text(message, "bundle"), _text(message, "by"))
    bundles().verify(delivered.bundle_id)
    return jsonify(_served(reviewed.show(org, app, number, delivered, clock.now())))


@bp.get("/reviews")
@with_key
@_answers
def get_reviews() -> ResponseReturnValue:
    """The pull requests that are tried here, each with when somebody last used it."""
    found = [_served(row) | {"last_used": at.isoformat()} for row, at in reviewed.places()]
    return jsonify(reviews=found)


@bp.delete("/reviews/<org>/<app>/<int:number>")
@with_key
@_answers
def delete_review(org: str, app: str, number: int) -> ResponseReturnValue:
    """Stop serving it, and delete what was filled in there. 204, also where it was not served."""
    reviewed.throw_away(org, app, number)
    return "", HTTPStatus.NO_CONTENT


def _served(row: ServedApp) -> dict[str, Any]:
    return {
        "org": row.org,
        "app": row.app,
        "release": row.release,
        "version": row.version,
        "bundle": row.bundle_id,
        "deployed_at": row.deployed_at.isoformat(),
        "by": row.by,
        "reviewed": row.reviewed,
    }


def _message(most: int) -> dict[str, Any]:
    request.max_content_length = most
    message = request.get_json(silent=True)
    if not isinstance(message, dict):
        raise Refused(Sentence(N_("A JSON object was expected.")))
    return message


def _text(message: dict[str, Any], key: str) -> str:
    value = message.get(key)
    if not isinstance(value, str) or not value:
        raise Refused(Sentence(N_("%(key)s must be a text."), {"key": key}))
    return value


def _whole(message: dict[str, Any], key: str) -> int:
    value = message.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise Refused(Sentence(N_("%(key)s must be a whole number from 1."), {"key": key}))
    return value
