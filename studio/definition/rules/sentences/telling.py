"""What became of a rule, for the history: "Field *Children* is now shown when *Have you children?* is *Yes*".

Changes and comparisons speak with these words, in front of and after the same edit.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal

from studio.definition.app import AppDefinition
from studio.definition.components import Flag, is_expression, variants
from studio.definition.components.ruled import ruled_values
from studio.definition.json_text.scanning import split_pointer
from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.naming import component_noun, page_name
from studio.definition.process.elements import Flow
from studio.definition.process.naming import way_name
from studio.definition.rules.of_app import validations_of
from studio.definition.rules.places import SETTINGS, ExpressionPlace, PlaceKind, Wanted
from studio.definition.rules.sentences.names import Names
from studio.definition.rules.sentences.nodes import read
from studio.definition.rules.sentences.phrases import Values
from studio.definition.rules.sentences.rule_sentences import rule_sentence, wording_at
from studio.definition.rules.sentences.turning import shown_rather
from studio.definition.rules.validations import LEVELS, Level, Validation
from studio.definition.sentences import N_, Sentence

Became = Literal["added", "changed", "removed"]

_HIDDEN: Final = (
    N_("%(what)s on page *%(page)s* is now hidden when %(condition)s"),
    N_("%(what)s on page *%(page)s* is now shown when %(condition)s"),
)
_PAGE_HIDDEN: Final = (
    N_("Page *%(page)s* is now hidden when %(condition)s"),
    N_("Page *%(page)s* is now shown when %(condition)s"),
)
_SWITCHES: Final[Mapping[str, str]] = {
    "required": N_("%(what)s on page *%(page)s* is now required when %(condition)s"),
    "readOnly": N_("%(what)s on page *%(page)s* is now read-only when %(condition)s"),
}
_KINDS: Final[Mapping[str, PlaceKind]] = {
    "hidden": "hidden",
    "required": "required",
    "readOnly": "read-only",
    "hiddenRow": "row hidden",
    "optionFilter": "option filter",
}
_VALIDATIONS: Final[Mapping[Became, tuple[str, str]]] = {
    "added": (N_("A rule was added: %(rule)s"), N_("A rule for %(field)s was added")),
    "changed": (N_("A rule was changed: %(rule)s"), N_("A rule for %(field)s was changed")),
    "removed": (N_("A rule was removed: %(rule)s"), N_("A rule for %(field)s was removed")),
}


def property_told(
    names: Names, page: Page, component: Component, pointer: str, value: Any
) -> Sentence | None:
    """What it means that the property at `pointer` of a component follows a rule now; None for no rule.

    `names` are those of the form.
    """
    name = (split_pointer(pointer) or [""])[0]
    place = _property_place(names.layout_set, page, component, pointer, value)
    if place is None:
        return None
    values: Values = {"what": component_noun(names.app, component), "page": page_name(names.app, page.name)}
    if name == "hidden":
        return _hidden(place, names, _HIDDEN, values)
    if name in _SWITCHES:
        values["condition"] = wording_at(place, names).condition(read(value))
        return Sentence(_SWITCHES[name], values)
    return Sentence(N_("The rule is now: %(rule)s"), {"rule": rule_sentence(place, names)})


def page_told(names: Names, page: str, hidden: Any) -> Sentence:
    """What it means that a page is hidden by a rule now."""
    place = ExpressionPlace("", "", hidden, "page hidden", "hidden", "boolean", names.data_type)
    return _hidden(place, names, _PAGE_HIDDEN, {"page": page_name(names.app, page)})


def calculation_told(names: Names, field: str, expression: Any) -> Sentence:
    """What it means that a field is calculated by an expression now; None: no longer."""
    named = {"field": names.field(field)}
    if expression is None:
        return Sentence(N_("%(field)s is no longer calculated"), named)
    place = _beside(names, field, expression, "calculation")
    value = wording_at(place, names).result(read(expression))
    return Sentence(N_("%(field)s is now calculated as %(value)s"), {**named, "value": value})


def validation_told(names: Names, field: str, rule: Any, became: Became) -> Sentence:
    """What became of a rule (JSON, as the file has it) that answers in a field must keep."""
    in_words, without = _VALIDATIONS[became]
    found = _resolved(names, rule)
    if found is None:
        return Sentence(without, {"field": names.field(field)})
    place = _beside(names, field, found.condition, "validation")
    return Sentence(in_words, {"rule": rule_sentence(place, names, found)})


def flow_told(app: AppDefinition, flow: str, expression: Any) -> Sentence:
    """What it means that the process goes along a flow by an expression now; None: it has no condition."""
    found = flow_of(app, flow)
    if expression is None:
        name = way_name(app.process, found) if found else flow
        return Sentence(N_("The process can go %(way)s without a condition now"), {"way": name})
    place = ExpressionPlace("", "", expression, "gateway", "condition", "boolean", flow=found)
    return Sentence(N_("The rule is now: %(rule)s"), {"rule": rule_sentence(place, Names(app))})


def flow_of(app: AppDefinition, flow: str) -> Flow | None:
    """An arrow of the process by its id."""
    return next((each for each in (app.process.flows if app.process else ()) if each.id == flow), None)


def setting_told(app: AppDefinition, file: str, name: str, value: Any) -> Sentence:
    """What it means that a setting has a value now (None: none)."""
    place = ExpressionPlace(file, "", value, "setting", name, SETTINGS.get(name, "any"))
    if not is_expression(value):
        return Sentence(N_("The setting %(name)s was changed"), {"name": name})
    return Sentence(N_("The rule is now: %(rule)s"), {"rule": rule_sentence(place, Names(app))})


def _beside(names: Names, field: str, expression: Any, kind: PlaceKind) -> ExpressionPlace:
    return ExpressionPlace("", "", expression, kind, "", "boolean", names.data_type, fields=(field,))


def _hidden(place: ExpressionPlace, names: Names, messages: tuple[str, str], values: Values) -> Sentence:
    node = read(place.expression)
    rather = shown_rather(node)
    condition = wording_at(place, names).condition(node, denied=rather)
    return Sentence(messages[rather], values | {"condition": condition})


def _property_place(
    layout_set: LayoutSet | None, page: Page, component: Component, pointer: str, value: Any
) -> ExpressionPlace | None:
    if not is_expression(value) or layout_set is None:
        return None
    inside: Any = value
    for part in reversed(split_pointer(pointer)):
        inside = {part: inside}
    raw = {**inside, "maxCount": component.raw.get("maxCount", 1)}
    found = next((each for each in ruled_values(component.type, raw) if each.pointer == pointer), None)
    if found is None:
        return None
    kind = "text" if found.name.startswith("textResourceBindings.") else _KINDS.get(found.name, "property")
    wants: Wanted = "boolean" if any(isinstance(shape, Flag) for shape in variants(found.shape)) else "any"
    return ExpressionPlace(
        page.path,
        component.pointer + pointer,
        value,
        "query parameter" if found.name.startswith("queryParameters.") else kind,
        found.name,
        wants,
        layout_set.data_type,
        forms=(layout_set,),
        layout_set=layout_set,
        page=page,
        component=component,
    )


def _resolved(names: Names, rule: Any) -> Validation | None:
    """A rule with what it takes from a definition; None where it has no condition."""
    known = validations_of(names.app, names.data_type or "").definitions
    if isinstance(rule, str):
        return known.get(rule)
    if not isinstance(rule, Mapping):
        return None
    base = known.get(str(rule.get("ref")))
    if base is None and "condition" not in rule:
        return None
    condition, message = rule.get("condition"), rule.get("message")
    if base is not None:
        condition = rule.get("condition", base.condition)
        message = rule.get("message", base.message)
    return Validation(condition, message, _level(rule.get("severity"), base))


def _level(given: Any, base: Validation | None) -> Level:
    spelled = str(given).lower()
    return next((level for level in LEVELS if level == spelled), base.severity if base else "error")
