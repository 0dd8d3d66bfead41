"""Edits of which values a field takes: limits, a pattern, a list of values, a constant, a default."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from studio.definition.changes import SetKeywords
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.features.data_models.commands.place import After, Asked, Form, Place
from studio.features.data_models.limits import (
    COUNTS,
    MOMENTS,
    NUMBERS,
    is_pattern,
    multiple_of,
    read_moment,
    without_comma,
)
from studio.features.data_models.outline import Item

VALUE_TEXTS: Final = "@enumTitles"


class WrongLimit(DomainError):
    """A limit that cannot be; `field` is the form field it was written in."""

    def __init__(self, field: str, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.field = field


def limits(place: Place, form: Form) -> Asked:
    """The limits that the form holds; those that are as they were are left alone."""
    item = place.item(form.get("key", ""))
    pointer = place.outline.row_pointer(item.pointer)
    schema = place.outline.places.at(pointer) or {}
    wanted: dict[str, Any] = {}
    for name, value in form.items():
        wanted.update(_limit(item, name, value.strip(), form))
    _must_fit(wanted)
    changed = {key: value for key, value in wanted.items() if not _same(schema.get(key), value)}
    change = SetKeywords(place.data_type, pointer, changed) if changed else None
    return Asked(change, After(item.key))


def _limit(item: Item, name: str, written: str, form: Form) -> Mapping[str, Any]:
    """The keywords that one field of the form stands for; {} for fields that are no limits."""
    if name in COUNTS:
        return {name: _whole(name, written)}
    if name in NUMBERS:
        return _bound(item, name, written, exclusive=form.get(f"{name}-open") == "true")
    if name in MOMENTS:
        return _moment(item, name, written, exclusive=form.get(f"{name}-open") == "true")
    if name == "pattern":
        if written and not is_pattern(written):
            raise WrongLimit(name, Sentence(N_("This is not a pattern: something in it is not closed.")))
        return {name: written or None}
    if name == "decimals":
        return {"multipleOf": multiple_of(_whole(name, written))}
    if name in {"const", "default"}:
        return {name: None if not written else read_value(item, written, name)}
    return {}


def _whole(name: str, written: str) -> int | None:
    if not written:
        return None
    if not written.isascii() or not written.isdigit() or len(written) > 9:
        raise WrongLimit(name, Sentence(N_("Write a whole number, 0 or more.")))
    return int(written)


def _bound(item: Item, name: str, written: str, *, exclusive: bool) -> Mapping[str, Any]:
    value = read_number(name, written, whole=item.about.kind == "integer") if written else None
    return {name: None if exclusive else value, NUMBERS[name]: value if exclusive else None}


def _moment(item: Item, name: str, written: str, *, exclusive: bool) -> Mapping[str, Any]:
    value = None
    if written:
        value = read_moment(item.about.kind, written)
        if value is None:
            raise WrongLimit(name, Sentence(N_("Write it as in the example, like 2026-12-31.")))
    return {name: None if exclusive else value, MOMENTS[name]: value if exclusive else None}


def read_number(name: str, written: str, *, whole: bool) -> int | float:
    """A number as people write it: with a comma or a point, with blanks. Raises WrongLimit."""
    try:
        number = Decimal(without_comma(written))
    except InvalidOperation:
        raise WrongLimit(name, Sentence(N_("Write a number."))) from None
    if not number.is_finite() or abs(number) > Decimal(10) ** 30:
        raise WrongLimit(name, Sentence(N_("Write a number.")))
    if number == number.to_integral_value():
        return int(number)
    if whole:
        raise WrongLimit(name, Sentence(N_("Write a whole number.")))
    return float(number)


def read_value(item: Item, written: str, name: str) -> Any:
    """A value of the kind that the item is; raises WrongLimit."""
    kind = item.about.kind
    if kind in {"integer", "number"}:
        return read_number(name, written, whole=kind == "integer")
    if kind == "boolean":
        return written == "true"
    return written


def _must_fit(wanted: Mapping[str, Any]) -> None:
    for low, high in (("minLength", "maxLength"), ("minimum", "maximum"), ("formatMinimum", "formatMaximum")):
        lowest, highest = _either(wanted, low), _either(wanted, high)
        if lowest is not None and highest is not None and lowest > highest:
            raise WrongLimit(high, Sentence(N_("The highest is below the lowest.")))


def _either(wanted: Mapping[str, Any], name: str) -> Any:
    open_name = NUMBERS.get(name) or MOMENTS.get(name) or name
    value = wanted.get(name)
    return wanted.get(open_name) if value is None else value


def _same(before: Any, after: Any) -> bool:
    return before == after and isinstance(before, bool) == isinstance(after, bool)


def values(place: Place, form: Form) -> Asked:
    """The list of allowed values as the form holds it, with what each means; and what its buttons do."""
    item = place.item(form.get("key", ""))
    pointer = place.outline.row_pointer(item.pointer)
    schema = place.outline.places.at(pointer) or {}
    rows = list(zip(form.getlist("value"), form.getlist("label"), strict=False))
    act, _, at = form.get("act", "").partition("-")
    place_of = int(at) if at.isdigit() and int(at) < len(rows) else 0
    if act == "remove" and rows:
        del rows[place_of]
    elif act == "up" and place_of > 0:
        rows.insert(place_of - 1, rows.pop(place_of))
    elif act == "add":
        rows += [(line.strip(), "") for line in form.get("new", "").splitlines() if line.strip()]
    kept = [
        (read_value(item, value.strip(), "values"), label.strip()) for value, label in rows if value.strip()
    ]
    found = [value for value, _ in kept]
    if any(value in found[:at] for at, value in enumerate(found)):
        raise WrongLimit("values", Sentence(N_("The same value is there twice.")))
    texts = _value_texts(place, schema, kept)
    words = {"enum": found or None, VALUE_TEXTS: texts or None}
    changed = {key: value for key, value in words.items() if schema.get(key) != value}
    change = SetKeywords(place.data_type, pointer, changed) if changed else None
    return Asked(change, After(item.key))


def _value_texts(place: Place, schema: Mapping[str, Any], kept: list[tuple[Any, str]]) -> dict[str, Any]:
    """What the values mean, by value and language; that of other languages stays."""
    texts: dict[str, Any] = {}
    for value, label in kept:
        known = value_texts(schema, value)
        others = {code: text for code, text in known.items() if code != place.language}
        if label:
            others[place.language] = label
        if others:
            texts[str(value)] = others
    return texts


def value_texts(schema: Mapping[str, Any], value: Any) -> Mapping[str, Any]:
    """What a value means, by language."""
    every = schema.get(VALUE_TEXTS)
    found = every.get(str(value)) if isinstance(every, Mapping) else None
    return found if isinstance(found, Mapping) else {}
