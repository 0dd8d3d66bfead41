"""Fields of a data model written as components, with their texts and choices."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from studio.definition.app import AppDefinition, LayoutSet
from studio.definition.changes.naming_ids import FreshIds, id_from, text_key, words_of
from studio.definition.components import CATALOGUE, ComponentType
from studio.definition.components.fitting import MOST_OPTIONS_OPEN, Fit, fitting
from studio.definition.data_model import Field
from studio.definition.data_model.form_fields import FormField

# A table of rows shows so many columns; the others are seen when a row is opened.
_MOST_COLUMNS: Final = 4
_YES_NO: Final[Mapping[str, tuple[str, str]]] = {"en": ("Yes", "No"), "se": ("Juo", "Ii")}
_YES_KEY, _NO_KEY = "answer.yes", "answer.no"

Option = dict[str, Any]


@dataclass
class FormWriter:
    """Writes components for one layout set. What it makes piles up, to be put into the app's files.

    `texts`: language -> key -> text; `lists`: id of an option list -> options. Ids and keys that the app has
    are left alone.
    """

    app: AppDefinition
    layout_set: LayoutSet
    data_type: str
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    lists: dict[str, list[Option]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.languages = self.app.languages or ("nb",)
        self._ids = FreshIds(component.id for _, component in self.layout_set.components())
        self._keys = {key for language in self.languages for key in self.app.texts(language).keys()}  # noqa: SIM118 - Texts is no mapping
        self._list_ids = FreshIds(self.app.option_ids)
        # Id of a list that was made -> its values and their titles.
        self._made: dict[str, tuple[tuple[Any, ...], Any]] = {}

    def components(self, field: FormField, page: str) -> list[dict[str, Any]]:
        """The component for a field and those in it, holders first."""
        if field.shape == "answer":
            return [self._answer(field, page)]
        kind = CATALOGUE["RepeatingGroup" if field.shape == "rows" else "Group"]
        holder = self._new(kind, field, page)
        inside = [self.components(child, page) for child in field.children if child.shape != "unfit"]
        holder["children"] = [parts[0]["id"] for parts in inside]
        if field.shape == "rows":
            self._as_rows(holder, field, inside)
        return [holder, *(part for parts in inside for part in parts)]

    def free_id(self, wanted: str) -> str:
        """An id for another component: `wanted`, or the same with a number."""
        return self._ids.take(wanted)

    def title(self, field: FormField, key: str) -> str:
        """Give a text to the field's title in every language; returns its key."""
        return self._text(key, lambda language: self._said(field.named, "title", language))

    def _as_rows(self, holder: dict[str, Any], field: FormField, inside: list[list[dict[str, Any]]]) -> None:
        holder["dataModelBindings"] = {"group": self._bound(field)}
        most = field.field.restrictions.get("maxItems")
        if isinstance(most, int) and most > 0:
            holder["maxCount"] = most
        answers = [parts[0]["id"] for parts in inside if "simpleBinding" in _bindings(parts[0])]
        if len(answers) > _MOST_COLUMNS:
            holder["tableHeaders"] = answers[:_MOST_COLUMNS]

    def _answer(self, field: FormField, page: str) -> dict[str, Any]:
        fit = fitting(field.field, self.app.generation)
        made = self._new(fit.kind, field, page)
        made["dataModelBindings"] = {"simpleBinding": self._bound(field)}
        if field.required:
            made["required"] = True
        made.pop("options", None)
        if fit.values:
            self._offer(made, fit, field, page)
        return made | dict(fit.properties)

    def _new(self, kind: ComponentType, field: FormField, page: str) -> dict[str, Any]:
        name = self._ids.take(id_from(field.named.name))
        made = kind.new(name, self.app.generation)
        bound = {"title": self.title(field, text_key(page, name, "title", self._keys))}
        slot = "help" if kind.text("help") else "description"
        if self._said(field.named, "description", self.languages[0]):
            key = text_key(page, name, slot, self._keys)
            bound[slot] = self._text(key, lambda language: self._said(field.named, "description", language))
        return {"id": name, "type": made.pop("type"), "textResourceBindings": bound} | made

    def _bound(self, field: FormField) -> Any:
        if self.data_type == self.layout_set.data_type:
            return field.path
        return {"dataType": self.data_type, "field": field.path}

    # ── choices ──

    def _offer(self, made: dict[str, Any], fit: Fit, field: FormField, page: str) -> None:
        if fit.values == (True, False):
            made["options"] = [{"label": self._yes_or_no(value), "value": value} for value in fit.values]
        elif len(fit.values) <= MOST_OPTIONS_OPEN:
            made["options"] = self._options(fit, field, f"{page}.{made['id']}.option")
        else:
            made["optionsId"] = self._list(fit, field)

    def _options(self, fit: Fit, field: FormField, stem: str) -> list[Option]:
        titles = field.field.value_node.first("@enumTitles")
        named = titles if isinstance(titles, Mapping) else {}
        made = []
        for number, value in enumerate(fit.values, 1):
            said = named.get(str(value))
            label = str(value)
            if isinstance(said, Mapping) and said:
                label = self._text(self._free(f"{stem}{number}"), _in_languages(said, label))
            made.append({"label": label, "value": value})
        return made

    def _list(self, fit: Fit, field: FormField) -> str:
        """The id of an option list with these values: one that was made before, or a new one."""
        titles = field.field.value_node.first("@enumTitles")
        known = next((name for name, was in self._made.items() if was == (fit.values, titles)), None)
        if known is not None:
            return known
        name = self._list_ids.take(id_from(field.named.name))
        self._made[name] = (fit.values, titles)
        self.lists[name] = self._options(fit, field, f"{name}.option")
        return name

    def _yes_or_no(self, value: Any) -> str:
        place = 0 if value else 1
        key = (_YES_KEY, _NO_KEY)[place]
        if key not in self._keys:
            self._text(key, lambda language: _YES_NO.get(language, ("Ja", "Nei"))[place])
        return key

    # ── texts ──

    def _said(self, field: Field, keyword: str, language: str) -> str:
        """A title or description of the schema in a language; a field without a title has its name."""
        others = field.value_node.first(f"@{keyword}s") or field.node.first(f"@{keyword}s")
        said = others.get(language) if isinstance(others, Mapping) and language != self.languages[0] else None
        if isinstance(said, str) and said:
            return said
        if keyword == "description":
            return field.description or ""
        return field.title or words_of(field.name)

    def _text(self, key: str, said: Callable[[str], str]) -> str:
        self._keys.add(key)
        for language in self.languages:
            self.texts.setdefault(language, {})[key] = said(language)
        return key

    def _free(self, key: str) -> str:
        return FreshIds(self._keys).take(key) if key in self._keys else key


def _in_languages(said: Mapping[str, Any], otherwise: str) -> Callable[[str], str]:
    fallback = next((text for text in said.values() if isinstance(text, str)), otherwise)
    return lambda language: said[language] if isinstance(said.get(language), str) else fallback


def _bindings(component: Mapping[str, Any]) -> Iterable[str]:
    return component.get("dataModelBindings") or ()
