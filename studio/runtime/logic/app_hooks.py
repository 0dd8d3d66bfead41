"""The hooks of one app for one request: what they are given, and what of their answers is used.

An answer is looked at as if a stranger had sent it: a path is one of the data model, a value fits its
field, a text is a text. What is not so is a failure of the hook.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.app_logic import AppLogic, Hook, logic_of
from studio.definition.expressions.errors import OptionsNotThere
from studio.definition.option_sources import sources_of, standard_name
from studio.definition.options.narrowing import plain
from studio.runtime.forms.hooks import Asking
from studio.runtime.forms.view import Issue, Severity
from studio.runtime.logic.failures import Failure, HookFailed, HookRefused, failed
from studio.runtime.logic.fetching import Asked
from studio.runtime.logic.runner import Call, Runner
from studio.runtime.logic.values import DoesNotFit, put, seen
from studio.runtime.option_lists import NotListed, OptionLists
from studio.services.parties import Person
from studio.web import translate

_SEVERITIES: Final[Mapping[str, Severity]] = {
    "error": "error",
    "warning": "warning",
    "info": "info",
    "success": "success",
}
_MOST_ISSUES: Final = 1000
_MOST_OPTIONS: Final = 10_000
_MOST_ASKED: Final = 50


@dataclass
class AppHooks:
    """`failures`, `printed` and `asked` are what has happened so far in this request, for who tries it."""

    app: AppDefinition
    name: str
    runner: Runner
    lists: OptionLists
    now: datetime
    person: Person | None = None
    preview: bool = False
    failures: list[Failure] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    _answers: dict[str, Sequence[Any] | HookFailed | HookRefused] = field(default_factory=dict)
    _lists: dict[str, Sequence[Mapping[str, Any]] | OptionsNotThere | None] = field(default_factory=dict)

    @cached_property
    def logic(self) -> AppLogic:
        """The app's code."""
        return logic_of(self.app)

    def has(self, hook: Hook) -> bool:
        """Whether the app has a hook."""
        return bool(self.logic.modules_with(hook))

    # What forms ask (forms/hooks.py)

    def issues(self, asking: Asking) -> tuple[Issue, ...]:
        """What `validate` says."""
        modules = self.logic.modules_with("validate")
        if not modules:
            return ()
        try:
            values = self._asked("validate", modules, asking, {"data": self._data(asking)})
            found = [each for value in values for each in self._list("validate", value, _MOST_ISSUES)]
            return tuple(self._issue(each, asking) for each in found)
        except (HookFailed, HookRefused) as error:
            return (Issue("", translate(error.sentence), "error", "Custom", "hook", asking.data_type),)

    def results(self, asking: Asking) -> Mapping[str, Any] | None:
        """The data with what `calculate` gives."""
        modules = self.logic.modules_with("calculate")
        data = asking.models.get(asking.data_type)
        if not modules or not isinstance(data, Mapping):
            return None
        try:
            values = self._asked("calculate", modules, asking, {"data": self._data(asking)})
            return self._filled("calculate", data, asking.data_type, values)
        except (HookFailed, HookRefused):
            return None  # told by page and preview; the answers stay as they are

    def options(
        self, asking: Asking, option_id: str, parameters: Mapping[str, str]
    ) -> Sequence[Mapping[str, Any]] | None:
        """The options that a hook gives, or that lie elsewhere. Raises OptionsNotThere."""
        module = self.logic.option_lists.get(option_id)
        if module is None:
            return self._from_elsewhere(asking, option_id, parameters)
        try:
            arguments = {"data": self._data(asking), "parameters": dict(parameters)}
            values = self._asked("options", (module,), asking, arguments)
            return [self._option(each) for each in self._list("options", values[0], _MOST_OPTIONS)]
        except (HookFailed, HookRefused):
            raise OptionsNotThere(option_id) from None

    def knows(self, option_id: str) -> bool:
        """Whether a hook, another server or the standard lists have a list of that id."""
        is_elsewhere = option_id in sources_of(self.app) or standard_name(option_id) is not None
        return is_elsewhere or option_id in self.logic.option_lists

    def _from_elsewhere(
        self, asking: Asking, option_id: str, parameters: Mapping[str, str]
    ) -> Sequence[Mapping[str, Any]] | None:
        """The options of a list that is fetched, or a standard one; each is looked for once in a request."""
        key = repr(("list", option_id, sorted(parameters.items()), asking.language))
        known = self._lists.get(key)
        if isinstance(known, OptionsNotThere):
            raise known
        if key in self._lists:
            return known
        try:
            found = self.lists.options(self.app, self.name, option_id, parameters, asking.language)
        except NotListed as error:
            self.failures.append(failed(self.name, option_id, "list", {"message": str(error)}))
            missing = self._lists[key] = OptionsNotThere(option_id)
            raise missing from error
        self._lists[key] = found
        return found

    # What the process of an instance asks

    def prefilled(self, data: Mapping[str, Any], asking: Asking) -> Mapping[str, Any]:
        """The data of a new element with what `prefill` gives. Raises HookFailed and HookRefused."""
        modules = self.logic.modules_with("prefill")
        if not modules:
            return data
        values = self._asked("prefill", modules, asking, {"data": self._seen(asking.data_type, data)})
        return self._filled("prefill", data, asking.data_type, values)

    def demand_start(self, asking: Asking) -> None:
        """Raises HookRefused where `may_start` says no, and HookFailed."""
        modules = self.logic.modules_with("may_start")
        if modules:
            self._asked("may_start", modules, asking, {})

    def task_ended(self, task: Mapping[str, str], asking: Asking) -> None:
        """Before a step is left. Raises HookRefused and HookFailed."""
        modules = self.logic.modules_with("task_ended")
        if modules:
            self._asked("task_ended", modules, asking, self._of_task(task, asking))

    def task_started(self, task: Mapping[str, str], asking: Asking) -> Mapping[str, Any] | None:
        """The form's data of a new step with what the hook gives. Raises HookRefused and HookFailed."""
        modules = self.logic.modules_with("task_started")
        if not modules:
            return None
        values = self._asked("task_started", modules, asking, self._of_task(task, asking))
        data = asking.models.get(asking.data_type)
        if not any(values):
            return None
        kind = self.app.metadata.data_type(asking.data_type)
        if not isinstance(data, Mapping) or kind is None or kind.task_id != task["id"]:
            raise self._useless("task_started", "the step has no form that could be filled in")
        return self._filled("task_started", data, asking.data_type, values)

    def chosen_flow(self, gateway: str, asking: Asking) -> str | None:
        """The id of the flow that a hook chooses; None where none does. Raises HookRefused and HookFailed."""
        modules = self.logic.modules_with("choose_flow")
        if not modules:
            return None
        arguments = {"gateway": gateway, "data": self._data(asking)}
        values = self._asked("choose_flow", modules, asking, arguments)
        chosen = [value for value in values if value is not None]
        if any(not isinstance(value, str) for value in chosen):
            raise self._useless("choose_flow", "a flow is named by its id")
        return chosen[0] if chosen else None

    # Asking, and looking at what comes back

    def _asked(
        self, hook: Hook, modules: Sequence[str], asking: Asking, arguments: Mapping[str, Any]
    ) -> Sequence[Any]:
        """The answers of the modules. The same question is asked once in a request."""
        whole = {**arguments, "context": self._context(asking)}
        # The order of the arguments is that of the hook: context last.
        key = repr((hook, modules, whole))
        if key not in self._answers:
            try:
                call = Call(self.name, self.logic, hook, tuple(modules), whole)
                self._answers[key] = self.runner.run(call, self.printed.append, self._note_asked)
            except HookRefused as refused:
                self._answers[key] = HookRefused.saying(self._text(refused, asking.language))
            except HookFailed as error:
                self.failures.append(error.failure)
                self._answers[key] = error
        found = self._answers[key]
        if isinstance(found, HookFailed | HookRefused):
            raise found
        return found

    def _note_asked(self, asked: Asked) -> None:
        """A hook can ask again and again until its time is up; the first times say enough."""
        if len(self.asked) < _MOST_ASKED:
            self.asked.append(asked)

    def _context(self, asking: Asking) -> dict[str, Any]:
        instance = asking.instance or {}
        task = (instance.get("process") or {}).get("currentTask") or {}
        return {
            "language": asking.language,
            "today": self.now.date(),
            "now": self.now,
            "party": _party(asking),
            "person": _person(self.person),
            "instance_id": str(instance.get("id") or ""),
            "task": _task(task),
            "data_type": asking.data_type,
            "models": {
                name: self._seen(name, data)
                for name, data in asking.models.items()
                if name != asking.data_type  # which is there once already
            },
            "environment": self.runner.environment,
            "preview": self.preview,
        }

    def _seen(self, data_type: str, data: Any) -> Mapping[str, Any]:
        return seen(self.app.model(data_type), data) if isinstance(data, Mapping) else {}

    def _data(self, asking: Asking) -> Mapping[str, Any]:
        return self._seen(asking.data_type, asking.models.get(asking.data_type))

    def _of_task(self, task: Mapping[str, str], asking: Asking) -> dict[str, Any]:
        return {"task": dict(task), "data": self._data(asking)}

    def _filled(
        self, hook: Hook, data: Mapping[str, Any], data_type: str, values: Sequence[Any]
    ) -> Mapping[str, Any]:
        """The data with fields that a hook gives. Raises HookFailed where one does not fit."""
        model = self.app.model(data_type)
        found = copy.deepcopy(dict(data))
        for value in values:
            if not isinstance(value, Mapping) or model is None:
                raise self._useless(hook, "fields are given as {path: value}")
            for path, each in value.items():
                try:
                    put(found, model, path, each)
                except DoesNotFit as error:
                    raise self._useless(hook, str(error)) from error
        return found

    def _list(self, hook: Hook, value: Any, most: int) -> list[Mapping[str, Any]]:
        if (
            not isinstance(value, list)
            or len(value) > most
            or not all(isinstance(each, Mapping) for each in value)
        ):
            raise self._useless(hook, f"it gives a list of at most {most}")
        return value

    def _issue(self, given: Mapping[str, Any], asking: Asking) -> Issue:
        message, severity = given.get("message"), _SEVERITIES.get(str(given.get("severity")))
        place, data_type = given.get("field"), given.get("data_type")
        if (
            not (isinstance(message, str) and isinstance(place, str) and isinstance(data_type, str))
            or severity is None
        ):
            raise self._useless(
                "validate", "an issue has a field, a message and a severity, all of them text"
            )
        return Issue(place, message, severity, "Custom", message, data_type or asking.data_type)

    def _option(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        value = given.get("value")
        texts = [given.get(name) for name in ("label", "description", "help_text")]
        tags = given.get("tags", {})
        if (
            not isinstance(value, str | int | Decimal | bool | None)
            or not isinstance(texts[0], str)
            or not all(isinstance(text, str | None) for text in texts)
            or not _are_tags(tags)
        ):
            raise self._useless("options", "an option has a plain value, texts, and plain values as tags")
        named = {"label": texts[0], "description": texts[1], "helpText": texts[2]}
        return {"value": value, **named, "tags": {name: plain(tag) for name, tag in tags.items()}}

    def _useless(self, hook: Hook, reason: str) -> HookFailed:
        """The failure that an answer is of no use; it is in the log and in the preview from now on."""
        known = next((each for each in self.failures if (each.hook, each.message) == (hook, reason)), None)
        if known is None:
            known = failed(self.name, hook, "value", {"message": reason}, code=self.logic.key)
            self.failures.append(known)
        return HookFailed(known)

    def _text(self, refused: HookRefused, language: str) -> str:
        """What a hook refuses with: a text resource where there is one of that name."""
        given = str(refused.sentence.values.get("reason", ""))
        found = self.app.texts(language).get(given) or self.app.texts("nb").get(given)
        return found.value if found else given


def _are_tags(given: Any) -> bool:
    return isinstance(given, Mapping) and all(
        isinstance(name, str) and isinstance(tag, str | int | Decimal | bool) for name, tag in given.items()
    )


def _party(asking: Asking) -> dict[str, Any]:
    owner = asking.owner
    if owner is not None:
        return _party_json(owner.party_id, owner.name, owner.organisation_number, owner.national_number)
    held = (asking.instance or {}).get("instanceOwner") or {}
    party = held.get("party") or {}
    number = str(held.get("partyId") or "0")
    return _party_json(
        int(number) if number.isdecimal() else 0,
        str(party.get("name") or ""),
        held.get("organisationNumber"),
        held.get("personNumber"),
    )


def _party_json(id_: int, name: str, organisation: str | None, national: str | None) -> dict[str, Any]:
    return {
        "id": id_,
        "name": name,
        "kind": "organisation" if organisation else "person",
        "organisation_number": organisation,
        "national_number": national,
    }


def _person(person: Person | None) -> dict[str, Any]:
    if person is None:
        return {}
    return {"id": person.user_id, "name": person.name, "national_number": person.party.national_number}


def _task(current: Mapping[str, Any]) -> dict[str, str]:
    return {
        "id": str(current.get("elementId") or ""),
        "name": str(current.get("name") or ""),
        "type": str(current.get("altinnTaskType") or "data"),
    }
