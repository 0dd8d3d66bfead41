"""What was answered, as summaries show it: the answers of a component, of a page or of the whole form.

The overrides of a Summary2 are those of components.md, 7: what is hidden, what is said where nothing was
answered, and how choices and rows are shown.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from studio.runtime.forms.entries import SUBFORM, subform_of
from studio.runtime.forms.state import FormState, entry_state
from studio.runtime.forms.view import ComponentView, PageView


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was uploaded: `id` is that of its data element, `href` its address."""

    id: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `several` are the answers of a set of choices that are shown as a list.

    `pictures` are those that were uploaded as the answer. `compact`: question and answer stand in one line.
    """

    label: str
    text: str
    empty: str = ""
    several: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    compact: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a repeating group."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Answers that belong together under a title."""

    title: str
    parts: "tuple[Part, ...]"


Part = Answer | Table | Block


@dataclass(frozen=True, slots=True)
class Section:
    """The answers of one page. `change` says where one goes to change them; "" where that is not possible."""

    page: str
    title: str
    parts: tuple[Part, ...]
    change: str = ""


class Pages(Protocol):
    """Gives the views of the pages of a form, without summaries inside them."""

    @property
    def state(self) -> FormState:
        """What the form is now."""

    def page(self, name: str) -> PageView:
        """The view of a page. Raises KeyError."""

    def of(self, state: FormState) -> "Pages":
        """The same for another state."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How a summary shows what it shows."""

    hides_empty: bool = False
    overrides: tuple[Mapping[str, Any], ...] = ()
    left_out: frozenset[str] = frozenset()
    large: bool = False
    say: Callable[[str], str] = str  # a text of the app by its key

    @classmethod
    def of(cls, raw: Mapping[str, Any], say: Callable[[str], str]) -> "Rules":
        """The rules in a Summary2 or a Summary."""
        given, excluded = raw.get("overrides"), raw.get("excludedChildren")
        return cls(
            hides_empty=raw.get("hideEmptyFields") is True,
            overrides=tuple(
                each for each in (given if isinstance(given, list) else []) if isinstance(each, Mapping)
            ),
            left_out=frozenset(str(name) for name in (excluded if isinstance(excluded, list) else [])),
            large=raw.get("largeGroup") is True,
            say=say,
        )

    def hides_page(self, page: str) -> bool:
        """Whether a page is left out."""
        return any(rule.get("pageId") == page and rule.get("hidden") is True for rule in self.overrides)

    def get(self, view: ComponentView, key: str) -> Any:
        """What the overrides say about a component; those that name it go before those that name its type."""
        by_id = (rule for rule in self.overrides if rule.get("componentId") == view.id and key in rule)
        by_type = (rule for rule in self.overrides if rule.get("componentType") == view.type and key in rule)
        found = next(by_id, None) or next(by_type, None)
        return found[key] if found else None

    def hides(self, view: ComponentView) -> bool:
        """Whether a component is left out."""
        if view.id in self.left_out or self.get(view, "hidden") is True:
            return True
        if _is_container(view):
            return False  # it is there as long as something in it is
        is_kept = view.required or view.settings["forced"] or self.get(view, "forceShow") is True
        return self.hides_empty and not is_kept and not any(cell.text for cell in view.cells)


def _is_container(view: ComponentView) -> bool:
    return bool(view.children) and view.type not in {"RepeatingGroup", SUBFORM}


_NOT_SHOWN: Final = frozenset({"Pending", "Infected"})
_LISTED: Final = frozenset({"Checkboxes", "MultipleSelect"})


def sections_of(raw: Mapping[str, Any], pages: Pages) -> tuple[Section, ...]:
    """The sections that a Summary2 shows."""
    given = raw.get("target")
    target = given if isinstance(given, Mapping) else {}
    pages, is_other = _task(str(target.get("taskId") or ""), pages)
    may_change = not pages.state.read_only and not is_other
    return tuple(_sections(target, Rules.of(raw, pages.state.text), pages, may_change))


def component_section(raw: Mapping[str, Any], pages: Pages) -> Section | None:
    """What a Summary of the first kind shows: one component."""
    display = raw.get("display")
    hides_change = isinstance(display, Mapping) and display.get("hideChangeButton") is True
    may_change = not pages.state.read_only and not hides_change
    target = {"type": "component", "id": raw.get("componentRef")}
    return next(_sections(target, Rules.of(raw, pages.state.text), pages, may_change), None)


def whole_form(pages: Pages) -> tuple[Section, ...]:
    """The answers of every page, not to be changed."""
    return tuple(_sections({}, Rules(), pages, may_change=False))


def _task(task: str, pages: Pages) -> tuple[Pages, bool]:
    """The pages of another task's form, which is named by the task or by the folder of its pages."""
    state = pages.state
    other = (state.app.layout_set_for_task(task) or state.app.layout_set(task)) if task else None
    if other is None or other.id == state.layout_set.id:
        return pages, False
    return pages.of(replace(state, layout_set=other, issues=(), typed={}, read_only=True)), True


def _sections(target: Mapping[str, Any], rules: Rules, pages: Pages, may_change: bool) -> Iterator[Section]:
    kind, wanted = target.get("type") or "layoutSet", str(target.get("id") or "")
    state = pages.state
    if kind == "component":
        node = state.form.tree.nodes.get(wanted)
        names = [node.page] if node else []
    else:
        names = [page.name for page in state.pages() if kind != "page" or page.name == wanted]
    for name in names:
        view = pages.page(name)
        shown = (
            [part for part in view.walk() if part.id == wanted] if kind == "component" else view.components
        )
        if rules.hides_page(name) or (view.hidden and kind != "component"):
            continue
        parts = tuple(part for each in shown for part in parts_of(each, rules, pages))
        change = f"{name}#{shown[0].element_id if kind == 'component' and shown else ''}"
        if parts:
            yield Section(name, view.title, parts, change if may_change else "")


def parts_of(view: ComponentView, rules: Rules, pages: Pages) -> Iterator[Part]:
    """What a summary says about a component and what is inside it; `pages` are those of its form."""
    if rules.hides(view):
        return
    if view.type == "RepeatingGroup":
        yield from _rows(view, rules, pages)
    elif view.type == SUBFORM:
        yield from _entries(view, rules, pages)
    elif view.children:
        inside = tuple(part for child in view.children for part in parts_of(child, rules, pages))
        title = view.text("summaryTitle") or view.text("title")
        if inside and title:
            yield Block(title, inside)
        else:
            yield from inside
    else:
        empty, several = str(rules.get(view, "emptyFieldText") or ""), _several(view, rules)
        compact, pictures = rules.get(view, "isCompact") is True, _pictures(view)
        for cell in view.cells:
            said = rules.say(empty) if empty else ""
            yield Answer(cell.label, cell.text, said, several, pictures, compact)


def _pictures(view: ComponentView) -> tuple[Picture, ...]:
    """What an ImageUpload holds; what was found to be dangerous, or is being looked at, is not shown."""
    held = view.settings.get("attachments", ()) if view.type == "ImageUpload" else ()
    shown = (each for each in held if each.is_image and each.scan not in _NOT_SHOWN)
    return tuple(Picture(each.id, each.name, each.href) for each in shown)


def _several(view: ComponentView, rules: Rules) -> tuple[str, ...]:
    if view.type not in _LISTED or rules.get(view, "displayType") != "list":
        return ()
    return tuple(option.label for option in view.options if option.chosen)


def _rows(view: ComponentView, rules: Rules, pages: Pages) -> Iterator[Part]:
    title = view.text("summaryTitle") or view.text("title")
    if not view.rows:
        if not rules.hides_empty:
            yield Answer(title or view.id, "")
    elif rules.large or rules.get(view, "display") == "full":
        for row in view.rows:
            inside = tuple(part for child in row.children for part in parts_of(child, rules, pages))
            yield Block(f"{title} {row.index + 1}".strip(), inside)
    else:
        columns = [column for column in view.settings["columns"] if column.id not in rules.left_out]
        rows = tuple(
            tuple(
                ", ".join(cell.text for cell in child.cells if cell.text) if child else ""
                for child in (row.child(column.id) for column in columns)
            )
            for row in view.rows
        )
        yield Table(title, tuple(column.title for column in columns), rows)
    for child in view.children:
        yield from parts_of(child, rules, pages)


def _entries(view: ComponentView, rules: Rules, pages: Pages) -> Iterator[Part]:
    """The entries of a subform: in full, or as the table that the form shows (`display`)."""
    title, box, state = view.text("summaryTitle") or view.text("title"), view.settings, pages.state
    layout_set = subform_of(state.app, view.raw)
    if layout_set is None or not box["entries"]:
        if not rules.hides_empty:
            yield Answer(title or view.id, "")
    elif rules.get(view, "display") == "table":
        yield Table(title, box["heads"], tuple(entry.cells for entry in box["entries"]))
    else:
        entries = {entry.id: entry for entry in state.entries.get(layout_set.data_type or "", ())}
        for each in box["entries"]:
            inner = pages.of(entry_state(state, layout_set, entries[each.id]))
            views = (part for page in inner.state.pages() for part in inner.page(page.name).components)
            inside = tuple(part for found in views for part in parts_of(found, rules, inner))
            yield Block(box["delimiter"].join(text for text in (title, each.name) if text), inside)
