"""What the page of a rule is called."""

from collections.abc import Mapping
from typing import Final

from studio.definition.rules.places import PlaceKind
from studio.definition.rules.sentences.rule_sentences import property_label
from studio.definition.sentences import N_, Sentence
from studio.features.rules.rule import Rule
from studio.web import translate

_TITLES: Final[Mapping[PlaceKind, str]] = {
    "hidden": N_("When %(what)s is shown"),
    "page hidden": N_("When the page %(what)s is shown"),
    "row hidden": N_("Which rows of %(what)s are shown"),
    "required": N_("When %(what)s must be answered"),
    "read-only": N_("When %(what)s is locked"),
    "option filter": N_("Which options of %(what)s are offered"),
    "gateway": N_("When the process goes this way: %(what)s"),
    "validation": N_("When the answer to %(what)s is wrong"),
    "message": N_("The message at %(what)s"),
    "calculation": N_("How %(what)s is worked out"),
}


def title_of(rule: Rule) -> str:
    """What the rule decides, in a few words."""
    place, things = rule.place, rule.work.things
    what = things.label(things.question(rule.about))
    message = _TITLES.get(place.kind)
    if message is not None:
        return translate(Sentence(message, {"what": what}))
    label = property_label(place.component, place.name) if place.component else None
    values: dict[str, str | int | Sentence] = {"property": label or place.name, "what": what}
    return translate(Sentence(N_("%(property)s of %(what)s"), values))
