"""Answers in words: what an input shows, and what summaries and closed rows say."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from studio.definition.expressions.number_format import format_number
from studio.runtime.forms.values import day_of, to_text
from studio.runtime.forms.view import CellView, ComponentView

_CHOOSING: Final = frozenset({"Checkboxes", "RadioButtons", "Dropdown", "MultipleSelect"})
# The thousands separator and the decimal sign in a formatted 1234567.5.
_GROUPED: Final = re.compile(r"1(\D?)234\D?567(\D)5")


def shown_value(view: ComponentView, language: str) -> str:
    """The text in a component's input."""
    if isinstance(view.value, list | dict):
        return ""
    if view.type == "Datepicker":
        return day_of(view.value)
    if view.type == "Input":
        text = format_number(to_text(view.value), view.raw.get("formatting"), language)
        return _without(text, view.text("prefix"), view.text("suffix"))
    return to_text(view.value)


def _without(text: str, before: str, after: str) -> str:
    text = text.strip()
    if before and text.startswith(before):
        text = text.removeprefix(before).strip()
    if after and text.endswith(after):
        text = text.removesuffix(after).strip()
    return text


def answer(view: ComponentView, _language: str) -> str:
    """What was answered, as a person reads it; "" where nothing was."""
    if view.type in _CHOOSING:
        return ", ".join(option.label for option in view.options if option.chosen)
    if view.type == "Datepicker":
        return _norwegian(view.shown)
    if not view.shown:
        return ""
    return " ".join(part for part in (view.text("prefix"), view.shown, view.text("suffix")) if part)


def _norwegian(day: str) -> str:
    parts = day.split("-")
    return f"{parts[2]}.{parts[1]}.{parts[0]}" if len(parts) == 3 and len(day) == 10 else day


def cell_of(view: ComponentView) -> Iterator[CellView]:
    """What summaries say about a component: one cell for each answer in it."""
    if view.type == "RepeatingGroup":
        yield from _row_cells(view)
    elif view.children:
        for child in view.children:
            yield from cell_of(child)
    elif view.field:
        label = view.text("summaryTitle") or view.text("tableTitle") or view.text("title") or view.id
        yield CellView(label, view.settings.get("answer", ""))


def _row_cells(view: ComponentView) -> Iterator[CellView]:
    title = view.text("summaryTitle") or view.text("title") or view.id
    for row in view.rows:
        parts = [
            f"{cell.label}: {cell.text}" for child in row.children for cell in cell_of(child) if cell.text
        ]
        yield CellView(f"{title} {row.index + 1}", " · ".join(parts))
    if not view.rows:
        yield CellView(title, "")


def plain_text(text: str, raw: Mapping[str, Any], language: str) -> str:
    """What was typed into a formatted input, without its separators: "1.234,5" -> "1234.5"."""
    formatting = raw.get("formatting")
    sample = format_number("1234567.5", formatting, language) if isinstance(formatting, Mapping) else ""
    match = _GROUPED.search(sample)
    if not match:
        return text
    group, point = match.group(1), match.group(2)
    bare = text.replace(group, "") if group else text
    return bare.replace(point, ".").strip()
