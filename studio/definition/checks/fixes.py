"""The changes that mend findings."""

from collections.abc import Mapping
from typing import Any

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    Change,
    SetCalculation,
    SetFlowCondition,
    SetPageHidden,
    SetProperty,
    SetRuleDefinition,
    SetValidation,
)
from studio.definition.json_text.scanning import split_pointer
from studio.definition.rules.places import ExpressionPlace


def put_expression(app: AppDefinition, place: ExpressionPlace, expression: Any) -> Change | None:
    """The change that writes another expression into a place; None where Studio edits only the file."""
    if place.flow is not None:
        return SetFlowCondition(place.flow.id, expression)
    if place.kind == "calculation":
        return SetCalculation(place.data_type or "", place.fields[0], expression)
    if place.kind in {"validation", "message"}:
        return _in_rule(app, place, expression)
    if place.page is None or place.layout_set is None:
        return None
    form, page, component = place.layout_set, place.page, place.component
    if component is None:
        return SetPageHidden(form.id, page.name, expression)
    if page.component(component.id) is not component:
        return None  # an id that is there twice names the first one
    inside = place.pointer.removeprefix(component.pointer)
    return SetProperty(form.id, page.name, component.id, inside, expression)


def _in_rule(app: AppDefinition, place: ExpressionPlace, expression: Any) -> Change | None:
    """The change of one member of a validation: /validations/<field>/<number>/<member>, /definitions/…"""
    _, name, *more, member = split_pointer(place.pointer)
    document, data_type = app.json(place.file), place.data_type or ""
    if place.definition is not None:
        rule = document["definitions"][name]
        return SetRuleDefinition(data_type, name, _with(rule, member, expression))
    number = int(more[0])
    rule = document["validations"][name][number]
    return SetValidation(data_type, name, _with(rule, member, expression), number)


def _with(rule: Mapping[str, Any], member: str, expression: Any) -> dict[str, Any]:
    return {**rule, member: expression}
