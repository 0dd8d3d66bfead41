"""Rules and outcomes in words: "Show *Children*", "hidden", "*90 000*"."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.process.naming import way_name
from studio.definition.rules.examples.outcome import OFFERED, WORDS, Outcome
from studio.definition.rules.examples.rule_names import RuleName, is_worked_out
from studio.definition.rules.of_app import validations_of
from studio.definition.rules.places import ExpressionPlace, PlaceKind
from studio.definition.rules.reasons import reason, spoken_value
from studio.definition.rules.sentences import Names, Term, Wording, read, wording_at
from studio.definition.rules.sentences.nodes import FieldValue
from studio.definition.rules.sentences.phrases import Phrase, joined
from studio.definition.rules.sentences.rule_sentences import property_phrase
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
    "option filter": N_("Offer options of %(name)s"),
    "message": N_("Say %(text)s at %(name)s"),
    "setting": N_("%(property)s of %(name)s"),
}
# Options that are named one by one; more are counted.
_MOST_OPTIONS: Final = 12
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
    "offered": Sentence(N_("offered")),
    "not offered": Sentence(N_("not offered")),
}


def names_for(app: AppDefinition, place: ExpressionPlace, language: str | None = None) -> Names:
    """What the rule at a place calls things: what it reads, seen from the form that it is read in."""
    own = next(iter(place.forms), None) if place.in_subform else place.layout_set
    return Names(app, own or next(iter(place.forms), None), place.data_type, language)


def wording_for(name: RuleName, place: ExpressionPlace, names: Names) -> Wording:
    """Puts the rule's expression into words."""
    return replace(wording_at(place, names), own=name.validation or name.calculation or None)


def title(name: RuleName, place: ExpressionPlace, names: Names) -> Sentence:
    """What a rule does, in few words."""
    values: dict[str, Any] = {"name": _owner(name, place, names), "property": property_phrase(place)}
    if name.message:
        values["text"] = _message(name, place, names)
    return Sentence(_TITLES.get(place.kind, _OTHER_TITLE), values)


def told_outcome(value: Any, name: RuleName, place: ExpressionPlace, names: Names) -> Phrase:
    """An outcome, expected or real, in words."""
    if place.kind in WORDS and isinstance(value, str) and value in OUTCOMES:
        return OUTCOMES[value]
    if place.kind == "option filter" and isinstance(value, list):
        return _options(value, place, names)
    if isinstance(value, str) and value in OFFERED:
        return OUTCOMES[value]
    beside = FieldValue(name.calculation) if name.calculation else None
    return spoken_value(value, Wording(names), beside)


def told_reason(outcome: Outcome, name: RuleName, place: ExpressionPlace, names: Names) -> Sentence | None:
    """Why a rule gave what it gave; None where nothing was asked for."""
    wording = wording_for(name, place, names)
    if not outcome.asked:
        field = {"field": names.field(name.validation)}
        return Sentence(N_("%(field)s has no answer"), field)
    if outcome.error is not None:
        return Sentence(N_("it cannot be worked out: %(reason)s"), {"reason": outcome.error.words})
    why = reason(outcome.trace, wording)
    if why is None or not outcome.option:
        return why
    left_out: dict[str, Any] = {"option": Term(outcome.option, "value"), "why": why}
    return Sentence(N_("%(option)s is left out, as %(why)s"), left_out)


def _options(values: list[Any], place: ExpressionPlace, names: Names) -> Phrase:
    """Options by what people read; many of them by their number."""
    if not values:
        return Sentence(N_("no options"))
    if len(values) > _MOST_OPTIONS:
        return Sentence(N_("%(count)s options"), {"count": len(values)})
    known = names.options_of(place.component) if place.component else None
    return joined(
        [Term(names.option(each, known) or str(each), "value", str(each)) for each in values], "and"
    )


def _message(name: RuleName, place: ExpressionPlace, names: Names) -> Phrase:
    """What a message says; one that is worked out as it is put into words."""
    if not is_worked_out(name.message):
        return names.text(name.message)
    if place.kind == "message":
        return wording_for(name, place, names).value(read(place.expression))
    rules = validations_of(names.app, place.data_type or "").rules.get(name.validation, ())
    found = [rule.message for rule in rules if isinstance(rule.message, list)]
    number = int(name.message[1:])
    return replace(Wording(names, name.validation), gives_text=True).value(read(found[number - 1]))


def _owner(name: RuleName, place: ExpressionPlace, names: Names) -> Phrase:
    if name.component:
        return names.component_term(place.component) if place.component else names.component(name.component)
    if name.page:
        return names.page(name.page)
    if place.flow is not None:
        return way_name(names.app.process, place.flow)
    if name.setting:
        return Term(name.form, "page") if name.form else Sentence(N_("all forms"))
    return names.field(name.validation or name.calculation)
