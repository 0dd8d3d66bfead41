"""Changes of the conditions by which a process goes one way or another."""

from dataclasses import dataclass
from typing import Any, ClassVar

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.data_models.conditions import put_condition, take_condition
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError, NotThere
from studio.definition.expressions import ExpressionError, compile_expression
from studio.definition.process.elements import Gateway
from studio.definition.rules.sentences.telling import flow_of, flow_told
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class SetFlowCondition(Change):
    """The process goes along a flow (its id) out of a fork when an expression holds; None: in any case."""

    kind: ClassVar[str] = "set_flow_condition"
    flow: str
    expression: Any

    def edit(self, copy: WorkingCopy) -> None:
        process = copy.app.process
        flow = flow_of(copy.app, self.flow)
        if process is None or flow is None or not isinstance(process.elements.get(flow.source), Gateway):
            text = N_("The process has no way %(name)s out of a fork.")
            raise NotThere(Sentence(text, {"name": self.flow}))
        if self.expression is None:
            take_condition(copy, self.flow)
            return
        try:
            compile_expression(self.expression)
        except ExpressionError as error:
            text = N_("The condition cannot be read as an expression: %(reason)s")
            raise DomainError(Sentence(text, {"reason": error.words})) from error
        put_condition(copy, self.flow, self.expression)

    def sentence(self, app: AppDefinition) -> Sentence:
        return flow_told(app, self.flow, self.expression)
