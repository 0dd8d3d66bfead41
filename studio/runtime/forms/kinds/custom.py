"""Custom: an element that the app brings itself. It lives in a frame without any rights (pages/own_code.py).

Its bindings are plain fields; the browser's code hides them where the element works, and writes into them
what the element says. Without scripts they are the way to answer.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from studio.definition.expressions import Spot
from studio.definition.own_code import own_scripts
from studio.runtime.forms.kinds.kind import (
    Answers,
    Around,
    Build,
    Kind,
    Post,
    Raw,
    Settings,
    required_issue,
    title_of,
)
from studio.runtime.forms.kinds.writing import MAX_TEXT, as_value
from studio.runtime.forms.state import FormState
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import CellView, ComponentView, Issue

_TAG: Final = re.compile(r"[a-z][a-z0-9._-]*-[a-z0-9._-]*", re.ASCII)
_FIRST: Final = "simpleBinding"


def is_tag(name: str) -> bool:
    """Whether a name can be that of an element of an app: small letters, with a hyphen in it."""
    return len(name) < 100 and _TAG.fullmatch(name) is not None


def _settings(raw: Raw, _spot: Spot, _around: Around) -> Settings:
    return {"tag": str(raw.get("tagName") or ""), "source": "", "input": "{}", "shown": {}}


def _main(raw: Raw) -> str:
    """The binding that stands for the component: simpleBinding, else the first."""
    bindings = raw.get("dataModelBindings")
    keys = [str(key) for key in bindings] if isinstance(bindings, Mapping) else []
    return _FIRST if _FIRST in keys or not keys else keys[0]


def _fill(view: ComponentView, _spot: Spot, around: Around, build: Build) -> ComponentView:
    state, tag = build.state, view.settings["tag"]
    works = not state.design and is_tag(tag) and bool(own_scripts(state.app))
    shown = {slot: _shown(state, view, slot) for slot in view.fields}
    settings = {**view.settings, "shown": shown, "input": json.dumps(_input(view), default=to_text)}
    if works:
        settings["source"] = f"{around.resources.removesuffix('wwwroot/')}own-element/{tag}"
    return replace(view, settings=settings)


def _shown(state: FormState, view: ComponentView, slot: str) -> str:
    value = view.values.get(slot)
    typed = state.typed.get(view.fields[slot])
    return typed if typed is not None else "" if isinstance(value, list | dict) else to_text(value)


def _input(view: ComponentView) -> Mapping[str, Any]:
    """What the element is given (components.md, Custom)."""
    attributes = {
        name: value if isinstance(value, str) else json.dumps(value) for name, value in view.raw.items()
    }
    return {
        "attributes": attributes,
        "texts": dict(view.texts),
        "dataModelBindings": view.raw.get("dataModelBindings") or {},
        "formData": {slot: view.values.get(slot) for slot in view.fields},
        "summaryMode": view.as_summary,
        "readOnly": view.read_only,
        "componentValidations": {
            slot: [{"message": issue.message, "severity": issue.severity} for issue in view.issues_at(slot)]
            for slot in view.fields
        },
    }


def _read(state: FormState, view: ComponentView, post: Post) -> Answers:
    found: dict[str, Any] = {}
    for slot, name in view.fields.items():
        if name not in post or isinstance(view.values.get(slot), list | dict):
            continue
        found[slot] = as_value(state.field_of(name), post.getlist(name)[0][:MAX_TEXT])
    return found


def _missing(state: FormState, view: ComponentView) -> Iterator[Issue]:
    for slot, name in view.fields.items():
        if view.required and view.values.get(slot) in (None, "", []) and name not in state.typed:
            yield required_issue(state, view, name)


def _answer(view: ComponentView) -> str:
    return ", ".join(text for text in view.settings.get("shown", {}).values() if text)


def _cells(view: ComponentView) -> Iterator[CellView]:
    if view.fields:
        yield CellView(title_of(view), view.answer)


KINDS: Final[Mapping[str, Kind]] = {
    "Custom": Kind(
        template="custom",
        drawn_ahead=False,
        main_of=_main,
        settings=_settings,
        fill=_fill,
        answer=_answer,
        cells=_cells,
        read=_read,
        missing=_missing,
    ),
}
