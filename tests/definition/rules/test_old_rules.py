"""Functions of RuleHandler.js as expressions: the forms that are known, and what is not."""

from typing import Any

import pytest
from old_rules_app import CONFIGURATION, FOLDER, old_files

from studio.definition.app import AppDefinition
from studio.definition.rules.old_rules import read_old_rules
from studio.definition.rules.old_rules.code import read_code
from studio.definition.rules.old_rules.translating import translated
from studio.definition.rules.old_rules.translating_values import NotKnown
from studio.definition.rules.old_rules.values import Type

TYPES: dict[str, Type] = {"t": "text", "n": "number", "m": "number", "b": "boolean"}
TEXT, NUMBER, OTHER, FLAG = (["dataModel", name] for name in TYPES)
HELPERS = "const isLong = (text) => text.length > 3;\nfunction self(x) { return self(x); }\n"


def expression(function: str, *, condition: bool = True) -> Any:
    code = read_code(f"{HELPERS}var conditionalRuleHandlerObject = {{ f: {function} }};")
    return translated(code.objects["conditionalRuleHandlerObject"]["f"], code, TYPES, condition=condition)


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("(o) => { o.n = +o.n; return o.n > 10; }", ["greaterThan", NUMBER, 10]),
        ("(o) => 10 <= o.n", ["greaterThanEq", NUMBER, 10]),
        ("o => o.t === 'Ja'", ["equals", TEXT, "Ja"]),
        ('function (o) { return o["t"] != "Ja"; }', ["notEquals", TEXT, "Ja"]),
        ("({ t }) => t == 'a' || t == \"b\"", ["or", ["equals", TEXT, "a"], ["equals", TEXT, "b"]]),
        ("(o) => ['a', 'b'].indexOf(o.t) >= 0", ["or", ["equals", TEXT, "a"], ["equals", TEXT, "b"]]),
        ("(o) => { if (o.t === 'a') { return true; } return false; }", ["equals", TEXT, "a"]),
        ("(o) => { if (o.t === 'a') return false; else return o.n < 5; }",
         ["and", ["notEquals", TEXT, "a"], ["lessThan", NUMBER, 5]]),
        ("(o) => !o.t", ["or", ["equals", TEXT, None], ["equals", TEXT, ""]]),
        ("(o) => o.b", ["equals", FLAG, True]),
        ("(o) => isLong(o.t)", ["greaterThan", ["stringLength", TEXT], 3]),
        ("(o) => o.t.toLowerCase().includes('x')", ["contains", ["lowerCase", TEXT], "x"]),
        ("(o) => { switch (o.t) { case 'a': return true; default: return o.b } }",
         ["or", ["equals", TEXT, "a"], ["equals", FLAG, True]]),
        ("(o) => { let found = false; if (o.t === 'a') { found = true; } return found; }",
         ["equals", TEXT, "a"]),
        ("(o) => { console.log(o); /* why */ return true; }", True),
        ("(o) => o.unknown", False),
    ],
)  # fmt: skip
def test_conditions_of_known_forms_become_expressions(function: str, expected: Any) -> None:
    assert expression(function) == expected


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("(o) => { o.n = +o.n; o.m = +o.m; return o.n + o.m; }",
         ["if", ["or", ["equals", NUMBER, None], ["equals", OTHER, None]], None,
          "else", ["plus", NUMBER, OTHER]]),
        ("(o) => o.t + ' ' + o.t", ["concat", TEXT, " ", TEXT]),
        ("(o) => `${o.t}: ${o.n}`", ["concat", TEXT, ": ", ["concat", NUMBER]]),
        ("(o) => o.t || 'none'",
         ["if", ["and", ["notEquals", TEXT, None], ["notEquals", TEXT, ""]], TEXT, "else", "none"]),
        ("(o) => o.b ? 'yes' : 'no'", ["if", ["equals", FLAG, True], "yes", "else", "no"]),
        ("(o) => {}", None),
    ],
)  # fmt: skip
def test_values_of_known_forms_become_expressions(function: str, expected: Any) -> None:
    assert expression(function, condition=False) == expected


@pytest.mark.parametrize(
    ("function", "line", "text"),
    [
        ("(o) => { return /a+/.test(o.t); }", 3, "/a+/.test(o.t)"),
        ("(o) => {\n  for (const x of [1]) {}\n}", 4, "for (const x of [1]) {}"),
        ("(o) => window.location", 3, "window.location"),
        ("(o) => o.t > 'a'", 3, "o.t > 'a'"),
        ("(o) => new Date(o.t)", 3, "new Date(o.t)"),
        ("(o) => self(o.t)", 2, "x"),
    ],
)
def test_what_is_not_known_is_named_with_its_line(function: str, line: int, text: str) -> None:
    with pytest.raises(NotKnown) as raised:
        expression(function)

    assert (raised.value.line, raised.value.text) == (line, text)


@pytest.mark.parametrize(
    "function",
    [
        f"(o) => {'(' * 20_000}o.b{')' * 20_000}",
        f"(o) => {'!' * 50_000}o.b",
        f"(o) => {' && '.join(['o.b'] * 5000)}",
        "(o) => {" + "".join(f"if (o.n > {number}) {{ o.n = {number}; }}" for number in range(60)) + "}",
    ],
)
def test_code_of_any_size_ends(function: str) -> None:
    with pytest.raises((NotKnown, RecursionError)):
        expression(function)


def test_the_configuration_is_read_with_rows_and_without_what_is_no_rule() -> None:
    conditions = {
        **CONFIGURATION["data"]["conditionalRendering"],
        "none": 7,
        "empty": {"selectedFunction": "f", "inputParams": "", "selectedAction": "Hide", "selectedFields": {}},
    }
    files = old_files({"data": {"conditionalRendering": conditions, "ruleConnection": []}})
    app = AppDefinition(files)

    rules = {rule.id: rule for rule in read_old_rules(app, app.layout_sets[0]).rules}

    assert set(rules) == {*CONFIGURATION["data"]["conditionalRendering"], "empty"}
    assert (rules["grown"].inputs, rules["grown"].targets, rules["grown"].rows) == (
        {"age": "people.age"},
        ("work",),
        True,
    )
    assert (rules["empty"].inputs, rules["empty"].targets) == ({}, ())
    assert rules["big"].pointer == "/data/conditionalRendering/big"


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"data": 1}', b'{"data": {"ruleConnection": 1}}'])
def test_a_configuration_that_cannot_be_read_has_no_rules(content: bytes) -> None:
    files = dict(old_files()) | {f"{FOLDER}/RuleConfiguration.json": content}
    app = AppDefinition(type(old_files())(files))

    assert read_old_rules(app, app.layout_sets[0]).rules == ()
