"""Edits of what a person can choose among: a component's own options, or an option list of the app."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studio.definition.changes import MISSING, Change, SetProperty, SetText, composite
from studio.definition.errors import DomainError
from studio.definition.option_sources import list_ids
from studio.definition.sentences import N_, Sentence
from studio.features.layouts.commands.place import Asked, Form, Place
from studio.features.layouts.commands.writing import is_text
from studio.features.layouts.panel import option_entries


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the form: what stands in the file as label, what the person sees, and what is stored."""

    key: str
    label: str
    value: str


def options_list(place: Place, form: Form) -> Asked:
    """Take the options from a list of the app, or write them here."""
    component, name = place.component(form.get("id", "")), form.get("value", "")
    if name and name not in list_ids(place.app) and name != component.raw.get("optionsId"):
        raise DomainError(Sentence(N_("The app has no option list %(name)s."), {"name": name}))
    if name == (component.raw.get("optionsId") or ""):
        return Asked(None, (component.id,))
    changes = [_set(place, component.id, "/optionsId", name or MISSING)]
    if name and "options" in component.raw:
        changes.append(_set(place, component.id, "/options", MISSING))
    if not name and "options" not in component.raw:
        changes.append(_set(place, component.id, "/options", []))
    return Asked(composite(changes), (component.id,))


def options(place: Place, form: Form) -> Asked:
    """The rows of the form as the component's options; `act` adds, removes or moves one first."""
    component = place.component(form.get("id", ""))
    rows = [
        _Row(*row)
        for row in zip(form.getlist("key"), form.getlist("label"), form.getlist("value"), strict=False)
    ]
    shown = [(row.key, row.label, row.value) for row in option_entries(place.app, component, place.language)]
    if not form.get("act") and [(row.key, row.label, row.value) for row in rows] == shown:
        return Asked(None, (component.id,))
    rows = _acted(rows, form.get("act", ""))
    values = [row.value for row in rows]
    if len(set(values)) < len(values):
        raise DomainError(Sentence(N_("Two options store the same value. Give each its own.")))
    old = component.raw.get("options")
    by_key = {
        str(raw.get("label")): raw
        for raw in (old if isinstance(old, list) else [])
        if isinstance(raw, Mapping)
    }
    texts: list[Change] = []
    written = [_written(place, row, by_key.get(row.key), texts) for row in rows]
    changes = [*texts] if written == old else [*texts, _set(place, component.id, "/options", written)]
    return Asked(composite(changes) if changes else None, (component.id,))


def _acted(rows: list[_Row], act: str) -> list[_Row]:
    what, _, number = act.partition("-")
    index = int(number) if number.isdecimal() and len(number) < 6 else -1
    if what == "add":
        values = {row.value for row in rows}
        count = next(count for count in range(len(rows) + 1, 2 * len(rows) + 3) if str(count) not in values)
        return [*rows, _Row("", f"Alternativ {count}", str(count))]
    if what == "remove" and 0 <= index < len(rows):
        return rows[:index] + rows[index + 1 :]
    if what == "up" and 0 < index < len(rows):
        return [*rows[: index - 1], rows[index], rows[index - 1], *rows[index + 1 :]]
    return rows


def _written(place: Place, row: _Row, raw: Mapping[str, Any] | None, texts: list[Change]) -> dict[str, Any]:
    """The option as the file writes it. A label with a key keeps the key, and its text changes."""
    option = dict(raw) if raw else {}
    value = option.get("value")
    # A number or a yes/no keeps its type as long as it is written the same.
    kept = value if raw and not isinstance(value, str) and _as_text(value) == row.value else row.value
    if row.key and is_text(place, row.key):
        found = place.app.texts(place.language).get(row.key)
        if row.label != (found.value if found else row.key):
            texts.append(SetText(place.language, row.key, row.label))
        return option | {"label": row.key, "value": kept}
    return option | {"label": row.label, "value": kept}


def _as_text(value: Any) -> str:
    return (
        {True: "true", False: "false", None: "null"}.get(value, str(value))
        if not isinstance(value, str)
        else value
    )


def _set(place: Place, component: str, pointer: str, value: Any) -> Change:
    return SetProperty(place.layout_set.id, place.page.name, component, pointer, value)
