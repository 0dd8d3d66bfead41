"""Answers that can no longer be chosen, as what their list depends on has changed (components.md, 1.3).

They are taken out, as the platform does: who chose a town and then another county chooses the town anew.
What was chosen from a list that cannot be had now stays.
"""

import copy
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from studio.definition.layouts import Component
from studio.runtime.forms.building import Builder
from studio.runtime.forms.calculating import with_results
from studio.runtime.forms.kinds.choosing import without_stale
from studio.runtime.forms.posting import put
from studio.runtime.forms.state import FormState

# How far a list can depend on an answer from a list that depends on an answer from a list.
_MOST_ROUNDS: Final = 5
_DEPENDS: Final = frozenset({"queryParameters", "mapping", "source", "optionFilter"})


def without_stale_choices(state: FormState) -> FormState:
    """The state without answers that are no choice any more, on all pages, and with what follows."""
    if state.read_only:
        return state
    pages = [
        page.name
        for page in state.layout_set.pages
        if any(_may_change(state, component) for component in page.components)
    ]
    for _ in range(_MOST_ROUNDS if pages else 0):
        data = _without(state, pages)
        if data == state.data:
            break
        state = with_results(replace(state, data=data))
    return state


def _may_change(state: FormState, component: Component) -> bool:
    """Whether the options of a component may be others after an answer: those of a file are not."""
    option_id = component.raw.get("optionsId")
    is_worked_out = isinstance(option_id, str) and option_id not in state.app.option_ids
    return is_worked_out or not _DEPENDS.isdisjoint(component.raw)


def _without(state: FormState, pages: Sequence[str]) -> dict[str, Any]:
    data = copy.deepcopy(dict(state.data))
    builder = Builder(state, summarise=False)
    for name in pages:
        for view in builder.page(name).walk():
            if not view.read_only and not view.as_summary and not view.dormant:
                for slot, value in without_stale(state, view).items():
                    put(state, data, view.fields[slot], value)
    return data
