"""Days: Datepicker."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from studio.definition.data_model import DataModel, parse_input
from studio.definition.expressions import Spot
from studio.runtime.forms.kinds.kind import Answers, Around, Kind, Post, Raw, Settings
from studio.runtime.forms.kinds.writing import sent_text
from studio.runtime.forms.state import FormState
from studio.runtime.forms.values import day_limit, day_of
from studio.runtime.forms.view import ComponentView, Issue
from studio.runtime.forms.wording import gettext

# Datepickers write days also into fields that are plain text in the data model.
_DAYS: Final = DataModel({"properties": {"day": {"type": "string", "format": "date"}}})


def _settings(raw: Raw, spot: Spot, around: Around) -> Settings:
    least = spot.text_value("minDate", raw.get("minDate"), "1900-01-01")
    most = spot.text_value("maxDate", raw.get("maxDate"), "2100-01-01")
    return {
        "min": day_limit(least, around.today),
        "max": day_limit(most, around.today),
        "autocomplete": raw.get("autocomplete"),
        "with_time": _with_time(raw, around.generation),
    }


def _with_time(raw: Raw, generation: str) -> bool:
    """Whether a whole moment is kept; the default differs between the generations."""
    given = raw.get("timeStamp")
    return given if isinstance(given, bool) else generation == "v8"


def _shown(view: ComponentView, _language: str) -> str:
    return "" if isinstance(view.value, list | dict) else day_of(view.value)


def in_words(day: str) -> str:
    """A day as people write it: "2024-12-24" -> "24.12.2024"; other texts stay as they are."""
    parts = day.split("-")
    return f"{parts[2]}.{parts[1]}.{parts[0]}" if len(parts) == 3 and len(day) == 10 else day


def _answer(view: ComponentView) -> str:
    return in_words(view.shown)


def _read(_state: FormState, view: ComponentView, post: Post) -> Answers:
    day: Any = parse_input(_DAYS.fields[0], sent_text(view, post))
    if isinstance(day, str) and view.settings["with_time"]:
        day = view.value if view.shown == day else f"{day}T00:00:00.000Z"
    return {"simpleBinding": day}


def _control(raw: Raw, _language: str) -> Mapping[str, str] | None:
    # Whether a whole moment is kept is known without the app's generation only where the app says so.
    given = raw.get("timeStamp")
    return {"as": "moment" if given else "day"} if isinstance(given, bool) else None


def _issues(state: FormState, view: ComponentView) -> Iterator[Issue]:
    if not view.shown or view.field in state.typed:
        return
    data_type, path = state.place(view.field)
    least, most = view.settings["min"], view.settings["max"]
    if least and view.shown < least:
        text = gettext("The date cannot be before %(date)s.", date=in_words(least))
        yield Issue(path, text, "error", "Component", "date_picker.min_date_exceeded", data_type)
    if most and view.shown > most:
        text = gettext("The date cannot be after %(date)s.", date=in_words(most))
        yield Issue(path, text, "error", "Component", "date_picker.max_date_exceeded", data_type)


KINDS: Final[Mapping[str, Kind]] = {
    "Datepicker": Kind(
        template="datepicker",
        settings=_settings,
        shown=_shown,
        answer=_answer,
        read=_read,
        issues=_issues,
        control=_control,
    ),
}
