"""The code of a rule: what can be written in it, and what there is to say about it while it is written."""

import json
from dataclasses import replace
from typing import Any, Final

from flask_babel import gettext

from studio.definition.rules.checking import problems_at
from studio.definition.rules.sentences import OPERATORS
from studio.definition.rules.sentences.function import Function, Role
from studio.features.rules.boxes import as_text, plain
from studio.features.rules.json_input import UnreadableJson, read_json
from studio.features.rules.marks import marks_of
from studio.features.rules.rule import Rule
from studio.web import code_editor, translate
from studio.web.code_editor import Mark

_LITERALS: Final[dict[str, str]] = {"boolean": "true", "number": "0"}


def checked(rule: Rule, text: str) -> dict[str, Any]:
    """The answer to code that is being written."""
    if not text.strip() and not rule.exists:
        return code_editor.checked([])  # there is no rule yet, which is no mistake
    try:
        expression = read_json(text)
    except UnreadableJson as problem:
        return code_editor.checked([Mark(problem.sentence, line=problem.line, column=problem.column)])
    problems = problems_at(rule.work.app, replace(rule.place, expression=expression))
    return code_editor.checked(marks_of(problems))


def dialect(rule: Rule) -> dict[str, Any]:
    """The functions that work in the place of a rule, and what their arguments can name.

    In the words of domain/expression_help.js.
    """
    functions = {each.name: _function(each) for each in rule.offers.functions()}
    functions |= _comparisons()
    return {"functions": functions, "names": _names(rule)}


def _function(each: Function) -> dict[str, Any]:
    return {
        "words": f"{translate(each.label)}. {translate(each.help)}\n{as_text(each.example)}",
        "insert": _begun(each.name, [parameter.type for parameter in each.parameters]),
        "roles": ["" if parameter.role == "value" else parameter.role for parameter in each.parameters],
        "repeats": each.joins,
    }


def _begun(name: str, types: list[str]) -> str:
    """A call with the cursor ("|") at its first argument."""
    return f'["{name}", |]' if types else f'["{name}"]'


def _comparisons() -> dict[str, dict[str, Any]]:
    found = {
        name: {
            "words": gettext(
                "%(left)s %(operator)s %(right)s", left="…", operator=translate(each.label), right="…"
            ),
            "insert": _begun(name, ["any"]),
            "roles": ["", ""],
            "repeats": False,
        }
        for name, each in OPERATORS.items()
        if name not in {"isEmpty", "isAnswered"} and not name.startswith(("isBefore", "isAfter", "isSame"))
    }
    compare = gettext("Compares two values by an operator that is written out, also dates.")
    found["compare"] = {
        "words": f'{compare}\n["compare", ["dataModel", "to"], "isBefore", ["dataModel", "from"]]',
        "insert": '["compare", |]',
        "roles": ["", "operator", "", ""],
        "repeats": False,
    }
    return found


def _names(rule: Rule) -> dict[str, list[dict[str, str]]]:
    fields = [
        {"value": each.path, "words": plain(each.label)} for each in (*rule.offers.fields, *rule.offers.lists)
    ]
    operators = [
        {"value": name, "words": translate(each.label)}
        for name, each in OPERATORS.items()
        if name not in {"isEmpty", "isAnswered", "notEquals"} and "ontain" not in name and "With" not in name
    ]
    roles: tuple[Role, ...] = (
        "component",
        "page",
        "options",
        "data type",
        "fact",
        "setting",
        "action",
        "text",
    )
    named: dict[str, list[dict[str, str]]] = {
        role: [{"value": json.loads(each.value), "words": each.label} for each in rule.named(role)]
        for role in roles
    }
    known = {each["value"]: each for each in reversed(fields)}
    return {"field": list(reversed(known.values())), "operator": operators, **named}
