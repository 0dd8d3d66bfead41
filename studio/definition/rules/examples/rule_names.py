"""What tells a rule from all others, in words of the app.

A pointer into a file would name another rule as soon as something is put above it; these names stay.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.content_cache import ContentCache
from studio.definition.rules.of_app import validations_of
from studio.definition.rules.places import ExpressionPlace, PlaceKind, expression_places

# Rules that have no outcome of their own in one situation: they are asked for each option.
_WITHOUT_EXAMPLES: Final[frozenset[PlaceKind]] = frozenset({"option filter", "message", "setting"})
_NAMED: Final[ContentCache[Mapping["RuleName", ExpressionPlace]]] = ContentCache(64)


@dataclass(frozen=True, slots=True)
class RuleName:
    """One rule. Of these members it has those that its kind needs; the others are "".

    A property of a component (`form`, `component`, `property`), when a page is hidden (`form`, `page`), a
    calculated field (`calculation`), a message about a field (`validation`, `message`), an arrow of the
    process (`flow`).
    """

    form: str = ""
    page: str = ""
    component: str = ""
    property: str = ""
    calculation: str = ""
    validation: str = ""
    message: str = ""
    flow: str = ""

    def to_json(self) -> dict[str, str]:
        """As it is written in a file: the members that it has."""
        return {part.name: value for part in fields(self) if (value := getattr(self, part.name))}


MEMBERS: Final = tuple(part.name for part in fields(RuleName))
_SHAPES: Final = (
    {"form", "component", "property"},
    {"form", "page"},
    {"calculation"},
    {"validation", "message"},
    {"flow"},
)


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
    return place.data_type if not name.form else (place.layout_set.data_type if place.layout_set else None)


def message_text(message: Any) -> str:
    """How a message is named: its text or key; an expression has none."""
    return message if isinstance(message, str) else ""


def _named(app: AppDefinition) -> Iterator[tuple[RuleName, ExpressionPlace]]:
    seen: set[RuleName] = set()
    for place in expression_places(app):
        if place.kind in _WITHOUT_EXAMPLES:
            continue
        for name in _names(app, place):
            if name not in seen:
                seen.add(name)
                yield name, place


def _names(app: AppDefinition, place: ExpressionPlace) -> Iterator[RuleName]:
    if place.flow is not None:
        yield RuleName(flow=place.flow.id)
    elif place.kind == "calculation":
        yield from (RuleName(calculation=field) for field in place.fields)
    elif place.kind == "validation":
        for field in place.fields:
            yield from _messages(app, place, field)
    elif place.component is not None and place.layout_set is not None:
        if place.component.id and place.forms == (place.layout_set,):
            yield RuleName(form=place.layout_set.id, component=place.component.id, property=place.name)
    elif place.page is not None and place.layout_set is not None:
        yield RuleName(form=place.layout_set.id, page=place.page.name)


def _messages(app: AppDefinition, place: ExpressionPlace, field: str) -> Iterator[RuleName]:
    """The rules for a field whose condition is the one at this place."""
    for rule in validations_of(app, place.data_type or "").rules.get(field, ()):
        message = message_text(rule.message)
        if message and rule.condition == place.expression:
            yield RuleName(validation=field, message=message)
