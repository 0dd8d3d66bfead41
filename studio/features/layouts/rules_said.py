"""Rules in the panel: what they do, in words, and where each is edited."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flask import url_for
from flask_babel import gettext

from studio.definition.app import AppDefinition, Component, LayoutSet, Page
from studio.definition.components.ruled import ruled_values
from studio.definition.rules.places import ExpressionPlace
from studio.definition.rules.places.in_forms import in_form
from studio.definition.rules.sentences import Names, in_words, rule_sentence
from studio.web.navigation import has_page


@dataclass(frozen=True)
class RulesSaid:
    """Rules by their place in a component, as a JSON Pointer; "" is the rule that hides the page."""

    address: str = ""  # of the editor of rules, as far as the place; "" where this Studio has none
    words: Mapping[str, str] = field(default_factory=dict)

    def address_of(self, pointer: str) -> str:
        """Where the rule in a place is edited, or begun; "" where it cannot be."""
        return self.address + pointer if self.address else ""


@dataclass(frozen=True)
class Where:
    """A page of an app, and the language in which things are named."""

    org: str
    app_name: str
    app: AppDefinition
    layout_set: LayoutSet
    page: Page
    language: str

    @property
    def names(self) -> Names:
        """What things are called there."""
        return Names(self.app, self.layout_set, self.layout_set.data_type, self.language)

    def address(self, rule: str) -> str:
        """Where a rule is edited; "" where this Studio has no such place."""
        return (
            url_for("rules.rule", org=self.org, app=self.app_name, rule=rule)
            if has_page("rules.rule")
            else ""
        )

    def places(self) -> Iterator[ExpressionPlace]:
        """The expressions of the page."""
        found = in_form(self.app, self.layout_set)
        return (place for place in found if place.page is not None and place.page.name == self.page.name)


def of_component(where: Where, component: Component) -> RulesSaid:
    """The rules of a component of the page."""
    rule = f"component/{where.layout_set.id}/{component.id}"
    found = (
        place
        for place in (where.places() if any(ruled_values(component.type, component.raw)) else ())
        if place.component is not None and place.component.pointer == component.pointer
    )
    names = where.names
    words = {place.pointer.removeprefix(component.pointer): _said(place, names) for place in found}
    return RulesSaid(where.address(rule) if component.id else "", words)


def of_page(where: Where) -> RulesSaid:
    """The rule that hides the page."""
    words = {}
    if isinstance(where.page.hidden, list):
        hides = next((place for place in where.places() if place.kind == "page hidden"), None)
        words = {"": _said(hides, where.names)} if hides else {}
    return RulesSaid(where.address(f"page/{where.layout_set.id}/{where.page.name}"), words)


def _said(place: ExpressionPlace, names: Names) -> str:
    return in_words(rule_sentence(place, names), gettext)
