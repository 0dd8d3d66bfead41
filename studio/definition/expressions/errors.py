"""Why an expression could not be read or evaluated."""

from collections.abc import Mapping

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence


class ExpressionError(DomainError):
    """An expression is malformed or fails.

    `reason` is in the words of the format, which others rely on; `words` says it in the reader's language.
    `at` leads from the whole expression to the part that is malformed: (2, 1) is its second argument's first.
    """

    def __init__(
        self,
        message: str,
        values: Mapping[str, str | int | Sentence] | None = None,
        at: tuple[int, ...] = (),
    ) -> None:
        self.words = Sentence(message, values or {})
        super().__init__(
            Sentence(N_("The expression cannot be evaluated: %(reason)s"), {"reason": self.words})
        )
        self.at = at

    @property
    def reason(self) -> str:
        """What failed, in the words of the format."""
        return str(self.words)

    def inside(self, place: int) -> "ExpressionError":
        """The same error, seen from the call that has the part as its argument number `place`."""
        self.at = (place, *self.at)
        return self


class OptionsNotThere(ExpressionError):
    """The options of a list cannot be had at this moment: what would give them has failed."""

    def __init__(self, option_id: str) -> None:
        super().__init__(N_('The options with id "%(id)s" cannot be had now'), {"id": option_id})
