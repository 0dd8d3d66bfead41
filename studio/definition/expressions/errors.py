"""Why an expression could not be read or evaluated."""

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence


class ExpressionError(DomainError):
    """An expression is malformed or fails. `reason` is in the words of the format, which others rely on.

    `at` leads from the whole expression to the part that is malformed: (2, 1) is its second argument's first.
    """

    def __init__(self, reason: str, at: tuple[int, ...] = ()) -> None:
        super().__init__(Sentence(N_("The expression cannot be evaluated: %(reason)s"), {"reason": reason}))
        self.reason = reason
        self.at = at

    def inside(self, place: int) -> "ExpressionError":
        """The same error, seen from the call that has the part as its argument number `place`."""
        self.at = (place, *self.at)
        return self


class OptionsNotThere(ExpressionError):
    """The options of a list cannot be had at this moment: what would give them has failed."""

    def __init__(self, option_id: str) -> None:
        super().__init__(f'The options with id "{option_id}" cannot be had now')
