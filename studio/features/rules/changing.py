"""The changes that write an expression into the place of a rule, and that take a rule away.

They name what the rule is about, and not where it stands: so they do the same when the draft has moved on.
"""

from collections.abc import Mapping
from typing import Any

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    MISSING,
    Change,
    RemoveValidation,
    SetCalculation,
    SetFlowCondition,
    SetPageHidden,
    SetProperty,
    SetRuleDefinition,
    SetSetting,
    SetValidation,
)
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence
from studio.features.rules.address import RuleAddress


def set_expression(app: AppDefinition, address: RuleAddress, expression: Any) -> Change:
    """The change that writes a rule. Raises NotThere where its place is gone."""
    parts = address.parts
    match address.kind:
        case "component":
            return SetProperty(*_component(app, address), address.pointer, expression)
        case "page":
            return SetPageHidden(parts[0], parts[1], expression)
        case "calculation":
            return SetCalculation(parts[0], parts[1], expression)
        case "validation" | "definition":
            return set_members(app, address, {_member(address): expression})
        case "gateway":
            return SetFlowCondition(parts[0], expression)
        case "setting":
            return SetSetting(parts[0], parts[-1], expression)
    raise DomainError(Sentence(N_("Rules of this kind are changed in the files of the app.")))


def remove_rule(app: AppDefinition, address: RuleAddress) -> Change:
    """The change that takes a rule away. Raises NotThere where it is gone."""
    parts = address.parts
    if _member(address) == "message":
        return set_members(app, address, {"message": ""})
    match address.kind:
        case "component":
            return SetProperty(*_component(app, address), address.pointer, MISSING)
        case "page":
            return SetPageHidden(parts[0], parts[1], False)
        case "calculation":
            return SetCalculation(parts[0], parts[1], None)
        case "validation":
            return RemoveValidation(parts[0], parts[1], _number(parts[2]))
        case "definition":
            return SetRuleDefinition(parts[0], parts[1], None)
        case "setting":
            return SetSetting(parts[0], parts[-1])
        case "gateway":
            return SetFlowCondition(parts[0], None)
    raise DomainError(Sentence(N_("Rules of this kind are changed in the files of the app.")))


def set_members(app: AppDefinition, address: RuleAddress, members: Mapping[str, Any]) -> Change:
    """The change of some members of a validation (message, condition, severity …); MISSING takes one away."""
    given = written(app, address)
    before = given if isinstance(given, Mapping) else {"message": ""}
    rule = {key: value for key, value in {**before, **members}.items() if value is not MISSING}
    data_type, name, *rest = address.parts
    if address.kind == "definition":
        return SetRuleDefinition(data_type, name, rule)
    return SetValidation(data_type, name, rule, None if given is None else _number(rest[0]))


def written(app: AppDefinition, address: RuleAddress) -> Any:
    """A validation as it stands in its file; None where there is none."""
    document = app.json(app.paths.validation(address.parts[0]))
    part = "definitions" if address.kind == "definition" else "validations"
    inside = document.get(part) if isinstance(document, Mapping) else None
    found = inside.get(address.parts[1]) if isinstance(inside, Mapping) else None
    if address.kind == "definition":
        return found
    number = _number(address.parts[2])
    return found[number] if isinstance(found, list) and number < len(found) else None


def _component(app: AppDefinition, address: RuleAddress) -> tuple[str, str, str]:
    """(layout set, page, component) as they are now."""
    form = app.layout_set(address.parts[0])
    found = form.find(address.parts[1]) if form else None
    if form is None or found is None:
        raise NotThere(Sentence(N_("%(name)s does not exist any more."), {"name": address.parts[1]}))
    return form.id, found[0].name, address.parts[1]


def _member(address: RuleAddress) -> str:
    """The member of a validation that an address is about; "" for other rules."""
    if address.kind not in {"validation", "definition"}:
        return ""
    return (
        "message" if address.parts[-1] == "message" and len(address.parts) > _usual(address) else "condition"
    )


def _usual(address: RuleAddress) -> int:
    return 3 if address.kind == "validation" else 2


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise NotThere(Sentence(N_("There is no such rule.")))
    return int(text)
