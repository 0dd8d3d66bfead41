"""Starting points: the ordinary rules, made from a few choices, to be edited like any other rule."""

from collections.abc import Sequence
from typing import Any, Final

from studio.definition.errors import DomainError
from studio.definition.rules.sentences.columns import column
from studio.definition.rules.sentences.nodes import read, write
from studio.definition.rules.sentences.operators import compared
from studio.definition.rules.sentences.turning import turned
from studio.definition.sentences import N_, Sentence

# The field that a validation or calculation is about.
_THIS_FIELD: Final = ["dataModel", ["argv", 0]]


def shown_when(condition: Any) -> Any:
    """For `hidden`: shown when a condition holds."""
    return write(turned(read(condition)))


def total(rows: str, inside: str, data_type: str | None = None) -> Any:
    """For a calculation: the sum of one column (`inside` a row) of all rows of a list; 0 without rows."""
    return ["sum", column(rows, inside, data_type=data_type)]


def row_product(factors: Sequence[str]) -> Any:
    """For a calculation in a row: fields of the row multiplied with one another, such as number and price."""
    if not factors:
        raise DomainError(Sentence(N_("Choose at least one field.")))
    return ["multiply", *(["dataModel", path] for path in factors)]


def outside_dates(earliest: Any = None, latest: Any = None) -> Any:
    """For a validation: the date is before `earliest` or after `latest` (dates or expressions)."""
    limits = [("isBefore", earliest), ("isAfter", latest)]
    found = [compared(operator, _THIS_FIELD, limit) for operator, limit in limits if limit not in (None, "")]
    if not found:
        raise DomainError(Sentence(N_("Choose an earliest or a latest date.")))
    return found[0] if len(found) == 1 else ["or", *found]


def default_value(value: Any) -> Any:
    """For a calculation: what is answered in the field itself, or a value where nothing is."""
    return ["if", compared("isAnswered", _THIS_FIELD), _THIS_FIELD, "else", value]
