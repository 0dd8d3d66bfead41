"""Entries of subforms: delete, after a question."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from studio.runtime.entries import delete_entry, entries_of
from studio.runtime.forms import open_places
from studio.runtime.forms.entries import SUBFORM, subform_of
from studio.runtime.forms.kinds.subforms import EntryView, entry_place
from studio.runtime.forms.view import ComponentView, PageView
from studio.runtime.pages.doing.deed import Deed, Done
from studio.runtime.pages.room import acting, this_app
from studio.runtime.storage import instance_json


def _entry(deed: Deed) -> tuple[ComponentView, EntryView] | None:
    """The subform and its entry that a button names: "key#element"."""
    key, _, element = deed.target.partition("#")
    for view in deed.view.walk():
        if view.key == key and view.type == SUBFORM:
            return next(((view, each) for each in view.settings["entries"] if each.id == element), None)
    return None


def _delete(deed: Deed) -> Done:
    """Without scripts, which ask beforehand, the person is asked first."""
    found = _entry(deed)
    if found is None or not found[0].settings["can_delete"]:
        return Done(deed.state)
    view, entry = found
    if deed.form.get(":script"):
        return _delete_now(deed)
    asked = deed.state.open_rows | {f"{entry_place(view.key, entry.id)}?"}
    return Done(replace(deed.state, open_rows=asked), at=lambda _page: f"delete-{entry.id}")


def _delete_now(deed: Deed) -> Done:
    found = _entry(deed)
    layout_set = subform_of(deed.state.app, found[0].raw) if found else None
    if found is None or layout_set is None or not found[0].settings["can_delete"]:
        return Done(deed.state)
    view, entry = found
    delete_entry(this_app(), deed.instance, layout_set, entry.id, acting())
    data = dict(deed.state.data)
    entries = entries_of(this_app(), deed.instance)
    left = entries.get(layout_set.data_type or "", ())
    # What other forms see of the type is its first entry.
    data.pop(layout_set.data_type or "", None)
    if left:
        data[layout_set.data_type or ""] = left[0].data
    state = replace(
        deed.state,
        data=data,
        entries=entries,
        instance=instance_json(deed.instance),
        open_rows=open_places.without(deed.state.open_rows, entry_place(view.key, entry.id)),
    )
    return Done(state, at=_at(view))


def _keep(deed: Deed) -> Done:
    found = _entry(deed)
    if found is None:
        return Done(deed.state)
    view, entry = found
    places = open_places.without(deed.state.open_rows, entry_place(view.key, entry.id))
    return Done(replace(deed.state, open_rows=places), at=_at(view))


def _at(view: ComponentView) -> Callable[[PageView], str]:
    return lambda _page: view.element_id


VERBS: Final[Mapping[str, Callable[[Deed], Done]]] = {
    "delete-entry": _delete,
    "delete-entry-now": _delete_now,
    "keep-entry": _keep,
}
