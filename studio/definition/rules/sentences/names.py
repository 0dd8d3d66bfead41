"""What people call the fields, components, pages and texts that rules name, and what answers they take."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

from studio.definition.app import AppDefinition
from studio.definition.components import component_type
from studio.definition.data_model import DataModel, Field
from studio.definition.field_references import read_path
from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.naming import component_name, one_line, page_name, text_in_line
from studio.definition.options import Option, read_options
from studio.definition.process.naming import Name, origin_name, step_name
from studio.definition.rules.sentences.parts import Term, said
from studio.definition.rules.sentences.phrases import Phrase

# What kind of answer a field holds, which decides what it can be compared with.
# "option": one of a list; "options": several of them, kept in one text with commas between.
AnswerKind = Literal["text", "number", "date", "time", "boolean", "option", "options", "list", "group", "any"]
_KINDS: Final[Mapping[str, AnswerKind]] = {
    "string": "text",
    "number": "number",
    "integer": "number",
    "boolean": "boolean",
    "date": "date",
    "date-time": "date",
    "time": "time",
    "group": "group",
}
_SERES: Final = re.compile(r"-(?:datadef|grp)-\d+$")
_SEVERAL: Final = frozenset({"checkboxes", "multipleselect"})


@dataclass(frozen=True, slots=True)
class Holder:
    """A component in its place; `number` counts the components of the form, as they lie in its files."""

    layout_set: LayoutSet
    page: Page
    component: Component
    number: int


class Names:
    """The names in an app, seen from one form (or from a data type, where rules belong to no form).

    Labels are those of `language`, else of the first language that has one.
    """

    def __init__(
        self,
        app: AppDefinition,
        layout_set: LayoutSet | None = None,
        data_type: str | None = None,
        language: str | None = None,
    ) -> None:
        self.app = app
        self.layout_set = layout_set
        kind = data_type or (layout_set.data_type if layout_set else None)
        self.data_type = self._spelled(kind) if kind else None
        self.language = language
        # A page of rules asks about the same fields and texts again and again.
        self._fields: dict[tuple[str | None, str], Field | None] = {}
        self._options: dict[tuple[str | None, str], tuple[Option, ...] | None] = {}
        self._texts: dict[str, str | None] = {}

    def type_id(self, data_type: str | None) -> str | None:
        """The id of a data type as the metadata spell it; without one, the type that rules read here."""
        return self.data_type if data_type is None else self._spelled(data_type)

    def _spelled(self, data_type: str) -> str:
        found = self.app.metadata.data_type(data_type)
        return found.id if found else data_type

    def field(self, path: str, data_type: str | None = None) -> Term:
        """A field: by the component that asks for it, else by its title, else by its path."""
        holder, field = self.holder(path, data_type), self.model_field(path, data_type)
        named = self._component_text(holder.component) if holder else None
        title = named or (field.title if field else None)
        return Term(one_line(title) if title else _last_name(path), "field", path)

    def component(self, component_id: str) -> Term:
        """A component by its title, else its id."""
        found = self.find(component_id)
        return self.component_term(found) if found else Term(component_id, "component", component_id)

    def component_term(self, component: Component) -> Term:
        """A component by its title, else its id or type."""
        named = self._component_text(component)
        return Term(named or component.id or component.type, "component", component.id)

    def page(self, name: str) -> Term:
        """A page by its title, else its name."""
        return Term(self._text(name) or page_name(self.app, name), "page", name)

    def has_text(self, key: str) -> bool:
        """Whether the app has a text with this key."""
        return any(key in self.app.texts(language) for language in self.app.languages)

    def text(self, key: str) -> Term:
        """A text of the app by its key; the key itself where there is none."""
        return Term(self._text(key) or text_in_line(self.app, key) or key, "text", key)

    def task(self, element_id: str) -> Phrase:
        """A step of the process by its name, else by what it is, else its id."""
        return _step(step_name(self.app.process, element_id), element_id)

    def origin(self, element_id: str) -> Phrase:
        """Where a way of the process comes from: a fork by the step in front of it, if it has no name."""
        return _step(origin_name(self.app.process, element_id), element_id)

    def data_type_term(self, data_type: str) -> Term:
        """A data type: attachments are named for the component that takes them in."""
        found = self.find(data_type)
        named = self._component_text(found) if found else None
        return Term(named or data_type, "data type", data_type)

    def find(self, component_id: str) -> Component | None:
        """The component with an id, of the own form first."""
        return next(
            (place[1] for layout_set in self._sets if (place := layout_set.find(component_id)) is not None),
            None,
        )

    def holder(self, path: str, data_type: str | None = None) -> Holder | None:
        """The component that asks for a field, in the own form first."""
        return self._holders.get((self.type_id(data_type), _plain(path)))

    def model_field(self, path: str, data_type: str | None = None) -> Field | None:
        """The field in the data model."""
        key = self.type_id(data_type), path
        if key not in self._fields:
            model = self._model(key[0])
            self._fields[key] = model.field(path) if model else None
        return self._fields[key]

    def _model(self, data_type: str | None) -> DataModel | None:
        return self.app.model(data_type) if data_type else None

    def kind_of_field(self, path: str, data_type: str | None = None) -> AnswerKind:
        """What kind of answer a field holds, by its schema and by what asks for it."""
        field, holder = self.model_field(path, data_type), self.holder(path, data_type)
        if field is not None and field.repeating:
            return "list"
        kind = _KINDS.get(field.kind, "any") if field else "any"
        if holder is None or kind == "group":
            return "option" if kind == "text" and field and field.restrictions.get("enum") else kind
        return _kind_by_component(holder.component, kind)

    def options_of_field(self, path: str, data_type: str | None = None) -> tuple[Option, ...] | None:
        """What can be answered in a field, by the component that asks or by its schema; None: anything."""
        key = self.type_id(data_type), path
        if key not in self._options:
            self._options[key] = self._read_options(path, data_type)
        return self._options[key]

    def _read_options(self, path: str, data_type: str | None) -> tuple[Option, ...] | None:
        holder = self.holder(path, data_type)
        found = self.options_of(holder.component) if holder else None
        if found is not None:
            return found
        field = self.model_field(path, data_type)
        listed = field.restrictions.get("enum") if field else None
        if not isinstance(listed, list):
            return None
        return tuple(Option(value, str(value)) for value in listed if not isinstance(value, dict | list))

    def kind_of_component(self, component_id: str) -> AnswerKind:
        """What kind of answer a component takes, by the field that it is bound to."""
        found = self.find(component_id)
        binding = next(_main_bindings(found), None) if found else None
        return self.kind_of_field(binding.field, binding.data_type) if binding else "any"

    def options_of_component(self, component_id: str) -> tuple[Option, ...] | None:
        """What can be answered in a component; None: anything."""
        found = self.find(component_id)
        listed = self.options_of(found) if found else None
        binding = next(_main_bindings(found), None) if found and listed is None else None
        return self.options_of_field(binding.field, binding.data_type) if binding else listed

    def options_of(self, component: Component) -> tuple[Option, ...] | None:
        """The options of a component, written in it or in a list of the app."""
        named, written = component.raw.get("optionsId"), component.raw.get("options")
        if isinstance(named, str):
            return self.app.options(named)
        return read_options(written) if isinstance(written, list) else None

    def option(self, value: Any, options: tuple[Option, ...] | None) -> str | None:
        """The label of a value among options; None where it is none of them."""
        wanted = Option(value, "").key.casefold() if not isinstance(value, dict | list) else None
        found = next((each for each in options or () if each.key.casefold() == wanted), None)
        return (self._text(found.label) or one_line(found.label)) if found and found.label else None

    @cached_property
    def _sets(self) -> tuple[LayoutSet, ...]:
        own = self.layout_set
        others = [each for each in self.app.layout_sets if own is None or each.id != own.id]
        mine = [each for each in others if self.type_id(each.data_type) == self.data_type]
        return (*((own,) if own else ()), *mine, *(each for each in others if each not in mine))

    @cached_property
    def _holders(self) -> Mapping[tuple[str | None, str], Holder]:
        found: dict[tuple[str | None, str], Holder] = {}
        for layout_set in self._sets:
            for number, (page, component) in enumerate(layout_set.components()):
                for binding in _main_bindings(component):
                    key = (self.type_id(binding.data_type or layout_set.data_type), _plain(binding.field))
                    found.setdefault(key, Holder(layout_set, page, component, number))
        return found

    def _component_text(self, component: Component) -> str | None:
        for slot in ("title", "content", "body", "legend"):
            key = component.text_key(slot)
            if key and (text := self._text(key)):
                return text
        named = component_name(self.app, component)
        return None if named in {component.id, component.type} else named

    def _text(self, key: str) -> str | None:
        """The text with a key as one line; None where there is none."""
        if key not in self._texts:
            self._texts[key] = self._read_text(key)
        return self._texts[key]

    def _read_text(self, key: str) -> str | None:
        found = self.app.texts(self.language).get(key) if self.language else None
        return one_line(found.value) if found and found.value.strip() else text_in_line(self.app, key) or None


def _main_bindings(component: Component) -> Iterator[Any]:
    """The binding that holds what the component asks for. The others keep what goes with it."""
    kind = component_type(component.type)
    main = kind.main_binding if kind else None
    keys = main.keys if main else ()
    for key in dict.fromkeys((*keys, "simpleBinding", "group")):
        binding = component.binding(key)
        if binding is not None:
            yield binding
            return


def _kind_by_component(component: Component, kind: AnswerKind) -> AnswerKind:
    name = component.type.casefold()
    if kind == "text" and name == "datepicker":
        return "date"
    if kind in {"boolean", "list"}:
        return kind
    if "options" in component.raw or "optionsId" in component.raw:
        return "options" if name in _SEVERAL else "option"
    return kind


def _step(name: Name, element_id: str) -> Phrase:
    return Term(name, "task", element_id) if isinstance(name, str) else said(name, "task", element_id)


def _last_name(path: str) -> str:
    """The name of a field without the groups around it; in models made by Seres, of what holds the value."""
    *around, last = path.split(".")
    name = around[-1] if around and last == "value" else last
    return _SERES.sub("", name) or path


def _plain(path: str) -> str:
    found = read_path(path)
    return found.plain if found else path
