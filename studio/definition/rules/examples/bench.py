"""An app in one situation, on which rules can be looked at."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from studio.definition import form_paths as paths
from studio.definition.app import AppDefinition
from studio.definition.content_cache import ContentCache
from studio.definition.expressions import (
    ExpressionError,
    Form,
    FormTree,
    Spot,
    Surroundings,
    Traced,
    form_tree,
    to_boolean,
    to_text,
    trace,
)
from studio.definition.layouts import LayoutSet
from studio.definition.rules.broken_rules import spot_of_field
from studio.definition.rules.calculating import calculate, fitted
from studio.definition.rules.examples.example import Situation
from studio.definition.rules.examples.option_filters import filter_outcome
from studio.definition.rules.examples.outcome import WORDS, Outcome
from studio.definition.rules.examples.rule_names import RuleName
from studio.definition.rules.of_app import calculations_of
from studio.definition.rules.places import ExpressionPlace, tree_of
from studio.definition.rules.surroundings import surroundings

_TREES: Final[ContentCache[FormTree]] = ContentCache(200)
_BY_FIELD: Final = frozenset({"validation", "message", "calculation"})
_TEXTS: Final = frozenset({"text", "message"})
# What else is looked up among the texts of the app.
_TEXT_OF_CELLS: Final = ("navigationTitle", "cellContent.value")
_NOBODY: Final = form_tree([])
_OWNERS: Final[Mapping[str, Mapping[str, str]]] = {
    "person": {"personNumber": "0"},
    "org": {"organisationNumber": "0"},
    "selfIdentified": {"username": "0"},
}


@dataclass(frozen=True, slots=True)
class _Rule:
    name: RuleName
    place: ExpressionPlace
    row: tuple[int, ...]


class Bench:
    """An app in one situation, on which rules can be looked at one after the other.

    `data_type` is the one whose fields `situation.given` names. Fields that the app works out are worked out,
    but for those that are given.
    """

    def __init__(self, app: AppDefinition, data_type: str, situation: Situation) -> None:
        self._app = app
        self._type = data_type
        self._situation = situation
        self._given = {data_type: situation.given, **situation.also}
        self._data = {kind: data_of(given) for kind, given in self._given.items()}
        self._form: tuple[str, Form] | None = None

    @property
    def data(self) -> Mapping[str, Any]:
        """The form data (data type -> JSON) with what was worked out."""
        return self.form(None).around.models

    def form(self, layout_set: LayoutSet | None) -> Form:
        """The form of a layout set (None: no components) in this situation."""
        key = layout_set.id if layout_set else ""
        if self._form is None or self._form[0] != key:
            make = self._maker(layout_set)
            calculations = {kind: self._left_to_work_out(kind) for kind in self._data}
            done = calculate(self._data, make, calculations, self._app.model)
            self._form = key, make(done.data)
        return self._form[1]

    def outcome(self, name: RuleName, place: ExpressionPlace) -> Outcome:
        """What a rule gives."""
        rule = _Rule(name, place, self._situation.row)
        spot = self._spot(rule)
        if place.kind == "option filter" and place.component is not None:
            return self._of_filter(place, place.component.raw, spot)
        traced = trace(place.expression, spot)
        if traced.error is not None:
            return Outcome(None, traced, spot, traced.error)
        try:
            asked = place.kind != "validation" or self._has_answer(rule, spot)
            return Outcome(self._in_words(rule, traced, spot, asked), traced, spot, asked=asked)
        except ExpressionError as error:
            return Outcome(None, traced, spot, error)

    def _of_filter(self, place: ExpressionPlace, raw: Mapping[str, Any], spot: Spot) -> Outcome:
        try:
            return filter_outcome(raw, place.expression, spot, self._situation.option)
        except ExpressionError as error:
            return Outcome(None, trace(place.expression, spot), spot, error)

    def _maker(self, layout_set: LayoutSet | None) -> Any:
        app, situation = self._app, self._situation
        tree = _NOBODY if layout_set is None else _tree(app, layout_set)
        own = (layout_set.data_type if layout_set else None) or self._type
        owner = {"instanceOwner": _OWNERS[situation.owner]} if situation.owner else None

        def make(data: Mapping[str, Any]) -> Form:
            around = surroundings(
                app,
                own,
                data,
                language=situation.language or "nb",
                instance=owner,
                gateway_action=situation.action or None,
            )
            return Form(tree, _standing_in(around, situation))

        return make

    def _left_to_work_out(self, kind: str) -> Any:
        given = {paths.without_indexes(path) for path in self._given.get(kind, ())}
        return tuple(each for each in calculations_of(self._app, kind).calculations if each.path not in given)

    def _spot(self, rule: _Rule) -> Spot:
        place = rule.place
        if place.flow is not None:
            return self.form(None).page("")
        if place.kind in _BY_FIELD:
            kind = place.data_type or self._type
            forms = place.forms
            form = self.form(forms[0] if forms else None)
            return spot_of_field(form, kind, self._field_place(form, kind, rule))
        if place.layout_set is None or place.in_subform:
            return self.form(next(iter(place.forms), None)).page("")
        form = self.form(place.layout_set)
        if place.component is None or place.page is None:
            return form.page(place.page.name if place.page else "")
        node = form.tree.nodes.get(place.component.id)
        if node is None:
            return form.page(place.page.name)
        rows = _fitted_row(rule.row, len(node.row_parents))
        spot = form.spot(node.id, rows)
        return form.row(spot, (*rule.row[len(rows) :], 0)[0]) if place.kind == "row hidden" else spot

    def _field_place(self, form: Form, kind: str, rule: _Rule) -> str:
        """The field that a rule is about, in the row that is looked at, or the first one there is."""
        path = rule.name.validation or rule.name.calculation
        found = list(paths.resolve(form.around.models.get(kind), path))
        wanted = [place for place in found if paths.row_numbers(place)[: len(rule.row)] == rule.row]
        return next(iter((*wanted, *found)), path)

    @staticmethod
    def _has_answer(rule: _Rule, spot: Spot) -> bool:
        place = (spot.positional or ("",))[0]
        return paths.read(spot.form.around.models.get(rule.place.data_type or ""), place) not in (None, "")

    def _in_words(self, rule: _Rule, traced: Traced, spot: Spot, asked: bool) -> Any:
        place = rule.place
        words = WORDS.get(place.kind)
        if words is not None:
            return words[0] if asked and to_boolean(traced.value) else words[1]
        if place.kind == "calculation":
            model = self._app.model(place.data_type or self._type)
            return fitted(traced.value, model.field(rule.name.calculation) if model else None)
        if place.kind in _TEXTS or place.name.endswith(_TEXT_OF_CELLS):
            key = to_text(traced.value)
            return spot.text(key) if key else None
        return to_boolean(traced.value) if place.wants == "boolean" else traced.value


def _standing_in(around: Surroundings, situation: Situation) -> Surroundings:
    """The surroundings with the settings and options of a situation in the place of the app's."""
    written = {
        name: [{"value": value, "label": label} for value, label in each.items()]
        for name, each in situation.options.items()
    }
    return replace(
        around,
        settings={**around.settings, **situation.settings},
        options=lambda name: written[name] if name in written else around.options(name),
    )


def data_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """Form data (JSON) with some answers in it; rows are made as far as they are named.

    Where two answers cannot both be, the first counts.
    """
    data: dict[str, Any] = {}
    for path, value in given.items():
        _put(data, path, copy.deepcopy(value))
    return data


def _put(data: dict[str, Any], path: str, value: Any) -> None:
    here: Any = data
    segments = paths.parse(path)
    for place, segment in enumerate(segments):
        if not isinstance(here, dict):
            return
        is_last = place == len(segments) - 1
        if segment.index is None:
            here = here.setdefault(segment.name, value if is_last else {})
            continue
        rows = here.setdefault(segment.name, [])
        if not isinstance(rows, list):
            return
        rows.extend({} for _ in range(segment.index + 1 - len(rows)))
        if is_last:
            rows[segment.index] = value
        here = rows[segment.index]


def _tree(app: AppDefinition, layout_set: LayoutSet) -> FormTree:
    return _TREES.get(f"{app.files.tree_id}:{layout_set.id}", lambda: tree_of(layout_set))


def _fitted_row(row: tuple[int, ...], depth: int) -> tuple[int, ...]:
    return (*row[:depth], *(0,) * (depth - len(row)))
