"""Why an expression could not be read or evaluated."""

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence


class ExpressionError(DomainError):
    """An expression is malformed or fails. `reason` is in the words of the format, which others rely on."""

    def __init__(self, reason: str) -> None:
        super().__init__(Sentence(N_("The expression cannot be evaluated: %(reason)s"), {"reason": reason}))
        self.reason = reason
