"""What a Summary2 shows: the answers of a page, of a component, or of the whole form, one section a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import CellView, PageView


@dataclass(frozen=True, slots=True)
class Section:
    """The answers of one page; `change` tells whether one can go there to change them."""

    page: str
    title: str
    cells: tuple[CellView, ...]
    change: bool = True


class Pages(Protocol):
    """Gives the views of pages."""

    def page(self, name: str) -> PageView:
        """The view of a page."""


def sections_of(raw: Mapping[str, Any], pages: Pages, state: FormState) -> tuple[Section, ...]:
    """The sections that a Summary2 shows. A target in another task has none here."""
    target = raw.get("target")
    target = target if isinstance(target, Mapping) else {}
    hide_empty = raw.get("hideEmptyFields") is True
    return tuple(_sections(target, hide_empty, pages, state))


def whole_form(pages: Pages, state: FormState, change: bool) -> tuple[Section, ...]:
    """The answers of every page."""
    found = (_of_page(page.name, pages, False, None, change) for page in state.pages())
    return tuple(section for section in found if section is not None)


def _sections(
    target: Mapping[str, Any], hide_empty: bool, pages: Pages, state: FormState
) -> Iterator[Section]:
    kind, wanted = target.get("type") or "layoutSet", target.get("id")
    if kind == "component":
        node = state.form.tree.nodes.get(str(wanted))
        names, only = ([node.page], str(wanted)) if node else ([], "")
    else:
        names = [page.name for page in state.pages() if kind != "page" or page.name == wanted]
        only = None
    for name in names:
        section = _of_page(name, pages, hide_empty, only, not state.read_only)
        if section is not None:
            yield section


def _of_page(name: str, pages: Pages, hide_empty: bool, only: str | None, change: bool) -> Section | None:
    view = pages.page(name)
    parts = view.components if only is None else tuple(part for part in view.walk() if part.id == only)
    cells = tuple(cell for part in parts for cell in part.cells if cell.text or not hide_empty)
    return Section(name, view.title, cells, change) if cells else None
