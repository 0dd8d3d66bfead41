"""Conflicts as people see them: where, and the two values side by side."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.findings import Place
from studio.definition.merge import GONE, Conflict, Side
from studio.definition.sentences import N_, Sentence

_LONGEST: Final = 4000


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """A conflict for the page. Values are text to show as it is, or a Sentence about what cannot be shown."""

    key: str
    where: Sentence
    before: str | Sentence
    mine: str | Sentence
    theirs: str | Sentence


def shown(conflict: Conflict) -> ShownConflict:
    """Put a conflict into words."""
    return ShownConflict(
        key=conflict.key,
        where=_where(conflict.place),
        before=_value(conflict.base),
        mine=_value(conflict.ours),
        theirs=_value(conflict.theirs),
    )


def choices(form: Mapping[str, str], conflicts: tuple[Conflict, ...]) -> dict[str, Side]:
    """Choices in a form: `choice-<number>` is "ours" or "theirs", `key-<number>` the conflict's key.

    The key is sent along, so that a choice never lands on another conflict than the one that was looked at.
    """
    known = {conflict.key for conflict in conflicts}
    chosen: dict[str, Side] = {}
    for field, side in form.items():
        name, _, number = field.partition("-")
        key = form.get(f"key-{number}", "")
        if name == "choice" and key in known and side in ("ours", "theirs"):
            chosen[key] = "ours" if side == "ours" else "theirs"
    return chosen


def _where(place: Place) -> Sentence:
    detail = (place.pointer or "").rsplit("/", 1)[-1]
    if place.component and place.page:
        values = {"component": place.component, "page": place.page}
        if detail and not detail.isdigit():
            return Sentence(N_("%(detail)s of %(component)s on page %(page)s"), {**values, "detail": detail})
        return Sentence(N_("%(component)s on page %(page)s"), values)
    if place.page:
        return Sentence(N_("Page %(page)s"), {"page": place.page})
    if detail:
        return Sentence(N_("%(detail)s in %(path)s"), {"detail": detail, "path": place.path})
    return Sentence("%(path)s", {"path": place.path})


def _value(value: Any) -> str | Sentence:
    if value is GONE:
        return Sentence(N_("Deleted"))
    if value is None or value == "":
        return Sentence(N_("Empty"))
    if isinstance(value, bool):
        return Sentence(N_("Yes")) if value else Sentence(N_("No"))
    if isinstance(value, bytes):
        return _bytes(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
    return _short(text)


def _bytes(value: bytes) -> str | Sentence:
    try:
        return _short(value.decode())
    except UnicodeDecodeError:
        return Sentence(N_("A file of %(count)s bytes"), {"count": len(value)})


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
