"""HTTP of one image: shown, replaced, cropped, described, chosen for a component, deleted."""

from collections.abc import Callable, Mapping
from typing import Final

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import Change, SetFile, composite
from studio.definition.errors import DomainError
from studio.definition.images import alternative_text, arriving
from studio.definition.images.pictures import LARGEST
from studio.definition.naming import component_name
from studio.definition.sentences import N_, Sentence
from studio.features import author, open_draft
from studio.features.resources.blueprint import bp
from studio.features.resources.cropping import CROPPED, Crop, cropped
from studio.features.resources.showing import Shown, Wanting, choosing, describing, shown_one, wanting
from studio.features.resources.views import cleaned_words, frame
from studio.history.errors import Busy, Conflict, StaleEdit
from studio.showing_changes import image_answer
from studio.web import render, translate


@bp.get("/<org>/<app>/images/file/<path:path>")
@requires(Right.VIEW)
def file(org: str, app: str, path: str) -> ResponseReturnValue:
    """The image itself. Never runs anything: also a drawing is shown without its scripts."""
    return image_answer(app_definition(open_draft(org, app).files), path)


@bp.get("/<org>/<app>/images/picture/<path:path>")
@requires(Right.EDIT)
def picture(org: str, app: str, path: str) -> ResponseReturnValue:
    """One image: where it is used, what is read out instead of it, and what can be done with it."""
    definition = app_definition(open_draft(org, app).files)
    return _page(org, app, definition, shown_one(definition, path))


@bp.post("/<org>/<app>/images/picture/<path:path>")
@requires(Right.EDIT)
def edit(org: str, app: str, path: str) -> ResponseReturnValue:
    """One edit of an image or of what is read out instead of it."""
    draft = open_draft(org, app)
    definition = app_definition(draft.files)
    found = shown_one(definition, path)
    make = _COMMANDS.get(request.form.get("do", ""))
    if make is None:
        abort(400)
    try:
        change = make(definition, found)
        said = translate(change.sentence(definition)).replace("*", "")
        draft.apply(change, draft.revision, author(), now())
    except (StaleEdit, Conflict, Busy):
        raise
    except DomainError as problem:
        return _page(org, app, definition, found, translate(problem.sentence)), 422
    flash(said, "success")
    if request.form.get("do") == "choose":
        chosen = _wanted(definition)
        return redirect(
            url_for(
                "layouts.page",
                org=org,
                app=app,
                layout_set=chosen.layout_set.id,
                page=chosen.page.name,
                selected=chosen.component.id,
            )
            if chosen
            else url_for("resources.index", org=org, app=app)
        )
    if request.form.get("do") == "delete":
        return redirect(url_for("resources.index", org=org, app=app))
    return redirect(url_for("resources.picture", org=org, app=app, path=path))


def _page(org: str, app: str, definition: AppDefinition, found: Shown, problem: str = "") -> str:
    return render(
        "resources/picture.html",
        **frame(org, app, definition),
        found=found,
        problem=problem,
        can_crop=found.picture.kind in CROPPED,
        crop_phrases=_crop_phrases(),
        languages=definition.languages or ("nb",),
        component_name=lambda component: component_name(definition, component),
        alternative=lambda component: alternative_text(definition, component),
        written=request.form if problem else {},
    )


def _crop_phrases() -> Mapping[str, str]:
    """What <crop-frame> says."""
    return {
        "frame": gettext(
            "The part that stays. Drag on the picture, or move it and its corners with the arrows."
        ),
        "move": gettext("Move the part"),
        "nw": gettext("Upper left corner"),
        "ne": gettext("Upper right corner"),
        "sw": gettext("Lower left corner"),
        "se": gettext("Lower right corner"),
        "now": gettext("{width} × {height} pixels, {left} from the left and {top} from the top"),
    }


def _replace(app: AppDefinition, found: Shown) -> Change:
    given = request.files.get("file")
    if given is None or not given.filename:
        raise DomainError(Sentence(N_("Choose the picture that is to take its place.")))
    _, data, gone = arriving(given.filename, given.stream.read(LARGEST + 1), found.picture.kind)
    if gone:
        flash(cleaned_words(set(gone)), "info")
    return SetFile(app.paths.resource(found.picture.path), data)


def _crop(app: AppDefinition, found: Shown) -> Change:
    path = app.paths.resource(found.picture.path)
    crop = Crop(*(_number(name) for name in ("left", "top", "width", "height", "to_width")))
    return SetFile(path, cropped(app.files[path], found.picture.kind or "", crop))


def _delete(app: AppDefinition, found: Shown) -> Change:
    return SetFile(app.paths.resource(found.picture.path), None)


def _describe(app: AppDefinition, _found: Shown) -> Change:
    chosen = _wanted(app)
    if chosen is None:
        raise DomainError(Sentence(N_("The component is not there any more.")))
    languages = app.languages or ("nb",)
    texts = {each: request.form.get(f"text-{each}", "").strip()[:1000] for each in languages}
    changes = describing(app, chosen, texts)
    if not any(texts.values()):
        raise DomainError(Sentence(N_("Say in a few words what it shows.")))
    return composite(changes)


def _choose(app: AppDefinition, found: Shown) -> Change:
    chosen = _wanted(app)
    if chosen is None:
        raise DomainError(Sentence(N_("The component is not there any more.")))
    return choosing(app, chosen, found.picture.path)


def _wanted(app: AppDefinition) -> Wanting | None:
    form = request.form
    return wanting(app, form.get("layout_set", ""), form.get("page", ""), form.get("component", ""))


def _number(name: str) -> int:
    """A number of the form; raises DomainError for what is none."""
    written = request.form.get(name, "").strip() or "0"
    if not written.isdecimal() or len(written) > 6:
        raise DomainError(Sentence(N_("Write whole numbers of pixels."), {}))
    return int(written)


_COMMANDS: Final[Mapping[str, Callable[[AppDefinition, Shown], Change]]] = {
    "replace": _replace,
    "crop": _crop,
    "delete": _delete,
    "describe": _describe,
    "choose": _choose,
}
