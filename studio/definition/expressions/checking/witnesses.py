"""Values that make a difference: enough of them to try a condition for all values there are.

A condition that only asks whether something equals constants, comes before or after them, or is true, does
not tell apart values that lie between the same constants. So each constant, one value beside it and one
between each two of them stand for all values. Where texts are read as numbers or dates, other spellings stand
beside the usual ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from studio.definition.expressions import dates
from studio.definition.expressions.checking.types import Type
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.values import from_number, number_text, to_number, to_text

# A text that no constant of an expression is likely to be; it is made longer until none is.
_OTHER: Final = "~"
# Numbers with which there is room to reckon: beside them, and between each two of them.
_LARGEST: Final = Decimal(10) ** 18
_SMALLEST_STEP: Final = -9


@dataclass
class Subject:
    """Something that conditions ask about, and the constants that it is held against, by how it is read."""

    kind: Type
    texts: set[str] = field(default_factory=set)
    numbers: set[Decimal] = field(default_factory=set)
    moments: set[str] = field(default_factory=set)
    as_boolean: bool = False

    def witnesses(self) -> list[Any] | None:
        """Values for all that it can be; None where they cannot be listed."""
        kind = self.kind
        if kind.values is not None:
            found = [value for text in sorted(kind.values) for value in self._spelled(text)]
        elif kind.kinds & {"list", "object"} and any(text[:1] in {"[", "{"} for text in self.texts):
            return None
        else:
            found = list(self._open())
        return [None, *found] if kind.nullable or kind.is_null else found

    def _spelled(self, text: str) -> Iterator[Any]:
        """The values of the type that are this as text."""
        kinds = self.kind.kinds
        if "text" in kinds:
            yield text
        if "boolean" in kinds and text in {"true", "false"}:
            yield text == "true"
        if "number" in kinds and (number := _number(text)) is not None:
            yield number

    def _open(self) -> Iterator[Any]:
        kinds = self.kind.kinds
        if "boolean" in kinds:
            yield from (True, False)
        if "number" in kinds:
            yield from (from_number(number) for number in self._points())
        if "text" in kinds:
            yield from dict.fromkeys(self._texts())
        if "list" in kinds:
            yield []
        if "object" in kinds:
            yield {}

    def _points(self) -> list[Decimal]:
        """The numbers, one below and above them all, and one between each two."""
        read = (_number(text) for text in self.texts)
        given = {*self.numbers, *(Decimal(str(number)) for number in read if number is not None)}
        known = sorted(given | ({Decimal(0), Decimal(1)} if self.as_boolean or not given else set()))
        between = [(low + high) / 2 for low, high in pairwise(known)]
        points = [known[0] - 1, *known, *between, known[-1] + 1]
        if self.kind.look == "whole number":
            points = [point for point in points if point == point.to_integral_value()]
            points += [point + 1 for point in known] + [point - 1 for point in known]
        return list(dict.fromkeys(points))

    def _texts(self) -> Iterator[str]:
        if self.kind.look != "date":
            yield from self._numbers_as_texts()
        if self.kind.look is None:
            yield from self.texts
            yield ""
            other = _OTHER
            while other in self.texts:
                other += _OTHER
            yield other
            if self.as_boolean:
                yield from ("true", "false")
        if self.kind.look == "date" or self.moments:
            yield from (text for text in self.texts | self.moments if _moment(text))
            yield from self._moments()

    def _numbers_as_texts(self) -> Iterator[str]:
        if self.kind.look is None and not self.numbers and not self.as_boolean:
            return
        for point in self._points():
            text = number_text(point)
            yield text
            if "E" not in text:
                yield f"{text}0" if "." in text else f"{text}.0"

    def _moments(self) -> Iterator[str]:
        """The moments in other spellings, a little before and after them, and between each two."""
        read = sorted(
            (moment for text in self.texts | self.moments if (moment := _moment(text))),
            key=lambda moment: moment.at,
        )
        steps = (timedelta(0), timedelta(seconds=1), timedelta(hours=12), timedelta(days=1))
        shifted = (_shifted(each.at, sign * step) for each in read for step in steps for sign in (1, -1))
        around = [at for at in shifted if at is not None]
        between = [one.at + (other.at - one.at) / 2 for one, other in pairwise(read)]
        zones = {moment.zoned for moment in read}
        for at in (*around, *between):
            for zoned in zones:
                yield (at if zoned else at.replace(tzinfo=None)).isoformat(timespec="microseconds")
        if not read:
            yield from ("2000-01-01", "2001-02-03T04:05:06Z")


def _number(text: str) -> Any:
    """The number in a text; None where it has none, or one that is too large or too fine to reckon with."""
    try:
        number = to_number(text)
    except ExpressionError:
        return None
    if number is None or not -_LARGEST <= number <= _LARGEST:
        return None
    fine = number.normalize().as_tuple().exponent
    return None if not isinstance(fine, int) or fine < _SMALLEST_STEP else from_number(number)


def _moment(text: str) -> dates.Moment | None:
    try:
        return dates.parse(text)
    except ExpressionError:
        return None


def _shifted(at: datetime, by: timedelta) -> datetime | None:
    try:
        return at + by
    except OverflowError:
        return None


def note(subject: Subject, constant: Any, read_as: str) -> bool:
    """Remember a constant that the subject is held against; whether that was possible."""
    text = to_text(constant)
    if text is None:
        return True
    if read_as == "text":
        subject.texts.add(text)
    elif read_as == "number":
        number = _number(text)
        if number is None:
            return False
        subject.numbers.add(Decimal(str(number)))
    else:
        subject.moments.add(text)
    return True
