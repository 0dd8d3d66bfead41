"""HTTP of what the editor asks about while somebody writes."""

from flask import request
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.definition.code import text as texts
from studio.features.code.blueprint import bp
from studio.features.code.marks import marks_on
from studio.features.code.opened import opened
from studio.web import code_editor


@bp.post("/<org>/<app>/code/check/<path:path>")
@requires(Right.EDIT)
def check_text(org: str, app: str, path: str) -> ResponseReturnValue:
    """What there is to say about a text that is being written."""
    source = opened(org, app, path)
    data = texts.written(request.form.get("text", ""), source.data)
    return code_editor.checked(marks_on(source.draft.files, path, data))
