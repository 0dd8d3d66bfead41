"""Which values the keywords of a schema take, alone and together (JSON Schema 2020-12, validation)."""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from studio.definition.data_model.places import COMBINATIONS
from studio.definition.errors import DomainError
from studio.definition.json_text import same
from studio.definition.sentences import N_, Sentence

# What makes up the tree of fields has changes of its own.
STRUCTURE: Final = frozenset(
    {"properties", "items", "required", "$ref", "$defs", "definitions", "$schema", "$id", *COMBINATIONS}
)
# Keywords that say something about a value without limiting it; they may stand beside a reference to a type.
ANNOTATIONS: Final = frozenset(
    {
        "title",
        "description",
        "@titles",
        "@descriptions",
        "@enumTitles",
        "default",
        "$comment",
        "errorMessage",
        "nillable",
        "@xsdNillable",
        "@xsdAttribute",
    }
)
# Limits and the JSON types that they are about.
LIMITS: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(("minLength", "maxLength", "pattern", "format"), frozenset({"string"})),
    **dict.fromkeys(
        ("formatMinimum", "formatMaximum", "formatExclusiveMinimum", "formatExclusiveMaximum"),
        frozenset({"string"}),
    ),
    **dict.fromkeys(
        ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "totalDigits"),
        frozenset({"number", "integer"}),
    ),
    **dict.fromkeys(("minItems", "maxItems", "uniqueItems"), frozenset({"array"})),
    "enum": frozenset({"string", "number", "integer"}),
    "const": frozenset({"string", "number", "integer", "boolean"}),
}
_PLAIN: Final = frozenset({"string", "number", "integer", "boolean"})
_RANGES: Final = (
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minimum", "maximum"),
    ("minimum", "exclusiveMaximum"),
    ("exclusiveMinimum", "maximum"),
    ("exclusiveMinimum", "exclusiveMaximum"),
    ("formatMinimum", "formatMaximum"),
    ("formatMinimum", "formatExclusiveMaximum"),
    ("formatExclusiveMinimum", "formatMaximum"),
    ("formatExclusiveMinimum", "formatExclusiveMaximum"),
)
_MESSAGES: Final[Mapping[str, str]] = {
    "count": N_("%(keyword)s has to be a whole number from 0 upwards."),
    "digits": N_("%(keyword)s has to be a whole number from 1 upwards."),
    "number": N_("%(keyword)s has to be a number."),
    "positive": N_("%(keyword)s has to be a number above 0."),
    "text": N_("%(keyword)s has to be a text."),
    "json": N_("%(keyword)s has a value that cannot be kept."),
    "texts": N_("%(keyword)s has to hold one text for each language."),
    "pattern": N_("The pattern %(value)s cannot be read."),
    "values": N_("The allowed values have to be a list of different values, of the same kind as the field."),
    "type": N_("A field cannot be of the kind %(value)s."),
    "yes": N_("%(keyword)s has to be yes or no."),
    "date": N_("%(keyword)s has to be a date or a time, such as 2026-01-31."),
}


def refuse_bad_keywords(schema: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Raise DomainError where the keywords `given` (null: taken away) cannot be put into `schema`."""
    for keyword, value in given.items():
        if keyword in STRUCTURE or not keyword:
            words = N_("%(keyword)s cannot be changed like this: it says which fields there are.")
            raise DomainError(Sentence(words, {"keyword": keyword}))
        rule, test = _RULES.get(keyword, ("json", _is_json))
        if value is not None and not (test(value) and _is_json(value)):
            values = {"keyword": keyword, "value": str(value)}
            raise DomainError(Sentence(_MESSAGES[rule], values))
    _refuse_limits_of_reference(schema, given)
    after = {**schema, **given}
    _refuse_wrong_kind(after, given)
    _refuse_empty_ranges({key: value for key, value in after.items() if value is not None})


def _refuse_limits_of_reference(schema: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    limiting = [key for key in given if (key in LIMITS or key == "type") and given[key] is not None]
    if "$ref" in schema and limiting:
        words = N_(
            "The field is of a type of its own, which says what it takes. Change the type, or give the field "
            "a definition of its own."
        )
        raise DomainError(Sentence(words))


def _refuse_wrong_kind(after: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    types = types_of(after)
    for keyword, value in given.items():
        if value is None:
            continue
        if types and keyword in LIMITS and not LIMITS[keyword] & types:
            words = N_("%(keyword)s does not fit a field of this kind.")
            raise DomainError(Sentence(words, {"keyword": keyword}))
    for keyword in ("default", "const"):
        value = after.get(keyword)
        if value is not None and (keyword in given or "type" in given) and not _is_of(types, value):
            words = N_("%(keyword)s %(value)s does not fit a field of this kind.")
            raise DomainError(Sentence(words, {"keyword": keyword, "value": str(value)}))
    listed = after.get("enum")
    if isinstance(listed, list) and ("enum" in given or "type" in given):
        wrong = [value for value in listed if value is not None and not _is_of(types, value)]
        repeated = any(same(one, other) for place, one in enumerate(listed) for other in listed[:place])
        if wrong or repeated:
            raise DomainError(Sentence(_MESSAGES["values"]))


def _refuse_empty_ranges(after: Mapping[str, Any]) -> None:
    for low, high in _RANGES:
        least, most = after.get(low), after.get(high)
        if least is None or most is None or _is_number(least) != _is_number(most):
            continue
        if not _is_number(least) and not (isinstance(least, str) and isinstance(most, str)):
            continue
        if least > most or ("xclusive" in low + high and least == most):
            words = N_("Nothing can be filled in: %(low)s (%(least)s) is above %(high)s (%(most)s).")
            values = {"low": low, "high": high, "least": str(least), "most": str(most)}
            raise DomainError(Sentence(words, values))


def types_of(schema: Mapping[str, Any]) -> frozenset[str]:
    """The JSON types that a schema itself names, without null."""
    given = schema.get("type")
    names = given if isinstance(given, list) else [given]
    return frozenset(name for name in names if isinstance(name, str) and name != "null")


def fits(keyword: str, value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether a limit of another kind of field may stay on a value of the kind in `schema`."""
    types = types_of(schema)
    if keyword in ("enum", "const", "default"):
        values = value if keyword == "enum" and isinstance(value, list) else [value]
        return keyword not in LIMITS or (
            bool(LIMITS[keyword] & types) and all(_is_of(types, v) for v in values)
        )
    return keyword not in LIMITS or bool(LIMITS[keyword] & types)


def _is_of(types: frozenset[str], value: Any) -> bool:
    if not types & _PLAIN:
        return not types
    if isinstance(value, bool):
        return "boolean" in types
    if isinstance(value, str):
        return "string" in types
    if isinstance(value, int):
        return bool(types & {"integer", "number"})
    return isinstance(value, float) and "number" in types


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_texts(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(text, str) for text in value.values())


def _is_pattern(value: Any) -> bool:
    try:
        return isinstance(value, str) and re.compile(value) is not None
    except re.error:
        # JavaScript and .NET know a little more than Python: classes of characters by their name.
        return isinstance(value, str) and re.search(r"\\[pP]\{", value) is not None


def _is_type(value: Any) -> bool:
    names = value if isinstance(value, list) else [value]
    plain = [name for name in names if name != "null"]
    return len(plain) == 1 and isinstance(plain[0], str) and plain[0] in _PLAIN


def _is_moment(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return bool(date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value))
    except ValueError:
        return re.fullmatch(r"\d{4}(-\d\d)?|\d\d:\d\d(:\d\d)?", value) is not None


def _is_json(value: Any) -> bool:
    """Whether a file can hold the value: no infinite numbers, no half characters."""
    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError):
        return False
    return True


_RULES: Final[Mapping[str, tuple[str, Callable[[Any], bool]]]] = {
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), ("count", _is_count)),
    "totalDigits": ("digits", lambda value: _is_count(value) and value > 0),
    "multipleOf": ("positive", lambda value: _is_number(value) and value > 0),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), ("number", _is_number)),
    **dict.fromkeys(
        ("formatMinimum", "formatMaximum", "formatExclusiveMinimum", "formatExclusiveMaximum"),
        ("date", _is_moment),
    ),
    **dict.fromkeys(("title", "description", "format", "$comment", "errorMessage"), ("text", _is_text)),
    **dict.fromkeys(("@titles", "@descriptions"), ("texts", _is_texts)),
    "@enumTitles": (
        "texts",
        lambda value: isinstance(value, Mapping) and all(_is_texts(texts) for texts in value.values()),
    ),
    "pattern": ("pattern", _is_pattern),
    "enum": ("values", lambda value: isinstance(value, list) and bool(value)),
    "type": ("type", _is_type),
    **dict.fromkeys(
        ("nillable", "@xsdNillable", "uniqueItems"), ("yes", lambda value: isinstance(value, bool))
    ),
}
