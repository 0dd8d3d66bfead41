"""What each old rule becomes: an expression for `hidden` or for a calculation, or why it stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.expressions import ExpressionError, compile_expression
from studio.definition.field_references import read_path
from studio.definition.rules.old_rules.code import Code, Function, read_code
from studio.definition.rules.old_rules.proving import Sample, samples
from studio.definition.rules.old_rules.reading import OldRule, OldRules
from studio.definition.rules.old_rules.translating import translated
from studio.definition.rules.old_rules.translating_values import NotKnown
from studio.definition.rules.old_rules.values import Type, negated
from studio.definition.rules.sentences import Names
from studio.definition.sentences import N_, Sentence

_TYPES: Final[Mapping[str, Type]] = {"number": "number", "boolean": "boolean"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could become of a rule. `over_inputs` is the expression over the parameters, as it is proved.

    `expression` is what stands in the app: when a component is hidden, or what a field is. `why_not` says why
    there is none.
    """

    rule: OldRule
    function: Function | None
    over_inputs: Any = None
    expression: Any = None
    samples: tuple[Sample, ...] = ()
    why_not: Sentence | None = None


def proposals(app: AppDefinition, old: OldRules) -> tuple[Proposal, ...]:
    """What each rule of a form could become, before it is proved."""
    code, names = read_code(old.code), Names(app, old.layout_set)
    return tuple(_proposal(app, old, rule, code, names) for rule in old.rules)


def _proposal(app: AppDefinition, old: OldRules, rule: OldRule, code: Code, names: Names) -> Proposal:
    function = code.objects.get(rule.holder, {}).get(rule.function)
    if function is None:
        text = N_("RuleHandler.js has no function named %(name)s.")
        return Proposal(rule, None, why_not=Sentence(text, {"name": rule.function}))
    wrong = _wrong_target(app, old, rule)
    if wrong is not None:
        return Proposal(rule, function, why_not=wrong)
    types: dict[str, Type] = {
        name: _TYPES.get(names.kind_of_field(path), "text") for name, path in rule.inputs.items()
    }
    try:
        over_inputs = translated(function, code, types, condition=rule.action != "write")
        compile_expression(over_inputs)
    except NotKnown as problem:
        values: dict[str, str | int | Sentence] = {"line": problem.line, "code": problem.text}
        text = N_("Line %(line)s is of no form that can be converted: %(code)s")
        return Proposal(rule, function, why_not=Sentence(text, values))
    except (ExpressionError, RecursionError):
        return Proposal(rule, function, why_not=Sentence(N_("The function is too large to be converted.")))
    return Proposal(
        rule,
        function,
        over_inputs,
        _in_place(rule, over_inputs),
        tuple(samples(function.text, types, _known(names, rule))),
    )


def _wrong_target(app: AppDefinition, old: OldRules, rule: OldRule) -> Sentence | None:
    if rule.action == "write":
        model = app.model(old.layout_set.data_type or "")
        field = model.field(_without_rows(rule.targets[0])) if model and rule.targets else None
        if field is None or field.is_group:
            return Sentence(N_("The data model does not have the field that gets the result."))
        return None
    gone = [each for each in rule.targets if old.layout_set.find(each) is None]
    if gone or not rule.targets:
        text = N_("The form does not have the component %(id)s.")
        return Sentence(text, {"id": gone[0] if gone else "–"})
    return None


def _known(names: Names, rule: OldRule) -> dict[str, Sequence[Any]]:
    options = {name: names.options_of_field(path) for name, path in rule.inputs.items()}
    return {name: [each.value for each in found][:50] for name, found in options.items() if found}


def _in_place(rule: OldRule, over_inputs: Any) -> Any:
    """The expression as it stands in the app."""
    placed = _with_paths(over_inputs, rule.inputs)
    return negated(placed) if rule.action == "show" else placed


def _with_paths(expression: Any, inputs: Mapping[str, str]) -> Any:
    if not isinstance(expression, list):
        return expression
    if expression[:1] == ["dataModel"]:
        return ["dataModel", inputs[expression[1]]]
    return [_with_paths(part, inputs) for part in expression]


def _without_rows(path: str) -> str:
    found = read_path(path)
    return found.plain if found else path
