"""What tells a rule from all others, in words of the app.

A pointer into a file would name another rule as soon as something is put above it; these names stay.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.content_cache import ContentCache
from studio.definition.rules.of_app import validations_of
from studio.definition.rules.places import ExpressionPlace, expression_places

_NAMED: Final[ContentCache[Mapping["RuleName", ExpressionPlace]]] = ContentCache(64)


@dataclass(frozen=True, slots=True)
class RuleName:
    """One rule. Of these members it has those that its kind needs; the others are "".

    A property of a component (`form`, `component`, `property`), when a page is hidden (`form`, `page`), a
    calculated field (`calculation`), a message about a field (`validation`, `message`), what such a message
    says where that is worked out (and `property`: "message"), an arrow of the process (`flow`), a setting of
    a form or of all forms (`form`, `setting`; `setting`).

    A message that is worked out has no text to name it by: "#1" is the first such of its field. Of several
    expressions that a property has in a list, the second is "tableColumns.cellContent.value#2".
    """

    form: str = ""
    page: str = ""
    component: str = ""
    property: str = ""
    calculation: str = ""
    validation: str = ""
    message: str = ""
    flow: str = ""
    setting: str = ""

    def to_json(self) -> dict[str, str]:
        """As it is written in a file: the members that it has."""
        return {part.name: value for part in fields(self) if (value := getattr(self, part.name))}


MEMBERS: Final = tuple(part.name for part in fields(RuleName))
_SHAPES: Final = (
    {"form", "component", "property"},
    {"form", "page"},
    {"calculation"},
    {"validation", "message"},
    {"validation", "message", "property"},
    {"flow"},
    {"form", "setting"},
    {"setting"},
)
_NUMBERED: Final = "#"


def read_rule_name(value: Any) -> RuleName | None:
    """The name in a JSON object; None where it is none."""
    if not isinstance(value, Mapping) or set(value) not in _SHAPES:
        return None
    if not all(isinstance(given, str) and given for given in value.values()):
        return None
    return RuleName(**value)


def named_rules(app: AppDefinition) -> Mapping[RuleName, ExpressionPlace]:
    """Every rule that can have examples, with its place, in the order of the app."""
    return _NAMED.get(app.files.tree_id, lambda: dict(_named(app)))


def names_of(app: AppDefinition, place: ExpressionPlace) -> tuple[RuleName, ...]:
    """The names of the rule at a place: several where fields share it, none where it has no examples."""
    return tuple(name for name, found in named_rules(app).items() if found.key == place.key)


def model_of(name: RuleName, place: ExpressionPlace) -> str | None:
    """The data type whose fields an example of this rule gives answers for."""
    if not name.form and not name.setting:
        return place.data_type
    form = next(iter(place.forms), None) if place.in_subform or not name.form else place.layout_set
    return form.data_type if form else None


def is_worked_out(message: str) -> bool:
    """Whether a message is named by its number, as it has no text or key of its own."""
    return message.startswith(_NUMBERED)


def _named(app: AppDefinition) -> Iterator[tuple[RuleName, ExpressionPlace]]:
    seen: dict[RuleName, int] = {}
    for place in expression_places(app):
        for name in _names(app, place):
            times = seen[name] = seen.get(name, 0) + 1
            if times == 1:
                yield name, place
            elif name.component:
                yield replace(name, property=f"{name.property}{_NUMBERED}{times}"), place


def _names(app: AppDefinition, place: ExpressionPlace) -> Iterator[RuleName]:
    form = place.layout_set.id if place.layout_set else ""
    if place.flow is not None:
        yield RuleName(flow=place.flow.id)
    elif place.kind == "calculation":
        yield from (RuleName(calculation=field) for field in place.fields)
    elif place.kind in {"validation", "message"}:
        for field in place.fields:
            yield from _messages(app, place, field)
    elif place.kind == "setting":
        yield RuleName(form=form, setting=place.name)
    elif place.component is not None:
        if place.component.id and place.forms:
            yield RuleName(form=form, component=place.component.id, property=place.name)
    elif place.page is not None:
        yield RuleName(form=form, page=place.page.name)


def _messages(app: AppDefinition, place: ExpressionPlace, field: str) -> Iterator[RuleName]:
    """The rules for a field whose condition, or whose message, is the one at this place."""
    worked_out = 0
    for rule in validations_of(app, place.data_type or "").rules.get(field, ()):
        worked_out += isinstance(rule.message, list)
        message = f"{_NUMBERED}{worked_out}" if isinstance(rule.message, list) else rule.message
        if not isinstance(message, str) or not message:
            continue
        if place.kind == "validation" and rule.condition == place.expression:
            yield RuleName(validation=field, message=message)
        elif place.kind == "message" and rule.message == place.expression:
            yield RuleName(validation=field, message=message, property="message")
