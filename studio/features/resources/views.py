"""HTTP of the images of an app: all of them, and new ones."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from studio.accounts import Right, current_person, may, requires
from studio.database.clock import now
from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import SetFile, composite
from studio.definition.errors import DomainError
from studio.definition.images import arriving
from studio.definition.images.pictures import LARGEST
from studio.definition.sentences import N_, Sentence
from studio.features import author, open_draft
from studio.features.resources.blueprint import bp
from studio.features.resources.showing import shown, wanting
from studio.web import render, translate
from studio.web.language import current_language

_FOLDER = "images/"
_MOST_AT_ONCE = 50


@bp.get("/<org>/<app>/images")
@requires(Right.EDIT)
def index(org: str, app: str) -> ResponseReturnValue:
    """All images of the app; with a component in the address, to choose one for it."""
    return _page(org, app, app_definition(open_draft(org, app).files))


@bp.post("/<org>/<app>/images")
@requires(Right.EDIT)
def upload(org: str, app: str) -> ResponseReturnValue:
    """New images, all as one change: cleaned, and under names that no other file has."""
    draft = open_draft(org, app)
    definition = app_definition(draft.files)
    given = [each for each in request.files.getlist("file") if each.filename]
    changes: list[SetFile] = []
    removed: set[str] = set()
    try:
        if not given or len(given) > _MOST_AT_ONCE:
            problem = N_("Choose from one to %(count)s pictures.")
            raise DomainError(Sentence(problem, {"count": _MOST_AT_ONCE}))
        taken = {path.casefold() for path in definition.files}
        for each in given:
            name, data, gone = arriving(each.filename or "", each.stream.read(LARGEST + 1))
            removed |= set(gone)
            path = _free(definition, name, taken)
            taken.add(path.casefold())
            changes.append(SetFile(path, data))
        draft.apply(composite(changes), draft.revision, author(), now())
    except DomainError as error:
        return _page(org, app, definition, translate(error.sentence)), 422
    flash(ngettext("%(num)s image was added", "%(num)s images were added", len(changes)), "success")
    if removed:
        flash(cleaned_words(removed), "info")
    return redirect(url_for("resources.index", org=org, app=app, **_kept()))


def cleaned_words(removed: set[str]) -> str:
    """What is said of a drawing that was cleaned."""
    message = N_("Taken out of the drawing, as it could run or reach out: %(names)s")
    return translate(Sentence(message, {"names": ", ".join(sorted(removed))}))


def frame(org: str, app: str, definition: AppDefinition) -> dict[str, Any]:
    """What every page of the screen needs."""
    return {
        "org": org,
        "app": app,
        "app_title": definition.title(current_language()) or app,
        "may_publish": may(current_person(), Right.PUBLISH, org),
    }


def _page(org: str, app: str, definition: AppDefinition, problem: str = "") -> str:
    kept = _kept()
    found = shown(definition)
    return render(
        "resources/index.html",
        **frame(org, app, definition),
        found=found,
        unused=sum(not each.is_mentioned for each in found),
        problem=problem,
        kept=kept,
        chosen=wanting(definition, *kept.values()) if len(kept) == 3 else None,
    )


def _kept() -> dict[str, Any]:
    """The component that an image is chosen for, as the address has it."""
    names = ("layout_set", "page", "component")
    return {name: request.values[name] for name in names if request.values.get(name)}


def _free(app: AppDefinition, name: str, taken: set[str]) -> str:
    stem, _, ending = name.rpartition(".")
    number, path = 1, app.paths.resource(_FOLDER + name)
    while path.casefold() in taken:
        number += 1
        path = app.paths.resource(f"{_FOLDER}{stem}-{number}.{ending}")
    return path
