"""Conflicts as people see them: where, and the two values side by side. The macro is in conflicts.html."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.components import component_type
from studio.definition.findings import Place
from studio.definition.layouts import Component, Page
from studio.definition.merge import GONE, Conflict, Side
from studio.definition.naming import component_noun, page_name
from studio.definition.sentences import N_, Sentence

_LONGEST: Final = 4000
# In a conflict's key, what is found by its id stands in brackets: "...#/resources/[full-name.title]/value".
_TEXT_KEY: Final = re.compile(r"\[(.+)\]")


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """A conflict for the page. Values are text to show as it is, or a Sentence about what cannot be shown."""

    key: str
    where: Sentence
    before: str | Sentence
    ours: str | Sentence
    theirs: str | Sentence


def shown(app: AppDefinition, conflict: Conflict) -> ShownConflict:
    """Put a conflict of the draft `app` into words."""
    return ShownConflict(
        key=conflict.key,
        where=_where(app, conflict),
        before=_value(conflict.base),
        ours=_value(conflict.ours),
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


def _where(app: AppDefinition, conflict: Conflict) -> Sentence:
    place = conflict.place
    page = next((each for part in app.layout_sets for each in part.pages if each.path == place.path), None)
    component = next((each for each in page.components if each.id == place.component), None) if page else None
    if page is not None and component is not None:
        return _of_component(app, page, component, place)
    if page is not None:
        return Sentence(N_("Page *%(page)s*"), {"page": page_name(app, page.name)})
    language, key = app.paths.language(place.path), _TEXT_KEY.search(conflict.key)
    if language and key:
        return Sentence(N_("The text *%(key)s* (%(language)s)"), {"key": key[1], "language": language})
    detail = (place.pointer or "").rsplit("/", 1)[-1]
    if detail:
        return Sentence(N_("*%(detail)s* in the file %(path)s"), {"detail": detail, "path": place.path})
    return Sentence(N_("The file %(path)s"), {"path": place.path})


def _of_component(app: AppDefinition, page: Page, component: Component, place: Place) -> Sentence:
    values: dict[str, str | int | Sentence] = {
        "what": component_noun(app, component),
        "page": page_name(app, page.name),
    }
    within = (place.pointer or "").removeprefix(component.pointer).strip("/").split("/")
    if not (place.pointer or "").startswith(f"{component.pointer}/"):
        return Sentence(N_("%(what)s on page *%(page)s*"), values)
    kind = component_type(component.type)
    named = {each.name: each.label for each in kind.properties} if kind else {}
    values["property"] = named.get(within[0], "/".join(within))
    return Sentence(N_("%(what)s on page *%(page)s*: %(property)s"), values)


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
