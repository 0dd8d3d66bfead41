"""The fields that an app works out, kept in step with the answers (expressions.md, 8)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import structlog

from studio.definition.rules import calculations_of
from studio.definition.rules.calculating import calculate
from studio.runtime.forms.state import FormState

log = structlog.get_logger()

# Fields that a line of the log names.
_NAMED: Final = 10


def with_results(state: FormState) -> FormState:
    """The state with everything in it that the app works out in the data of the current task.

    Calculations come first, then the hook `calculate`, then once more the calculations that need its results.
    """
    if state.read_only:
        return state
    done = _with_calculations(state)
    given = done.hooks.results(done.asking) if _belongs(done, done.default_type) else None
    if given is None or given == done.data.get(done.default_type):
        return done
    return _with_calculations(replace(done, data={**done.data, done.default_type: given}))


def _with_calculations(state: FormState) -> FormState:
    calculations = {
        data_type: found
        for data_type in state.data
        if _belongs(state, data_type) and (found := calculations_of(state.app, data_type).calculations)
    }
    if not calculations:
        return state
    done = calculate(state.data, lambda data: replace(state, data=data).form, calculations, state.app.model)
    # The reasons may quote what somebody wrote, and stay out of the log.
    _note(state, "calculations failed", [(failure.data_type, failure.place) for failure in done.failures])
    _note(state, "calculations do not come to rest", done.restless)
    return replace(state, data=done.data)


def _note(state: FormState, event: str, fields: Sequence[tuple[str, str]]) -> None:
    if fields:
        named = [f"{data_type}:{place}" for data_type, place in fields[:_NAMED]]
        log.warning(event, app=state.app.metadata.id, count=len(fields), fields=named)


def _belongs(state: FormState, data_type: str) -> bool:
    """Whether the current task owns a data type; the documents of other tasks are locked.

    Entries of subforms are worked out one by one, each in a form of its own.
    """
    if data_type in state.entries:
        return False
    kind = state.app.metadata.data_type(data_type)
    current = ((state.instance or {}).get("process") or {}).get("currentTask") or {}
    return kind is not None and kind.task_id in {None, current.get("elementId")}
