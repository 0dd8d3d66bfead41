"""The pages that changed, pictured before and after, and compared dot by dot.

Which pages changed is known from the definition; so only these are pictured, in the languages in which they
differ, on a desktop's screen and on a phone's.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageChops

from studio.browser import Window
from studio.definition.app import AppDefinition, app_definition
from studio.definition.comparison import ChangedPage, changed_pages
from studio.definition.findings import Finding, Place
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence
from studio.reviews.check_models import RunState
from studio.reviews.form_pages import FormPage, everything_shown
from studio.reviews.looking import Looker, NotShown
from studio.reviews.outcomes import Compared, Material, Outcome

WIDTHS: Final = (1280, 390)  # pixels: a desktop, a phone
MOST_VIEWS: Final = 40  # pages times languages
_TOLERANCE: Final = 8  # of 255: less is no difference that anybody sees
_CHANGED: Final = (214, 0, 110)
_FADED: Final = 0.7


@dataclass(frozen=True, slots=True)
class _View:
    """A changed page in one language."""

    page: ChangedPage
    title: str
    language: str


def page_pictures(material: Material) -> Outcome:
    """Picture the changed pages. Passed where all could be pictured; whether it looks right is for people."""
    old, new = app_definition(material.before), app_definition(material.after)
    views = list(_views(old, new))
    if not views:
        return Outcome(RunState.PASSED, Sentence(N_("No page looks different.")))
    shown = (everything_shown(material.before), everything_shown(material.after))
    pictures: list[Compared] = []
    findings: list[Finding] = []
    with Looker(material) as looker:
        for view in views[:MOST_VIEWS]:
            try:
                pictures += _compared(looker, shown, view)
            except NotShown as problem:
                findings.append(_not_pictured(new, view, problem.why))
    return Outcome(
        RunState.FAILED if findings else RunState.PASSED,
        _summary(pictures, views),
        tuple(findings),
        tuple(pictures),
    )


def _views(old: AppDefinition, new: AppDefinition) -> Iterator[_View]:
    languages = tuple(dict.fromkeys((*new.languages, *old.languages))) or ("nb",)
    for page in changed_pages(old, new):
        for language in page.languages(languages):
            yield _View(page, page_name(new, page.name), language)


def _summary(pictures: list[Compared], views: list[_View]) -> Sentence:
    pages = {(each.page.layout_set, each.page.name) for each in views}
    different = {(each.layout_set, each.page) for each in pictures if each.changed}
    values: dict[str, str | int | Sentence] = {"count": len(different), "all": len(pages), "most": MOST_VIEWS}
    if len(views) > MOST_VIEWS:
        words = N_(
            "%(count)s of %(all)s changed pages look different. Only the first %(most)s views were pictured."
        )
        return Sentence(words, values)
    return Sentence(N_("%(count)s of %(all)s changed pages look different."), values)


def _compared(looker: Looker, apps: tuple[AppDefinition, AppDefinition], view: _View) -> list[Compared]:
    """The page on both sides, on each screen. Raises NotShown."""
    page = view.page
    sides = [
        _pictured(looker, app, page.layout_set, name, view.language)
        for app, name in zip(apps, (page.before, page.after), strict=True)
    ]
    found = []
    for place, width in enumerate(WIDTHS):
        before, after = (side[place] if side else None for side in sides)
        changed, pixels, difference = compare(before, after)
        found.append(
            Compared(
                page.layout_set, page.name, view.title, view.language, width, page.fate,
                changed, pixels, before, after, difference,
            )
        )  # fmt: skip
    return found


def _pictured(
    looker: Looker, app: AppDefinition, layout_set: str, name: str | None, language: str
) -> list[bytes] | None:
    """A page on each screen; None where there is no such page, or it cannot be read."""
    form = app.layout_set(layout_set)
    page = form.page(name) if form is not None and name is not None else None
    if form is None or page is None or page.broken is not None:
        return None
    site = looker.draw(FormPage(app, form, page, language))

    def take(window: Window) -> list[bytes]:
        taken = []
        for width in WIDTHS:
            window.resize(width)
            taken.append(window.picture())
        return taken

    return looker.look(site, WIDTHS[0], take)


def compare(before: bytes | None, after: bytes | None) -> tuple[int, int, bytes | None]:
    """How many pixels are others, of how many, and a picture (PNG) that shows them.

    What is there on one side only is different as a whole, and has no such picture.
    """
    if before is None or after is None:
        alone = before or after
        size = _opened(alone).size if alone else (0, 0)
        return size[0] * size[1], size[0] * size[1], None
    one, other = _opened(before), _opened(after)
    size = (max(one.width, other.width), max(one.height, other.height))
    one, other = _on_paper(one, size), _on_paper(other, size)
    red, green, blue = ImageChops.difference(one, other).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    mask = most.point([255 if value > _TOLERANCE else 0 for value in range(256)])
    changed = mask.histogram()[255]
    shown = Image.blend(other.convert("L").convert("RGB"), Image.new("RGB", size, "white"), _FADED)
    shown.paste(_CHANGED, mask=mask)
    written = io.BytesIO()
    shown.save(written, "PNG")
    return changed, size[0] * size[1], written.getvalue()


def _opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as opened:
        return opened.convert("RGB")


def _on_paper(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture at the upper left of a white sheet: a page that grew is compared where it is the same."""
    if picture.size == size:
        return picture
    sheet = Image.new("RGB", size, "white")
    sheet.paste(picture, (0, 0))
    return sheet


def _not_pictured(app: AppDefinition, view: _View, why: Sentence) -> Finding:
    form = app.layout_set(view.page.layout_set)
    page = form.page(view.page.name) if form else None
    words = N_("The page *%(page)s* (%(language)s) could not be pictured: %(why)s.")
    sentence = Sentence(words, {"page": view.title, "language": view.language, "why": why})
    path = page.path if page else app.paths.ui
    place = Place(path, layout_set=view.page.layout_set, page=view.page.name)
    return Finding("not-pictured", "error", place, sentence)
