"""What an app says about its fields, as the browser gets it (designer_static/src/domain/field_rules.js)."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from studio.definition.data_model import Field
from studio.definition.rules import Calculation, Validation
from studio.definition.rules.calculating import in_order


def checks_of(rules: Iterable[Validation]) -> list[dict[str, Any]]:
    """What an answer must keep: [{condition, message, severity}]."""
    return [
        {"condition": each.condition, "message": each.message, "severity": each.severity} for each in rules
    ]


def worked_out(
    calculations: Sequence[Calculation], data_type: str, field_of: Callable[[str], Field | None]
) -> list[dict[str, Any]]:
    """What is worked out in a data type, in its order: [{type, path, expression, kind, rows}].

    `kind` is what the field holds, and `rows` how many lists are around it; "any" and None where the model
    does not say.
    """
    return [_worked(each, data_type, field_of(each.path)) for each in in_order(tuple(calculations))]


def _worked(calculation: Calculation, data_type: str, field: Field | None) -> dict[str, Any]:
    return {
        "type": data_type,
        "path": calculation.path,
        "expression": calculation.expression,
        "kind": field.kind if field else "any",
        "rows": len(field.repeating_ancestors) if field else None,
    }
