"""The blueprint that the views of this screen hang on."""

from typing import cast

from flask import Blueprint, Flask
from flask.blueprints import BlueprintSetupState

from studio.history.errors import Moved
from studio.reviews.problems import NotAllowed, NotNow
from studio.reviews.suggestions import DoesNotFit
from studio.runtime.forms.markup import block
from studio.web.branch_address import about_whole_apps
from studio.web.errors import answer_with

bp = Blueprint("pull_requests", __name__, template_folder="templates")
about_whole_apps(bp)
bp.add_app_template_filter(block, "as_markdown")


@bp.record_once
def _answer_problems(state: BlueprintSetupState) -> None:
    app = cast(Flask, state.app)
    answer_with(app, NotNow, 409)
    answer_with(app, Moved, 409)
    answer_with(app, NotAllowed, 403)
    answer_with(app, DoesNotFit, 409)
