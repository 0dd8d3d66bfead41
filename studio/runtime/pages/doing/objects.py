"""Objects of a list: add, open, close and delete. A target is ":key[2]", or a key."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from studio.runtime.forms import open_places
from studio.runtime.forms.kinds.objects import ADD_TO_LIST, SIMPLE_TABLE, place_of
from studio.runtime.forms.posting import add_row, delete_row
from studio.runtime.forms.view import ComponentView, PageView, RowView
from studio.runtime.pages.doing.deed import Deed, Done


def _components(page: PageView) -> list[ComponentView]:
    return [each for each in page.walk() if each.type in {ADD_TO_LIST, SIMPLE_TABLE} and each.field]


def _row(deed: Deed) -> tuple[ComponentView, RowView] | None:
    """The object that a button is about, and the component it stands in."""
    for view in _components(deed.view):
        for row in view.rows:
            if row.field == deed.target:
                return view, row
    return None


def _add(deed: Deed) -> Done:
    view = next((each for each in _components(deed.view) if each.key == deed.target), None)
    if view is None or not view.settings.get("can_add"):
        return Done(deed.state)
    data = dict(deed.state.data)
    data_type, path = deed.state.place(view.field)
    place = place_of(view, add_row(data.setdefault(data_type, {}), path))
    opened = deed.state.open_rows | {place}
    return Done(replace(deed.state, data=data, open_rows=opened), at=_at_row(place))


def _open(deed: Deed) -> Done:
    found = _row(deed)
    if found is None or not found[1].can_edit:
        return Done(deed.state)
    opened = deed.state.open_rows | {deed.target}
    return Done(replace(deed.state, open_rows=opened), at=_at_row(deed.target))


def _close(deed: Deed) -> Done:
    found = _row(deed)
    if found is None:
        return Done(deed.state)
    view, row = found
    # What could not be kept is corrected where it was written.
    is_wrong = any(name.startswith(f"{view.field}[{row.index}].") for name in deed.state.typed)
    gone = f"{deed.target}?" if is_wrong else deed.target
    left = open_places.without(deed.state.open_rows, gone)
    return Done(replace(deed.state, open_rows=left), at=_at(view))


def _delete(deed: Deed) -> Done:
    """Delete an object; without scripts, which ask beforehand, ask first about one that holds something."""
    found = _row(deed)
    if found is None or not found[1].can_delete:
        return Done(deed.state)
    if any(cell.text for cell in found[1].cells) and not deed.form.get(":script"):
        asking = deed.state.open_rows | {f"{deed.target}?"}
        return Done(replace(deed.state, open_rows=asking), at=lambda _page: f"delete-{deed.target}")
    return _delete_now(deed)


def _delete_now(deed: Deed) -> Done:
    found = _row(deed)
    if found is None or not found[1].can_delete:
        return Done(deed.state)
    view, row = found
    data = dict(deed.state.data)
    data_type, path = deed.state.place(view.field)
    delete_row(data.get(data_type) or {}, f"{path}[{row.index}]")
    # The objects after it get other numbers, in every component that shows the list.
    left = open_places.without_rows(deed.state.open_rows, view.field)
    for other in _components(deed.view):
        if other.field == view.field:
            left = open_places.without_rows(left, f":{other.key}")
    return Done(replace(deed.state, data=data, open_rows=left), at=_at(view))


def _at(view: ComponentView) -> Callable[[PageView], str]:
    return lambda _page: view.element_id


def _at_row(place: str) -> Callable[[PageView], str]:
    """The first field of an object."""

    def found(page: PageView) -> str:
        rows = (row for view in _components(page) for row in view.rows if row.field == place)
        panel = next((row.panel for row in rows), ())
        return panel[0].element_id if panel else ""

    return found


VERBS: Final[Mapping[str, Callable[[Deed], Done]]] = {
    "object-add": _add,
    "object-open": _open,
    "object-close": _close,
    "object-delete": _delete,
    "object-delete-now": _delete_now,
}
