"""What is around a form and equal for all its components: data, texts, the instance, the person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from studio.definition.expressions.errors import ExpressionError
from studio.definition.sentences import N_

Json = Mapping[str, Any]

# Actions that can be asked about on every task.
COMMON_ACTIONS: Final = frozenset({"instantiate", "confirm", "sign", "reject", "read", "write", "complete"})


@dataclass(frozen=True, eq=False)
class Surroundings:
    """The same for every component of a form. All JSON is as it is stored.

    `models` maps a data type to its data, `resource` a key to a text resource {value, variables}, `options`
    the id of an option list to its options, `actions` an action to whether the person may carry it out.
    `worked_out_options` gives the options of a list that is no file, from the parameters of a component; None
    for every other list. Both raise OptionsNotThere where what gives a list has failed.
    """

    models: Mapping[str, Any]
    default_type: str
    language: str = "nb"
    resource: Callable[[str], Json | None] = lambda _key: None
    options: Callable[[str], Sequence[Json] | None] = lambda _id: None
    worked_out_options: Callable[[str, Mapping[str, str]], Sequence[Json] | None] = lambda _id, _asked: None
    settings: Json = field(default_factory=dict)
    instance: Json | None = None
    elements: Sequence[Json] = ()
    task_id: str | None = None
    actions: Mapping[str, bool] = field(default_factory=dict)
    external: Json = field(default_factory=dict)
    gateway_action: str | None = None

    def model(self, data_type: str) -> Any:
        """The data of a type. Raises ExpressionError for a type that is not there."""
        if data_type not in self.models:
            raise ExpressionError(N_("Data model with type %(type)s not found"), {"type": data_type})
        return self.models[data_type]

    def may(self, action: str) -> bool:
        """Whether the person may carry out an action. Raises ExpressionError for an unknown one."""
        if action not in COMMON_ACTIONS and action not in self.actions:
            values = {"action": action, "task": str(self.task_id)}
            raise ExpressionError(N_("Unknown Auth context property %(action)s for task %(task)s"), values)
        return self.actions.get(action, False)

    def instance_fact(self, key: str) -> Any:
        """A fact about the instance. Raises ExpressionError for a fact that does not exist."""
        facts: dict[str, Callable[[Json], Any]] = {
            "instanceId": lambda instance: instance.get("id"),
            "appId": lambda instance: instance.get("appId"),
            "instanceOwnerPartyId": lambda instance: _owner(instance).get("partyId"),
            "instanceOwnerPartyType": lambda instance: _party_type(_owner(instance)),
            "instanceOwnerName": lambda instance: (_owner(instance).get("party") or {}).get("name"),
        }
        if key not in facts:
            raise ExpressionError(N_("Unknown Instance context property %(key)s"), {"key": key})
        return None if self.instance is None else facts[key](self.instance)

    def page_link(self, page: str, component_id: str | None, back_to: str | None) -> str:
        """The address of a page inside the app, as the client's links spell it."""
        query = {"focusComponentId": component_id, "backToPage": back_to}
        asked = "&".join(f"{key}={quote(value, safe='')}" for key, value in query.items() if value)
        start = f"/instance/{self.instance.get('id')}/{self.task_id}" if self.instance is not None else ""
        return f"{start}/{quote(page, safe='')}{'?' if asked else ''}{asked}"


def _owner(instance: Json) -> Json:
    owner = instance.get("instanceOwner")
    return owner if isinstance(owner, Mapping) else {}


def _party_type(owner: Json) -> str:
    if owner.get("organisationNumber"):
        return "org"
    if owner.get("personNumber"):
        return "person"
    return "selfIdentified" if owner.get("username") or owner.get("externalIdentifier") else "unknown"
