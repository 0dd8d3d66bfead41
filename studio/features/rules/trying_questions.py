"""Which answers a rule, or the rules of a page, depend on: what is asked for when somebody tries them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext

from studio.definition.expressions.calls import calls
from studio.definition.field_references import read_path
from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.options import Option
from studio.definition.rules import calculations_of
from studio.definition.rules.examples import RuleName
from studio.definition.rules.places import ExpressionPlace
from studio.definition.rules.sentences import Names
from studio.features.rules.workplace import Workplace

# More fields than these are filled in as JSON.
_MOST: Final = 80
_MOST_OF_A_LIST: Final = 12
_MOST_CHOICES: Final = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that is asked for. `path` has no indexes; `rows` is the list around it, "" for none."""

    path: str
    data_type: str
    label: str
    kind: str
    options: tuple[tuple[str, str], ...] = ()
    rows: str = ""
    is_worked_out: bool = False


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked for. `around`: which of "language", "owner" and "action" the rules ask about, too.

    `labels` is list -> what it is called. `settings` are the app's front end settings that they ask about,
    `option_lists` the lists of options that are no files of the app. `choices` are the options (value,
    label) for one of which a filter can be looked at.
    """

    fields: tuple[Asked, ...]
    around: frozenset[str]
    labels: Mapping[str, str]
    settings: tuple[str, ...] = ()
    option_lists: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def single(self) -> tuple[Asked, ...]:
        """The fields that are asked for once."""
        return tuple(each for each in self.fields if not each.rows)

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists whose rows are asked for."""
        return tuple(dict.fromkeys(each.rows for each in self.fields if each.rows))

    def of_rows(self, rows: str) -> tuple[Asked, ...]:
        """The fields in one row of a list."""
        return tuple(each for each in self.fields if each.rows == rows)


_AROUND: Final = {"language": "language", "instanceContext": "owner", "gatewayAction": "action"}


def questions_of_rule(work: Workplace, data_type: str, name: RuleName, place: ExpressionPlace) -> Questions:
    """What one rule depends on."""
    finder = _Finder(work, data_type, form_of(place))
    own = name.validation or name.calculation
    if name.validation:
        finder.add_field(own, place.data_type or data_type)
    elif name.calculation:
        finder.add_rows_of(own, place.data_type or data_type)
    if place.kind == "option filter" and place.component is not None:
        finder.add_options(place.component, place.data_type or data_type)
    finder.read(place.expression, place.data_type or data_type)
    return finder.questions()


def questions_of_page(
    work: Workplace, layout_set: LayoutSet, page: Page, places: Iterable[ExpressionPlace]
) -> Questions:
    """What can be answered on a page, and what its rules depend on beside that."""
    data_type = layout_set.data_type or ""
    finder = _Finder(work, data_type, layout_set)
    for component in page.components:
        finder.add_component(component)
    for place in places:
        finder.read(place.expression, place.data_type or data_type)
    return finder.questions()


def form_of(place: ExpressionPlace) -> LayoutSet | None:
    """The form that a rule is read in."""
    read_in = next(iter(place.forms), None)
    return read_in if place.in_subform else place.layout_set or read_in


class _Finder:
    """Collects fields, each once, in the order in which they are met."""

    def __init__(self, work: Workplace, data_type: str, layout_set: LayoutSet | None) -> None:
        self._work = work
        self._type = data_type
        self._form = layout_set
        self._names: Names = work.names(layout_set, data_type)
        self._found: dict[tuple[str, str], Asked] = {}
        self._around: set[str] = set()
        self._settings: dict[str, None] = {}
        self._lists: dict[str, None] = {}
        self._followed: set[tuple[str, str]] = set()
        self._asked: set[str] = set()
        self._choices: tuple[tuple[str, str], ...] = ()

    def questions(self) -> Questions:
        fields = tuple(self._found.values())[:_MOST]
        labels = {each.rows: self._names.field(each.rows).text for each in fields if each.rows}
        around = frozenset(self._around)
        return Questions(fields, around, labels, tuple(self._settings), tuple(self._lists), self._choices)

    def read(self, expression: Any, data_type: str) -> None:
        """What an expression asks about."""
        for call in calls(expression):
            if call.name == "dataModel" and (path := call.literal(1)):
                self.add_field(path, call.literal(2) or data_type)
            elif call.name in {"component", "displayValue"} and (component_id := call.literal(1)):
                found = self._names.find(component_id)
                if found is not None and component_id not in self._asked:
                    self._asked.add(component_id)
                    self.add_component(found)
                    self.read(found.raw.get("hidden"), data_type)
                if found is not None and call.name == "displayValue":
                    self._add_list(found.raw.get("optionsId"))
            elif call.name == "optionLabel":
                self._add_list(call.literal(1))
            elif call.name == "frontendSettings" and (key := call.literal(1)):
                self._settings[key] = None
            elif call.name in _AROUND:
                self._around.add(_AROUND[call.name])

    def _add_list(self, name: object) -> None:
        if isinstance(name, str) and name and name not in self._work.app.option_ids:
            self._lists[name] = None

    def add_options(self, component: Component, data_type: str) -> None:
        """The options of a component, or what they come from."""
        source, parameters = component.raw.get("source"), component.raw.get("queryParameters")
        if isinstance(source, Mapping):
            self.add_field(str(source.get("group") or ""), str(source.get("dataType") or data_type))
            return
        self._add_list(component.raw.get("optionsId"))
        for each in parameters.values() if isinstance(parameters, Mapping) else ():
            self.read(each, data_type)
        found = self._names.options_of(component)
        self._choices = tuple(self._labels(found))[:_MOST_CHOICES] if found else ()

    def add_component(self, component: Component) -> None:
        """The field that a component asks for."""
        binding = component.binding("simpleBinding")
        if binding is not None:
            self.add_field(binding.field, binding.data_type or self._own_type)

    def add_field(self, path: str, data_type: str) -> None:
        """A field; of a list what its rows hold; of what is worked out what that needs."""
        written = read_path(path)
        plain = written.plain if written else path
        model = self._work.app.model(data_type)
        field = model.field(plain) if model else None
        if (data_type, plain) in self._followed:
            return
        self._followed.add((data_type, plain))
        if field is not None and (field.is_group or field.repeating):
            for child in self._leaves(plain, data_type):
                self._put(child, data_type)
        else:
            self._put(plain, data_type)
        for each in calculations_of(self._work.app, data_type).calculations:
            if each.path == plain:
                self.read(each.expression, data_type)

    def add_rows_of(self, path: str, data_type: str) -> None:
        """The list that a field lies in, so that it can be looked at in a row."""
        model = self._work.app.model(data_type)
        field = model.field(path) if model else None
        if field is not None and field.repeating_ancestors:
            self._put(path, data_type)

    @property
    def _own_type(self) -> str:
        return (self._form.data_type if self._form else None) or self._type

    def _leaves(self, group: str, data_type: str) -> Sequence[str]:
        model = self._work.app.model(data_type)
        found = model.walk() if model else ()
        inside = [each.path for each in found if each.path.startswith(f"{group}.") and not each.is_group]
        return inside[:_MOST_OF_A_LIST]

    def _put(self, path: str, data_type: str) -> None:
        if (data_type, path) in self._found:
            return
        named = None if data_type == self._type else data_type
        options = self._names.options_of_field(path, named)
        self._found[data_type, path] = Asked(
            path,
            data_type,
            self._names.field(path, named).text,
            self._names.kind_of_field(path, named),
            tuple(self._labels(options)) if options else (),
            self._rows_around(path, data_type),
            any(each.path == path for each in calculations_of(self._work.app, data_type).calculations),
        )

    def _labels(self, options: tuple[Option, ...]) -> Iterator[tuple[str, str]]:
        for option in options:
            yield str(option.key), self._names.option(option.value, options) or str(option.key)

    def _rows_around(self, path: str, data_type: str) -> str:
        model = self._work.app.model(data_type)
        field = model.field(path) if model else None
        groups = field.repeating_ancestors if field is not None else ()
        return groups[0].path if groups else ""


def yes_or_no() -> tuple[tuple[str, str], ...]:
    """What can be answered in a field that is true or false."""
    return ("true", gettext("Yes")), ("false", gettext("No"))
