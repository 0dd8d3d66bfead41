"""The rules that an app writes for its fields: models/{data type}.validation.json (expressions.md, 7)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from studio.definition.app import AppDefinition


@dataclass(frozen=True, slots=True)
class Rule:
    """Where `condition` holds, the field is wrong; `message` (a text key or an expression) says why."""

    condition: Any
    message: Any
    severity: Any = "error"


def rules_of(app: AppDefinition, data_type: str) -> Mapping[str, tuple[Rule, ...]]:
    """Field path (without indexes) -> its rules; empty where the app has no such file or a broken one."""
    content = app.json(f"{app.paths.models_folder}/{data_type}.validation.json")
    if not isinstance(content, Mapping):
        return {}
    definitions = _definitions(content.get("definitions"))
    listed = content.get("validations")
    return {
        str(path): tuple(_rules(given, definitions))
        for path, given in (listed.items() if isinstance(listed, Mapping) else ())
    }


def _definitions(given: Any) -> dict[str, Mapping[str, Any]]:
    """The named rules, each resolved against those above it in the file."""
    found: dict[str, Mapping[str, Any]] = {}
    for name, rule in given.items() if isinstance(given, Mapping) else ():
        if isinstance(rule, Mapping):
            found[str(name)] = _resolved(rule, found)
    return found


def _resolved(rule: Any, definitions: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    if isinstance(rule, str):
        return definitions.get(rule, {})
    if not isinstance(rule, Mapping):
        return {}
    reference = rule.get("ref")
    return {**definitions.get(reference, {}), **rule} if isinstance(reference, str) else rule


def _rules(given: Any, definitions: Mapping[str, Mapping[str, Any]]) -> Iterator[Rule]:
    for each in given if isinstance(given, list) else ():
        rule = _resolved(each, definitions)
        if "condition" in rule:
            yield Rule(rule["condition"], rule.get("message"), rule.get("severity", "error"))
