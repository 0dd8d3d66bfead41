"""What limits a plain value: the keywords of JSON Schema as facets of XSD."""

import math
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from studio.definition.data_model.conversion.plain_values import (
    INTEGERS,
    MOMENTS,
    TEXTS,
    as_decimal,
    is_number,
    value_text,
    whole,
)
from studio.definition.data_model.conversion.reading import FACETS, Schema, wrong
from studio.definition.data_model.conversion.xsd_parts import XSD, Part
from studio.definition.sentences import N_

# (keyword, facet), for the least value and for the greatest.
_LEAST: Final = (
    ("minimum", "minInclusive"),
    ("exclusiveMinimum", "minExclusive"),
    ("formatMinimum", "minInclusive"),
    ("formatExclusiveMinimum", "minExclusive"),
)
_MOST: Final = (
    ("maximum", "maxInclusive"),
    ("exclusiveMaximum", "maxExclusive"),
    ("formatMaximum", "maxInclusive"),
    ("formatExclusiveMaximum", "maxExclusive"),
)
_PLAIN: Final = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
_EXCLUSIVE: Final = {plain: exclusive for exclusive, plain in _PLAIN.items()}
_REPEATED: Final = re.compile(r"\{(\d+)(?:,(\d*))?\}")
_MOST_STATES: Final = 5000


def facets_of(schema: Schema, builtin: str, at: str, *, on_base: bool = False) -> list[Part]:
    """The facets that a value of the XSD type `builtin` has by the keywords of the schema.

    Keywords that mean nothing for the type are passed over. `on_base` is for a step on top of a type that
    the schema names itself. Raises BrokenSchema for limits that contradict one another.
    """
    found = [*_lengths(schema, builtin, at), *_pattern(schema), *_values(schema, builtin, at)]
    if builtin in MOMENTS or is_number(builtin):
        found += _bounds(schema, builtin, at)
    if builtin == "decimal" or builtin in INTEGERS:
        found += _digits(schema, builtin, at, on_base)
    return found


def has_facets(schema: Schema) -> bool:
    """Whether the schema limits a value."""
    return any(keyword in schema for keyword in FACETS)


def _lengths(schema: Schema, builtin: str, at: str) -> Iterator[Part]:
    if builtin not in TEXTS:
        return
    least, most = whole(schema, "minLength", at), whole(schema, "maxLength", at)
    if least is not None and most is not None and least > most:
        raise wrong(f"{at}/minLength", N_("The least length is greater than the greatest."))
    if least is not None and least == most:
        yield _facet("length", str(least))
        return
    for tag, length in (("minLength", least), ("maxLength", most)):
        if length is not None:
            yield _facet(tag, str(length))


def _pattern(schema: Schema) -> Iterator[Part]:
    given = schema.get("pattern")
    pattern = xsd_pattern(given) if isinstance(given, str) else None
    if pattern is not None:
        yield _facet("pattern", pattern)


@lru_cache(maxsize=2000)
def xsd_pattern(pattern: str) -> str | None:
    """A pattern as XSD can use it: as it is, or with the groups and escapes XSD has no word for rewritten.

    None where XSD has no such pattern (look-around); the XSD then allows more than the JSON Schema.
    """
    plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), pattern.replace("(?:", "("))
    plain = re.sub(r"\\([/\"'#@%&=:;,<>!~`_ ])", r"\1", plain)
    return next((written for written in (pattern, plain) if _compiles(written)), None)


def _compiles(pattern: str) -> bool:
    counts = (int(most or least) for least, most in _REPEATED.findall(pattern[:10_000]))
    # libxml2 takes a state for every repetition.
    if len(pattern) > 10_000 or math.prod(max(count, 1) for count in counts) > _MOST_STATES:
        return False
    schema = etree.Element(f"{{{XSD}}}schema")
    simple = etree.SubElement(schema, f"{{{XSD}}}simpleType", name="t")
    restriction = etree.SubElement(simple, f"{{{XSD}}}restriction", base="xs:string", nsmap={"xs": XSD})
    try:
        etree.SubElement(restriction, f"{{{XSD}}}pattern", value=pattern)
        etree.XMLSchema(schema)
    except (etree.XMLSchemaParseError, ValueError):
        return False
    return True


def _values(schema: Schema, builtin: str, at: str) -> Iterator[Part]:
    """The enumeration. A single allowed value (const) is one of one."""
    keyword = "enum" if "enum" in schema else "const"
    if keyword not in schema:
        return
    given = schema[keyword] if keyword == "enum" else [schema["const"]]
    if not isinstance(given, list):
        raise wrong(f"{at}/enum", N_("A list of values is needed here."))
    plain = [value for value in given if value is not None]
    texts = dict.fromkeys(text for value in plain if (text := value_text(value, builtin)) is not None)
    if plain and not texts:
        raise wrong(f"{at}/{keyword}", N_("None of the values is of the type of the field."))
    if builtin == "boolean":
        # Booleans cannot be enumerated in XSD.
        if len(texts) == 1:
            yield _facet("pattern", "true|1" if "true" in texts else "false|0")
        return
    yield from (_enumeration(text, schema) for text in texts)


def _enumeration(text: str, schema: Schema) -> Part:
    foreign = schema.get("@xsdUnhandledEnumAttributes")
    own = foreign.get(text) if isinstance(foreign, Mapping) else None
    extra = {key: str(value) for key, value in own.items()} if isinstance(own, Mapping) else {}
    return Part("enumeration", {"value": text, **extra})


def _bounds(schema: Schema, builtin: str, at: str) -> Iterator[Part]:
    least = _tightest(schema, builtin, _LEAST, at)
    most = _tightest(schema, builtin, _MOST, at)
    if least and most and is_number(builtin):
        low, high = Decimal(least[1]), Decimal(most[1])
        touches = low == high and (least[0] == "minExclusive" or most[0] == "maxExclusive")
        if low > high or touches:
            raise wrong(f"{at}/minimum", N_("The least value is greater than the greatest."))
    for bound in (least, most):
        if bound:
            yield _facet(*bound)


def _tightest(
    schema: Schema, builtin: str, keywords: tuple[tuple[str, str], ...], at: str
) -> tuple[str, str] | None:
    """(facet, value) of a bound. XSD has an inclusive one or an exclusive one, not both."""
    found = [
        (facet, text)
        for keyword, facet in keywords
        if (text := _bound_text(schema, keyword, builtin, at)) is not None
    ]
    if len(found) < 2 or not is_number(builtin):
        return found[0] if found else None
    sign = 1 if keywords is _LEAST else -1
    return max(found, key=lambda bound: (sign * Decimal(bound[1]), bound[0].endswith("Exclusive")))


def _bound_text(schema: Schema, keyword: str, builtin: str, at: str) -> str | None:
    given = schema.get(keyword)
    # In the oldest drafts `exclusiveMinimum: true` says how `minimum` is meant.
    if isinstance(given, bool):
        given = schema.get(_PLAIN[keyword]) if given and keyword in _PLAIN else None
    elif schema.get(_EXCLUSIVE.get(keyword, "")) is True:
        given = None
    if given is None:
        return None
    if builtin in MOMENTS:
        return value_text(given, builtin) if isinstance(given, str) else None
    number = as_decimal(given)
    if number is not None:
        return _within(number, builtin, lower="inimum" in keyword, exclusive=keyword in _PLAIN)
    if keyword.startswith("format"):
        return None
    raise wrong(f"{at}/{keyword}", N_("A number is needed here."))


def _within(number: Decimal, builtin: str, *, lower: bool, exclusive: bool) -> str | None:
    """The bound in the values of the type; None where the type itself is narrower."""
    if builtin not in INTEGERS:
        return f"{number:f}"
    if number != number.to_integral_value():
        number = Decimal(math.ceil(number) if lower != exclusive else math.floor(number))
    least, most = INTEGERS[builtin]
    outside = (least is not None and number < least) or (most is not None and number > most)
    return None if outside else f"{number:f}"


def _digits(schema: Schema, builtin: str, at: str, on_base: bool) -> Iterator[Part]:
    keyword = "totalDigits" if "totalDigits" in schema else "maxLength"
    total = whole(schema, keyword, at)
    if total:
        yield _facet("totalDigits", str(total))
    places = fraction_digits(schema.get("multipleOf"))
    if places is not None and (builtin == "decimal" or (on_base and places == 0)):
        yield _facet("fractionDigits", str(places))


def fraction_digits(given: Any) -> int | None:
    """0 for 1, 2 for 0.01; None for what is no power of ten, or greater than 1."""
    number = as_decimal(given)
    if number is None or number <= 0 or number > 1:
        return None
    digits = number.normalize().as_tuple()
    exponent = digits.exponent
    return -exponent if digits.digits == (1,) and isinstance(exponent, int) else None


def _facet(tag: str, value: str) -> Part:
    return Part(tag, {"value": value})
