"""What each component type needs beyond the common parts, ready for its template."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask_babel import gettext

from studio.definition.expressions import Spot
from studio.definition.expressions.number_format import format_number
from studio.runtime.forms import paths
from studio.runtime.forms.values import day_limit

_HEADINGS: Final = {"L": 2, "M": 3, "S": 4, "h2": 2, "h3": 3, "h4": 4}
_HEADING_SIZES: Final = {2: "sm", 3: "xs", 4: "2xs"}
_COLORS: Final = {
    "success": "success",
    "warning": "warning",
    "danger": "danger",
    "error": "danger",
    "info": "info",
}
DEFAULT_WAIT: Final = 400


@dataclass(frozen=True, slots=True)
class Around:
    """Where a component stands: the pages before and after, the generation of its app, today."""

    generation: str
    today: date
    previous: str | None = None
    next: str | None = None
    final: bool = False
    deciding: frozenset[str] = frozenset()  # fields that expressions read (deciding.py)


def settings_of(kind: str, spot: Spot, around: Around) -> dict[str, Any]:
    """The settings of a component of type `kind`."""
    raw = spot.node.raw if spot.node else {}
    label = raw.get("labelSettings")
    common = {
        "optional_mark": isinstance(label, Mapping) and label.get("optionalIndicator") is True,
        "name": None,
        "as_card": False,
    }
    make = _MAKERS.get(kind)
    return common | (make(raw, spot, around) if make else {})


def _input(raw: Mapping[str, Any], spot: Spot, around: Around) -> dict[str, Any]:
    given = raw.get("formatting")
    formatting: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    return _typing(raw, spot, around) | {
        "search": raw.get("variant") == "search",
        "align": formatting.get("align"),
        "inputmode": "decimal" if _is_numeric(formatting) else None,
    }


def _is_numeric(formatting: Mapping[str, Any]) -> bool:
    return any(key in formatting for key in ("number", "currency", "unit"))


def _typing(raw: Mapping[str, Any], spot: Spot, around: Around) -> dict[str, Any]:
    bound = spot.path("simpleBinding")
    wait = raw.get("saveWhileTyping")
    length = raw.get("maxLength")
    return {
        "autocomplete": raw.get("autocomplete"),
        "wait": wait
        if isinstance(wait, int) and not isinstance(wait, bool) and wait != DEFAULT_WAIT
        else None,
        "decides": bound is not None and paths.without_indexes(bound[1]) in around.deciding,
        "max_length": length if isinstance(length, int) and not isinstance(length, bool) else None,
    }


def _datepicker(raw: Mapping[str, Any], spot: Spot, around: Around) -> dict[str, Any]:
    least = spot.text_value("minDate", raw.get("minDate"), "1900-01-01")
    most = spot.text_value("maxDate", raw.get("maxDate"), "2100-01-01")
    return {
        "min": day_limit(least, around.today),
        "max": day_limit(most, around.today),
        "autocomplete": raw.get("autocomplete"),
        "with_time": with_time(raw, around.generation),
    }


def with_time(raw: Mapping[str, Any], generation: str) -> bool:
    """Whether a Datepicker keeps a whole moment; the default differs between the generations."""
    given = raw.get("timeStamp")
    return given if isinstance(given, bool) else generation == "v8"


def _choices(raw: Mapping[str, Any], _spot: Spot, _around: Around) -> dict[str, Any]:
    return {
        "direction": "row" if raw.get("layout") == "row" else "column",
        "as_card": raw.get("showAsCard") is True,
    }


def _heading(raw: Mapping[str, Any], _spot: Spot, _around: Around) -> dict[str, Any]:
    level = _HEADINGS.get(str(raw.get("size")), 2)
    return {"level": level, "size": _HEADING_SIZES[level]}


def _message(raw: Mapping[str, Any], _spot: Spot, _around: Around) -> dict[str, Any]:
    color = _COLORS.get(str(raw.get("severity") or raw.get("variant")), "info")
    return {"color": color, "icon": raw.get("showIcon") is not False}


def _group(raw: Mapping[str, Any], _spot: Spot, _around: Around) -> dict[str, Any]:
    level = raw.get("headingLevel")
    indicator = raw.get("groupingIndicator")
    return {
        "level": level if level in {2, 3, 4, 5, 6} else 3,
        "indicator": indicator if indicator in {"indented", "panel"} else "none",
    }


def _navigation(raw: Mapping[str, Any], _spot: Spot, around: Around) -> dict[str, Any]:
    given = raw.get("showBackButton")
    show_back = given if isinstance(given, bool) else around.generation == "v9"
    return {"show_back": show_back, "back": show_back and bool(around.previous), "next": bool(around.next)}


def _button(raw: Mapping[str, Any], _spot: Spot, _around: Around) -> dict[str, Any]:
    mode = raw.get("mode")
    position = raw.get("position")
    return {
        "action": "save" if mode == "save" else "submit",
        "secondary": mode == "save",
        "position": position if position in {"left", "center", "right"} else "left",
        "title": gettext("Save") if mode == "save" else gettext("Send in"),
    }


def _rows(raw: Mapping[str, Any], spot: Spot, _around: Around) -> dict[str, Any]:
    edit = raw.get("edit")
    edit = edit if isinstance(edit, Mapping) else {}
    least, most = raw.get("minCount"), raw.get("maxCount")
    return {
        "min": least if isinstance(least, int) else 0,
        "max": most if isinstance(most, int) else None,
        "can_add": spot.flag_value("edit.addButton", edit.get("addButton"), default=True),
        "can_close": edit.get("mode") not in {"showAll", "onlyTable"}
        and spot.flag_value("edit.saveButton", edit.get("saveButton"), default=True),
        "all_open": edit.get("mode") in {"showAll", "onlyTable"},
        "open_by_default": edit.get("openByDefault", False),
    }


def _summary(_raw: Mapping[str, Any], _spot: Spot, _around: Around) -> dict[str, Any]:
    return {"sections": ()}


def affixes(raw: Mapping[str, Any], language: str) -> tuple[str, str]:
    """What the formatting of an input puts before and after the number."""
    formatting = raw.get("formatting")
    if not isinstance(formatting, Mapping) or not _is_numeric(formatting):
        return "", ""
    number = formatting.get("number")
    if isinstance(number, Mapping) and isinstance(number.get("format"), str):
        return "", ""
    before, _, after = format_number("1", formatting, language).partition("1")
    return before.strip(), after.lstrip(".,0").strip()


_MAKERS: Final[Mapping[str, Callable[[Mapping[str, Any], Spot, Around], dict[str, Any]]]] = {
    "Alert": _message,
    "Button": _button,
    "Checkboxes": _choices,
    "Datepicker": _datepicker,
    "Group": _group,
    "Heading": _heading,
    "Input": _input,
    "MultipleSelect": _choices,
    "NavigationButtons": _navigation,
    "Panel": _message,
    "RadioButtons": _choices,
    "RepeatingGroup": _rows,
    "Summary2": _summary,
    "TextArea": _typing,
}
