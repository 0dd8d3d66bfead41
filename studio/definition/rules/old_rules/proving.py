"""Holding an expression against the function that it shall replace, on made-up inputs.

Running the function is done elsewhere (it is code of the app); here is what it is to be run with, and whether
the answers are the same.
"""

import hashlib
import itertools
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from studio.definition.expressions import (
    ExpressionError,
    Form,
    Surroundings,
    evaluate,
    form_tree,
    to_boolean,
    to_number,
    to_text,
)
from studio.definition.rules.old_rules.values import Type

MOST_SAMPLES: Final = 400
_TEXTS: Final = ("", "a", "ab", "abc", "abcd", "abcde", "Ja", "Nei", "yes", "no", "12")
_NUMBERS: Final = (0, 1, -1, 0.5, 7, 100, 123456)
_QUOTED: Final = re.compile(r"'([^'\\\n]*)'|\"([^\"\\\n]*)\"|`([^`\\$\n]*)`")
_DIGITS: Final = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")
_TREE: Final = form_tree([])

# Inputs of a function; one that is not answered is left out.
Sample = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """What a function gave for a sample. `kind` is the type as JavaScript names it; "error" where it failed.

    A number that is none (NaN) has the kind "number" and no value.
    """

    kind: str
    value: Any = None


def samples(code: str, types: Mapping[str, Type], known: Mapping[str, Sequence[Any]]) -> list[Sample]:
    """Inputs to try a function with; the same ones each time.

    `code` is the function: what is written in it, and what lies just beside that, is tried. `known` is
    parameter -> values that its field is known to have.
    """
    values = {name: list(_values(code, kind, known.get(name, ()))) for name, kind in types.items()}
    count = 1
    for each in values.values():
        count *= len(each)
    if count <= MOST_SAMPLES:
        chosen: Iterator[tuple[Any, ...]] = itertools.product(*values.values())
    else:
        seed = int.from_bytes(hashlib.sha256(code.encode()).digest()[:8])
        draw = random.Random(seed)  # noqa: S311 - no secret: the same samples each time
        chosen = (tuple(draw.choice(each) for each in values.values()) for _ in range(MOST_SAMPLES))
    return [
        {name: value for name, value in zip(values, each, strict=True) if value is not None}
        for each in chosen
    ]


def gives_the_same(expression: Any, sample: Sample, result: Result, *, condition: bool) -> bool:
    """Whether an expression over the inputs gives what the function gave.

    Where the function failed, or made a text or number of an input that was not there, nothing is demanded:
    nobody can have meant that.
    """
    if result.kind == "error":
        return True
    try:
        value = evaluate(expression, Form(_TREE, Surroundings({"": dict(sample)}, "")).page(""))
        if condition:
            return to_boolean(value) is _is_true(result)
    except ExpressionError:
        return False
    if _is_nonsense(result):
        return True
    return _same(value, result)


def _values(code: str, kind: Type, known: Sequence[Any]) -> Iterator[Any]:
    yield None
    written = [next(part for part in found.groups() if part is not None) for found in _QUOTED.finditer(code)]
    numbers = [Decimal(found[0]) for found in _DIGITS.finditer(code)]
    if kind == "boolean":
        yield from (True, False)
    elif kind == "number":
        near = [number + step for number in numbers for step in (0, 1, -1, Decimal("0.1"), Decimal("-0.1"))]
        every = dict.fromkeys([*_NUMBERS, *(_plain(each) for each in near)])
        yield from every
    else:
        lengths = ["x" * int(each + step) for each in numbers if 0 < each < 50 for step in (-1, 0, 1)]
        written += [f"{each}x" for each in written] + [each.swapcase() for each in written]
        yield from dict.fromkeys([*_TEXTS, *map(str, known), *written, *lengths, *map(str, numbers)])


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _is_true(result: Result) -> bool:
    """As JavaScript sees it."""
    return (result.kind in {"object", "function"} and result.value is not None) or bool(result.value)


def _is_nonsense(result: Result) -> bool:
    if result.kind == "string":
        return any(word in str(result.value) for word in ("undefined", "NaN", "null"))
    return result.kind in {"object", "function"} and result.value is not None


def _same(value: Any, result: Result) -> bool:
    if result.value is None or result.value == "":
        return value in (None, "")
    if result.kind == "number":
        try:
            number = to_number(value)
        except ExpressionError:
            return False
        # JavaScript reckons in binary: 0.1 + 0.2 is a little more than 0.3.
        return number is not None and abs(float(number) - result.value) <= 1e-9 * max(1, abs(result.value))
    return to_text(value) == to_text(result.value)
