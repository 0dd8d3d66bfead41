"""One rule in the editor: where it stands, how it is looked at, and what can be picked in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Literal

from studio.definition.app import AppDefinition
from studio.definition.changes import Change
from studio.definition.errors import NotThere
from studio.definition.files import EditedFiles
from studio.definition.rules.influences import Thing, targets_of
from studio.definition.rules.places import ExpressionPlace, expression_places
from studio.definition.rules.sentences import (
    Names,
    Node,
    Offers,
    Path,
    Wording,
    facing,
    read,
    turned,
    wording_at,
    write,
)
from studio.definition.rules.sentences.function import Role
from studio.definition.sentences import N_, Sentence
from studio.features.rules.address import RuleAddress, places_by_address, read_address
from studio.features.rules.changing import set_expression
from studio.features.rules.naming import Option, named_in
from studio.features.rules.workplace import Workplace

# How something is looked at that a rule hides: by what shows it, or by what hides it. "": it is no such rule.
Facing = Literal["show", "hide", ""]
_HIDING: Final = frozenset({"hidden", "page hidden", "row hidden"})
# Stands where a rule is going to, to see what the place would take.
_ANY_CALL: Final = ["if", True, True]


@dataclass(frozen=True)
class Rule:
    """A rule of an app; one that is not written yet has no expression in its place."""

    work: Workplace
    address: RuleAddress
    place: ExpressionPlace
    exists: bool
    facing: Facing

    @property
    def is_condition(self) -> bool:
        """Whether it holds or does not, and gives no other value."""
        return self.place.wants == "boolean"

    @cached_property
    def node(self) -> Node:
        """The expression as it is edited: by what shows something where that is how it is looked at."""
        node = read(self.place.expression)
        return turned(node) if self.facing == "show" else node

    @property
    def expression(self) -> Any:
        """The same as JSON."""
        return write(self.node)

    def stored(self, expression: Any) -> Any:
        """What is written into the app for an expression as it is edited."""
        return write(turned(read(expression))) if self.facing == "show" else expression

    def path_of(self, at: Path) -> Path:
        """The path in the edited expression of a part of the stored one."""
        stored, edited = self.place.expression, self.expression
        if stored == edited or self.facing != "show":
            return at
        if isinstance(stored, list) and stored[:1] == ["not"]:
            return at[1:]
        return (1, *at) if edited == ["not", stored] else at

    @cached_property
    def names(self) -> Names:
        """What things are called, seen from here."""
        return self.work.names(self.place.layout_set, self.place.data_type)

    @property
    def wording(self) -> Wording:
        """Puts parts of the rule into words."""
        return wording_at(self.place, self.names)

    @cached_property
    def offers(self) -> Offers:
        """What can be picked."""
        return Offers(self.place, self.names)

    @cached_property
    def about(self) -> Thing:
        """What the rule decides about."""
        return next(iter(targets_of(self.place)), Thing("form", "", ""))

    def named(self, role: Role) -> tuple[Option, ...]:
        """What an argument of a function can name here, as JSON; () where that is anything."""
        return named_in(self.place, self.names, role)

    def change(self, expression: Any) -> Change:
        """The change that gives the rule another expression (as it is edited)."""
        return set_expression(self.work.app, self.address, self.stored(expression))


def rule_at(work: Workplace, text: str, wanted: str = "") -> Rule:
    """The rule that an address names, looked at as `wanted` ("show", "hide").

    Raises NotThere where the app has no place for such a rule.
    """
    address = read_address(text)
    found = work.by_address.get(str(address))
    place = found or _empty_place(work.app, address)
    return Rule(work, address, place, found is not None, _facing(place, wanted, exists=found is not None))


def _facing(place: ExpressionPlace, wanted: str, *, exists: bool) -> Facing:
    if place.kind not in _HIDING:
        return ""
    if wanted in ("show", "hide"):
        return "show" if wanted == "show" else "hide"
    return "show" if not exists or facing(place.expression).shows else "hide"


def _empty_place(app: AppDefinition, address: RuleAddress) -> ExpressionPlace:
    """The place where a rule could be written: as it is in the app with some rule there."""
    edits: Mapping[str, bytes | None] = set_expression(app, address, _ANY_CALL).apply(app)
    after = AppDefinition(EditedFiles(app.files, edits))
    found = places_by_address(tuple(expression_places(after))).get(str(address))
    if found is None:
        raise NotThere(Sentence(N_("No rule can stand in this place.")))
    return replace(found, expression=None)
