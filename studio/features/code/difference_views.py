"""HTTP of how the files of a draft differ from those of its branch."""

from flask import request
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.definition.app import app_definition
from studio.features import open_draft
from studio.features.code.blueprint import bp
from studio.features.code.views import frame, tree_of
from studio.showing_changes import file_differences
from studio.web import render


@bp.get("/<org>/<app>/code/difference")
@requires(Right.EDIT)
def difference(org: str, app: str) -> ResponseReturnValue:
    """What differs, in all files or in the one that is named ("path")."""
    draft = open_draft(org, app)
    definition = app_definition(draft.files)
    path = request.args.get("path", "")
    return render(
        "code/difference.html",
        **frame(org, app, definition),
        root=tree_of(draft, definition),
        path=path,
        branch=draft.branch,
        differences=file_differences(draft.base_files, draft.files, (path,) if path else None),
    )
