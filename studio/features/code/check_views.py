"""HTTP of what the editor asks about: what can be written, and what is wrong with what is written."""

from typing import Any

from flask import Response, json, request
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.definition.code import text as texts
from studio.features.code.blueprint import bp
from studio.features.code.kinds import kind_of
from studio.features.code.marks import marks_on
from studio.features.code.opened import opened
from studio.features.code.schemas import schema_of
from studio.features.code.xml_schemas import elements_of
from studio.web import code_editor


@bp.post("/<org>/<app>/code/check/<path:path>")
@requires(Right.EDIT)
def check_text(org: str, app: str, path: str) -> ResponseReturnValue:
    """What there is to say about a text that is being written."""
    source = opened(org, app, path)
    data = texts.written(request.form.get("text", ""), source.data)
    return code_editor.checked(marks_on(source.draft.files, path, data))


@bp.get("/<org>/<app>/code/schema/<path:path>")
@requires(Right.EDIT)
def schema(org: str, app: str, path: str) -> ResponseReturnValue:
    """What can be written in a file, for suggestions and help; {} for files that nothing is known about."""
    source = opened(org, app, path)
    if kind_of(path).mode == "xml":
        known: dict[str, Any] = {"elements": elements_of(source.app, path, source.text)}
    else:
        known = schema_of(source.app, path) or {}
    answer = Response(json.dumps(known), mimetype="application/json")
    answer.add_etag()
    answer.cache_control.no_cache = True
    return answer.make_conditional(request)
