"""List: a table of rows to choose from, whose columns are written into the form (components.md, List)."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import uuid4

from studio.definition.data_model import ROW_ID
from studio.definition.expressions import Spot
from studio.runtime.forms.kinds.choosing import NOT_THERE, SHOWN
from studio.runtime.forms.kinds.kind import (
    Answers,
    Around,
    Build,
    Kind,
    Post,
    Raw,
    Settings,
    missing_answer,
    title_of,
)
from studio.runtime.forms.kinds.row_lists import Row, part_of, rows_of, sizes_of
from studio.runtime.forms.kinds.writing import as_value
from studio.runtime.forms.state import FormState
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import CellView, ComponentView, Issue

# Bindings that are about the choice as a whole and not about a column.
_WHOLE: Final = frozenset({"group", "checked"})


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row to choose. `key` stands for its content in posts."""

    key: str
    cells: tuple[str, ...]
    name: str
    chosen: bool


def _settings(raw: Raw, spot: Spot, _around: Around) -> Settings:
    heads = raw.get("tableHeaders")
    heads = heads if isinstance(heads, Mapping) else {}
    mobile, sortable = raw.get("tableHeadersMobile"), raw.get("sortableColumns")
    return {
        "heads": tuple((str(name), spot.text(str(key))) for name, key in heads.items()),
        "mobile": frozenset(str(name) for name in (mobile if isinstance(mobile, list) else heads)),
        "sortable": frozenset(str(name) for name in (sortable if isinstance(sortable, list) else [])),
        "many": False,
        "rows": (),
        "all": (),
        "part": None,
        "sizes": (),
        "found": True,
        NOT_THERE: None,
    }


def _main(raw: Raw) -> str:
    """The binding that says whether something was chosen."""
    bindings = raw.get("dataModelBindings")
    bindings = bindings if isinstance(bindings, Mapping) else {}
    if "group" in bindings:
        return "group"
    shown = raw.get("summaryBinding") or raw.get("bindingToShowInSummary")
    return str(shown) if shown in bindings else next((str(key) for key in bindings), "")


def _fill(view: ComponentView, spot: Spot, _around: Around, build: Build) -> ComponentView:
    state, raw = build.state, view.raw
    columns = [name for name, _ in view.settings["heads"]]
    rows = rows_of(state, spot, raw)
    part = part_of(rows.offered, raw, columns, state.open_rows, f":{view.key}")
    chosen = _chosen(view)
    settings = {
        **view.settings,
        "many": "group" in view.fields,
        "all": rows.all,
        "rows": tuple(_row(row, columns, view, chosen) for row in part.rows),
        "part": part,
        "sizes": sizes_of(raw),
        "found": rows.is_known,
        NOT_THERE: rows.is_known and not rows.is_there,
    }
    return replace(view, settings=settings)


def _row(row: Row, columns: Sequence[str], view: ComponentView, chosen: Sequence[Row]) -> ListRow:
    cells = tuple(to_text(row.get(name)) for name in columns)
    bound = [slot for slot in view.fields if slot not in _WHOLE]
    is_chosen = bool(bound) and any(
        all(to_text(one.get(slot)) == to_text(row.get(slot)) for slot in bound) for one in chosen
    )
    return ListRow(key_of(row), cells, ", ".join(cell for cell in cells[:2] if cell), is_chosen)


def key_of(row: Row) -> str:
    """What stands for a row in a post: the same for equal rows."""
    text = json.dumps(dict(row), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _chosen(view: ComponentView) -> list[Row]:
    """What is chosen, as rows of the list have it: column -> value."""
    slots = [slot for slot in view.fields if slot not in _WHOLE]
    if "group" not in view.fields:
        has_any = any(view.values.get(slot) not in (None, "") for slot in slots)
        return [{slot: view.values.get(slot) for slot in slots}] if has_any else []
    rows = view.values.get("group")
    flag = _member(view, "checked")
    return [
        {slot: row.get(_member(view, slot)) for slot in slots}
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict) and (not flag or row.get(flag) is True)
    ]


def _member(view: ComponentView, slot: str) -> str:
    return view.fields.get(slot, "").rpartition(".")[2]


def post_name(view: ComponentView) -> str:
    """The name of the choice in a post."""
    return f":list-{view.key}"


def search_name(key: str) -> str:
    """The name of the search field of the list with this key in a post."""
    return f":search-{key}"


def _was_posted(view: ComponentView, post: Post) -> bool:
    return post_name(view) in post or post_name(view) in post.getlist(SHOWN)


def _read(state: FormState, view: ComponentView, post: Post) -> Answers:
    if view.settings[NOT_THERE]:
        return {}  # what was chosen from a list that cannot be looked at is neither right nor wrong
    slots = [slot for slot in view.fields if slot not in _WHOLE]
    keys = set(post.getlist(post_name(view)))
    picked = [row for row in view.settings["all"] if key_of(row) in keys]
    if "group" in view.fields:
        # Rows on other pages of the list were not in the post and stay as they are.
        seen = {row.key for row in view.settings["rows"]}
        return {"group": _rows(state, view, slots, picked, seen)}
    if not picked:
        return {}
    return {slot: as_value(state.field_of(view.fields[slot]), to_text(picked[0].get(slot))) for slot in slots}


def _kept(state: FormState, view: ComponentView, slot: str, value: Any) -> Any:
    """What a column of a row is kept as: columns of option lists are texts, whatever they are about."""
    return as_value(state.field_of(view.fields[slot]), value) if isinstance(value, str) else value


def _rows(
    state: FormState, view: ComponentView, slots: Sequence[str], picked: Sequence[Row], seen: set[str]
) -> list[dict[str, Any]]:
    held = view.values.get("group")
    rows = [dict(row) for row in (held if isinstance(held, list) else []) if isinstance(row, dict)]
    flag = _member(view, "checked")
    soft = view.raw.get("deletionStrategy") == "soft" and bool(flag)
    wanted = {_identity(row, slots): row for row in picked}
    offered = {_identity(row, slots) for row in view.settings["all"] if key_of(row) in seen}
    kept: list[dict[str, Any]] = []
    for row in rows:
        identity = tuple(to_text(row.get(_member(view, slot))) for slot in slots)
        is_wanted = wanted.pop(identity, None) is not None
        if identity in offered and not is_wanted and not soft:
            continue
        if flag and identity in offered:
            row[flag] = is_wanted
        kept.append(row)
    for found in wanted.values():
        columns = {_member(view, slot): _kept(state, view, slot, found.get(slot)) for slot in slots}
        new = {ROW_ID: str(uuid4()), **columns}
        kept.append({**new, flag: True} if flag else new)
    return kept


def _identity(row: Row, slots: Sequence[str]) -> tuple[str, ...]:
    return tuple(to_text(row.get(slot)) for slot in slots)


def _answer(view: ComponentView) -> str:
    shown = view.raw.get("summaryBinding") or view.raw.get("bindingToShowInSummary")
    slots = [slot for slot in view.fields if slot not in _WHOLE]
    names = [str(shown)] if shown in slots else slots[:1]
    return ", ".join(
        text for row in _chosen(view) if (text := " ".join(to_text(row.get(name)) for name in names))
    )


def _missing(state: FormState, view: ComponentView) -> Iterator[Issue]:
    """Where the service has no rows, nobody can choose one, and nobody is asked to."""
    can_choose = view.settings["found"] and not view.settings[NOT_THERE]
    return missing_answer(state, view) if can_choose else iter(())


def _cells(view: ComponentView) -> Iterator[CellView]:
    yield CellView(title_of(view), view.answer)


KINDS: Final[Mapping[str, Kind]] = {
    "List": Kind(
        drawn_ahead=False,
        template="list",
        main_of=_main,
        settings=_settings,
        fill=_fill,
        answer=_answer,
        cells=_cells,
        read=_read,
        was_posted=_was_posted,
        missing=_missing,
    ),
}
