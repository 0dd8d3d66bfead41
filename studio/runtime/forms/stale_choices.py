"""Answers that can no longer be chosen, as what their list depends on has changed (components.md, 1.3).

They are taken out, as the platform does: who chose a town and then another county chooses the town anew.
What was chosen from a list that cannot be had now stays.
"""

import copy
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any, Final

from studio.definition.app_logic import logic_of
from studio.definition.layouts import Component
from studio.runtime.forms.building import Builder
from studio.runtime.forms.calculating import with_results
from studio.runtime.forms.kinds.choosing import without_stale
from studio.runtime.forms.posting import put
from studio.runtime.forms.state import FormState

# How far a list can depend on an answer from a list that depends on an answer from a list.
_MOST_ROUNDS: Final = 5
_DEPENDS: Final = frozenset({"queryParameters", "mapping", "source", "optionFilter"})


def without_stale_choices(before: FormState, state: FormState) -> FormState:
    """The state without answers that are no choice any more, on all pages, and with what follows.

    `before` is the state before the answers that have changed.
    """
    if state.read_only:
        return state
    for _ in range(_MOST_ROUNDS):
        changed = _changed(before, state)
        of_hooks = logic_of(state.app).option_lists.keys() - state.app.option_ids if changed else frozenset()
        pages = [
            page.name
            for page in state.layout_set.pages
            if any(_may_change(state, component, changed, of_hooks) for component in page.components)
        ]
        data = _without(state, pages) if pages else state.data
        if data == state.data:
            break
        before, state = state, with_results(replace(state, data=data))
    return state


def _changed(before: FormState, after: FormState) -> frozenset[str]:
    """The outermost names of the fields that are others now, whichever data type they are in."""
    pairs = ((_members(before.data.get(key)), _members(data)) for key, data in after.data.items())
    return frozenset(name for old, new in pairs for name in {*old, *new} if old.get(name) != new.get(name))


def _members(data: Any) -> Mapping[str, Any]:
    return data if isinstance(data, Mapping) else {}


def _may_change(
    state: FormState, component: Component, changed: frozenset[str], of_hooks: AbstractSet[str]
) -> bool:
    """Whether the options of a component may be others now; too often rather than too seldom.

    Hooks read what they like. Everything else names the fields, or the components, that it depends on.
    """
    if of_hooks and component.raw.get("optionsId") in of_hooks:
        return True
    return any(
        _is_changed(state, text, changed)
        for name in _DEPENDS.intersection(component.raw)
        for text in _texts(component.raw[name])
    )


def _is_changed(state: FormState, text: str, changed: frozenset[str]) -> bool:
    found = state.layout_set.find(text)
    bound = [each.field for each in found[1].bindings.values()] if found else []
    return any(path.partition(".")[0].partition("[")[0] in changed for path in (text, *bound))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield str(key)
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _without(state: FormState, pages: Sequence[str]) -> dict[str, Any]:
    data = copy.deepcopy(dict(state.data))
    builder = Builder(state, summarise=False)
    for name in pages:
        for view in builder.page(name).walk():
            if not view.read_only and not view.as_summary and not view.dormant:
                for slot, value in without_stale(state, view).items():
                    put(state, data, view.fields[slot], value)
    return data
