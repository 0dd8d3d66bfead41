"""HTTP of finding and replacing words in all texts, with a preview."""

from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.changes import ReplaceInTexts
from studio.features import author
from studio.features.texts import page
from studio.features.texts.blueprint import bp
from studio.features.texts.views import here
from studio.web import render

_MOST_SHOWN = 200
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Replacement:
    """A text that would read otherwise."""

    language: str
    key: str
    before: str
    after: str


@bp.get("/<org>/<app>/texts/replace")
@requires(Right.EDIT)
def replacing(org: str, app: str) -> ResponseReturnValue:
    """The form; with something to look for also what would be replaced."""
    work = here(org, app)
    wanted = _wanted(request.args)
    found = [Replacement(*each) for each in wanted.replacements(work.app)] if wanted.find else []
    return render(
        "texts/replace.html",
        **page.frame(work, "replace"),
        work=work,
        wanted=wanted,
        found=found[:_MOST_SHOWN],
        total=len(found),
    )


@bp.post("/<org>/<app>/texts/replace")
@requires(Right.EDIT)
def replace(org: str, app: str) -> ResponseReturnValue:
    """Replace in all texts that were shown, as one change."""
    work, wanted = here(org, app), _wanted(request.form)
    if wanted.find:
        work.draft.apply(wanted, work.revision, author(), now())
    return redirect(url_for("texts.index", org=org, app=app, q=wanted.replace or None))


def _wanted(given: MultiDict[str, str]) -> ReplaceInTexts:
    return ReplaceInTexts(
        given.get("find", "")[:_LONGEST],
        given.get("replace", "")[:_LONGEST],
        given.get("in") or None,
        match_case="any_case" not in given,
    )
