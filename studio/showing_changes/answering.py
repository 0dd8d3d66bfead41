"""What the pages that show changes have in common over HTTP: what was asked for, and pictures of pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import unquote, urlencode

from flask import Blueprint, Response, request, url_for
from flask_babel import get_locale, gettext

from studio.database.clock import now
from studio.definition.app import app_definition
from studio.definition.comparison import ChangedPage, Side
from studio.definition.content_cache import ContentCache
from studio.definition.errors import NotThere
from studio.definition.files import Files
from studio.definition.sentences import N_, Sentence
from studio.showing_changes.drawing import Drawing, worth_showing
from studio.showing_changes.images import image_answer
from studio.showing_changes.summary import Changes, changes
from studio.web import render
from studio.web.language import current_language

# Has no address of its own: it brings the templates.
bp = Blueprint("showing_changes", __name__, template_folder="templates")

Width = Literal["phone", "desktop"]
# A picture runs nothing, calls nobody, and is shown by Studio alone.
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; media-src 'none'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
_FILE: Final = "file"
_OF_A_PAGE: Final = frozenset({"side", "set", "page", "lang", _FILE})
_DRAWN: Final[ContentCache[str]] = ContentCache(300)  # of some 20 kB each


@dataclass(frozen=True, slots=True)
class View:
    """How pages are shown: in which of the app's languages, as wide as which screen."""

    language: str
    width: Width
    languages: tuple[str, ...]


def view_asked(shown: Changes) -> View:
    """What the address asks for by `lang` and `width`; without them, a language that something changed in."""
    seen = [code for picture in shown.pictures for code in picture.languages]
    mine = current_language()
    preferred = [
        request.args.get("lang", ""),
        *(code for code in (current_language(),) if code in seen),
        *seen,
    ]
    known = shown.languages or (mine,)
    language = next((code for code in preferred if code in known), known[0])
    width: Width = "phone" if request.args.get("width") == "phone" else "desktop"
    return View(language, width, known)


def pictures_at(endpoint: str, **place: Any) -> Callable[[str, str, str, str], str]:
    """The address of a picture by `(side, layout set, page, language)`, as the macros ask for it.

    The view of that endpoint, at that place, answers with `picture_answer`.
    """
    return lambda side, layout_set, page, language: url_for(
        endpoint, **place, side=side, set=layout_set, page=page, lang=language
    )


def picture_answer(before: Files, after: Files) -> Response:
    """The page that the address asks for by `side`, `set`, `page` and `lang`; raises NotThere.

    `page` is its name on that side. The images on it are asked for at the same address, by `side` and
    `file`, so that they are those of that state, for whoever may see it.
    """
    side: Side = "before" if request.args.get("side") == "before" else "after"
    if _FILE in request.args:
        return image_answer(app_definition(before if side == "before" else after), _file_asked())
    resources = _own_images(side)
    layout_set, name = request.args.get("set", ""), request.args.get("page", "")
    language = request.args.get("lang", "")
    page = _page(changes(before, after), side, layout_set, name)
    today = now().date()
    key = (before.tree_id, after.tree_id, side, layout_set, name, language, get_locale(), today, resources)

    def draw() -> str:
        old, new = app_definition(before), app_definition(after)
        app = old if side == "before" else new
        forms = app.layout_set(layout_set)
        if forms is None:
            raise NotThere(_no_page(name))
        fates = page.fates(side, language)
        around = worth_showing(
            (
                (old.page(layout_set, page.before or ""), page.fates("before", language)),
                (new.page(layout_set, page.after or ""), page.fates("after", language)),
            )
        )
        drawing = Drawing(app, forms, name, language, fates, today, resources, around)
        title = gettext("Before the change") if side == "before" else gettext("After the change")
        shown = forms.page(name)
        problem = shown.broken.sentence if shown is not None and shown.broken else None
        return render(
            "showing_changes/picture.html",
            content=drawing.html(),
            language=language,
            page=name,
            side=title,
            problem=problem,
        )

    answer = Response(_DRAWN.get(" ".join(map(str, key)), draw))
    answer.headers["Content-Security-Policy"] = _POLICY
    return answer


def _own_images(side: Side) -> str:
    """The address in front of the images of one side: this one, without what asks for a page."""
    kept = {name: value for name, value in request.args.items() if name not in _OF_A_PAGE}
    address = url_for(request.endpoint or "", **(request.view_args or {}))
    return f"{address}?{urlencode(kept | {'side': side, _FILE: ''})}"


def _file_asked() -> str:
    """The last part of the address as it stands: a renderer puts a file's name there, and quotes nothing."""
    return unquote(request.query_string.decode().partition(f"{_FILE}=")[2])


def _page(shown: Changes, side: Side, layout_set: str, name: str) -> ChangedPage:
    for picture in shown.pictures:
        page = picture.page
        if page.layout_set == layout_set and (page.before if side == "before" else page.after) == name:
            return page
    raise NotThere(_no_page(name))


def _no_page(name: str) -> Sentence:
    return Sentence(N_("There is no page %(page)s among what changed."), {"page": name})
