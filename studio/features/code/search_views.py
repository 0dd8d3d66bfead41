"""HTTP of searching in all files, and of replacing with a look at it first."""

from dataclasses import dataclass
from itertools import islice
from typing import Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.app import app_definition
from studio.definition.changes import ReplaceInFiles
from studio.definition.code.searching import FileHits, Search, search
from studio.definition.errors import DomainError
from studio.features import author, open_draft
from studio.features.code.blueprint import bp
from studio.features.code.views import frame, tree_of
from studio.history.draft import Draft
from studio.web import render, translate

_MOST_PLACES: Final = 50  # shown of one file
_MOST_FILES: Final = 200


@dataclass(frozen=True, slots=True)
class _Asked:
    """The search form."""

    find: str
    is_pattern: bool
    match_case: bool
    whole_words: bool
    paths: str

    @property
    def search(self) -> Search:
        """Raises DomainError where it is none."""
        return Search(self.find, self.is_pattern, self.match_case, self.whole_words, self.paths)


@bp.get("/<org>/<app>/code/search", endpoint="search")
@requires(Right.EDIT)
def search_page(org: str, app: str) -> ResponseReturnValue:
    """The places where something stands, in all files."""
    draft, asked, problem = open_draft(org, app), _asked(), ""
    found: list[FileHits] = []
    if asked.find:
        try:
            becomes = request.args.get("replacement", "") if "look" in request.args else None
            found = list(islice(search(draft.files, asked.search, _MOST_PLACES, becomes), _MOST_FILES))
        except DomainError as error:
            problem = translate(error.sentence)
    return _page(org, app, draft, asked, found, problem=problem, status=422 if problem else 200)


@bp.post("/<org>/<app>/code/search")
@requires(Right.EDIT)
def replace(org: str, app: str) -> ResponseReturnValue:
    """Replace in the chosen files, as one change."""
    draft, asked = open_draft(org, app), _asked()
    change = ReplaceInFiles(
        asked.find,
        request.form.get("replacement", ""),
        tuple(request.form.getlist("chosen")),
        asked.is_pattern,
        asked.match_case,
        asked.whole_words,
    )
    definition = app_definition(draft.files)
    try:
        draft.apply(change, request.form.get("base") or draft.revision, author(), now())
    except DomainError as error:
        return _page(org, app, draft, asked, [], problem=translate(error.sentence), status=422)
    flash(translate(change.sentence(definition)).replace("*", ""), "success")
    return redirect(url_for("code.index", org=org, app=app))


def _asked() -> _Asked:
    given = request.values
    return _Asked(
        given.get("find", ""), "pattern" in given, "case" in given, "words" in given, given.get("paths", "")
    )


def _page(
    org: str, app: str, draft: Draft, asked: _Asked, found: list[FileHits], *, problem: str, status: int
) -> ResponseReturnValue:
    definition = app_definition(draft.files)
    return render(
        "code/search.html",
        **frame(org, app, definition),
        root=tree_of(draft, definition),
        base=draft.revision,
        asked=asked,
        found=found,
        count=sum(each.count for each in found),
        is_cut=len(found) == _MOST_FILES,
        replacement=request.values.get("replacement", ""),
        shows_replacement="look" in request.args,
        problem=problem,
    ), status
