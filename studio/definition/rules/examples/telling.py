"""Rules and outcomes in words: "Show *Children*", "hidden", "*90 000*"."""

from collections.abc import Mapping
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.layouts import LayoutSet
from studio.definition.process.naming import way_name
from studio.definition.rules.examples.outcomes import WORDS, Outcome
from studio.definition.rules.examples.rule_names import RuleName
from studio.definition.rules.places import ExpressionPlace, PlaceKind
from studio.definition.rules.reasons import reason, spoken_value
from studio.definition.rules.sentences import Names, Wording
from studio.definition.rules.sentences.nodes import FieldValue
from studio.definition.rules.sentences.phrases import Phrase
from studio.definition.sentences import N_, Sentence

_TITLES: Final[Mapping[PlaceKind, str]] = {
    "page hidden": N_("Show the page %(name)s"),
    "hidden": N_("Show %(name)s"),
    "row hidden": N_("Show rows of %(name)s"),
    "required": N_("Require %(name)s"),
    "read-only": N_("Lock %(name)s"),
    "calculation": N_("Calculate %(name)s"),
    "validation": N_("Message %(text)s at %(name)s"),
    "gateway": N_("Go %(name)s"),
    "text": N_("Text of %(name)s (%(property)s)"),
}
_OTHER_TITLE: Final = N_("Property %(property)s of %(name)s")
OUTCOMES: Final[Mapping[str, Sentence]] = {
    "shown": Sentence(N_("shown")),
    "hidden": Sentence(N_("hidden")),
    "required": Sentence(N_("required")),
    "optional": Sentence(N_("optional")),
    "read-only": Sentence(N_("locked")),
    "editable": Sentence(N_("open for writing")),
    "given": Sentence(N_("given")),
    "not given": Sentence(N_("not given")),
    "taken": Sentence(N_("taken")),
    "not taken": Sentence(N_("not taken")),
}
_TEXT_SLOT: Final = "textResourceBindings."


def names_for(app: AppDefinition, place: ExpressionPlace, language: str | None = None) -> Names:
    """What the rule at a place calls things."""
    return Names(app, place.layout_set or _own_form(place), place.data_type, language)


def wording_for(name: RuleName, names: Names) -> Wording:
    """Puts the rule's expression into words."""
    return Wording(names, name.validation or name.calculation or None)


def title(name: RuleName, place: ExpressionPlace, names: Names) -> Sentence:
    """What a rule does, in few words."""
    shown = place.name.removeprefix(_TEXT_SLOT)
    values: dict[str, Any] = {"name": _owner(name, place, names), "property": shown}
    if name.message:
        values["text"] = names.text(name.message)
    return Sentence(_TITLES.get(place.kind, _OTHER_TITLE), values)


def told_outcome(value: Any, name: RuleName, place: ExpressionPlace, names: Names) -> Phrase:
    """An outcome, expected or real, in words."""
    if place.kind in WORDS and isinstance(value, str) and value in OUTCOMES:
        return OUTCOMES[value]
    beside = FieldValue(name.calculation) if name.calculation else None
    return spoken_value(value, Wording(names), beside)


def told_reason(outcome: Outcome, name: RuleName, names: Names) -> Sentence | None:
    """Why a rule gave what it gave; None where nothing was asked for."""
    wording = wording_for(name, names)
    if not outcome.asked:
        field = {"field": names.field(name.validation)}
        return Sentence(N_("%(field)s has no answer"), field)
    if outcome.error is not None:
        return Sentence(N_("it cannot be worked out: %(reason)s"), {"reason": outcome.error.words})
    return reason(outcome.trace, wording)


def _owner(name: RuleName, place: ExpressionPlace, names: Names) -> Phrase:
    if name.component:
        return names.component(name.component)
    if name.page:
        return names.page(name.page)
    if place.flow is not None:
        return way_name(names.app.process, place.flow)
    return names.field(name.validation or name.calculation)


def _own_form(place: ExpressionPlace) -> LayoutSet | None:
    return place.forms[0] if place.forms else None
