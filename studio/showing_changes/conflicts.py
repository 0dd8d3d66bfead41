"""Conflicts as people see them: where, and the values side by side. The macro is in conflicts.html."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.components import component_type
from studio.definition.merge import GONE, Choice, Conflict
from studio.definition.merge.wording import component_of, conflict_sentence, page_of
from studio.definition.naming import component_name, page_name
from studio.definition.rules.sentences import Names, Wording, read
from studio.definition.sentences import N_, Sentence
from studio.web import translate
from studio.web.language import current_language

_LONGEST: Final = 4000
_CHOICES: Final[Mapping[str, Choice]] = {"ours": "ours", "theirs": "theirs", "both": "both"}
_RULES: Final = ("hidden", "required", "readOnly")


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """A conflict for the page. Values are text to show as it is, or a Sentence about what cannot be shown.

    `both` is what comes of keeping both, None where only one can stand.
    """

    key: str
    where: Sentence
    before: str | Sentence
    ours: str | Sentence
    theirs: str | Sentence
    both: str | Sentence | None = None


def shown(app: AppDefinition, conflict: Conflict) -> ShownConflict:
    """Put a conflict into words, with the names that things have in `app`."""
    return ShownConflict(
        key=conflict.key,
        where=conflict_sentence(app, conflict),
        before=_value(app, conflict, conflict.base),
        ours=_value(app, conflict, conflict.ours),
        theirs=_value(app, conflict, conflict.theirs),
        both=None if conflict.both is GONE else _value(app, conflict, conflict.both),
    )


def choices(form: Mapping[str, str], conflicts: tuple[Conflict, ...]) -> dict[str, Choice]:
    """Choices in a form: `choice-<number>` is "ours", "theirs" or "both", `key-<number>` the conflict's key.

    The key is sent along, so that a choice never lands on another conflict than the one that was looked at.
    """
    known = {conflict.key: conflict for conflict in conflicts}
    chosen: dict[str, Choice] = {}
    for field, side in form.items():
        name, _, number = field.partition("-")
        conflict = known.get(form.get(f"key-{number}", ""))
        if name != "choice" or conflict is None or side not in _CHOICES:
            continue
        if side != "both" or conflict.both is not GONE:
            chosen[conflict.key] = _CHOICES[side]
    return chosen


def _value(app: AppDefinition, conflict: Conflict, value: Any) -> str | Sentence:
    if value is GONE:
        return Sentence(N_("Deleted")) if conflict.base is not GONE else Sentence(N_("Not there"))
    placed = _placed(app, conflict, value)
    if placed is not None:
        return placed
    if value is None or value == "":
        return Sentence(N_("Empty"))
    if isinstance(value, bool):
        return Sentence(N_("Yes")) if value else Sentence(N_("No"))
    if isinstance(value, bytes):
        return _bytes(value)
    if (
        isinstance(value, list)
        and value
        and isinstance(value[0], str)
        and conflict.steps[-1:] != ("(order)",)
    ):
        return _rule(app, conflict, value)
    if isinstance(value, Mapping) and "type" in value and value.get("id") == conflict.identity:
        return _component(app, value)
    return _short(value if isinstance(value, str) else _written(value))


def _placed(app: AppDefinition, conflict: Conflict, value: Any) -> str | Sentence | None:
    """Where something is: on which page, in which group, at which place."""
    aspect = conflict.steps[-1] if conflict.steps else ""
    if aspect == "(page)":
        return page_of(app, str(value)) or str(value)
    if aspect == "(holder)":
        if isinstance(value, Mapping):
            return "\n".join(
                f"{_named(app, name)} → {translate(_held(app, at))}" for name, at in value.items()
            )
        return _held(app, value)
    if aspect == "(order)" and isinstance(value, list):
        pages = conflict.steps[:2] == ("pages", "order")
        names = [page_name(app, str(name)) if pages else _named(app, str(name)) for name in value]
        return "\n".join(f"{number}. {name}" for number, name in enumerate(names, 1))
    return None


def _held(app: AppDefinition, holder: Any) -> str | Sentence:
    return Sentence(N_("On the page itself")) if holder is None else _named(app, str(holder))


def _named(app: AppDefinition, name: str) -> str:
    found = next((there for part in app.layout_sets if (there := part.find(name))), None)
    return component_name(app, found[1]) if found else name


def _component(app: AppDefinition, raw: Mapping[str, Any]) -> str:
    """A component line by line: its properties as the editor calls them."""
    kind = component_type(str(raw.get("type")))
    labels = {each.name: translate(each.label) for each in kind.properties} if kind else {}
    if kind is not None:
        labels |= {slot.key: translate(slot.label) for slot in kind.texts}
        labels |= {slot.key: translate(slot.label) for slot in kind.bindings}
    lines = []
    for name, value in raw.items():
        if name == "textResourceBindings" and isinstance(value, Mapping):
            lines += [f"{labels.get(slot, slot)}: {_text_of(app, key)}" for slot, key in value.items()]
        elif name == "dataModelBindings" and isinstance(value, Mapping):
            lines += [f"{labels.get(slot, slot)}: {_field_of(field)}" for slot, field in value.items()]
        elif name not in ("id", "type"):
            lines.append(f"{labels.get(name, name)}: {_on_a_line(value)}")
    title = translate(kind.label) if kind else str(raw.get("type"))
    return _short("\n".join([title, *lines]))


def _on_a_line(value: Any) -> str:
    if isinstance(value, bool):
        return translate(Sentence(N_("Yes")) if value else Sentence(N_("No")))
    return _written(value, indent=None)


def _field_of(binding: Any) -> str:
    field = binding.get("field") if isinstance(binding, Mapping) else binding
    return _written(field, indent=None)


def _text_of(app: AppDefinition, key: Any) -> str:
    if not isinstance(key, str):
        return _written(key, indent=None)
    for language in app.languages:
        found = app.texts(language).get(key)
        if found is not None:
            return found.value
    return key


def _rule(app: AppDefinition, conflict: Conflict, value: list[Any]) -> str | Sentence:
    """An expression in words, where the place asks for one."""
    component = component_of(app, conflict)
    hides_page = conflict.steps == ("data", "hidden")
    if not hides_page and (component is None or conflict.property not in _RULES):
        return _short(_written(value))
    path = conflict.place.path
    form = next((part for part in app.layout_sets if any(page.path == path for page in part.pages)), None)
    wording = Wording(Names(app, form, None, current_language()))
    return wording.condition(read(value))


def _written(value: Any, indent: int | None = 2) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=indent)


def _bytes(value: bytes) -> str | Sentence:
    try:
        return _short(value.decode())
    except UnicodeDecodeError:
        return Sentence(N_("A file of %(count)s bytes"), {"count": len(value)})


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
