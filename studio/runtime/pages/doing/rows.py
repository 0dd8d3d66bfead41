"""Rows of repeating groups: add, delete, open and close."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from studio.runtime.forms.posting import add_row, delete_row
from studio.runtime.forms.view import ComponentView, PageView, RowView
from studio.runtime.pages.doing.deed import Deed, Done


def _groups(page: PageView) -> dict[str, ComponentView]:
    return {each.field: each for each in page.walk() if each.type == "RepeatingGroup"}


def _rows(page: PageView) -> dict[str, RowView]:
    return {row.field: row for group in _groups(page).values() for row in group.rows}


def _add(deed: Deed) -> Done:
    group = _groups(deed.view).get(deed.target)
    if group is None or not group.settings["can_add"]:
        return Done(deed.state, at=_at_group(deed.target))
    data = dict(deed.state.data)
    data_type, path = deed.state.place(deed.target)
    row = f"{deed.target}[{add_row(data.setdefault(data_type, {}), path)}]"
    return Done(replace(deed.state, data=data, open_rows=deed.state.open_rows | {row}), at=_at_row(row))


def _delete(deed: Deed) -> Done:
    row = _rows(deed.view).get(deed.target)
    group = deed.target.rpartition("[")[0]
    if row is None or not row.can_delete:
        return Done(deed.state, at=_at_group(group))
    data = dict(deed.state.data)
    data_type, path = deed.state.place(deed.target)
    delete_row(data[data_type], path)
    # The rows after it have other numbers now.
    left = frozenset(name for name in deed.state.open_rows if not name.startswith(f"{group}["))
    return Done(replace(deed.state, data=data, open_rows=left), at=_at_group(group))


def _open(deed: Deed) -> Done:
    if deed.target not in _rows(deed.view):
        return Done(deed.state)
    opened = deed.state.open_rows | {deed.target}
    return Done(replace(deed.state, open_rows=opened), at=_at_row(deed.target))


def _close(deed: Deed) -> Done:
    left = deed.state.open_rows - {deed.target}
    return Done(replace(deed.state, open_rows=left), at=_at_group(deed.target.rpartition("[")[0]))


def _at_group(name: str) -> Callable[[PageView], str]:
    def found(page: PageView) -> str:
        group = _groups(page).get(name)
        return group.element_id if group else ""

    return found


def _at_row(name: str) -> Callable[[PageView], str]:
    """The first field of a row; its group where the row has none."""

    def found(page: PageView) -> str:
        row = _rows(page).get(name)
        fields = (each for child in row.children for each in child.walk()) if row else ()
        first = next((each.element_id for each in fields if each.field and not each.rows), "")
        return first or _at_group(name.rpartition("[")[0])(page)

    return found


VERBS: Final[Mapping[str, Callable[[Deed], Done]]] = {
    "add": _add,
    "delete": _delete,
    "open": _open,
    "close": _close,
}
