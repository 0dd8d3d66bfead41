"""Types that show what an expression gives: Text, Number, Date and Option; and facts about the instance."""

from collections.abc import Mapping
from typing import Any, Final

from studio.definition.expressions import ExpressionError, Spot
from studio.definition.expressions.dates import format_moment, parse
from studio.definition.expressions.number_format import format_number
from studio.runtime.forms.kinds.kind import Around, Kind, Raw, Settings
from studio.runtime.forms.language import CLOCK
from studio.runtime.forms.options import key_of, options_of
from studio.runtime.forms.values import to_text
from studio.runtime.forms.wording import gettext


def _value(raw: Raw, spot: Spot) -> str:
    given = raw.get("value")
    if not isinstance(given, list):
        return to_text(given)
    try:
        return to_text(spot.evaluate(given))
    except ExpressionError as error:
        spot.form.failures.append((spot.id, "value", error))
        return ""


def _look(raw: Raw, shown: str) -> Settings:
    icon = raw.get("icon")
    return {
        "shown": shown,
        "direction": "vertical" if raw.get("direction") == "vertical" else "horizontal",
        "icon": icon if isinstance(icon, str) else "",
    }


def _text(raw: Raw, spot: Spot, _around: Around) -> Settings:
    return _look(raw, _value(raw, spot))


def _number(raw: Raw, spot: Spot, _around: Around) -> Settings:
    return _look(raw, format_number(_value(raw, spot), raw.get("formatting"), spot.language))


def _date(raw: Raw, spot: Spot, _around: Around) -> Settings:
    text, pattern = _value(raw, spot), raw.get("format")
    try:
        moment = parse(text) if text else None
    except ExpressionError:
        moment = None
    if moment is None:
        return _look(raw, text)
    return _look(raw, format_moment(moment, pattern if isinstance(pattern, str) else None, spot.language))


def _option(raw: Raw, spot: Spot, _around: Around) -> Settings:
    value = key_of(_value(raw, spot))
    label = next((option.label for option in options_of(spot, ()) if option.value == value), value)
    return _look(raw, label if value else "")


_FACTS: Final = ("dateSent", "sender", "receiver", "referenceNumber")


def _instance(raw: Raw, spot: Spot, _around: Around) -> Settings:
    given = raw.get("elements")
    wanted: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    instance = spot.form.around.instance or {}
    facts = _facts(instance, spot.language)
    return {"facts": [facts[name] for name in _FACTS if wanted.get(name) is not False and facts[name][1]]}


def _facts(instance: Mapping[str, Any], language: str) -> dict[str, tuple[str, str]]:
    owner = instance.get("instanceOwner")
    owner = owner if isinstance(owner, Mapping) else {}
    number = owner.get("personNumber") or owner.get("organisationNumber") or ""
    name = (owner.get("party") or {}).get("name") if isinstance(owner.get("party"), Mapping) else None
    changed = parse(str(instance.get("lastChanged") or ""))
    return {
        "dateSent": (
            gettext("Date sent"),
            format_moment(changed, "dd.MM.yyyy / HH:mm", language, CLOCK) if changed else "",
        ),
        "sender": (gettext("Sender"), "-".join(part for part in (str(number), str(name or "")) if part)),
        "receiver": (gettext("Receiver"), str(instance.get("org") or "").upper()),
        "referenceNumber": (
            gettext("Reference number"),
            str(instance.get("id") or "").rpartition("/")[2].rpartition("-")[2],
        ),
    }


KINDS: Final[Mapping[str, Kind]] = {
    "Date": Kind(template="value", settings=_date),
    "InstanceInformation": Kind(template="instance_information", settings=_instance),
    "Number": Kind(template="value", settings=_number),
    "Option": Kind(template="value", settings=_option),
    "Text": Kind(template="value", settings=_text),
}
