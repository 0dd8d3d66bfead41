"""A page as the runtime shows it, with what changed on it outlined and named.

The same renderer as that of Studio's canvas. What did not change and stands far from what did is folded, as
the unchanged lines of a text are.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from flask_babel import force_locale
from markupsafe import Markup

from studio.definition.app import AppDefinition
from studio.definition.comparison import Fate
from studio.definition.layouts import Component, LayoutSet, Page, claims
from studio.definition.sentences import N_, Sentence
from studio.runtime.forms.building import page_view
from studio.runtime.forms.markup import plain
from studio.runtime.forms.render import Content, column_widths, render_component
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import ComponentView
from studio.web import translate

_INTERFACE_LANGUAGES: Final = frozenset({"nb", "nn", "en"})
_FATES: Final[Mapping[Fate, str]] = {
    "added": N_("New"),
    "removed": N_("Removed"),
    "changed": N_("Changed"),
    "moved": N_("Moved"),
}
_AROUND: Final = 1  # unchanged components that are shown before and after what changed
_FOLDED_FROM: Final = 3  # fewer than these are not worth a fold

_PLAIN: Final = Markup('<div class="form-component"{}>{}</div>\n')
_MARKED: Final = Markup(
    '<div class="form-component shown-change" data-fate="{}" role="group" aria-label="{}"{}>'
    '<p class="shown-change__name" aria-hidden="true">{}</p>{}</div>\n'
)
_FOLD: Final = Markup(
    '<details class="shown-fold"><summary>{}</summary><div class="form-grid">{}</div></details>\n'
)


@dataclass(frozen=True)
class Drawing:
    """A page of one state of an app, with the fates of its components.

    `resources` is the address in front of the app's own pictures. `shown` are the components of the page
    itself that are not folded; with none, nothing is.
    """

    app: AppDefinition
    layout_set: LayoutSet
    page: str
    language: str
    fates: Mapping[str, Fate]
    today: date
    resources: str = ""
    shown: frozenset[str] = frozenset()

    def html(self) -> Markup:
        """The page's components."""
        state = FormState(
            self.app, self.layout_set, self.language, {}, self.today, design=True, resources=self.resources
        )
        views = {view.id: view for view in page_view(state, self.page).components}
        page = self.layout_set.page(self.page)
        roots = [(part, views[part.id]) for part in (page.roots if page else ()) if part.id in views]
        parts = []
        for is_shown, run in groupby(roots, key=lambda each: not self.shown or each[0].id in self.shown):
            html = [self._item(component, view) for component, view in run]
            if is_shown or len(html) < _FOLDED_FROM:
                parts += html
            else:
                parts.append(_FOLD.format(_unchanged(len(html)), Markup("").join(html)))
        return Markup("").join(parts)

    def _item(self, component: Component, view: ComponentView) -> Markup:
        children = self._children(component, view) if component.children else Markup("")
        body = self._body(view, children)
        fate = self.fates.get(component.id)
        if fate is None:
            return _PLAIN.format(column_widths(view), body)
        named = fate_name(fate)
        return _MARKED.format(
            fate, f"{named}: {plain(view.text('title')) or component.id}", column_widths(view), named, body
        )

    def _body(self, view: ComponentView, children: Markup) -> Markup:
        if self.language not in _INTERFACE_LANGUAGES:
            return render_component(view, "design", _unwrapped, children)
        with force_locale(self.language):
            return render_component(view, "design", _unwrapped, children)

    def _children(self, component: Component, view: ComponentView) -> Markup:
        """What is inside a component: in its parts (tabs, cards, cells), and beside them."""
        by_id = {child.id: child for child in component.children}
        items = {inner.id: self._item(by_id[inner.id], inner) for inner in view.children if inner.id in by_id}
        parts = {
            place: Markup('<div class="form-grid">{}</div>').format(Markup("").join(html))
            for place, html in _parts(component, items)
        }
        return Content(Markup("").join(items.values()), parts)


def worth_showing(sides: Iterable[tuple[Page | None, Mapping[str, Fate]]]) -> frozenset[str]:
    """The components of a page itself that changed on one of the sides, or stand beside one that did there.

    Both sides show the same ones, so that what is gone on one of them can be looked for there.
    """
    found: set[str] = set()
    for page, fates in sides:
        roots = page.roots if page is not None else ()
        for place, root in enumerate(roots):
            if any(part.id in fates for part in root.walk()):
                around = roots[max(place - _AROUND, 0) : place + _AROUND + 1]
                found.update(each.id for each in around)
    return frozenset(found)


def _parts(component: Component, items: dict[str, Markup]) -> Iterator[tuple[str, list[Markup]]]:
    """Where in the component something stands, with what stands there; that is taken out of `items`."""
    held: dict[str, list[Markup]] = {}
    for claim in claims(component.raw):
        where = claim.pointer[1:]
        if where.startswith("children/") or claim.id not in items:
            continue
        place = where.rpartition("/")[0] if "/children/" in where else where
        held.setdefault(place, []).append(items.pop(claim.id))
    yield from held.items()


def fate_name(fate: Fate) -> str:
    """What became of a component, in a word of the interface's language."""
    return translate(Sentence(_FATES[fate]))


def _unchanged(count: int) -> str:
    return translate(Sentence(N_("%(count)s components that are the same"), {"count": count}))


def _unwrapped(_view: ComponentView, html: Markup) -> Markup:
    return html
