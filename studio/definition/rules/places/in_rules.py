"""Expressions beside the data models, and those that decide which way the process goes."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from studio.definition.app import AppDefinition
from studio.definition.field_references.in_content import type_at
from studio.definition.field_references.in_forms import canonical
from studio.definition.layouts import LayoutSet
from studio.definition.process.elements import Flow
from studio.definition.rules.places.place import ExpressionPlace, Wanted
from studio.definition.rules.problems import pointer


def _forms_of(app: AppDefinition, data_type: str) -> tuple[LayoutSet, ...]:
    return tuple(form for form in app.layout_sets if canonical(app, form.data_type) == data_type)


def in_validations(app: AppDefinition, data_type: str) -> Iterator[ExpressionPlace]:
    file = app.paths.validation(data_type)
    document = app.json(file)
    if not isinstance(document, Mapping):
        return
    rule = ExpressionPlace(
        file,
        "",
        None,
        "validation",
        "condition",
        "boolean",
        data_type,
        forms=_forms_of(app, data_type),
        named=("field",),
        positional=True,
    )
    written = _object(document, "definitions")
    uses = _uses(written, _object(document, "validations"))
    for name, given in written.items():
        for member in ("condition", "message"):
            fields = tuple(dict.fromkeys(field for field, giver in uses[member] if giver == name))
            at = replace(rule, fields=fields, definition=name, pointer=pointer("definitions", name))
            yield from _of_rule(at, given, member)
    for field, rules in _object(document, "validations").items():
        for number, given in enumerate(rules if isinstance(rules, list) else []):
            at = replace(rule, fields=(field,), pointer=pointer("validations", field, number))
            for member in ("condition", "message"):
                yield from _of_rule(at, given, member)


def _of_rule(at: ExpressionPlace, given: Any, member: str) -> Iterator[ExpressionPlace]:
    if not isinstance(given, Mapping) or member not in given:
        return
    value, where = given[member], f"{at.pointer}/{member}"
    rows = _rows_of(at.fields)
    if member == "condition":
        yield replace(at, pointer=where, expression=value, rows=rows)
    elif isinstance(value, list):
        yield replace(
            at, pointer=where, expression=value, rows=rows, kind="message", name="message", wants="text"
        )


def _rows_of(fields: tuple[str, ...]) -> tuple[str, ...]:
    """The groups around the fields that a rule is about: those of them that are lists have rows there."""
    parts = [field.split(".") for field in fields]
    paths = (".".join(names[:depth]) for names in parts for depth in range(1, len(names) + 1))
    return tuple(dict.fromkeys(paths))


def _uses(
    definitions: Mapping[str, Any], validations: Mapping[str, Any]
) -> Mapping[str, list[tuple[str, str]]]:
    """For each member of a rule, (field, the definition that gives it)."""
    found: dict[str, list[tuple[str, str]]] = {"condition": [], "message": []}
    for field, rules in validations.items():
        for given in rules if isinstance(rules, list) else ():
            for member, uses in found.items():
                name = given if isinstance(given, str) else _builds_on(given, member)
                seen: set[str] = set()
                while isinstance(name, str) and name in definitions and name not in seen:
                    seen.add(name)
                    further = _builds_on(definitions[name], member)
                    if further is None:
                        uses.append((field, name))
                    name = further
    return found


def _builds_on(given: Any, member: str) -> str | None:
    """The definition that a rule takes a member from; None where it has its own, or builds on nothing."""
    if not isinstance(given, Mapping) or member in given:
        return None
    reference = given.get("ref")
    return reference if isinstance(reference, str) else None


def in_calculations(app: AppDefinition, data_type: str) -> Iterator[ExpressionPlace]:
    file = app.paths.calculation(data_type)
    for field, each in _object(app.json(file), "calculations").items():
        if isinstance(each, Mapping) and "expression" in each:
            yield ExpressionPlace(
                file,
                pointer("calculations", field, "expression"),
                each["expression"],
                "calculation",
                "expression",
                _kept_as(app, data_type, field),
                data_type,
                _rows_of((field,)),
                _forms_of(app, data_type),
                fields=(field,),
                named=("field",),
                positional=True,
            )


def _kept_as(app: AppDefinition, data_type: str, path: str) -> Wanted:
    model = app.model(data_type)
    field = model.field(path) if model else None
    kinds: Mapping[str, Wanted] = {
        "boolean": "boolean",
        "number": "number",
        "integer": "number",
        "any": "any",
        "group": "any",
    }
    return kinds.get(field.kind, "text") if field else "any"


def in_process(app: AppDefinition) -> Iterator[ExpressionPlace]:
    process = app.process
    for flow in process.flows if process else ():
        if process is None or flow.condition is None:
            continue
        expression = condition_of(flow)
        if expression is not None:
            yield ExpressionPlace(
                app.paths.process,
                "",
                expression,
                "gateway",
                "condition",
                "boolean",
                type_at(app, process, flow.source),
                flow=flow,
            )


def condition_of(flow: Flow) -> Any:
    """The condition of an arrow as an expression; None where it is no JSON."""
    try:
        return json.loads(flow.condition) if flow.condition else None
    except (ValueError, RecursionError):
        return None


def _object(value: Any, name: str) -> Mapping[str, Any]:
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}
