"""What of a form goes into its PDF (components.md, 7; app-format.md, 6.4).

Either the page that the app made for it (`pdfLayoutName`), or what was answered on every page: without the
pages and components of `excludeFromPdf`, and without what only says something.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from flask_babel import gettext

from studio.definition.images.uses import own_path
from studio.runtime.forms import summaries
from studio.runtime.forms.building import Builder
from studio.runtime.forms.entries import SUBFORM
from studio.runtime.forms.kinds.media import address_in
from studio.runtime.forms.state import FormState
from studio.runtime.forms.summaries import Rules, parts_of
from studio.runtime.forms.view import ComponentView
from studio.runtime.pdf.document import Answer, Break, Heading, Part, Picture, Prose, Table
from studio.runtime.pdf.pictures import prepared

_SUMMARIES: Final = frozenset({"Summary", "Summary2"})
# Types that only say or show something (`_said`); a value is an answer that the app gives.
_SAYING: Final = frozenset(
    {
        "Alert",
        "Date",
        "Heading",
        "Image",
        "InstanceInformation",
        "Number",
        "Option",
        "Panel",
        "Paragraph",
        "Text",
    }
)
_DEEPEST: Final = 6
_MOST_COLUMNS: Final = 7


# Gives the bytes of an attachment by the id of its data element; None where there is no such one.
Attached = Callable[[str], bytes | None]


def content_of(state: FormState, attached: Attached = lambda _id: None) -> tuple[Part, ...]:
    """The parts of a form's PDF, with headings that follow one another without gaps."""
    pages = _mapping(state.layout_set.settings.get("pages"))
    designed = pages.get("pdfLayoutName")
    if isinstance(designed, str) and state.layout_set.page(designed) is not None:
        found = _Content(attached).designed(state, designed)
    else:
        found = _Content(attached).automatic(state, _names(pages.get("excludeFromPdf")))
    return tuple(_levelled(found))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _names(value: Any) -> frozenset[str]:
    return frozenset(str(each) for each in value) if isinstance(value, list) else frozenset()


class _Content:
    """Finds the parts; `attached` gives what was uploaded."""

    def __init__(self, attached: Attached) -> None:
        self._attached = attached

    def automatic(self, state: FormState, without: frozenset[str]) -> Iterator[Part]:
        components = _mapping(state.layout_set.settings.get("components"))
        rules = Rules(left_out=_names(components.get("excludeFromPdf")), say=state.text)
        builder = Builder(state, summarise=False)
        for page in state.pages():
            if page.name in without:
                continue
            view = builder.page(page.name)
            inside = [
                part
                for component in view.components
                for part in _with_breaks(state, component, self._flat(parts_of(component, rules, builder), 3))
            ]
            if any(not isinstance(part, Break) for part in inside):
                # A page without a title of its own has the name of its file, which says nothing to anybody.
                if view.title != page.name:
                    yield Heading(2, view.title)
                yield from inside

    def _flat(self, parts: Iterable[summaries.Part], level: int) -> Iterator[Part]:
        """Summaries one after the other, with headings in place of what lies inside something."""
        for part in parts:
            match part:
                case summaries.Answer():
                    yield Answer(part.label, part.text or part.empty or gettext("Not answered"), part.several)
                    yield from self._uploaded(part.pictures)
                case summaries.Table():
                    yield from _table(part, level)
                case summaries.Block():
                    if part.title:
                        yield Heading(level, part.title)
                    yield from self._flat(part.parts, min(level + 1, _DEEPEST))

    def designed(self, state: FormState, page: str) -> Iterator[Part]:
        """A page that the app made: everything on it, as answers where it is filled in."""
        builder = Builder(state)
        for view in builder.page(page).components:
            yield from _with_breaks(state, view, self._shown(view, builder, 2))

    def _shown(self, view: ComponentView, builder: Builder, level: int) -> Iterator[Part]:
        title = view.text("title")
        if view.type in _SUMMARIES:
            yield from self._sections(view, level)
        elif view.type in _SAYING:
            yield from _said(view, title, builder.state)
        elif view.children and not view.rows and view.type != SUBFORM:
            if title:
                yield Heading(level, title)
            for child in view.children:
                yield from self._shown(child, builder, min(level + 1, _DEEPEST) if title else level)
        else:
            yield from self._flat(parts_of(view, Rules(say=builder.state.text), builder.in_summary()), level)

    def _sections(self, view: ComponentView, level: int) -> Iterator[Part]:
        for section in view.settings["sections"]:
            if not view.settings["one"]:
                yield Heading(level, section.title)
            yield from self._flat(section.parts, level if view.settings["one"] else level + 1)

    def _uploaded(self, pictures: Iterable[summaries.Picture]) -> Iterator[Part]:
        for each in pictures:
            content = self._attached(each.id)
            found = prepared(content) if content is not None else None
            if found is not None:
                yield Picture(found, each.name)


def _said(view: ComponentView, title: str, state: FormState) -> Iterator[Part]:
    """What only says or shows something."""
    match view.type:
        case "Heading":
            yield Heading(view.level, title)
        case "Paragraph":
            yield Prose(title)
        case "Alert" | "Panel":
            yield from (Prose(text) for text in (f"**{title}**" if title else "", view.text("body")) if text)
        case "Image":
            yield from _image(view, state)
        case "InstanceInformation":
            yield from (Answer(name, value) for name, value in view.settings["facts"])
        case _:
            yield Answer(title, view.settings["shown"])


def _image(view: ComponentView, state: FormState) -> Iterator[Part]:
    """A picture of the app itself; one of another server is not fetched, and only what it shows is told."""
    given = _mapping(view.raw.get("image"))
    path = own_path(address_in(given, state.language))
    content = state.app.files.get(state.app.paths.resource(path)) if path else None
    found = prepared(content) if content is not None else None
    alternative = view.text("altTextImg")
    if found is not None:
        yield Picture(found, alternative, view.settings["width"], view.settings["align"])
    elif alternative:
        yield Prose(alternative)


def _with_breaks(state: FormState, view: ComponentView, inside: Iterable[Part]) -> Iterator[Part]:
    """The parts of a component between the page breaks that it asks for (`pageBreak`)."""
    given = _mapping(view.raw.get("pageBreak"))
    spot = state.form.spot(view.id)
    if given and spot.text_value("pageBreak.breakBefore", given.get("breakBefore")) == "always":
        yield Break()
    yield from inside
    if given and spot.text_value("pageBreak.breakAfter", given.get("breakAfter")) == "always":
        yield Break()


def _table(table: summaries.Table, level: int) -> Iterator[Part]:
    """A table; one that is wider than a page as the answers of each row."""
    if table.title:
        yield Heading(level, table.title)
    if len(table.heads) <= _MOST_COLUMNS:
        yield Table(table.heads, table.rows)
        return
    for number, row in enumerate(table.rows, 1):
        yield Heading(min(level + 1, _DEEPEST), gettext("Number %(number)s", number=number))
        yield from (Answer(head, text) for head, text in zip(table.heads, row, strict=True))


def _levelled(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts with headings at most one level below the one before: readers go by them."""
    last = 1
    for part in parts:
        if isinstance(part, Heading):
            last = min(part.level, last + 1)
            yield Heading(last, part.text)
        else:
            yield part
