"""What can be picked while a rule is built: fields, comparisons, values and functions that fit the place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

from studio.definition.components import component_type
from studio.definition.data_model import ROW_ID, Field
from studio.definition.rules.places import ExpressionPlace
from studio.definition.rules.sentences.columns import column
from studio.definition.rules.sentences.function import Function, ValueType
from studio.definition.rules.sentences.functions import FUNCTIONS
from studio.definition.rules.sentences.kinds import Kinds
from studio.definition.rules.sentences.names import AnswerKind, Holder, Names
from studio.definition.rules.sentences.nodes import Node, read
from studio.definition.rules.sentences.operators import DATES, NUMBERS, OPERATORS, Operator, compared
from studio.definition.rules.sentences.parts import Term, said
from studio.definition.rules.sentences.phrases import Phrase
from studio.definition.rules.sentences.rule_sentences import wording_at
from studio.definition.rules.sentences.values import NO, YES, as_json, known_values
from studio.definition.sentences import N_, Sentence

_ALIKE: Final = ("equals", "notEquals")
_FILLED: Final = ("isAnswered", "isEmpty")
_OPERATORS: Final[Mapping[AnswerKind, tuple[str, ...]]] = {
    "text": (*_ALIKE, *_FILLED, "contains", "notContains", "startsWith", "endsWith"),
    "number": (*_ALIKE, *NUMBERS, *_FILLED),
    "date": (*DATES, *_FILLED),
    "time": (*_ALIKE, *_FILLED),
    "boolean": (*_ALIKE, *_FILLED),
    "option": (*_ALIKE, *_FILLED),
    "options": ("commaContains", *_FILLED),
    "list": _FILLED,
    "group": _FILLED,
    "any": (
        *_ALIKE,
        *_FILLED,
        *NUMBERS,
        *DATES,
        "contains",
        "notContains",
        "startsWith",
        "endsWith",
        "commaContains",
    ),
}
# Functions that only the platform's client knows; what runs on its server alone cannot use them.
_IN_CLIENTS: Final = frozenset(
    {
        "displayValue",
        "optionLabel",
        "authContext",
        "externalApi",
        "linkToPage",
        "linkToComponent",
        "_experimentalSelectAndMap",
    }
)
_ON_SERVERS: Final = frozenset({"gateway", "calculation"})


@dataclass(frozen=True, slots=True)
class FieldOffer:
    """Something that can be asked about. `page` is where it is asked for, `path` the path of its field."""

    expression: Any
    label: Phrase
    kind: AnswerKind
    page: Term | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class ValueOffer:
    """A value to compare with, and what it is called."""

    value: Any
    label: Phrase


class Offers:
    """What can be picked in one place; labels as `names` have them."""

    def __init__(self, place: ExpressionPlace, names: Names) -> None:
        self.place = place
        self.names = names

    @property
    def kinds(self) -> Kinds:
        return wording_at(self.place, self.names).kinds

    @cached_property
    def fields(self) -> tuple[FieldOffer, ...]:
        """What one value can be read from here: fields in the order of the form; rows and files counted."""
        found = [*self._fields_of(self.names.data_type, None)]
        for data_type in self.names.app.metadata.data_types:
            if data_type.is_form and data_type.id != self.names.data_type:
                found += self._fields_of(data_type.id, data_type.id)
        return (*found, *self._attachments())

    @cached_property
    def lists(self) -> tuple[FieldOffer, ...]:
        """What several values can be read from: columns of lists (to add them up) and lists (to count)."""
        found = [*self._lists_of(self.names.data_type, None)]
        for data_type in self.names.app.metadata.data_types:
            if data_type.is_form and data_type.id != self.names.data_type:
                found += self._lists_of(data_type.id, data_type.id)
        return tuple(found)

    def operators(self, node: Node) -> tuple[Operator, ...]:
        """The comparisons that make sense for what a node gives."""
        return tuple(OPERATORS[name] for name in _OPERATORS[self.kinds.kind(node)])

    def values(self, node: Node) -> tuple[ValueOffer, ...]:
        """The values that a node can have; () where it can be anything."""
        kinds = self.kinds
        known = [
            ValueOffer(each.value, said(each.label, ref=as_json(each.value))) for each in known_values(node)
        ]
        if known:
            return tuple(known)
        options = kinds.options(node)
        if options is not None:
            return tuple(
                ValueOffer(each.value, kinds.label(each.value, node) or Term(each.key, "value"))
                for each in options
            )
        if kinds.kind(node) == "boolean":
            return (ValueOffer(True, said(YES, ref="true")), ValueOffer(False, said(NO, ref="false")))
        return ()

    def functions(self, wanted: ValueType = "any") -> tuple[Function, ...]:
        """The functions that give what is wanted here."""
        return tuple(
            each for each in FUNCTIONS.values() if _fits(each.result, wanted) and self._works_here(each.name)
        )

    def comparison(self, about: Any) -> Any:
        """The comparison that a new condition about something begins as."""
        node = read(about)
        values, kind = self.values(node), self.kinds.kind(node)
        if values:
            return compared("commaContains" if kind == "options" else "equals", about, values[0].value)
        return compared("greaterThan", about, 0) if kind == "number" else compared("isAnswered", about)

    def _works_here(self, function: str) -> bool:
        place = self.place
        if function in _IN_CLIENTS:
            return place.kind not in _ON_SERVERS
        needs = {
            "gatewayAction": place.kind == "gateway",
            "argv": place.positional,
            "value": bool(place.named),
        }
        return needs.get(function, True)

    def _fields_of(self, data_type: str | None, named: str | None) -> Iterator[FieldOffer]:
        """The fields of a model; `named` is the type where paths have to say it."""
        found = []
        for field in self._readable(data_type):
            lookup = _lookup(field.path, named)
            holder = self.names.holder(field.path, named)
            label = self.names.field(field.path, named)
            offer = FieldOffer(
                lookup,
                label,
                self.names.kind_of_field(field.path, named),
                _page(self.names, holder),
                field.path,
            )
            if field.repeating:
                rows = Sentence(N_("the number of rows in %(rows)s"), {"rows": label})
                offer = FieldOffer(["count", lookup], rows, "number", offer.page, field.path)
            elif field.is_group:
                continue
            found.append((self._order(holder), offer))
        return (offer for _, offer in sorted(found, key=lambda each: each[0]))

    def _readable(self, data_type: str | None) -> Iterator[Field]:
        """The fields that are one value in this place: in no list, or in one whose row it stands in."""
        around = self.place.rows if data_type == self.names.data_type else ()
        for field in self._all(data_type):
            if all(each.path in around for each in field.repeating_ancestors):
                yield field

    def _all(self, data_type: str | None) -> Iterator[Field]:
        model = self.names.app.model(data_type) if data_type else None
        for field in model.walk() if model else ():
            if field.name != ROW_ID and "const" not in field.restrictions:
                yield field

    def _lists_of(self, data_type: str | None, named: str | None) -> Iterator[FieldOffer]:
        readable = {field.path for field in self._readable(data_type) if field.repeating}
        for field in self._all(data_type):
            page = _page(self.names, self.names.holder(field.path, named))
            label = self.names.field(field.path, named)
            if field.path in readable:
                yield FieldOffer(_lookup(field.path, named), label, "list", page, field.path)
                continue
            lists = [each.path for each in field.repeating_ancestors]
            first = next((place for place, path in enumerate(lists) if path in readable), None)
            if first is not None and not field.is_group and not field.repeating:
                steps = [*lists[first:], field.path]
                inside = [path.removeprefix(around + ".") for around, path in pairwise(steps)]
                words = Sentence(
                    N_("%(field)s in all rows of %(rows)s"),
                    {"field": label, "rows": self.names.field(steps[0], named)},
                )
                yield FieldOffer(column(steps[0], *inside, data_type=named), words, "list", page, field.path)

    def _attachments(self) -> Iterator[FieldOffer]:
        for form in self.place.forms:
            for page, component in form.components():
                kind = component_type(component.type)
                if kind is not None and kind.stores_files and component.id:
                    named = {"a": self.names.component_term(component)}
                    words = Sentence(N_("the number of attachments in %(a)s"), named)
                    call = ["countDataElements", component.id]
                    yield FieldOffer(call, words, "number", self.names.page(page.name))

    def _order(self, holder: Holder | None) -> tuple[int, int, int]:
        """Fields of the own form first, as they are asked for; then those of others; then the unasked."""
        if holder is None:
            return (2, 0, 0)
        order = holder.layout_set.order
        page = order.index(holder.page.name) if holder.page.name in order else len(order)
        own = self.place.layout_set is not None and holder.layout_set.id == self.place.layout_set.id
        return (0 if own else 1, page, holder.number)


def _page(names: Names, holder: Holder | None) -> Term | None:
    return names.page(holder.page.name) if holder else None


def _lookup(path: str, data_type: str | None) -> list[Any]:
    return ["dataModel", path, data_type] if data_type else ["dataModel", path]


def _fits(result: ValueType, wanted: ValueType) -> bool:
    """Whether a result can stand where something is wanted: numbers are also texts, dates are texts."""
    if "any" in (result, wanted):
        return True
    return (
        result == wanted
        or (wanted == "text" and result in {"number", "date"})
        or (wanted == "date" and result == "text")
    )
