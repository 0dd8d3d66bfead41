"""The order of the pages in a form's settings: one list, or groups of pages, never both (app-format.md, 6.4).

In groups, a page that belongs to none is one of its own, without a name. A group without pages goes away, and
only one with a name gets further pages.
"""

from collections.abc import Mapping
from typing import Any

from studio.definition import references
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.layouts import LayoutSet

GROUPS = "/pages/groups"
ORDER = "/pages/order"


def groups_of(settings: Mapping[str, Any]) -> list[Any] | None:
    """The groups of pages, as they are written; None where a list, or nothing, says the order."""
    pages = settings.get("pages")
    if not isinstance(pages, dict) or isinstance(pages.get("order"), list):
        return None
    groups = pages.get("groups")
    return groups if isinstance(groups, list) else None


def pages_in(group: Any) -> list[Any]:
    """The names of the pages in a group, as they are written."""
    order = group.get("order") if isinstance(group, dict) else None
    return order if isinstance(order, list) else []


def is_named(group: Any) -> bool:
    """Whether a group can hold several pages."""
    return isinstance(group, dict) and bool(group.get("name")) and isinstance(group.get("order"), list)


def number_of(groups: list[Any], page: str) -> int | None:
    """Which group a page is in."""
    return next((number for number, group in enumerate(groups) if page in pages_in(group)), None)


def enter_in_order(copy: WorkingCopy, layout_set: LayoutSet, name: str, index: int | None) -> None:
    """Put a page's name into the order, or the group of the page before it, making settings where needed."""
    others = [entry for entry in layout_set.order if entry != name]
    at = len(others) if index is None else max(0, min(index, len(others)))
    groups = groups_of(layout_set.settings)
    if groups is not None:
        _enter_group(copy, layout_set, groups, name, others[at - 1] if at else None)
        return
    if layout_set.order:
        # Names of missing pages stay where they are.
        written = layout_set.settings["pages"]["order"]
        at = written.index(others[at]) if at < len(others) else len(written)
        copy.insert(layout_set.settings_path, ORDER, at, name)
        return
    names = [page.name for page in layout_set.pages if page.name != name]
    names.insert(len(names) if index is None else max(0, min(index, len(names))), name)
    _write_order(copy, layout_set, names)


def leave_order(copy: WorkingCopy, layout_set: LayoutSet, name: str) -> None:
    """Take a page's name out of the order; a group that held it alone goes with it."""
    path, pages = layout_set.settings_path, layout_set.settings.get("pages")
    groups = groups_of(layout_set.settings)
    if groups is None:
        _delete_name(copy, path, ORDER, pages.get("order") if isinstance(pages, dict) else None, name)
        return
    for number, group in reversed(list(enumerate(groups))):
        names = pages_in(group)
        if names and all(each == name for each in names):
            copy.delete(path, f"{GROUPS}/{number}")
        else:
            _delete_name(copy, path, f"{GROUPS}/{number}/order", names, name)


def forget_in_settings(copy: WorkingCopy, layout_set: LayoutSet, name: str) -> None:
    """Take a page's name out of the order and of all that the settings say about it."""
    leave_order(copy, layout_set, name)
    settings = copy.layout_set(layout_set.id).settings
    for reference in reversed(list(references.page_in_settings(settings, name))):
        copy.delete(layout_set.settings_path, reference.pointer)


def move_in_order(copy: WorkingCopy, layout_set: LayoutSet, name: str, index: int) -> None:
    """Take a page to another place; the group that it is alone in comes along, but not into another one."""
    groups = groups_of(layout_set.settings)
    number = number_of(groups, name) if groups else None
    if groups and number is not None and is_named(groups[number]) and pages_in(groups[number]) == [name]:
        others = [entry for entry in layout_set.order if entry != name]
        rest = [group for each, group in enumerate(groups) if each != number]
        at = max(0, min(index, len(others)))
        group, place = _spot(rest, others[at - 1] if at else None)
        if place in {0, len(pages_in(rest[group])) if rest else 0}:
            to = group + (1 if place else 0)
            copy.move(layout_set.settings_path, f"{GROUPS}/{number}", GROUPS, to)
            return
    leave_order(copy, layout_set, name)
    enter_in_order(copy, copy.layout_set(layout_set.id), name, index)


def _enter_group(
    copy: WorkingCopy, layout_set: LayoutSet, groups: list[Any], name: str, before: str | None
) -> None:
    path = layout_set.settings_path
    number, place = _spot(groups, before)
    if groups and is_named(groups[number]):
        copy.insert(path, f"{GROUPS}/{number}/order", place, name)
    else:
        copy.insert(path, GROUPS, number + (1 if place else 0), {"order": [name]})


def _spot(groups: list[Any], before: str | None) -> tuple[int, int]:
    """The group of the page `before`, and the place behind it in there; the beginning where there is none."""
    number = number_of(groups, before) if before is not None else None
    return (number, pages_in(groups[number]).index(before) + 1) if number is not None else (0, 0)


def _delete_name(copy: WorkingCopy, path: str, pointer: str, names: Any, name: str) -> None:
    for place, each in reversed(list(enumerate(names if isinstance(names, list) else []))):
        if each == name:
            copy.delete(path, f"{pointer}/{place}")


def _write_order(copy: WorkingCopy, layout_set: LayoutSet, names: list[str]) -> None:
    path = layout_set.settings_path
    if not copy.exists(path):
        copy.write(path, b"{}\n")
        copy.set(path, "/pages", {"order": names})
    elif not isinstance(layout_set.settings.get("pages"), dict):
        copy.set(path, "/pages", {"order": names})
    else:
        copy.set(path, ORDER, names)
