"""What the type checker knows of an app: found once for each state of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.components import component_type
from studio.definition.data_model import DataModel, Field
from studio.definition.data_model.places import places_of
from studio.definition.expressions import FormTree, is_expression
from studio.definition.expressions.checking import Answer, Options, Question, Type
from studio.definition.expressions.checking.types import (
    ANY,
    BOOLEAN,
    DATE,
    NUMBER,
    OBJECT,
    TEXT,
    WHOLE_NUMBER,
)
from studio.definition.field_references.in_forms import canonical, plain
from studio.definition.layouts import Component, LayoutSet
from studio.definition.naming import text_in_line
from studio.definition.rules.of_app import calculations_of, prefill_of
from studio.definition.rules.places import tree_of
from studio.definition.rules.sentences import Names, Wording

_KINDS: Final[Mapping[str, Type]] = {
    "boolean": BOOLEAN,
    "number": NUMBER,
    "integer": WHOLE_NUMBER,
    "string": TEXT,
    "date": DATE,
    "date-time": DATE,
    "time": TEXT,
    "group": OBJECT,
}
_SEVERAL: Final = frozenset({"Checkboxes", "MultipleSelect"})


class Known:
    """One app, with what is looked up again and again."""

    def __init__(self, app: AppDefinition) -> None:
        self.app = app
        self._fields: dict[tuple[str, str], Field | None] = {}
        self._types: dict[tuple[str, str], Type] = {}
        self._trees: dict[str, FormTree] = {}
        self._models: dict[str, DataModel | None] = {}
        self._lists: dict[str, Options | None] = {}
        # What is around places -> what was asked there.
        self.answers: dict[object, dict[Question, Answer]] = {}
        self._wordings: dict[tuple[str | None, str | None], Wording] = {}

    def wording(self, layout_set: LayoutSet | None, data_type: str | None) -> Wording:
        """The words for what is asked about in a form, or in a model."""
        key = (layout_set.id if layout_set else None, data_type)
        if key not in self._wordings:
            self._wordings[key] = Wording(Names(self.app, layout_set, data_type))
        return self._wordings[key]

    def tree(self, layout_set: LayoutSet) -> FormTree:
        """The components of a form."""
        if layout_set.id not in self._trees:
            self._trees[layout_set.id] = tree_of(layout_set)
        return self._trees[layout_set.id]

    def field(self, data_type: str, path: str) -> Field | None:
        """The field at a path without indexes; None where there is none, or no model."""
        key = (data_type, path)
        if key not in self._fields:
            model = self._model(data_type)
            self._fields[key] = model.field(path) if model else None
        return self._fields[key]

    def _model(self, data_type: str) -> DataModel | None:
        if data_type not in self._models:
            self._models[data_type] = self.app.model(data_type)
        return self._models[data_type]

    def has_fields(self, data_type: str) -> bool:
        """Whether anything is known of the fields of a data type."""
        model = self._model(data_type)
        return model is not None and bool(model.fields)

    def is_elsewhere(self, data_type: str, path: str) -> bool:
        """Whether a field that is no plain member is there all the same, in one of several shapes."""
        model = self._model(data_type)
        return model is not None and places_of(model).resolve(path.split(".")) is not None

    def paths(self, data_type: str) -> tuple[str, ...]:
        """Every path of a model."""
        model = self._model(data_type)
        return tuple(field.path for field in model.walk()) if model else ()

    def type_of(self, data_type: str, field: Field) -> Type:
        """The type of one value of a field."""
        key = (data_type, field.path)
        if key not in self._types:
            kind = _KINDS.get(field.kind, ANY)
            options = (
                self._options(data_type, field) if "text" in kind.kinds or "number" in kind.kinds else None
            )
            self._types[key] = Type(kind.kinds, look=kind.look, options=options)
        return self._types[key]

    def _options(self, data_type: str, field: Field) -> Options | None:
        """What can be chosen where the field is filled in; None where anything else can get into it."""
        allowed = field.restrictions.get("enum")
        if isinstance(allowed, list) and all(isinstance(value, str) for value in allowed):
            return Options({value: value for value in allowed})
        bound = self._bound.get((data_type, field.path), [])
        if not bound or (data_type, field.path) in self._filled_in:
            return None
        labels: dict[str, str] = {}
        for key, component in bound:
            options = self.options_of(component) if key == "simpleBinding" else None
            if options is None:
                return None
            labels |= options.labels
        return Options(labels, any(component.type in _SEVERAL for _, component in bound))

    @cached_property
    def _bound(self) -> Mapping[tuple[str, str], list[tuple[str, Component]]]:
        """(data type, path) -> (key, component) of every binding to it."""
        found: dict[tuple[str, str], list[tuple[str, Component]]] = defaultdict(list)
        for form in self.app.layout_sets:
            for _, component in form.components():
                for key, binding in component.bindings.items():
                    data_type = canonical(self.app, binding.data_type or form.data_type)
                    if data_type is not None:
                        found[data_type, plain(binding.field)].append((key, component))
        return found

    @cached_property
    def _filled_in(self) -> frozenset[tuple[str, str]]:
        """Fields that get values from elsewhere than a person."""
        return frozenset(self._from_elsewhere())

    def _from_elsewhere(self) -> Iterator[tuple[str, str]]:
        for kind in self.app.metadata.data_types:
            if kind.is_form:
                calculated = calculations_of(self.app, kind.id).calculations
                yield from ((kind.id, each.path) for each in calculated)
                yield from ((kind.id, each.target) for each in prefill_of(self.app, kind.id).fields)

    def options_of(self, component: Component) -> Options | None:
        """The options of a component, where all of them are written out."""
        kind = component_type(component.type)
        if kind is None or not kind.has_options or "source" in component.raw:
            return None
        named = component.raw.get("optionsId")
        if not named:
            return self._labelled(_written(component.raw.get("options")))
        if not isinstance(named, str):
            return None
        if named not in self._lists:
            listed = self.app.options(named) or ()
            self._lists[named] = self._labelled([(option.key, option.label) for option in listed])
        return self._lists[named]

    def _labelled(self, pairs: list[tuple[str, str]] | None) -> Options | None:
        if not pairs:
            return None
        return Options({value: text_in_line(self.app, label) or label for value, label in pairs})


def _written(given: Any) -> list[tuple[str, str]] | None:
    found: list[tuple[str, str]] = []
    for option in given if isinstance(given, list) else ():
        value = option.get("value") if isinstance(option, Mapping) else None
        if not isinstance(value, str | int | float) or is_expression(value):
            return None
        label = option.get("label")
        found.append((_as_text(value), label if isinstance(label, str) else ""))
    return found


def _as_text(value: str | float) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
