"""Rows of repeating groups: add, delete, open, close, and turn their pages."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from studio.definition import form_paths as paths
from studio.runtime.attachments import attachments, rows_attachments
from studio.runtime.forms import open_places
from studio.runtime.forms.masks import sources_of
from studio.runtime.forms.posting import add_row, delete_row
from studio.runtime.forms.state import FormState
from studio.runtime.forms.validation import Shown, find_issues
from studio.runtime.forms.view import ComponentView, Issue, PageView, RowView
from studio.runtime.pages.doing.deed import Deed, Done
from studio.runtime.pages.room import acting, this_app
from studio.runtime.storage import instance_json


def _groups(page: PageView) -> dict[str, ComponentView]:
    return {each.field: each for each in page.walk() if each.type == "RepeatingGroup"}


def _rows(page: PageView) -> dict[str, RowView]:
    return {row.field: row for group in _groups(page).values() for row in group.rows}


def _group_of(row: str) -> str:
    return row.rpartition("[")[0]


def _opened(state: FormState, places: frozenset[str]) -> FormState:
    return replace(state, open_rows=places)


def _add(deed: Deed) -> Done:
    group = _groups(deed.view).get(deed.target)
    if group is None or not group.settings["can_add"]:
        return Done(deed.state, at=_at_group(deed.target))
    data = dict(deed.state.data)
    data_type, path = deed.state.place(deed.target)
    number = add_row(data.setdefault(data_type, {}), path)
    row, size = f"{deed.target}[{number}]", group.settings["per_page"]
    places = _only(deed.state.open_rows, group) | {row}
    if size:
        places = open_places.turned(places, group.field, number // size)
    return Done(replace(deed.state, data=data, open_rows=places), at=_at_row(row))


def _only(places: frozenset[str], group: ComponentView) -> frozenset[str]:
    """What stays open when a row of the group opens: one at a time where the group hides its table."""
    is_single = group.settings["mode"] == "hideTable"
    return open_places.without_rows(places, group.field) if is_single else places


def _delete(deed: Deed) -> Done:
    """Delete a row. Without scripts, which ask beforehand, a row with answers is asked about first."""
    row = _rows(deed.view).get(deed.target)
    if row is None or not row.can_delete:
        return Done(deed.state, at=_at_group(_group_of(deed.target)))
    if row.is_answered and not deed.form.get(":script"):
        asked = deed.state.open_rows | {f"{deed.target}?"}
        return Done(_opened(deed.state, asked), at=lambda _page: _question_id(deed.target))
    return _delete_now(deed)


def _question_id(row: str) -> str:
    return f"delete-{row}"


def _delete_now(deed: Deed) -> Done:
    row, group = _rows(deed.view).get(deed.target), _group_of(deed.target)
    if row is None or not row.can_delete:
        return Done(deed.state, at=_at_group(group))
    data = dict(deed.state.data)
    data_type, path = deed.state.place(deed.target)
    gone = list(rows_attachments(deed.instance, paths.read(data[data_type], path)))
    if gone:
        attachments().remove(this_app(), deed.instance, gone, acting())
    delete_row(data[data_type], path)
    left = open_places.without_rows(deed.state.open_rows, group)
    state = replace(deed.state, data=data, open_rows=left, instance=instance_json(deed.instance))
    return Done(state, at=_at_group(group))


def _open(deed: Deed) -> Done:
    row, group = _rows(deed.view).get(deed.target), _groups(deed.view).get(_group_of(deed.target))
    if row is None or group is None or not row.can_edit:
        return Done(deed.state)
    opened = _only(deed.state.open_rows, group) | {deed.target}
    return Done(_opened(deed.state, opened), at=_at_row(deed.target))


def _close(deed: Deed) -> Done:
    is_kept = f"{deed.target}?" in deed.state.open_rows  # the answer to whether it is to be deleted
    if not is_kept and (wrong := _to_be_right(deed)):
        return Done(deed.state, issues=wrong)
    left = open_places.without(deed.state.open_rows, deed.target)
    # Rows may be open by themselves: an entry for the group says that the person has taken over.
    places = left | {f"{_group_of(deed.target)}[]"}
    return Done(_opened(deed.state, places), at=_at_closed(deed.target))


def _to_be_right(deed: Deed) -> tuple[Issue, ...]:
    """What is wrong in a row that its group does not let be closed like that (`validateOnSaveRow`)."""
    group = _groups(deed.view).get(_group_of(deed.target))
    masks = group.raw.get("validateOnSaveRow") if group else None
    if not isinstance(masks, list):
        return ()
    state, sources = deed.state, sources_of(masks, "All")
    return tuple(
        issue
        for issue in find_issues(state, Shown.on(state, [deed.view.name]))
        if issue.severity == "error"
        and issue.source in sources
        and state.name(issue.data_type or state.default_type, issue.field).startswith(f"{deed.target}.")
    )


def _next_row(deed: Deed) -> Done:
    if wrong := _to_be_right(deed):
        return Done(deed.state, issues=wrong)
    group = _groups(deed.view).get(_group_of(deed.target))
    rows = [row.field for row in group.rows] if group else []
    place = rows.index(deed.target) + 1 if deed.target in rows else len(rows)
    if group is None or place == len(rows):
        return _close(deed)
    opened = open_places.without(deed.state.open_rows, deed.target) | {rows[place]}
    if size := group.settings["per_page"]:
        opened = open_places.turned(opened, group.field, place // size)
    return Done(_opened(deed.state, opened), at=_at_row(rows[place]))


def _turn(deed: Deed) -> Done:
    """To a page of a group's rows, or of a row's panel: "rows#2", "rows[0]#1"."""
    name, _, number = deed.target.rpartition("#")
    known = name in _groups(deed.view) or name in _rows(deed.view)
    if not known or not number.isdecimal() or len(number) > 5:
        return Done(deed.state)
    places = open_places.turned(deed.state.open_rows, name, int(number))
    at = _at_row(name) if name.endswith("]") else _at_group(name)
    return Done(_opened(deed.state, places), at=at)


def _at_group(name: str) -> Callable[[PageView], str]:
    def found(page: PageView) -> str:
        group = _groups(page).get(name)
        return group.element_id if group else ""

    return found


def _at_row(name: str) -> Callable[[PageView], str]:
    """The first field of a row; its group where the row has none."""

    def found(page: PageView) -> str:
        row = _rows(page).get(name)
        fields = (each for child in (row.panel or row.in_table) for each in child.walk()) if row else ()
        first = next((each.element_id for each in fields if each.field and not each.rows), "")
        return first or _at_group(_group_of(name))(page)

    return found


def _at_closed(name: str) -> Callable[[PageView], str]:
    """The button that opens a row again; its group where it has none."""

    def found(page: PageView) -> str:
        row = _rows(page).get(name)
        is_shut = row is not None and row.can_edit and not row.is_open
        return f"edit-{name}" if is_shut else _at_group(_group_of(name))(page)

    return found


VERBS: Final[Mapping[str, Callable[[Deed], Done]]] = {
    "add": _add,
    "delete": _delete,
    "delete-now": _delete_now,
    "open": _open,
    "close": _close,
    "next-row": _next_row,
    "turn": _turn,
}
