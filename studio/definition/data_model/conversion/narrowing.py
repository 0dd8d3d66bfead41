"""A type on top of another may only narrow it: what XSD asks of the facets of a restriction.

In JSON Schema a reference and its siblings hold together, so a limit that the base already keeps tighter
says nothing; XSD forbids it instead (XML Schema part 2, the constraints on each facet).
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from studio.definition.data_model.conversion.reading import wrong
from studio.definition.data_model.conversion.xsd_parts import Part
from studio.definition.sentences import N_

# A value as (where it lies, which of two at the same place is further out).
_Bound = tuple[Decimal | str, int]
_LEAST: Final = {"minLength": 0, "length": 0, "minInclusive": 0, "minExclusive": 1}
_MOST: Final = {
    "maxLength": 0,
    "length": 0,
    "maxInclusive": 0,
    "maxExclusive": -1,
    "totalDigits": 0,
    "fractionDigits": 0,
}
_FAMILIES: Final = (
    frozenset({"minLength", "maxLength", "length"}),
    frozenset({"minInclusive", "minExclusive", "maxInclusive", "maxExclusive"}),
    frozenset({"totalDigits"}),
    frozenset({"fractionDigits"}),
)


def narrowed(facets: Iterable[Part], base: Iterable[Part], at: str) -> list[Part]:
    """The facets that narrow a base with facets of its own; the rest say no more than the base.

    Raises BrokenSchema where no value fits both.
    """
    around = list(base)
    limits = {part.tag: str(part.attributes["value"]) for part in around}
    allowed = {part.attributes["value"] for part in around if part.tag == "enumeration"}
    kept: list[Part] = []
    for part in facets:
        if part.tag in _LEAST or part.tag in _MOST:
            if not _says_no_more(part, limits):
                _reject_contradiction(part, limits, at)
                kept.append(part)
        elif part.tag != "enumeration" or not allowed or part.attributes["value"] in allowed:
            kept.append(part)
    wanted = any(part.tag == "enumeration" for part in facets)
    if allowed and wanted and not any(part.tag == "enumeration" for part in kept):
        raise wrong(f"{at}/enum", N_("None of the values is allowed by the type that this one builds on."))
    return kept


def _says_no_more(part: Part, limits: Mapping[str, str]) -> bool:
    """Whether the base is at least as tight; the same limit said again is kept, as XSD allows it."""
    own = str(part.attributes["value"])
    if limits.get(part.tag) == own:
        return False
    least, most = _around(part.tag, limits)
    low, high = _bound(part.tag, own, _LEAST), _bound(part.tag, own, _MOST)
    return (low is None or _reaches(low, least) is True) and (high is None or _reaches(most, high) is True)


def _reject_contradiction(part: Part, limits: Mapping[str, str], at: str) -> None:
    own = str(part.attributes["value"])
    least, most = _around(part.tag, limits)
    low, high = _bound(part.tag, own, _LEAST), _bound(part.tag, own, _MOST)
    if _reaches(low, most) is False or _reaches(least, high) is False:
        raise wrong(at, N_("No value fits both these limits and those of the type that this one builds on."))


def _around(tag: str, limits: Mapping[str, str]) -> tuple[_Bound | None, _Bound | None]:
    """The least and the greatest that the base allows, of what the facet is about."""
    family = next(family for family in _FAMILIES if tag in family)
    found = [(name, limits[name]) for name in limits if name in family]
    least = (bound for name, value in found if (bound := _bound(name, value, _LEAST)))
    most = (bound for name, value in found if (bound := _bound(name, value, _MOST)))
    return next(least, None), next(most, None)


def _bound(tag: str, value: str, places: Mapping[str, int]) -> _Bound | None:
    if tag not in places:
        return None
    try:
        return Decimal(value), places[tag]
    except ArithmeticError:
        return value, places[tag]


def _reaches(low: _Bound | None, high: _Bound | None) -> bool | None:
    """Whether `low` lies at or before `high`; None where there is only one, or no telling.

    Moments follow one another as their texts do where both are written alike and without a time zone.
    """
    if low is None or high is None:
        return None
    (first, before), (last, after) = low, high
    if isinstance(first, Decimal) and isinstance(last, Decimal):
        return (first, before) <= (last, after)
    if (
        isinstance(first, str)
        and isinstance(last, str)
        and len(first) == len(last)
        and _is_local(first + last)
    ):
        return (first, before) <= (last, after)
    return None


def _is_local(text: str) -> bool:
    return not (text.startswith("-") or "Z" in text or "+" in text or "P" in text)
