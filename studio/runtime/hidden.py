"""Data that only hidden components hold, taken away when a task ends (process.md, 4.2)."""

import copy
from collections.abc import Iterator
from typing import Any

from studio.definition.expressions import Spot
from studio.runtime.forms import paths
from studio.runtime.forms.state import FormState


def removes_hidden_data(state: FormState) -> bool:
    """Whether the app asks for it (AppSettings.RemoveHiddenData)."""
    settings = state.app.json(f"{state.app.paths.root}appsettings.json")
    section = settings.get("AppSettings") if isinstance(settings, dict) else None
    return isinstance(section, dict) and section.get("RemoveHiddenData") is True


def without_hidden(state: FormState) -> dict[str, Any]:
    """The form data without what only hidden components hold, and without hidden rows."""
    data = copy.deepcopy(dict(state.data))
    kept: set[tuple[str, str]] = set()
    gone: list[tuple[str, str]] = []
    rows: set[tuple[str, str]] = set()
    for spot in _spots(state):
        row = _hidden_row(spot)
        if row:
            rows.add(row)
        elif spot.hidden and spot.flag("removeWhenHidden", default=True):
            gone.extend(_places(spot))
        else:
            kept.update(_places(spot))
    for data_type, path in gone:
        if (data_type, path) not in kept:
            _take_away(data, data_type, path)
    # The last row first: the indexes of the others stay what they are.
    for data_type, path in sorted(rows, key=lambda place: paths.row_numbers(place[1]), reverse=True):
        _take_row_away(data, data_type, path)
    return data


def _spots(state: FormState) -> Iterator[Spot]:
    waiting = [spot for page in state.layout_set.pages for spot in state.form.roots(page.name)]
    while waiting:
        spot = waiting.pop()
        yield spot
        waiting.extend(state.form.children(spot))


def _places(spot: Spot) -> list[tuple[str, str]]:
    bindings = spot.node.raw.get("dataModelBindings") if spot.node else None
    keys = [] if not isinstance(bindings, dict) else ["group"] if "group" in bindings else list(bindings)
    return [place for key in keys if (place := spot.path(key)) is not None]


def _hidden_row(spot: Spot) -> tuple[str, str] | None:
    if not spot.rows or not spot.form.row_is_hidden(spot):
        return None
    segments = tuple(paths.Segment(name, index) for name, index in spot.location.segments)
    return spot.location.data_type, paths.join(segments)


def _take_away(data: dict[str, Any], data_type: str, path: str) -> None:
    if paths.read(data.get(data_type), path) is not None:
        paths.write(data[data_type], path, None)


def _take_row_away(data: dict[str, Any], data_type: str, path: str) -> None:
    group, _, index = path.removesuffix("]").rpartition("[")
    rows = paths.read(data.get(data_type), group)
    if isinstance(rows, list) and int(index) < len(rows):
        del rows[int(index)]
