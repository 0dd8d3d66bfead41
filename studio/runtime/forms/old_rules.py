"""Rules of apps before expressions (RuleHandler.js), as far as the server has to do with them.

They run in the browser, in a frame without rights (pages/old_rules.py). The page gives them what they read,
and is told which components they hide and what they have worked out. Nobody is asked for what is hidden so:
an app with such rules cannot be checked further than its own code goes, here as on the platform.
"""

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from markupsafe import Markup

from studio.definition import form_paths as paths
from studio.definition.content_cache import ContentCache
from studio.definition.data_model import Problem, parse_input
from studio.definition.expressions import Node
from studio.definition.rules.old_rules import OldRule, OldRules, read_old_rules
from studio.runtime.forms.kinds import kind_of, type_of
from studio.runtime.forms.page_rules import as_script
from studio.runtime.forms.state import FormState

# The field in which a page says what its old rules hide and have worked out.
POSTED: Final = ":old-rules"
_LONGEST: Final = 50_000
_READ: Final[ContentCache[OldRules]] = ContentCache(200)


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of its old rules: keys of hidden components, field -> text that was worked out."""

    hidden: frozenset[str] = frozenset()
    results: Mapping[str, str] | None = None


def old_rules(state: FormState) -> OldRules | None:
    """The old rules of a form that somebody fills in; None where it has none, or no code for them.

    The platform's newer generation does not read them any more (app-format.md 6.7).
    """
    if state.design or state.read_only or state.app.generation != "v8":
        return None
    found = _READ.get(state.content_id, lambda: read_old_rules(state.app, state.layout_set))
    return found if found.rules and found.code else None


def rules_script(state: FormState, old: OldRules) -> Markup:
    """What the browser needs to know of the rules, as JSON.

    [{holder, function, action, inputs: {parameter: path}, targets: [{id, groups}], controls}]: `groups` are
    the lists around a target or a result, outermost first, `controls` how fields are read (by path).
    """
    return as_script([_rule(state, rule) for rule in old.rules])


def data_script(state: FormState, old: OldRules) -> Markup:
    """The part of the form data that the rules read, as JSON."""
    wanted: dict[str, Any] = {}
    for path in _paths(state, old):
        here = wanted
        for segment in paths.parse(paths.without_indexes(path)):
            here = here.setdefault(segment.name, {})
    return as_script(_part(state.data.get(state.default_type) or {}, wanted))


def with_old_rules(state: FormState, text: str) -> FormState:
    """The state with what a page says of its old rules in it."""
    old = old_rules(state) if text else None
    if old is None:
        return state
    said = _said(text[:_LONGEST])
    targets = {target for rule in old.rules if rule.action != "write" for target in rule.targets}
    hidden = frozenset(key for key in said.hidden if any(_is_of(key, target) for target in targets))
    data = dict(state.data)
    results = {target for rule in old.rules if rule.action == "write" for target in rule.targets}
    for name, result in (said.results or {}).items():
        field = state.field_of(name)
        value = parse_input(field, result) if field is not None and not field.is_group else None
        if field is None or field.path not in results or isinstance(value, Problem):
            continue
        data[state.default_type] = _written(data.get(state.default_type) or {}, name, value)
    return replace(state, data=data, old_hidden=hidden)


def _rule(state: FormState, rule: OldRule) -> dict[str, Any]:
    made: dict[str, Any] = {
        "holder": rule.holder,
        "function": rule.function,
        "action": rule.action,
        "inputs": dict(rule.inputs),
        "controls": {path: _control(state, path) for path in rule.inputs.values()},
    }
    if rule.action == "write":
        target = rule.targets[0] if rule.targets else ""
        return made | {"targets": [{"id": target, "groups": _lists_around(state, target)}]}
    nodes = [node for target in rule.targets if (node := state.form.tree.nodes.get(target)) is not None]
    return made | {"targets": [{"id": node.id, "groups": _groups(node)} for node in nodes]}


def _control(state: FormState, path: str) -> dict[str, str]:
    """How the text of a field on the page is read (domain/form_values.js)."""
    plain = paths.without_indexes(path)
    field = state.field_of(plain)
    kind = field.kind if field else "string"
    for node in state.form.tree.nodes.values():
        control = kind_of(type_of(node)).control
        if control is not None and (node.binding("simpleBinding") or ("", None))[0] == plain:
            return dict(control(node.raw, state.language) or {"as": "text"}) | {"kind": kind}
    return {"as": "text", "kind": kind}


def _groups(node: Node) -> list[str]:
    return [(group.binding("group") or ("", None))[0] for group in node.row_parents]


def _lists_around(state: FormState, path: str) -> list[str]:
    field = state.field_of(path)
    return [group.path for group in field.repeating_ancestors] if field else []


def _paths(state: FormState, old: OldRules) -> Iterator[str]:
    for rule in old.rules:
        yield from rule.inputs.values()
        for target in rule.targets:
            node = state.form.tree.nodes.get(target) if rule.action != "write" else None
            yield from _groups(node) if node else _lists_around(state, target)


def _part(value: Any, wanted: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_part(item, wanted) for item in value]
    if isinstance(value, dict):
        return {name: _part(value[name], inner) for name, inner in wanted.items() if name in value}
    return value


def _said(text: str) -> Said:
    try:
        found = json.loads(text)
        hidden, results = found["hidden"], found["results"]
        return Said(frozenset(map(str, hidden)), {str(name): str(result) for name, result in results.items()})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Said()


def _is_of(key: str, component: str) -> bool:
    """Whether a key is that of a component, with or without indexes of rows."""
    rows = key.removeprefix(component)
    return key.startswith(component) and rows.strip("-0123456789") == "" and rows[:1] in {"", "-"}


def _written(data: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    written = copy.deepcopy(dict(data))
    try:
        paths.write(written, path, value)
    except paths.BadPath:
        return dict(data)
    return written
