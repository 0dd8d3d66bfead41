"""The blueprint that the views of this screen hang on."""

from typing import cast

from flask import Blueprint, Flask, Response, request
from flask.blueprints import BlueprintSetupState

from studio.history.errors import BranchGone
from studio.web import translate
from studio.web.branch_address import about_whole_apps
from studio.web.errors import error_response

bp = Blueprint("branches", __name__, template_folder="templates")
about_whole_apps(bp)


@bp.record_once
def _answer_for_branches_that_are_gone(state: BlueprintSetupState) -> None:
    cast(Flask, state.app).register_error_handler(BranchGone, _gone)


def _gone(error: BranchGone) -> Response:
    """An edit is not refused for good: an editor keeps it, as it fits again when the branch is back."""
    reads = request.method in {"GET", "HEAD"}
    return error_response(404 if reads else 409, translate(error.sentence))
