"""Types that a person writes into: Input and TextArea."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from studio.definition import form_paths as paths
from studio.definition.data_model import Field, parse_input
from studio.definition.expressions import Spot
from studio.definition.expressions.number_format import format_number
from studio.runtime.forms.kinds.kind import Answers, Around, Build, Kind, Post, Raw, Settings, plain
from studio.runtime.forms.state import FormState
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import ComponentView

DEFAULT_WAIT: Final = 400
MAX_TEXT: Final = 100_000
# The thousands separator and the decimal sign in a formatted 1234567.5.
_GROUPED: Final = re.compile(r"1(\D?)234\D?567(\D)5")
# A regular expression that takes nothing but digits.
_DIGITS: Final = re.compile(r"\^?(?:(?:\[0-9\]|\\d)(?:\{\d+(?:,\d*)?\}|[+*])?)+\$?")


def typing_settings(raw: Raw, spot: Spot, around: Around) -> dict[str, Any]:
    """What all fields share that a person writes into: autocomplete, waiting, the counter."""
    bound = spot.path("simpleBinding")
    wait, length = raw.get("saveWhileTyping"), raw.get("maxLength")
    return {
        "autocomplete": raw.get("autocomplete"),
        "wait": wait if _is_whole(wait) and wait != DEFAULT_WAIT else None,
        "decides": bound is not None and paths.without_indexes(bound[1]) in around.deciding,
        "max_length": length if _is_whole(length) else None,
    }


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def sent_text(view: ComponentView, post: Post) -> str:
    """The text that a post has for a component."""
    texts = post.getlist(view.field)
    return texts[0][:MAX_TEXT] if texts else ""


def as_value(field: Field | None, text: str) -> Any:
    """A text as a value of its field, or the Problem with it."""
    return parse_input(field, text) if field else text.strip() or None


def _input(raw: Raw, spot: Spot, around: Around) -> Settings:
    formatting = _formatting(raw)
    return typing_settings(raw, spot, around) | {
        "search": raw.get("variant") == "search",
        "align": formatting.get("align"),
        "inputmode": None,
    }


def _with_keyboard(view: ComponentView, _spot: Spot, _around: Around, build: Build) -> ComponentView:
    """The view with the keyboard that phones show for it."""
    field = build.state.field_of(view.field) if view.field else None
    return replace(view, settings={**view.settings, "inputmode": _keyboard(_formatting(view.raw), field)})


def _keyboard(formatting: Mapping[str, Any], field: Field | None) -> str | None:
    """`numeric` or `decimal`; None where letters are needed, or the minus, which phones leave out of both."""
    limits = field.restrictions if field else {}
    if any(_is_negative(limits.get(key)) for key in ("minimum", "exclusiveMinimum")):
        return None
    if _pattern(formatting) or (field is not None and field.kind == "integer"):
        return "numeric"
    if _is_numeric(formatting) or (field is not None and field.kind == "number"):
        return "decimal"
    return "numeric" if _DIGITS.fullmatch(str(limits.get("pattern", ""))) else None


def _is_negative(limit: Any) -> bool:
    return isinstance(limit, int | float | Decimal) and limit < 0


def _pattern(formatting: Mapping[str, Any]) -> bool:
    """Whether a number is written into a pattern of digits: "### ## ###"."""
    number = formatting.get("number")
    return isinstance(number, Mapping) and isinstance(number.get("format"), str)


def _formatting(raw: Raw) -> Mapping[str, Any]:
    given = raw.get("formatting")
    return given if isinstance(given, Mapping) else {}


def _is_numeric(formatting: Mapping[str, Any]) -> bool:
    return any(key in formatting for key in ("number", "currency", "unit"))


def _shown(view: ComponentView, language: str) -> str:
    if isinstance(view.value, list | dict):
        return ""
    text = format_number(to_text(view.value), view.raw.get("formatting"), language).strip()
    before, after = view.text("prefix"), view.text("suffix")
    if before and text.startswith(before):
        text = text.removeprefix(before).strip()
    if after and text.endswith(after):
        text = text.removesuffix(after).strip()
    return text


def _affixes(raw: Raw, language: str) -> Mapping[str, str]:
    """What the formatting of a number puts before and after it."""
    formatting = _formatting(raw)
    if not _is_numeric(formatting) or _pattern(formatting):
        return {}
    before, _, after = format_number("1", formatting, language).partition("1")
    found = {"prefix": before.strip(), "suffix": after.lstrip(".,0").strip()}
    return {slot: text for slot, text in found.items() if text}


def _read_input(state: FormState, view: ComponentView, post: Post) -> Answers:
    text = sent_text(view, post)
    if text == view.shown:
        return {"simpleBinding": view.value}  # what was formatted comes back as it was
    bare = without_format(text, view.raw, state.language)
    return {"simpleBinding": as_value(state.field_of(view.field), bare)}


def without_format(text: str, raw: Raw, language: str) -> str:
    """What was typed into a formatted input, without its separators: "1.234,5" -> "1234.5"."""
    group, point = _separators(raw, language)
    if not point:
        return text
    bare = text.replace(group, "") if group else text
    return bare.replace(point, ".").strip()


def _separators(raw: Raw, language: str) -> tuple[str, str]:
    """What stands between thousands and before decimals in a formatted input; "" where it has no format."""
    formatting = raw.get("formatting")
    sample = format_number("1234567.5", formatting, language) if isinstance(formatting, Mapping) else ""
    match = _GROUPED.search(sample)
    return (match.group(1), match.group(2)) if match else ("", "")


def _control(raw: Raw, language: str) -> Mapping[str, str]:
    group, point = _separators(raw, language)
    return {"as": "text"} | ({"group": group, "point": point} if point else {})


def _read_area(_state: FormState, view: ComponentView, post: Post) -> Answers:
    return {"simpleBinding": sent_text(view, post).replace("\r\n", "\n") or None}


KINDS: Final[Mapping[str, Kind]] = {
    "Input": Kind(
        template="input",
        settings=_input,
        fill=_with_keyboard,
        shown=_shown,
        texts=_affixes,
        read=_read_input,
        control=_control,
    ),
    "TextArea": Kind(
        template="text_area",
        settings=typing_settings,
        shown=plain,
        read=_read_area,
        control=lambda _raw, _language: {"as": "lines"},
    ),
}
