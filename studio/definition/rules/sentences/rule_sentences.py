"""A whole rule as a sentence: what happens where, and when."""

from collections.abc import Mapping
from typing import Any, Final

from studio.definition.components import ObjectShape, Property, component_type, variants
from studio.definition.components.shapes import ListShape
from studio.definition.layouts import Component
from studio.definition.process.elements import EndEvent
from studio.definition.rules.of_app import validations_of
from studio.definition.rules.places import ExpressionPlace, PlaceKind
from studio.definition.rules.sentences.names import Names
from studio.definition.rules.sentences.nodes import Constant, Node, read
from studio.definition.rules.sentences.parts import Term, said
from studio.definition.rules.sentences.phrases import Phrase, Values, joined
from studio.definition.rules.sentences.turning import shown_rather
from studio.definition.rules.sentences.wording import Wording
from studio.definition.rules.validations import Level, Validation
from studio.definition.sentences import N_, Sentence

# What is said of what hides, by that and by what shows.
_SHOWN: Final[Mapping[PlaceKind, tuple[str, str]]] = {
    "hidden": (N_("Hide %(what)s when %(condition)s"), N_("Show %(what)s when %(condition)s")),
    "page hidden": (N_("Hide page %(what)s when %(condition)s"), N_("Show page %(what)s when %(condition)s")),
    "row hidden": (
        N_("Hide those rows of %(what)s where %(condition)s"),
        N_("Show only those rows of %(what)s where %(condition)s"),
    ),
}
_ALWAYS: Final = {True: N_("Never show %(what)s"), False: N_("Always show %(what)s")}
_CONDITIONS: Final[Mapping[PlaceKind, str]] = {
    "required": N_("Require an answer to %(what)s when %(condition)s"),
    "read-only": N_("Lock %(what)s when %(condition)s"),
    "option filter": N_("Offer only those options of %(what)s where %(condition)s"),
    "property": N_("Turn on %(property)s for %(what)s when %(condition)s"),
    "setting": N_("Turn on %(property)s when %(condition)s"),
}
_VALUES: Final[Mapping[PlaceKind, str]] = {
    "text": N_("Show %(value)s as the text %(property)s of %(what)s"),
    "query parameter": N_("Fetch the options of %(what)s with %(property)s set to %(value)s"),
    "property": N_("Set %(property)s of %(what)s to %(value)s"),
    "setting": N_("Set %(property)s to %(value)s"),
    "message": N_("Give %(value)s as the message at %(what)s"),
    "calculation": N_("Set %(what)s to %(value)s"),
}
_LEVELS: Final[Mapping[Level, str]] = {
    "error": N_("Give the error %(message)s at %(what)s when %(condition)s"),
    "warning": N_("Give the warning %(message)s at %(what)s when %(condition)s"),
    "info": N_("Give the information %(message)s at %(what)s when %(condition)s"),
    "success": N_("Give the confirmation %(message)s at %(what)s when %(condition)s"),
}
_SETTINGS: Final = {
    "hideAppNameInPdf": Sentence(N_("No app name in the PDF")),
    "navigationTitle": Sentence(N_("Title of the navigation")),
}


def rule_sentence(
    place: ExpressionPlace, names: Names, rule: Validation | None = None, *, shows: bool | None = None
) -> Sentence:
    """What the rule in a place does, in words: "Show *Children* when *Do you have children?* is *Yes*".

    `rule` is the validation whose condition it is, where that does not stand in the file. `shows` has what
    hides something said by what shows it (or not); None: as it reads best.
    """
    return _Rule(place, names, rule, shows=shows).sentence(read(place.expression))


def wording_at(place: ExpressionPlace, names: Names) -> Wording:
    """How expressions in a place are put into words there."""
    own = place.fields[0] if len(place.fields) == 1 else None
    filtered = place.component if place.kind == "option filter" else None
    return Wording(names, own, filtered, gives_text=place.kind in {"text", "message"})


def names_at(place: ExpressionPlace, names: Names) -> Names:
    """The names seen from a place: those of its form, or of its data type."""
    return Names(names.app, place.layout_set, place.data_type, names.language)


class _Rule:
    def __init__(
        self, place: ExpressionPlace, names: Names, rule: Validation | None, *, shows: bool | None = None
    ) -> None:
        self.rule = rule
        self.shows = shows
        self.place = place
        self.names = names
        self.wording = wording_at(place, names)

    def sentence(self, node: Node) -> Sentence:
        place = self.place
        values: Values = {"what": self._what(), "property": property_phrase(self.place)}
        if place.kind in _SHOWN:
            return self._shown(node, values)
        if place.kind == "gateway":
            return self._way(node)
        if place.kind == "validation":
            return self._validation(node, values)
        if place.kind in _CONDITIONS and place.wants == "boolean":
            return Sentence(_CONDITIONS[place.kind], values | {"condition": self.wording.condition(node)})
        return Sentence(_VALUES[place.kind], values | {"value": self.wording.result(node)})

    def _shown(self, node: Node, values: Values) -> Sentence:
        if isinstance(node, Constant) and isinstance(node.value, bool):
            return Sentence(_ALWAYS[node.value], values)
        hides, shows = _SHOWN[self.place.kind]
        rather = shown_rather(node) if self.shows is None else self.shows
        condition = self.wording.condition(node, denied=rather)
        return Sentence(shows if rather else hides, values | {"condition": condition})

    def _way(self, node: Node) -> Sentence:
        values: Values = {"condition": self.wording.condition(node)}
        process, flow = self.names.app.process, self.place.flow
        target = process.elements.get(flow.target) if process and flow else None
        values["source"] = self.names.origin(flow.source if flow else "")
        if isinstance(target, EndEvent) and not target.name:
            return Sentence(N_("End the process after %(source)s when %(condition)s"), values)
        values["what"] = self.names.task(flow.target if flow else "")
        if str(values["what"]) == str(values["source"]):
            return Sentence(N_("Go back to %(what)s when %(condition)s"), values)
        return Sentence(N_("Go from %(source)s to %(what)s when %(condition)s"), values)

    def _validation(self, node: Node, values: Values) -> Sentence:
        rule = self.rule or self._written_rule()
        values["condition"] = self.wording.condition(node)
        values["message"] = self._message(rule.message if rule else None)
        return Sentence(_LEVELS[rule.severity if rule else "error"], values)

    def _message(self, message: Any) -> Phrase:
        if isinstance(message, str) and message.strip():
            return self.names.text(message)
        return self.wording.value(read(message)) if isinstance(message, list) else Term("…", "text")

    def _written_rule(self) -> Validation | None:
        """The rule whose condition stands in the place, with what it takes from others."""
        where = self.place.pointer.rpartition("/")[0]
        found = validations_of(self.names.app, self.place.data_type or "")
        rules = (*found.definitions.values(), *(rule for each in found.rules.values() for rule in each))
        return next((rule for rule in rules if rule.pointer == where), None)

    def _what(self) -> Phrase:
        place = self.place
        if place.fields:
            return joined([self.names.field(each, place.data_type) for each in place.fields], "and")
        if place.definition:
            return said(Sentence(N_("no field yet")), "field")
        if place.component is not None:
            return self.names.component_term(place.component)
        if place.page is not None:
            return self.names.page(place.page.name)
        return Term(place.layout_set.id if place.layout_set else "", "page")


def property_phrase(place: ExpressionPlace) -> Phrase:
    """What a property is called in the property panel."""
    label = _SETTINGS.get(place.name) if place.kind == "setting" else None
    if place.component is not None:
        label = property_label(place.component, place.name)
    name = place.name.removeprefix("queryParameters.")
    return said(label, "setting", place.name) if label else Term(name, "setting", place.name)


def property_label(component: Component, name: str) -> Sentence | None:
    """What a property ("edit.deleteButton", "textResourceBindings.title") is called, where it is known."""
    repeats = component.type.casefold() == "group" and component.raw.get("maxCount", 1) != 1
    kind = component_type("RepeatingGroup" if repeats else component.type)
    first, _, rest = name.partition(".")
    if kind is None:
        return None
    if first == "textResourceBindings":
        slot = kind.text(rest)
        return slot.label if slot else None
    found = kind.property(first)
    for part in rest.split(".") if rest and first != "queryParameters" else ():
        found = next((inner for inner in _inside(found) if inner.name == part), None) if found else None
    return found.label if found and first != "queryParameters" else None


def _inside(found: Property) -> tuple[Property, ...]:
    waiting = list(variants(found.shape))
    members: list[Property] = []
    while waiting:
        shape = waiting.pop()
        if isinstance(shape, ListShape):
            waiting += variants(shape.item)
        elif isinstance(shape, ObjectShape):
            members += shape.properties
    return tuple(members)
