"""What the Python hooks of an app are written against: the values they are given, and those they answer with.

A hook is a function with a known name in `App/logic/*.py`, or `options` in `App/logic/options/<list>.py`:

    validate(data, context)            -> the issues that it finds: Iterable[Issue]
    calculate(data, context)           -> the fields that it works out: {path: value}
    prefill(data, context)             -> the fields that are filled in beforehand: {path: value}
    may_start(context)                 -> nothing; raises Refused where the form may not be begun
    task_ended(task, data, context)    -> nothing; raises Refused where the step may not be left
    task_started(task, data, context)  -> fields of the step's form: {path: value}; may raise Refused
    choose_flow(gateway, data, context) -> the id of the flow out of a gateway, or None for its conditions
    options(data, parameters, context) -> the choices: Iterable[Option]

Only what a type checker needs is in here, so that hooks can be checked and tested on any machine:

    from studio_app import Context
    from logic.age import validate

    assert list(validate({"age": 17}, Context())) != []
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Literal, NoReturn

__all__ = [
    "Context",
    "Data",
    "Http",
    "HttpAnswer",
    "HttpFailed",
    "Issue",
    "Option",
    "Party",
    "Person",
    "Refused",
    "Severity",
    "Task",
    "Value",
    "refuse",
]

Severity = Literal["error", "warning", "info", "success"]
# What one field holds. Numbers are int or Decimal, never float.
Value = str | int | Decimal | bool | date | datetime | time | None
# Form data: objects by the names of the data model's fields, lists for what repeats. A field without an
# answer is not there: `data.get("age")`.
Data = Mapping[str, Any]


class Refused(Exception):
    """Something is not allowed; the message is a text for the person, or the key of a text resource."""


def refuse(message: str) -> NoReturn:
    """Stop here, and say why."""
    raise Refused(message)


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to say about the answers.

    `field` is a path with indexes ("children[0].name"), "" for the form as a whole. `message` is a text, or
    the key of a text resource. An error stops the form, the others do not. `data_type` is set where the field
    is not one of the form's own data type.
    """

    field: str
    message: str
    severity: Severity = "error"
    data_type: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. The texts may be keys of text resources; tags are the further columns of a List."""

    value: str | int | Decimal | bool | None
    label: str
    description: str | None = None
    help_text: str | None = None
    tags: Mapping[str, str | int | Decimal | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Party:
    """On whose behalf the form is filled in."""

    id: int = 0
    name: str = ""
    kind: Literal["person", "organisation"] = "person"
    organisation_number: str | None = None
    national_number: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Who fills it in."""

    id: int = 0
    name: str = ""
    national_number: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A step of the process. `type` is "data", "confirmation" and so on."""

    id: str = ""
    name: str = ""
    type: str = "data"


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What another server answered."""

    status: int
    text: str


class HttpFailed(Exception):
    """Nothing was fetched; the message says why. A hook that lets it pass has failed."""


class Http:
    """Fetches from the servers that App/logic/settings.json names. This one, for tests, has none."""

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> HttpAnswer:  # noqa: ARG002 - it has no servers
        """Fetch an https address. Raises HttpFailed where the server is not named, or does not answer."""
        raise HttpFailed(f"{address} is not on the list of servers")


@dataclass(frozen=True, slots=True)
class Context:
    """What a hook knows beside the data. Everything has a value, so that a test names only what it is about.

    `language` is that of the form ("nb"). `now` is the time of the request in UTC, `today` its date: there is
    one time in a request, and the same one every day in a test. `instance_id` is "" before there is one.
    `models` is the data of every data type by its id, `data_type` the one that `data` is.
    """

    language: str = "nb"
    today: date = date(2026, 1, 1)
    now: datetime = datetime(2026, 1, 1, 12, tzinfo=UTC)
    party: Party = Party()
    person: Person = Person()
    instance_id: str = ""
    task: Task = Task()
    data_type: str = ""
    models: Mapping[str, Data] = field(default_factory=dict)
    environment: str = "test"
    preview: bool = False
    http: Http = field(default_factory=Http)
