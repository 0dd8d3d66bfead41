"""Changes of the conditions by which a process goes one way or another."""

from dataclasses import dataclass
from typing import Any, ClassVar

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.data_models.conditions import set_in_condition
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.expressions import ExpressionError, compile_expression
from studio.definition.rules.sentences.telling import flow_told
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class SetFlowCondition(Change):
    """The process goes along a flow (its id) when an expression holds; it has had a condition before."""

    kind: ClassVar[str] = "set_flow_condition"
    flow: str
    expression: Any

    def edit(self, copy: WorkingCopy) -> None:
        try:
            compile_expression(self.expression)
        except ExpressionError as error:
            text = N_("The condition cannot be read as an expression: %(reason)s")
            raise DomainError(Sentence(text, {"reason": error.reason})) from error
        set_in_condition(copy, self.flow, "", self.expression)

    def sentence(self, app: AppDefinition) -> Sentence:
        return flow_told(app, self.flow, self.expression)
