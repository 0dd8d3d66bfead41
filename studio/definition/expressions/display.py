"""Answers as a person reads them: formatted numbers and dates, labels instead of codes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from studio.definition.expressions import dates
from studio.definition.expressions.asked_options import Asks, asked_for
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.number_format import format_number
from studio.definition.expressions.values import Value, to_text
from studio.definition.sentences import N_


class Component(Asks, Protocol):
    """A component in its rows."""

    @property
    def node(self) -> Any: ...

    @property
    def language(self) -> str: ...

    @property
    def form(self) -> Any: ...

    def answer(self, key: str = "simpleBinding") -> Value: ...

    def evaluate(self, expression: Any) -> Value: ...

    def text(self, key: str) -> str: ...

    def options(self, options_id: str) -> Sequence[Mapping[str, Any]] | None: ...


def has_display_value(kind: str) -> bool:
    """Whether components of this type have an answer that can be shown."""
    return kind in _WAYS


def display_value(spot: Component) -> str:
    """The answer in words; "" where there is none. Raises ExpressionError for types without an answer."""
    kind = spot.node.type
    show = _WAYS.get(kind)
    if show is None:
        raise ExpressionError(N_("Component of type '%(type)s' does not have a displayValue"), {"type": kind})
    return show(spot)


def option_labels(spot: Component, values: Sequence[str]) -> list[str]:
    """The labels of chosen values, in the order of the options; a value without an option is left out."""
    chosen = set(values)
    return [
        spot.text(str(option.get("label", "")))
        for option in options_of(spot)
        if (to_text(option.get("value")) or "null") in chosen
    ]


def options_of(spot: Component) -> Sequence[Mapping[str, Any]]:
    """The options of a component: those of its list, or those written in the layout."""
    raw = spot.node.raw
    named = raw.get("optionsId")
    if isinstance(named, str):
        worked_out = spot.form.around.worked_out_options(named, dict(asked_for(raw, spot)))
        return (spot.options(named) or ()) if worked_out is None else worked_out
    given = raw.get("options")
    return [option for option in given if isinstance(option, Mapping)] if isinstance(given, list) else ()


def _plain(spot: Component) -> str:
    return to_text(spot.answer()) or ""


def _number(spot: Component) -> str:
    return format_number(_plain(spot), spot.node.raw.get("formatting"), spot.language)


def _value(spot: Component) -> Value:
    given = spot.node.raw.get("value")
    return spot.evaluate(given) if isinstance(given, list) else given


def _shown_number(spot: Component) -> str:
    return format_number(to_text(_value(spot)) or "", spot.node.raw.get("formatting"), spot.language)


def _as_date(value: Value, pattern: str | None, language: str) -> str:
    try:
        moment = dates.parse(value)
    except ExpressionError:
        return to_text(value) or ""
    return "" if moment is None else dates.format_moment(moment, pattern, language)


def _date(spot: Component) -> str:
    return _as_date(spot.answer(), spot.node.raw.get("format"), spot.language)


def _shown_date(spot: Component) -> str:
    return _as_date(_value(spot), spot.node.raw.get("format"), spot.language)


def _one_choice(spot: Component) -> str:
    value = to_text(spot.answer())
    return "" if value is None else ", ".join(option_labels(spot, [value]))


def _choices(spot: Component) -> str:
    value = to_text(spot.answer())
    return ", ".join(option_labels(spot, value.split(","))) if value else ""


def _shown_option(spot: Component) -> str:
    value = to_text(_value(spot))
    return "" if value is None else ", ".join(option_labels(spot, [value]))


def _address(spot: Component) -> str:
    parts = (to_text(spot.answer(key)) for key in ("address", "zipCode", "postPlace"))
    return " ".join(part for part in parts if part)


def _all_bindings(spot: Component) -> str:
    bindings = spot.node.raw.get("dataModelBindings")
    keys = list(bindings) if isinstance(bindings, Mapping) else []
    return ", ".join(text for key in keys if (text := to_text(spot.answer(key))))


def _list(spot: Component) -> str:
    raw = spot.node.raw
    shown = raw.get("summaryBinding") or raw.get("bindingToShowInSummary")
    bindings = raw.get("dataModelBindings")
    # The older property may name the field instead of the key it is bound to.
    pairs = bindings.items() if isinstance(bindings, Mapping) else ()
    keys = [key for key, field in pairs if shown in (key, field)]
    return to_text(spot.answer(keys[0])) or "" if keys else ""


def _files(spot: Component) -> str:
    names = (
        element.get("filename")
        for element in spot.form.around.elements
        if element.get("dataType") == spot.node.id
    )
    return ", ".join(name for name in names if name)


def _map(spot: Component) -> str:
    return ", ".join(part.strip() for part in _plain(spot).split(",") if part.strip())


def _lookup(*slots: tuple[str, ...]) -> Callable[[Component], str]:
    """What was found, by the bindings; each of them has several spellings."""

    def show(spot: Component) -> str:
        found = ((to_text(spot.answer(key)) for key in keys) for keys in slots)
        return ", ".join(text for texts in found if (text := next(filter(None, texts), None)))

    return show


_WAYS: Final[Mapping[str, Callable[[Component], str]]] = {
    "Input": _number,
    "TextArea": _plain,
    "TimePicker": _plain,
    "Datepicker": _date,
    "RadioButtons": _one_choice,
    "Dropdown": _one_choice,
    "LikertItem": _one_choice,
    "Checkboxes": _choices,
    "MultipleSelect": _choices,
    "Number": _shown_number,
    "Text": lambda spot: to_text(_value(spot)) or "",
    "Date": _shown_date,
    "Option": _shown_option,
    "Address": _address,
    "Custom": _all_bindings,
    "List": _list,
    "FileUpload": _files,
    "FileUploadWithTag": _files,
    "ImageUpload": _files,
    "Map": _map,
    "OrganizationLookup": _lookup(
        ("organization_lookup_orgnr", "orgnr"), ("organization_lookup_name", "name")
    ),
    "OrganisationLookup": _lookup(("organisation_lookup_orgnr",), ("organisation_lookup_name",)),
    "PersonLookup": _lookup(("person_lookup_ssn", "ssn"), ("person_lookup_name", "fullName")),
}
