"""Whatever was seen to give the same on the samples gives the same on other inputs as well."""

import random
from typing import Any

from studio.definition.expressions import compile_expression
from studio.definition.rules.old_rules.code import read_code
from studio.definition.rules.old_rules.proving import Sample, gives_the_same, samples
from studio.definition.rules.old_rules.translating import translated
from studio.definition.rules.old_rules.translating_values import NotKnown
from studio.definition.rules.old_rules.values import Type
from studio.features.rules.old_rules_engine import run

TYPES: dict[str, Type] = {"text": "text", "amount": "number", "flag": "boolean"}
FUNCTIONS = 150


class Writer:
    """Writes made-up functions in the ways that people write them."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)

    def function(self) -> str:
        depth = self._draw.randint(1, 3)
        body = self._draw.choice([self._returned, self._branched, self._assigned, self._switched])
        return f"function (obj) {{ {body(depth)} }}"

    def _returned(self, depth: int) -> str:
        return f"return {self._condition(depth)};"

    def _branched(self, depth: int) -> str:
        first, second, third = (self._condition(depth - 1) for _ in range(3))
        return f"if ({first}) {{ return {second}; }} else if (obj.amount > 3) return false; return {third};"

    def _assigned(self, depth: int) -> str:
        return (
            f"obj.amount = +obj.amount; let found = false; if ({self._condition(depth - 1)}) {{ found = "
            f"{self._condition(depth - 1)}; }} return found || {self._condition(0)};"
        )

    def _switched(self, depth: int) -> str:
        return (
            f"switch (obj.text) {{ case 'a': case 'b': return {self._condition(depth - 1)}; "
            f"case 'Ja': break; default: return {self._condition(0)}; }} return {self._condition(0)};"
        )

    def _condition(self, depth: int) -> str:
        if depth <= 0:
            return self._draw.choice(self._leaves())
        one, other, third = (self._condition(depth - 1) for _ in range(3))
        return self._draw.choice(
            [f"({one} && {other})", f"({one} || {other})", f"!({one})", f"({one} ? {other} : {third})"]
        )

    def _leaves(self) -> list[str]:
        number, text = self._draw.randint(-2, 12), self._draw.choice(["a", "Ja", "abc", ""])
        sign = self._draw.choice([">", ">=", "<", "<="])
        return [
            f"obj.amount {sign} {number}",
            f"Number(obj.amount) * 2 - 1 {sign} {number}",
            f"obj.amount === {number}",
            f"obj.text === '{text}'",
            f"obj.text !== '{text}'",
            f"obj.text && obj.text.length {sign} {number}",
            f"['{text}', 'b'].includes(obj.text)",
            f"obj.text && obj.text.indexOf('{text}') > -1",
            f"(obj.text || '').startsWith('{text}')",
            "obj.flag",
            "!obj.text",
            "obj.amount == undefined",
            "obj.flag === true",
        ]


def test_what_is_converted_gives_the_same_also_on_inputs_that_it_was_not_tried_with() -> None:
    writer = Writer(7)
    functions = {f"f{number}": writer.function() for number in range(FUNCTIONS)}
    code = (
        "var conditionalRuleHandlerObject = {"
        + ",\n".join(f"{name}: {text}" for name, text in functions.items())
        + "};"
    )
    read = read_code(code)
    known = read.objects["conditionalRuleHandlerObject"]
    expressions: dict[str, Any] = {}
    for name in functions:
        try:
            expressions[name] = translated(known[name], read, TYPES, condition=True)
        except NotKnown:
            continue
        compile_expression(expressions[name])
    tried = {name: samples(known[name].text, TYPES, {}) for name in expressions}
    proved = agreeing(code, expressions, tried)

    others = {name: other_inputs(number) for number, name in enumerate(sorted(proved))}
    agreed = agreeing(code, {name: expressions[name] for name in proved}, others)

    assert len(expressions) > FUNCTIONS * 0.9
    assert len(proved) > FUNCTIONS * 0.8
    assert {name: functions[name] for name in proved - agreed} == {}


def agreeing(code: str, expressions: dict[str, Any], inputs: dict[str, list[Sample]]) -> set[str]:
    """The functions whose expression gives the same on all inputs."""
    calls = [("conditionalRuleHandlerObject", name, each) for name in expressions for each in inputs[name]]
    answers = run(code, calls)
    assert answers is not None
    wrong = {
        name
        for (_, name, each), answer in zip(calls, answers, strict=True)
        if not gives_the_same(expressions[name], each, answer, condition=True)
    }
    return set(expressions) - wrong


def other_inputs(seed: int) -> list[Sample]:
    draw = random.Random(1000 + seed)
    return [
        {
            name: value
            for name, value in (
                ("text", draw.choice([None, "", "a", "b", "Ja", "ja", "abcd", "x" * draw.randint(1, 14)])),
                ("amount", draw.choice([None, 0, draw.randint(-5, 15), draw.uniform(-5, 15)])),
                ("flag", draw.choice([None, True, False])),
            )
            if value is not None
        }
        for _ in range(40)
    ]
