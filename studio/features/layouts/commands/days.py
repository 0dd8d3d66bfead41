"""A day that limits a date: written as people do, as files do, or one of the days that have a name."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from studio.definition.components import Choice, Enumeration, Shape, variants
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.web import translate

_WRITTEN: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


def named_days(shape: Shape) -> Sequence[Choice]:
    """The days with a name that a shape takes beside dates; none where it is not about days."""
    named = (one.choices for one in variants(shape) if isinstance(one, Enumeration))
    return next((each for each in named if any(choice.value == "today" for choice in each)), ())


def day(named: Sequence[Choice], sent: str) -> str:
    """The day that `sent` means, as files write it: "31.12.2026" is 2026-12-31. Raises DomainError."""
    for choice in named:
        if sent.casefold() in {str(choice.value).casefold(), translate(choice.label).casefold()}:
            return str(choice.value)
    written = _WRITTEN.fullmatch(sent)
    try:
        if written is not None:
            return date(int(written[3]), int(written[2]), int(written[1])).isoformat()
        datetime.fromisoformat(sent)
    except ValueError:
        problem = N_("Write a date like 31.12.2026, or choose a day from the list.")
        raise DomainError(Sentence(problem)) from None
    return sent
