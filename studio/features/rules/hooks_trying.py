"""A hook tried with data: the app's own code in the processes that hold it in, and what comes of it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.app_logic import Hook, logic_of
from studio.definition.data_model import Field
from studio.definition.errors import DomainError
from studio.definition.expressions.errors import OptionsNotThere
from studio.definition.process.naming import way_name
from studio.definition.sentences import N_, Sentence
from studio.features.rules.json_input import UnreadableJson, read_json
from studio.runtime.forms.hooks import Asking
from studio.runtime.forms.view import Issue
from studio.runtime.logic.app_hooks import AppHooks
from studio.runtime.logic.failures import Failure, HookFailed, HookRefused
from studio.runtime.logic.fetching import Asked
from studio.runtime.logic.runner import Runner
from studio.runtime.option_lists import OptionLists
from studio.web import Part, translate

# Runs the hooks that are tried in Studio. They may ask the servers that an environment lets them ask.
hook_runner: Part[Runner] = Part("hook_runner")

_MOST_FIELDS: Final = 40
_SAMPLES: Final[Mapping[str, Any]] = {
    "number": 1.5,
    "integer": 1,
    "boolean": True,
    "date": "2026-05-17",
    "date-time": "2026-05-17T12:00:00",
    "time": "12:00",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is tried: the hook, the form data as JSON, and what else its kind needs."""

    hook: Hook
    data: str = ""
    data_type: str = ""
    language: str = "nb"
    task: str = ""
    gateway: str = ""
    option_id: str = ""
    parameters: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. `fields` are those that got another value (path, before, after), as JSON."""

    said: Sentence | None = None
    issues: Sequence[Issue] = ()
    fields: Sequence[tuple[str, str, str]] = ()
    options: Sequence[Mapping[str, Any]] = ()
    failures: Sequence[Failure] = ()
    printed: str = ""
    asked: Sequence[Asked] = ()


def sample(app: AppDefinition, data_type: str) -> str:
    """Form data to begin with: every field has some value of its kind."""
    model = app.model(data_type)
    counted = [0]

    def value(field: Field, *, in_row: bool = False) -> Any:
        counted[0] += 1
        if field.repeating and not in_row:
            return [value(field, in_row=True)]
        if field.is_group:
            return made(field.children)
        return _SAMPLES.get(field.kind, field.title or field.name)

    def made(fields: Sequence[Field]) -> dict[str, Any]:
        return {field.name: value(field) for field in fields if counted[0] < _MOST_FIELDS}

    return json.dumps(made(model.fields if model else ()), ensure_ascii=False, indent=2)


def servers(app: AppDefinition) -> list[str]:
    """The servers that hooks of the app can have asked from here."""
    return sorted(frozenset(logic_of(app).settings.hosts) & hook_runner().servers)


def tried(app: AppDefinition, name: str, wish: Wish, now: datetime) -> Outcome:
    """What a hook of the app `name` ("org/app") gives. Raises DomainError for data that cannot be read."""
    data = _read(wish.data, N_("Write the data as an object in curly brackets."))
    parameters = _read(wish.parameters, N_("Write the parameters as an object in curly brackets."))
    hooks = AppHooks(app, name, hook_runner(), OptionLists(), now, preview=True)
    asking = Asking(wish.language, wish.data_type, {wish.data_type: data})
    try:
        found = _asked(hooks, asking, wish, parameters)
    except HookRefused as refused:
        found = Outcome(Sentence(N_("Refused: %(reason)s"), {"reason": refused.sentence}))
    except (HookFailed, OptionsNotThere):
        found = Outcome()
    if hooks.failures:
        found = Outcome(failures=tuple(hooks.failures))
    return replace(found, printed="\n".join(hooks.printed), asked=tuple(hooks.asked))


def _asked(hooks: AppHooks, asking: Asking, wish: Wish, parameters: Mapping[str, Any]) -> Outcome:
    data = asking.models[asking.data_type]
    match wish.hook:
        case "validate":
            issues = tuple(_with_text(hooks.app, wish.language, issue) for issue in hooks.issues(asking))
            return Outcome(None if issues else Sentence(N_("There is nothing to say.")), issues)
        case "calculate":
            return _fields(data, hooks.results(asking))
        case "prefill":
            return _fields(data, hooks.prefilled(data, asking))
        case "may_start":
            hooks.demand_start(asking)
            return Outcome(Sentence(N_("The form may be begun.")))
        case "task_started":
            return _fields(data, hooks.task_started(_task(hooks.app, wish.task), asking))
        case "task_ended":
            hooks.task_ended(_task(hooks.app, wish.task), asking)
            return Outcome(Sentence(N_("The step may be left.")))
        case "choose_flow":
            return _way(hooks.app, hooks.chosen_flow(wish.gateway, asking))
    options = hooks.options(asking, wish.option_id, {key: str(value) for key, value in parameters.items()})
    return Outcome(None if options else Sentence(N_("The list is empty.")), options=tuple(options or ()))


def _with_text(app: AppDefinition, language: str, issue: Issue) -> Issue:
    """The issue with the text that its message names."""
    found = app.texts(language).get(issue.message)
    return replace(issue, message=found.value) if found else issue


def _way(app: AppDefinition, chosen: str | None) -> Outcome:
    if chosen is None:
        return Outcome(Sentence(N_("The conditions decide.")))
    process = app.process
    flow = next((each for each in process.flows if each.id == chosen), None) if process else None
    if flow is None:
        return Outcome(Sentence(N_("The process has no way %(name)s."), {"name": chosen}))
    return Outcome(Sentence(N_("The process goes %(way)s."), {"way": way_name(process, flow)}))


def _task(app: AppDefinition, task_id: str) -> dict[str, str]:
    found = app.process.task(task_id) if app.process else None
    return {
        "id": task_id,
        "name": found.name if found else "",
        "type": (found.type if found else "") or "data",
    }


def _fields(before: Mapping[str, Any], after: Mapping[str, Any] | None) -> Outcome:
    had, has = dict(_leaves(before)), dict(_leaves(after if after is not None else before))
    paths = dict.fromkeys((*had, *has))
    changed = [
        (path, _shown(had.get(path)), _shown(has.get(path)))
        for path in paths
        if had.get(path) != has.get(path)
    ]
    return Outcome(None if changed else Sentence(N_("No field gets another value.")), fields=changed)


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """(path, value) of everything that is no object or list, and of those that are empty."""
    if isinstance(value, Mapping) and value:
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value:
        for index, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{index}]")
    else:
        yield path, value


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False, default=str)


def _read(text: str, wrong: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    try:
        found = read_json(text)
    except UnreadableJson as problem:
        values: dict[str, str | int | Sentence] = {
            "line": problem.line,
            "reason": translate(problem.sentence),
        }
        raise DomainError(Sentence(N_("Line %(line)s of the data: %(reason)s"), values)) from problem
    if not isinstance(found, dict):
        raise DomainError(Sentence(wrong))
    return found
