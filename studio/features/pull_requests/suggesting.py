"""What the pages of a pull request show of suggestions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.files import Files
from studio.definition.sentences import N_, Sentence
from studio.features.pull_requests.workplace import Workplace
from studio.reviews.applying import fits
from studio.reviews.models import Thread
from studio.reviews.subjects import Subject
from studio.reviews.suggestions import Offer, Part, offers

_YES_NO: Final = {True: Sentence(N_("Yes")), False: Sentence(N_("No"))}


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of a suggestion for people: what it is called (None: nothing more than its thread), both values.

    A value is text, or a Sentence; `language` is that of a text.
    """

    label: Sentence | None
    language: str
    before: str | Sentence
    after: str | Sentence


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion as its thread shows it. `fits`: it can be used."""

    parts: tuple[ShownPart, ...]
    fits: bool


def suggested_in(work: Workplace, thread: Thread) -> Mapping[int, Suggested]:
    """The suggestions of a thread, by the id of their comment."""
    return {
        comment.id: Suggested(
            tuple(_part(part, thread.subject, work.after) for part in comment.suggestion),
            fits(work.repository, thread, comment, work.after),
        )
        for comment in thread.comments
        if comment.suggestion
    }


def _part(part: Part, subject: Subject, files: Files) -> ShownPart:
    offer = next((each for each in offers(subject, files) if each.place == part.place), None)
    label = offer.label if offer else Sentence(part.place.removeprefix("/"))
    language = part.place.partition(":")[0] if ":" in part.place else ""
    before, after = (_value(value, offer) for value in (part.before, part.after))
    return ShownPart(label if part.place else None, language, before, after)


def _value(value: Any, offer: Offer | None) -> str | Sentence:
    if isinstance(value, bool):
        return _YES_NO[value]
    chosen = (each.label for each in (offer.choices if offer else ()) if each.value == value)
    return next(chosen, "" if value is None else str(value))
