"""Choices: Checkboxes, RadioButtons, Dropdown and MultipleSelect."""

import copy
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import uuid4

from studio.definition.data_model import ROW_ID
from studio.definition.expressions import Spot
from studio.runtime.forms.kinds.kind import Answers, Around, Build, Kind, Post, Raw, Settings, was_posted
from studio.runtime.forms.kinds.writing import as_value
from studio.runtime.forms.options import Offer, offer_of
from studio.runtime.forms.small_layout import OPTIONS
from studio.runtime.forms.state import FormState
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import ComponentView, OptionView

# The setting of a view whose list of options cannot be had now.
NOT_THERE: Final = "not_there"
# The name under which a post lists the sets of choices that were on the page.
SHOWN: Final = ":shown"
_MANY: Final = frozenset({"Checkboxes", "MultipleSelect"})
_SEVERAL: Final = frozenset(name.lower() for name in _MANY)


def _settings(raw: Raw, spot: Spot, _around: Around) -> Settings:
    return {
        # Nothing is known of a list before it is asked for (`with_options`).
        NOT_THERE: None,
        "direction": "row" if raw.get("layout") == "row" else "column",
        "as_card": raw.get("showAsCard") is True,
        # In a table the heading of the column says what the one choice there is means.
        "labels_in_table": raw.get("showLabelsInTable") is True,
        "input": "checkbox" if spot.node and spot.node.type.lower() in _SEVERAL else "radio",
        "asks": spot.flag("alertOnChange"),
    }


def _in_rows(raw: Raw) -> bool:
    """Whether choices are kept as rows of a list instead of as one text."""
    bindings = raw.get("dataModelBindings")
    return isinstance(bindings, Mapping) and bool(bindings.get("group"))


def main_of(raw: Raw) -> str:
    """The binding that holds the choices."""
    return "group" if _in_rows(raw) else "simpleBinding"


def with_options(view: ComponentView, spot: Spot, _around: Around, _build: Build) -> ComponentView:
    """The view with its choices."""
    offer = offer_of(spot, chosen_values(view))
    settings = {**view.settings, NOT_THERE: not offer.is_there}
    if OPTIONS in view.follows and not view.read_only:
        settings["every"] = tuple(replace(each, chosen=False) for each in offer.every)
    return replace(view, options=_preselected(view, offer), settings=settings)


def _preselected(view: ComponentView, offer: Offer) -> tuple[OptionView, ...]:
    """Where nothing has been answered yet, the choice that the app makes beforehand."""
    if view.value is not None or view.read_only:
        return offer.options
    return tuple(
        replace(each, chosen=True) if each.value == offer.beforehand else each for each in offer.options
    )


def chosen_values(view: ComponentView) -> list[str]:
    """The option values that are chosen."""
    if _in_rows(view.raw):
        return _chosen_rows(view)
    if view.value is None:
        return []
    text = to_text(view.value)
    return text.split(",") if view.type in _MANY else [text]


def _chosen_rows(view: ComponentView) -> list[str]:
    if not view.fields.get("simpleBinding") or not isinstance(view.value, list):
        return []
    member, flag = _member(view, "simpleBinding"), _member(view, "checked")
    rows = [row for row in view.value if isinstance(row, dict)]
    return [to_text(row.get(member)) for row in rows if not flag or row.get(flag) is True]


def _member(view: ComponentView, key: str) -> str:
    return view.fields.get(key, "").rpartition(".")[2]


def _answer(view: ComponentView) -> str:
    return ", ".join(option.label for option in view.options if option.chosen)


def _was_posted(view: ComponentView, post: Post) -> bool:
    return was_posted(view, post) or view.field in post.getlist(SHOWN)


def _read(state: FormState, view: ComponentView, post: Post) -> Answers:
    if view.settings.get(NOT_THERE):
        return {}  # what was chosen from a list that cannot be looked at is neither right nor wrong
    known = {option.value for option in view.options}
    return _answers(state, view, [text for text in post.getlist(view.field) if text in known])


def without_stale(state: FormState, view: ComponentView) -> Answers:
    """The answers of a view without what is no option any more; nothing where none is, or nobody can tell."""
    if view.type not in KINDS or view.settings.get(NOT_THERE) is not False:
        return {}
    chosen, known = chosen_values(view), {option.value for option in view.options}
    kept = [value for value in chosen if value in known]
    return {} if kept == [value for value in chosen if value] else _answers(state, view, kept)


def _answers(state: FormState, view: ComponentView, values: list[str]) -> Answers:
    """What is kept for the values that are chosen."""
    known = {option.value: option.label for option in view.options}
    if _in_rows(view.raw):
        return {"group": _rows(view, values)}
    if view.type in _MANY:
        chosen: Any = ",".join(values) or None
    else:
        values = values[:1]
        chosen = as_value(state.field_of(view.field), values[0]) if values else None
    labels = {"label": ",".join(known[value] for value in values) or None} if "label" in view.fields else {}
    return {"simpleBinding": chosen, **labels}


def _rows(view: ComponentView, values: list[str]) -> list[dict[str, Any]]:
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


def _kind(template: str, *, listed: bool = False, many: bool = False) -> Kind:
    """`many`: several can be chosen. `listed`: as one control, which a post always has, not one for each."""
    return Kind(
        template=template,
        main_of=main_of,
        settings=_settings,
        fill=with_options,
        answer=_answer,
        read=_read,
        was_posted=was_posted if listed else _was_posted,
        control=_control_of_many if many else _control_of_one,
    )


def _control_of_one(_raw: Raw, _language: str) -> Mapping[str, str]:
    return {"as": "text"}


def _control_of_many(raw: Raw, _language: str) -> Mapping[str, str] | None:
    return None if _in_rows(raw) else {"as": "choices"}


# One question of a Likert.
ITEM: Final = _kind("choices")
KINDS: Final[Mapping[str, Kind]] = {
    "Checkboxes": _kind("choices", many=True),
    "Dropdown": _kind("dropdown", listed=True),
    "LikertItem": ITEM,
    "MultipleSelect": _kind("choices", many=True),
    "RadioButtons": _kind("choices"),
}
