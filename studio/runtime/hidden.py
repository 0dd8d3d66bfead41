"""Data that only hidden components hold, taken away when a task ends (process.md, 4.2)."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition import form_paths as paths
from studio.definition.app import AppDefinition
from studio.definition.expressions import Form, Spot
from studio.runtime.forms.state import FormState

# (data type, path with row indexes): a field, a whole list, or one row of a list.
Place = tuple[str, str]
# Its questions lie in rows that other components or nobody shows.
_LEFT_ALONE: Final = "likert"


def removes_hidden_data(app: AppDefinition) -> bool:
    """Whether the app asks for it: AppSettings.RemoveHiddenData, where case does not matter."""
    section = _member(app.json(f"{app.paths.root}appsettings.json"), "AppSettings")
    return str(_member(section, "RemoveHiddenData")).lower() == "true"


def _member(section: Any, name: str) -> Any:
    members = section.items() if isinstance(section, Mapping) else ()
    return next((value for key, value in members if str(key).lower() == name.lower()), None)


def without_hidden(state: FormState) -> dict[str, Any]:
    """The form data without what only hidden components hold, and without hidden rows."""
    data = copy.deepcopy(dict(state.data))
    gone = hidden_places(state.form)
    for data_type, path in gone:
        if not path.endswith("]") and paths.read(data.get(data_type), path) is not None:
            paths.write(data[data_type], path, None)
    # The last row first: the indexes of the others stay what they are.
    rows = (place for place in gone if place[1].endswith("]"))
    for data_type, path in sorted(rows, key=lambda place: paths.row_numbers(place[1]), reverse=True):
        _take_row_away(data, data_type, path)
    return data


def _take_row_away(data: dict[str, Any], data_type: str, path: str) -> None:
    group, _, index = path.removesuffix("]").rpartition("[")
    rows = paths.read(data.get(data_type), group)
    if isinstance(rows, list) and int(index) < len(rows):
        del rows[int(index)]


def hidden_places(form: Form, for_removal: bool = True) -> list[Place]:
    """What hidden components are bound to and no shown one is, in the order of the pages.

    A component whose `removeWhenHidden` is false counts as shown where it is about removal.
    """
    seen = _Seen({}, set())
    waiting: list[tuple[Spot, bool]] = []
    for page in form.tree.pages:
        spot = form.page(page.name)
        is_hidden = spot.flag_value("hidden", page.hidden, default=False)
        waiting.extend((root, is_hidden) for root in form.roots(page.name))
    waiting.reverse()
    while waiting:
        spot, is_hidden = waiting.pop()
        is_hidden = is_hidden or spot.flag("hidden")
        if is_hidden and for_removal:
            is_hidden = spot.flag("removeWhenHidden", default=True)
        for place in _places(spot):
            seen.add(place, is_hidden)
        waiting.extend(reversed(list(_inside(form, spot, is_hidden, seen))))
    return [place for place in seen.hidden if place not in seen.shown]


@dataclass(frozen=True, slots=True)
class _Seen:
    """Places by whether something hidden or something shown is bound to them; hidden ones in order."""

    hidden: dict[Place, None]
    shown: set[Place]

    def add(self, place: Place, is_hidden: bool) -> None:
        if is_hidden:
            self.hidden[place] = None
        else:
            self.shown.add(place)


def _inside(form: Form, spot: Spot, is_hidden: bool, seen: _Seen) -> Iterator[tuple[Spot, bool]]:
    """The components inside one, and whether they are hidden by what is around them."""
    node = spot.node
    if node is None:
        return
    if not node.repeats:
        yield from ((form.spot(child.id, spot.rows), is_hidden) for child in node.children)
        return
    group = spot.path("group")
    for index in range(form.row_count(node, spot.rows)):
        in_row = form.row(spot, index)
        row_hidden = is_hidden or in_row.flag_value("hiddenRow", node.raw.get("hiddenRow"), default=False)
        if group is not None:
            seen.add((group[0], f"{group[1]}[{index}]"), row_hidden)
        for child in node.children:
            if child.part == "row":
                yield form.spot(child.id, in_row.rows), row_hidden
    for child in node.children:
        if child.part != "row":
            yield form.spot(child.id, spot.rows), is_hidden


def _places(spot: Spot) -> list[Place]:
    bindings = spot.node.raw.get("dataModelBindings") if spot.node else None
    if spot.node is None or not isinstance(bindings, Mapping) or spot.node.type.lower() == _LEFT_ALONE:
        return []
    keys = ["group"] if "group" in bindings else list(bindings)
    return [place for key in keys if (place := spot.path(key)) is not None]
