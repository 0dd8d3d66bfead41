"""What is wrong with the limits of one plain value."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from studio.definition.data_model.conversion.facets import fraction_digits, xsd_pattern
from studio.definition.data_model.conversion.plain_values import as_decimal
from studio.definition.data_model.conversion.reading import Schema, types
from studio.definition.findings import Severity
from studio.definition.sentences import N_, Sentence

# Of a keyword: its code, its sentence and how bad it is.
Said = tuple[str, str, Sentence, Severity]

_COUNTS: Final = ("minLength", "maxLength", "minItems", "maxItems", "totalDigits")
_NUMBERS: Final = ("minimum", "maximum", "multipleOf")
_PAIRS: Final = (
    ("minLength", "maxLength", N_("The least length is greater than the greatest.")),
    ("minItems", "maxItems", N_("The least number of rows is greater than the greatest.")),
    ("minimum", "maximum", N_("The least value is greater than the greatest.")),
    ("exclusiveMinimum", "exclusiveMaximum", N_("The least value is greater than the greatest.")),
    ("formatMinimum", "formatMaximum", N_("The first day is after the last.")),
)
_MEANT_FOR: Final[Mapping[str, tuple[str, ...]]] = {
    "minLength": ("string",),
    "minimum": ("number", "integer"),
    "maximum": ("number", "integer"),
    "exclusiveMinimum": ("number", "integer"),
    "exclusiveMaximum": ("number", "integer"),
    "multipleOf": ("number", "integer"),
    "totalDigits": ("number", "integer"),
    "minItems": ("array",),
    "maxItems": ("array",),
    "properties": ("object",),
    "items": ("array",),
}


def value_problems(schema: Schema) -> Iterator[Said]:
    """The problems of one schema, without those inside it."""
    yield from _wrong_values(schema)
    yield from _contradictions(schema)
    yield from _pattern(schema)
    yield from _choices(schema)
    yield from _other_types(schema)


def _wrong_values(schema: Schema) -> Iterator[Said]:
    for keyword in _COUNTS:
        given = schema.get(keyword, 0)
        number = None if isinstance(given, str) else as_decimal(given)
        if number is None or number < 0 or number != int(number):
            yield keyword, "InvalidKeyword", Sentence(N_("A whole number from 0 is needed here.")), "error"
    for keyword in _NUMBERS:
        if keyword in schema and (isinstance(schema[keyword], str) or as_decimal(schema[keyword]) is None):
            yield keyword, "InvalidKeyword", Sentence(N_("A number is needed here.")), "error"
    for keyword in ("exclusiveMinimum", "exclusiveMaximum"):
        given = schema.get(keyword)
        if given is not None and not isinstance(given, bool) and as_decimal(given) is None:
            yield keyword, "InvalidKeyword", Sentence(N_("A number is needed here.")), "error"
    step = as_decimal(schema.get("multipleOf"))
    if step is not None and fraction_digits(step) is None:
        words = N_("The step %(step)s is not 1, 0.1, 0.01 and so on. The XSD cannot check it.")
        sentence = Sentence(words, {"step": str(schema["multipleOf"])})
        yield "multipleOf", "MultipleOfNoPowerOfTen", sentence, "error" if step <= 0 else "warning"


def _contradictions(schema: Schema) -> Iterator[Said]:
    for least, most, words in _PAIRS:
        low, high = schema.get(least), schema.get(most)
        if least.startswith("format"):
            if isinstance(low, str) and isinstance(high, str) and low > high:
                yield least, "ContradictoryLimits", Sentence(words), "error"
            continue
        lower, higher = as_decimal(low), as_decimal(high)
        if lower is not None and higher is not None:
            touches = lower == higher and least.startswith("exclusive")
            if lower > higher or touches:
                yield least, "ContradictoryLimits", Sentence(words), "error"


def _pattern(schema: Schema) -> Iterator[Said]:
    if "pattern" not in schema:
        return
    pattern = schema["pattern"]
    if not isinstance(pattern, str):
        yield "pattern", "InvalidKeyword", Sentence(N_("A pattern is needed here.")), "error"
    elif xsd_pattern(pattern) is not None:
        return
    elif _is_expression(pattern):
        words = N_("XSD has no word for all of this pattern. The form checks it, the XSD does not.")
        yield "pattern", "PatternNotInXsd", Sentence(words), "warning"
    else:
        words = N_("The pattern %(pattern)s is no regular expression.")
        yield "pattern", "InvalidPattern", Sentence(words, {"pattern": pattern}), "error"


@lru_cache(maxsize=2000)
def _is_expression(pattern: str) -> bool:
    """Whether a browser can use the pattern, as far as Python's near relative of its language can tell."""
    near = re.sub(r"\(\?<([A-Za-z_]\w*)>", r"(?P<\1>", pattern)
    near = re.sub(r"\\[pP]\{[^}]*\}", r"\\w", near)
    try:
        re.compile(near)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


def _choices(schema: Schema) -> Iterator[Said]:
    if "enum" in schema:
        given = schema["enum"]
        if not isinstance(given, list):
            yield "enum", "InvalidKeyword", Sentence(N_("A list of values is needed here.")), "error"
            return
        if not given:
            words = N_("There is no value to choose. Add one, or take the list of values away.")
            yield "enum", "EmptyEnumeration", Sentence(words), "error"
        yield from _each_choice(schema, given)
    for keyword in ("const", "default"):
        # Values of attributes are texts, as they stand in the XSD that they are from.
        if keyword in schema and not isinstance(schema[keyword], str) and not _fits(schema[keyword], schema):
            yield keyword, "ValueOfOtherType", _of_other_type(schema[keyword]), "error"


def _each_choice(schema: Schema, given: list[Any]) -> Iterator[Said]:
    seen: list[Any] = []
    for place, value in enumerate(given):
        if not _fits(value, schema):
            yield f"enum/{place}", "ValueOfOtherType", _of_other_type(value), "error"
        if any(type(value) is type(other) and value == other for other in seen):
            words = N_("The value %(value)s is there twice.")
            yield f"enum/{place}", "DuplicateValue", Sentence(words, {"value": str(value)}), "warning"
        seen.append(value)


def _of_other_type(value: Any) -> Sentence:
    return Sentence(N_("The value %(value)s is not of the type of the field."), {"value": str(value)[:100]})


def _fits(value: Any, schema: Schema) -> bool:
    kinds = types(schema)
    if not kinds or value is None:
        return True
    return any(_is_of(value, kind) for kind in kinds)


def _is_of(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    if isinstance(value, str):
        return kind == "string"
    if isinstance(value, Mapping):
        return kind == "object"
    if isinstance(value, list):
        return kind == "array"
    number = as_decimal(value)
    return kind == "number" or (kind == "integer" and number is not None and number == int(number))


def _other_types(schema: Schema) -> Iterator[Said]:
    kinds = types(schema)
    for keyword, meant in _MEANT_FOR.items():
        if kinds and keyword in schema and not set(kinds) & set(meant):
            words = N_("%(keyword)s means nothing for a field of this type.")
            yield keyword, "KeywordForOtherType", Sentence(words, {"keyword": keyword}), "warning"
