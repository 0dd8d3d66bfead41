"""Old rules (RuleConfiguration.json) become expressions, all in one change that can be undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.rules import SetCalculation
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import NotThere
from studio.definition.field_references import read_path
from studio.definition.layouts import Component
from studio.definition.rules.old_rules import OldRule, OldRules, read_old_rules
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class ConvertOldRules(Change):
    """Some rules of a form become expressions. `expressions` is id of the rule -> its expression.

    What hides a component is joined with what hides it already; what wrote a field becomes its calculation.
    The rules leave the configuration; with the last one, both files go.
    """

    kind: ClassVar[str] = "convert_old_rules"
    layout_set: str
    expressions: Mapping[str, Any]

    def edit(self, copy: WorkingCopy) -> None:
        old = read_old_rules(copy.app, copy.layout_set(self.layout_set))
        known = {rule.id: rule for rule in old.rules}
        for rule_id, expression in self.expressions.items():
            if rule_id not in known:
                raise NotThere(Sentence(N_("An old rule does not exist any more.")))
            self._convert(copy, known[rule_id], expression)
        self._take_away(copy, old)

    def _convert(self, copy: WorkingCopy, rule: OldRule, expression: Any) -> None:
        if rule.action == "write":
            data_type = copy.layout_set(self.layout_set).data_type or ""
            path = read_path(rule.targets[0])
            SetCalculation(data_type, path.plain if path else rule.targets[0], expression).edit(copy)
            return
        for target in rule.targets:
            found = copy.layout_set(self.layout_set).find(target)
            if found is None:
                raise NotThere(Sentence(N_("An old rule is about a component that does not exist any more.")))
            page, component = found
            hidden = _joined(component, expression)
            if hidden != component.raw.get("hidden"):
                copy.set(page.path, f"{component.pointer}/hidden", hidden)

    def _take_away(self, copy: WorkingCopy, old: OldRules) -> None:
        path = copy.app.paths.rule_configuration(old.layout_set.folder)
        handler = copy.app.paths.rule_handler(old.layout_set.folder)
        if all(rule.id in self.expressions for rule in old.rules):
            copy.write(path, None)
            if copy.exists(handler):
                copy.write(handler, None)
            return
        for rule in old.rules:
            if rule.id in self.expressions:
                copy.delete(path, rule.pointer)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        if len(self.expressions) == 1:
            return Sentence(N_("An old rule was converted"))
        return Sentence(N_("%(count)s old rules were converted"), {"count": len(self.expressions)})


def _joined(component: Component, expression: Any) -> Any:
    """When the component is hidden, by itself or by the rule."""
    before = component.raw.get("hidden")
    if before in (None, False):
        return expression
    if before is True:
        return True
    parts = before[1:] if isinstance(before, list) and before[:1] == ["or"] else [before]
    return before if expression in parts else ["or", *parts, expression]
