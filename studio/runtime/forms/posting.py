"""What a person sent with a page, put into the form data.

Only fields that the page shows and lets the person change are taken; everything else in a post is ignored.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol
from uuid import uuid4

from studio.definition.data_model import ROW_ID, DataModel, Field, Problem, parse_input
from studio.definition.sentences import Sentence
from studio.runtime.forms import paths
from studio.runtime.forms.answers import plain_text
from studio.runtime.forms.settings import with_time
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import ComponentView, PageView

# The name under which a post lists the sets of choices that were on the page.
SHOWN: Final = ":shown"
_CHOICES: Final = frozenset({"Checkboxes", "MultipleSelect", "RadioButtons"})
_FIELDS: Final = _CHOICES | {"Input", "TextArea", "Datepicker", "Dropdown"}
_MAX_TEXT: Final = 100_000
# Datepickers write days also into fields that are plain text in the data model.
_DAYS: Final = DataModel({"properties": {"day": {"type": "string", "format": "date"}}})


class Post(Protocol):
    """Names and texts of a form post."""

    def getlist(self, key: str) -> list[str]:
        """Every text sent under a name."""

    def __contains__(self, key: object) -> bool:
        """Whether a name was sent."""


@dataclass(frozen=True, slots=True)
class Posted:
    """The data after a post. `typed` holds texts that are no value of their field; `problems` says why."""

    data: dict[str, Any]
    typed: Mapping[str, str]
    problems: Mapping[str, Sentence]
    changed: frozenset[str]


def apply_post(state: FormState, page: PageView, post: Post) -> Posted:
    """The form data (all data types) with the fields of a post in it."""
    data = copy.deepcopy(dict(state.data))
    typed: dict[str, str] = {}
    problems: dict[str, Sentence] = {}
    changed: set[str] = set()
    for view in page.walk():
        if not view.field or view.read_only or view.type not in _FIELDS or not _was_sent(view, post):
            continue
        texts = [text[:_MAX_TEXT] for text in post.getlist(view.field)]
        value = _value(state, view, texts)
        if isinstance(value, Problem):
            typed[view.field], problems[view.field] = value.text, value.sentence
        elif value != view.value:
            _put(state, data, view, value)
            changed.add(view.field)
    return Posted(data, typed, problems, frozenset(changed))


def _was_sent(view: ComponentView, post: Post) -> bool:
    if view.type in _CHOICES:
        return view.field in post or view.field in post.getlist(SHOWN)
    return view.field in post


def _value(state: FormState, view: ComponentView, texts: list[str]) -> Any:
    if view.type in _CHOICES or view.type == "Dropdown":
        return _chosen(
            state, view, [text for text in texts if any(text == each.value for each in view.options)]
        )
    text = texts[0] if texts else ""
    field = state.field_of(view.field)
    if view.type == "Datepicker":
        return _day(view, text, state.app.generation)
    if view.type == "TextArea":
        return text.replace("\r\n", "\n") or None
    if view.type == "Input" and text == view.shown:
        return view.value  # what was formatted comes back as it was
    return _typed(field, plain_text(text, view.raw, state.language))


def _typed(field: Field | None, text: str) -> Any:
    return parse_input(field, text) if field else text.strip() or None


def _chosen(state: FormState, view: ComponentView, values: list[str]) -> Any:
    if isinstance(view.raw.get("dataModelBindings", {}).get("group"), str | dict):
        return _rows_of_choices(view, values)
    if view.type in {"Checkboxes", "MultipleSelect"}:
        return ",".join(values) or None
    return _typed(state.field_of(view.field), values[0]) if values else None


def _rows_of_choices(view: ComponentView, values: list[str]) -> list[dict[str, Any]]:
    """Choices as rows of a list: new ones are added, others removed or unchecked (components.md)."""
    member, flag = _member(view, "simpleBinding"), _member(view, "checked")
    rows = [copy.deepcopy(row) for row in view.value or () if isinstance(row, dict)]
    if view.raw.get("deletionStrategy") != "soft" or not flag:
        rows = [row for row in rows if row.get(member) in values]
    there = {row.get(member) for row in rows}
    rows += [{ROW_ID: str(uuid4()), member: value} for value in values if value not in there]
    if flag:
        for row in rows:
            row[flag] = row.get(member) in values
    return rows


def _member(view: ComponentView, key: str) -> str:
    binding = view.raw.get("dataModelBindings", {}).get(key)
    path = binding.get("field") if isinstance(binding, dict) else binding
    return str(path or "").rpartition(".")[2]


def _day(view: ComponentView, text: str, generation: str) -> Any:
    day = parse_input(_DAYS.fields[0], text)
    if isinstance(day, str) and with_time(view.raw, generation):
        return view.value if view.shown == day else f"{day}T00:00:00.000Z"
    return day


def _put(state: FormState, data: dict[str, Any], view: ComponentView, value: Any) -> None:
    data_type, path = state.place(view.field)
    model = data.setdefault(data_type, {})
    try:
        paths.write(model, path, value)
    except paths.BadPath:
        return
    label = view.raw.get("dataModelBindings", {}).get("label")
    if isinstance(label, str):
        chosen = value.split(",") if isinstance(value, str) else [value]
        labels = [option.label for option in view.options if option.value in chosen]
        paths.write(model, paths.transpose(label, path.rpartition(".")[0]), ",".join(labels) or None)


def add_row(data: dict[str, Any], path: str) -> int:
    """Add an empty row to the list at `path`; its index. Raises BadPath."""
    rows = paths.read(data, path)
    if not isinstance(rows, list):
        rows = []
        paths.write(data, path, rows)
    rows.append({ROW_ID: str(uuid4())})
    return len(rows) - 1


def delete_row(data: dict[str, Any], row: str) -> None:
    """Delete the row "rows[1]". A row that is not there is left alone. Raises BadPath."""
    segments = paths.parse(row)
    if not segments or segments[-1].index is None:
        raise paths.BadPath(row)
    last = paths.Segment(segments[-1].name)
    rows = paths.read(data, paths.join((*segments[:-1], last)))
    if isinstance(rows, list) and segments[-1].index < len(rows):
        del rows[segments[-1].index]
