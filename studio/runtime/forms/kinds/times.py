"""Times of day: TimePicker. Browsers speak of 24 hours; what is kept is in the component's format."""

import re
from collections.abc import Iterator, Mapping
from datetime import time
from typing import Final

from studio.definition.data_model import Problem
from studio.definition.expressions import Spot
from studio.definition.sentences import N_, Sentence
from studio.runtime.forms.kinds.kind import Answers, Around, Kind, Post, Raw, Settings
from studio.runtime.forms.kinds.writing import sent_text
from studio.runtime.forms.state import FormState
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import ComponentView, Issue
from studio.runtime.forms.wording import gettext

_FORMATS: Final[Mapping[str, str]] = {
    "HH:mm": "%H:%M",
    "HH:mm:ss": "%H:%M:%S",
    "hh:mm a": "%I:%M %p",
    "hh:mm:ss a": "%I:%M:%S %p",
}
_WRITTEN: Final = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([AaPp])?\.?[Mm]?\.?")


def _settings(raw: Raw, spot: Spot, _around: Around) -> Settings:
    given = raw.get("format")
    pattern = given if isinstance(given, str) and given in _FORMATS else "HH:mm"
    least, most = (_limit(raw, spot, key) for key in ("minTime", "maxTime"))
    return {
        "format": pattern,
        "seconds": "ss" in pattern,
        "min": least,
        "max": most,
    }


def _limit(raw: Raw, spot: Spot, key: str) -> str | None:
    found = time_in(spot.text_value(key, raw.get(key)) or "")
    return _clock(found, seconds=found.second > 0) if found else None


def time_in(text: str) -> time | None:
    """The time of day in a text ("13:45", "01:45 PM", "13:45:10"); None where it is none."""
    match = _WRITTEN.fullmatch(text.strip())
    if not match:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    half = (match[4] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _clock(at: time, *, seconds: bool) -> str:
    return at.strftime("%H:%M:%S" if seconds else "%H:%M")


def _shown(view: ComponentView, _language: str) -> str:
    text = "" if isinstance(view.value, list | dict) else to_text(view.value)
    at = time_in(text)
    return _clock(at, seconds=view.settings["seconds"]) if at else text


def _read(_state: FormState, view: ComponentView, post: Post) -> Answers:
    text = sent_text(view, post).strip()
    if not text:
        return {"simpleBinding": None}
    at = time_in(text)
    if at is None:
        return {"simpleBinding": Problem(text, Sentence(N_("Write a time such as 14:30.")))}
    if text == view.shown:
        return {"simpleBinding": view.value}
    return {"simpleBinding": at.strftime(_FORMATS[view.settings["format"]])}


def _issues(state: FormState, view: ComponentView) -> Iterator[Issue]:
    at = time_in(view.shown)
    if at is None or view.field in state.typed:
        return
    data_type, path = state.place(view.field)
    least, most = view.settings["min"], view.settings["max"]
    if least and at < time.fromisoformat(least):
        text = gettext("The time cannot be before %(time)s.", time=least)
        yield Issue(path, text, "error", "Component", "time_picker.min_time_exceeded", data_type)
    if most and at > time.fromisoformat(most):
        text = gettext("The time cannot be after %(time)s.", time=most)
        yield Issue(path, text, "error", "Component", "time_picker.max_time_exceeded", data_type)


KINDS: Final[Mapping[str, Kind]] = {
    "TimePicker": Kind(
        template="time_picker",
        settings=_settings,
        shown=_shown,
        answer=lambda view: to_text(view.value),
        read=_read,
        issues=_issues,
    ),
}
