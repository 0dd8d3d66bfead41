"""Numbers as the `formatting` of an input writes them."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Any, Final

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_symbol
from babel.units import format_unit

# Numbers with more digits on one side of the point, and roundings to more places, are nobody's answer.
_MOST_DIGITS: Final = 100


def format_number(text: str, formatting: Any, language: str) -> str:
    """`text` formatted as a number; unchanged where it is no number or nothing is asked for."""
    if not isinstance(formatting, Mapping) or not text:
        return text
    rules = _rules(formatting, language)
    pattern = rules.get("format")
    if isinstance(pattern, str):
        return _patterned(text, pattern, str(rules.get("patternChar") or "#"), rules.get("mask"))
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite():
        return text
    return f"{rules.get('prefix') or ''}{_digits(number, text, rules)}{rules.get('suffix') or ''}"


def _rules(formatting: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The rules of `number`, on top of what the currency or unit means in this language."""
    found: dict[str, Any] = {}
    sign = _sign(formatting, language)
    if sign:
        symbols = _locale(language).number_symbols.get("latn", {})
        found = {
            "thousandSeparator": symbols.get("group", " "),
            "decimalSeparator": symbols.get("decimal", ","),
        }
        # Where nobody says: "kr 100", but "100 kg".
        place = formatting.get("position") or ("prefix" if formatting.get("currency") else "suffix")
        found |= {"suffix": f" {sign}"} if place == "suffix" else {"prefix": f"{sign} "}
    given = formatting.get("number")
    return found | (dict(given) if isinstance(given, Mapping) else {})


def _sign(formatting: Mapping[str, Any], language: str) -> str:
    currency, unit = formatting.get("currency"), formatting.get("unit")
    if isinstance(currency, str):
        return get_currency_symbol(currency, locale=_locale(language))
    if isinstance(unit, str):
        try:
            return format_unit(1, unit, "short", locale=_locale(language)).removeprefix("1").strip()
        except ValueError:
            return unit
    return ""


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language)
    except (ValueError, UnknownLocaleError):
        return Locale.parse("nb")


def _digits(number: Decimal, text: str, rules: Mapping[str, Any]) -> str:
    scale = rules.get("decimalScale")
    if isinstance(scale, int) and not isinstance(scale, bool) and abs(number.adjusted()) < _MOST_DIGITS:
        places = min(max(scale, 0), _MOST_DIGITS)
        # Room for every digit: rounding to more places than the usual context has would fail.
        context = Context(prec=max(number.adjusted(), 0) + places + 2)
        text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, context):f}"
        if rules.get("fixedDecimalScale") is not True and "." in text:
            text = text.rstrip("0").rstrip(".")
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, decimals = digits.partition(".")
    separator = rules.get("thousandSeparator")
    separator = "," if separator is True else separator
    if isinstance(separator, str) and separator and rules.get("thousandsGroupStyle") != "none":
        whole = _grouped(whole, separator)
    return f"{sign}{whole}{rules.get('decimalSeparator') or '.'}{decimals}" if decimals else f"{sign}{whole}"


def _grouped(whole: str, separator: str) -> str:
    first = len(whole) % 3 or 3
    return separator.join(
        [whole[:first], *(whole[place : place + 3] for place in range(first, len(whole), 3))]
    )


def _patterned(text: str, pattern: str, mark: str, mask: Any) -> str:
    digits = iter(character for character in text if character.isdigit())
    blank = str(mask)[:1] if isinstance(mask, str) and mask else ""
    written: list[str] = []
    for character in pattern:
        if character != mark:
            written.append(character)
            continue
        digit = next(digits, None)
        if digit is None and not blank:
            break
        written.append(digit or blank)
    return "".join(written).rstrip()
