"""What a new file with a hook begins with: code that runs, with a field of the app in it."""

import json
import keyword
import re
from collections.abc import Mapping
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.app_logic.interface import HOOKS, Hook
from studio.definition.data_model import Field
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

_MODULE: Final = re.compile(r"[a-z_][a-z0-9_]{0,59}")
_LIST: Final = re.compile(r"[A-Za-z0-9_-]{1,60}")
# Where the app has no field yet.
_SOME_FIELD: Final = "name"

_CODE: Final[Mapping[Hook, str]] = {
    "validate": '''\
"""Checks of the answers."""

from collections.abc import Iterator

from studio_app import Context, Data, Issue


def validate(data: Data, context: Context) -> Iterator[Issue]:
    """What there is to say about the answers. An error stops the form, a warning does not."""
    if data.get("FIELD") == "?":
        yield Issue("FIELD", "Write an answer instead of a question mark.")
''',
    "calculate": '''\
"""Fields that are worked out."""

from studio_app import Context, Data, Value


def calculate(data: Data, context: Context) -> dict[str, Value]:
    """Fields and what they are to hold. It is called after every change of the answers."""
    if "FIELD" not in data:
        return {}
    return {"FIELD": str(data["FIELD"]).strip()}
''',
    "prefill": '''\
"""What is filled in when a form is begun."""

from studio_app import Context, Data, Value


def prefill(data: Data, context: Context) -> dict[str, Value]:
    """Fields and what they are to hold from the start. The person can change them."""
    return {"FIELD": context.party.name}
''',
    "may_start": '''\
"""Who may begin the form."""

from studio_app import Context, refuse


def may_start(context: Context) -> None:
    """Nothing is given where the form may be begun."""
    if context.party.kind == "organisation":
        refuse("Only people can apply.")
''',
    "task_started": '''\
"""What happens when a step has begun."""

from studio_app import Context, Data, Task, Value


def task_started(task: Task, data: Data, context: Context) -> dict[str, Value]:
    """Fields of the step's form and what they are to hold."""
    return {}
''',
    "task_ended": '''\
"""What has to hold before a step is left."""

from studio_app import Context, Data, Task, refuse


def task_ended(task: Task, data: Data, context: Context) -> None:
    """Nothing is given where the step may be left."""
    if "FIELD" not in data:
        refuse("Something is missing.")
''',
    "choose_flow": '''\
"""Which way the process goes at a fork."""

from studio_app import Context, Data


def choose_flow(gateway: str, data: Data, context: Context) -> str | None:
    """The id of a way out of the fork; None leaves it to the conditions of the ways."""
    return None
''',
    "options": '''\
"""What can be chosen."""

from collections.abc import Iterator, Mapping

from studio_app import Context, Data, Option


def options(data: Data, parameters: Mapping[str, str], context: Context) -> Iterator[Option]:
    """The choices. `parameters` is what the component asks with."""
    yield Option("yes", "Yes")
    yield Option("no", "No")
''',
}


def beginning(app: AppDefinition, hook: Hook) -> str:
    """The code of a new file with this hook, about a field that the app has."""
    # As in JSON: a name may hold quotes.
    return _CODE[hook].replace("FIELD", json.dumps(_a_field(app), ensure_ascii=False)[1:-1])


def new_path(app: AppDefinition, hook: Hook, name: str) -> str:
    """The path of a new file with this hook. `name` is that of the module, or the id of the list of options.

    Raises DomainError for a name that cannot be one, or that is taken.
    """
    if hook in HOOKS:
        if _MODULE.fullmatch(name) is None or keyword.iskeyword(name):
            text = N_("Write a name of small letters, digits and underscores, such as income_checks.")
            raise DomainError(Sentence(text))
        path = f"{app.paths.logic_folder}/{name}.py"
    else:
        if _LIST.fullmatch(name) is None:
            raise DomainError(
                Sentence(N_("Write the id of the list: letters, digits, dashes and underscores."))
            )
        path = f"{app.paths.logic_folder}/options/{name}.py"
    if path in app.files:
        raise DomainError(Sentence(N_("There is a file %(path)s already."), {"path": path}))
    return path


def _a_field(app: AppDefinition) -> str:
    """The name of the first text of a form that stands in no group."""
    for kind in app.metadata.data_types:
        model = app.model(kind.id) if kind.is_form else None
        for field in model.walk() if model else ():
            if _is_text(field):
                return field.path
    return _SOME_FIELD


def _is_text(field: Field) -> bool:
    return field.kind == "string" and not field.repeating and "." not in field.path
