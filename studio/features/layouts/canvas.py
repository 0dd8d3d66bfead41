"""The page as the runtime shows it, each component wrapped so that it can be chosen, moved and written in."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from flask_babel import force_locale, get_locale, gettext
from markupsafe import Markup

from studio.definition.app import AppDefinition, Component, LayoutSet, Page
from studio.definition.components import ComponentType, component_type
from studio.definition.content_cache import ContentCache
from studio.definition.layouts import Layout, claims
from studio.features.layouts.example_options import ExampleOptions
from studio.features.layouts.offers import allowed_at, places_of
from studio.features.layouts.panel import component_label, text_entry
from studio.runtime.forms.building import page_view
from studio.runtime.forms.markup import plain
from studio.runtime.forms.render import Content, render_component
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import ComponentView
from studio.services.standard_lists import StandardLists
from studio.web import translate

_ITEM: Final = Markup(
    '<div id="component-{id}" class="canvas-item" role="group" tabindex="-1"{chosen}'
    ' aria-label="{label}" data-component="{id}" data-type="{type}"{more}>'
    '<a class="canvas-tag" href="?selected={id}&amp;lang={language}#editor-panel">'
    "{kind}</a>{note}{body}</div>"
)
_INSIDE: Final = Markup(
    '<div id="inside-{id}" class="form-grid canvas-inside" data-inside="{id}"'
    ' data-accepts="{accepts}"{label}>'
)
_CHOSEN: Final = Markup(' aria-current="true" data-chosen')
_NOT_CHOSEN: Final = Markup(' aria-current="false"')
_NOTE: Final = Markup('<p class="canvas-hidden">{}</p>')
# These show something of other components, whatever page those are on.
SHOW_OTHERS: Final = frozenset({"Summary", "Summary2", "RepeatingGroup", "Subform"})
_LONG: Final = 40  # components on a page, from which on the browser draws only those that can be seen
_DRAWN: Final[ContentCache[Markup]] = ContentCache(20_000)  # of some 700 bytes each
_INTERFACE_LANGUAGES: Final = frozenset({"nb", "nn", "en"})


@dataclass(frozen=True)
class Canvas:
    """A page of an app in one language. `selected` are the chosen ids, as far as the first sight goes.

    `resources` is the address in front of the app's own pictures, `lists` what every app can choose.
    """

    app: AppDefinition
    layout_set: LayoutSet
    page: Page
    language: str
    today: date
    selected: frozenset[str] = frozenset()
    resources: str = ""
    lists: StandardLists | None = None

    def html(self) -> Markup:
        """The whole page."""
        roots = self._roots()
        return self._inside("", "*", roots, long=len(roots) > _LONG)

    def fragment(self, component: Component, level: int) -> Markup:
        """One component with everything inside it."""
        here = alone(self.layout_set, self.page, (component,))
        return Markup("").join(self._items((component,), level, here))

    def _roots(self) -> list[Markup]:
        """The components of the page itself. Those that look as they did before are not drawn again."""
        around = self._surroundings()
        names = [self._content_id(root, around) for root in self.page.roots]
        by_name = dict(zip(names, self.page.roots, strict=True))

        def draw(missing: Sequence[str]) -> Iterator[Markup]:
            roots = tuple(by_name[name] for name in missing)
            every = len(roots) == len(self.page.roots) or any(map(shows_others, roots))
            here = self.layout_set if every else alone(self.layout_set, self.page, roots)
            return self._items(roots, 1, here)

        return _DRAWN.get_all(names, draw)

    def _surroundings(self) -> str:
        """What every component may look different by: all files but the pages, and which pages there are."""
        files = self.app.files
        pages = {page.path for layout_set in self.app.layout_sets for page in layout_set.pages}
        parts = [f"{path} {files.blob_id(path)}" for path in sorted(files) if path not in pages]
        parts += [f"{page.name} {page.hidden!r}" for page in self.layout_set.pages]
        here = (self.layout_set.id, self.page.name, self.language, get_locale(), self.today, self.resources)
        return _digest("\n".join([*parts, *map(str, here)]))

    def _content_id(self, root: Component, around: str) -> str:
        parts = list(root.walk())
        others = self.app.files.tree_id if shows_others(root) else ""
        chosen = [part.id for part in parts if part.id in self.selected]
        return _digest(json.dumps([around, others, chosen, [part.raw for part in parts]]))

    def _items(
        self, components: tuple[Component, ...], level: int, layout_set: LayoutSet
    ) -> Iterator[Markup]:
        state = FormState(
            self.app,
            layout_set,
            self.language,
            {},
            self.today,
            design=True,
            resources=self.resources,
            hooks=ExampleOptions(self.app, self.lists),
        )
        views = {view.id: view for view in page_view(state, self.page.name).components}
        for component in components:
            found = views.get(component.id)
            yield self._item(component, found, level) if found else Markup("")

    def _item(self, component: Component, view: ComponentView, level: int) -> Markup:
        kind = component_type(component.type)
        label = translate(component_label(component.type))
        text = self._text(component, kind)
        title = plain(view.text("title")) or component.id
        container = kind is not None and kind.children_in is not None
        children = self._children(component, kind, view, level) if container or component.children else None
        if text is not None and not text[1] and kind is not None:
            view = replace(view, texts={**view.texts, "title": _nothing_yet(kind)})
        return _ITEM.format(
            id=component.id or component.pointer,
            chosen=_CHOSEN if component.id in self.selected else _NOT_CHOSEN,
            label=f"{label}: {title}",
            type=component.type,
            more=_attributes(component, view, text),
            language=self.language,
            kind=label,
            note=_hidden_note(component),
            body=self._body(view, children),
        )

    def _body(self, view: ComponentView, children: Markup | None) -> Markup:
        inside = Markup("") if children is None else children
        if self.language not in _INTERFACE_LANGUAGES:
            return render_component(view, "design", _unwrapped, inside)
        with force_locale(self.language):
            return render_component(view, "design", _unwrapped, inside)

    def _children(
        self, component: Component, kind: ComponentType | None, view: ComponentView, level: int
    ) -> Markup:
        by_id = {child.id: child for child in component.children}
        items = {
            inner.id: self._item(by_id[inner.id], inner, level + 1)
            for inner in view.children
            if inner.id in by_id
        }
        parts = {
            place: self._inside(
                f"{component.id}#{place}",
                accepts,
                [items.pop(name) for name in names if name in items],
                _part_label(component, place),
            )
            for place, names, accepts in part_places(component, kind)
        }
        # A component that holds others only in its parts has no place beside them.
        beside = kind is None or kind.children_in in {"children", None} or items
        return Content(
            self._inside(component.id, accepted(kind), items.values()) if beside else Markup(""), parts
        )

    def _inside(
        self, parent: str, accepts: str, items: Iterable[Markup], label: str = "", *, long: bool = False
    ) -> Markup:
        said = Markup(' data-label="{}"').format(label) if label else Markup("")
        said += Markup(" data-long") if long else Markup("")
        opening = _INSIDE.format(id=parent, accepts=accepts, label=said)
        return opening + Markup("").join(items) + Markup("</div>")

    def _text(self, component: Component, kind: ComponentType | None) -> tuple[str, str] | None:
        """The slot and the text that can be written on the canvas; None where there is none."""
        slot = kind.text(kind.main_text) if kind is not None and kind.main_text else None
        if slot is None:
            return None
        entry = text_entry(self.app, component, slot, self.language)
        return None if entry.fixed else (slot.key, entry.value)


def shows_others(component: Component) -> bool:
    """Whether a component, or one inside it, shows something of components elsewhere."""
    return any(part.type in SHOW_OTHERS for part in component.walk())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def alone(layout_set: LayoutSet, page: Page, components: tuple[Component, ...]) -> LayoutSet:
    """The layout set with these components alone: an edit of one must not take the time of a thousand."""
    parts = tuple(part for component in components for part in component.walk())
    layout = Layout(parts, components, {"layout": [part.raw for part in parts]})
    pages = tuple(
        replace(other, layout=layout if other is page else Layout(raw={"hidden": other.hidden}))
        for other in layout_set.pages
    )
    # The runtime remembers forms by the name of their set, so this one needs a name of its own.
    names = " ".join(component.id for component in components)
    return replace(layout_set, id=f"{layout_set.id}#{page.name}#{names}", pages=pages)


def part_places(
    component: Component, kind: ComponentType | None
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """The parts of a component that hold others: where, the ids of what is there, the types it takes."""
    if kind is None:
        return
    held: dict[str, list[str]] = {}
    for claim in claims(component.raw):
        where = claim.pointer[1:]
        held.setdefault(where.rpartition("/")[0] if "/children/" in where else where, []).append(claim.id)
    for place in places_of(component.raw):
        names = tuple(held.get(place, ()))
        single = not place.endswith("/children")
        yield place, names, "" if single and names else _taken(kind, place)


def _part_label(component: Component, place: str) -> str:
    """What is said of a place in a tab, on a card or in a cell while something is moved there."""
    numbers = [int(part) + 1 for part in place.split("/") if part.isdecimal()]
    if len(numbers) > 1:
        words = gettext(
            "row %(row)s, column %(column)s in %(id)s", row=numbers[0], column=numbers[1], id=component.id
        )
    else:
        words = gettext("part %(number)s of %(id)s", number=numbers[0], id=component.id)
    return str(words)


def _taken(kind: ComponentType, place: str) -> str:
    allowed = allowed_at(kind, place)
    return "*" if allowed is None else " ".join(sorted(allowed))


def accepted(kind: ComponentType | None) -> str:
    """The types that a container takes, as the canvas writes them: "*" is any, "" none."""
    if kind is None or not kind.container:
        return ""
    return "*" if kind.allowed_children is None else " ".join(sorted(kind.allowed_children))


def levels(components: tuple[Component, ...], level: int = 1) -> Iterator[tuple[Component, int]]:
    """Every component with its depth, in the order of the page."""
    for component in components:
        yield component, level
        yield from levels(component.children, level + 1)


def _unwrapped(_view: ComponentView, html: Markup) -> Markup:
    return html


def _nothing_yet(kind: ComponentType) -> str:
    return str(gettext("%(type)s without a text", type=translate(kind.label)))


def _attributes(component: Component, view: ComponentView, text: tuple[str, str] | None) -> Markup:
    more = Markup("")
    if text is not None:
        more += Markup(' data-text-slot="{}" data-text="{}"').format(*text)
        more += Markup("") if text[1] else Markup(" data-untitled")
    if component.raw.get("hidden"):
        more += Markup(" data-hidden")
    grid = view.raw.get("grid")
    widths = grid if isinstance(grid, dict) else {}
    for size in ("xs", "sm", "md", "lg"):
        width = widths.get(size)
        if isinstance(width, int) and not isinstance(width, bool) and 1 <= width <= 12:
            more += Markup(' data-{}="{}"').format(size, width)
    return more


def _hidden_note(component: Component) -> Markup:
    hidden = component.raw.get("hidden")
    if not hidden:
        return Markup("")
    return _NOTE.format(gettext("Hidden") if hidden is True else gettext("Sometimes hidden"))
