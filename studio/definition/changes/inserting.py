"""Components from another page, app, file or block, with the texts, options and fields that they need."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from typing import Any, ClassVar, Self

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.content import set_text
from studio.definition.changes.copying import paste
from studio.definition.changes.data_models import SetKeywords, SetOccurs
from studio.definition.changes.data_models.growing import grow_in
from studio.definition.changes.data_models.model_change import ModelCopy
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence
from studio.definition.snippets import KEYWORDS, Snippet, keys_in, text_keys


@dataclass(frozen=True)
class Plan:
    """What inserting a snippet comes to: the fields as they will be called, and what is there already."""

    fields: tuple[tuple[Mapping[str, Any], bool], ...]  # with their new paths; whether the model has them
    clashing_texts: tuple[str, ...]  # keys that say something else in the app
    clashing_options: tuple[str, ...]  # option lists that hold something else in the app

    @property
    def missing(self) -> tuple[str, ...]:
        """The paths of the fields that the model lacks."""
        return tuple(str(one["path"]) for one, is_there in self.fields if not is_there)


@dataclass(frozen=True)
class Names:
    """What everything of a snippet is called in an app: ids, keys of texts, ids of option lists."""

    components: Mapping[str, str]
    texts: Mapping[str, str]
    options: Mapping[str, str]


def plan(app: AppDefinition, layout_set_id: str, snippet: Snippet, under: str | None) -> Plan:
    """What inserting `snippet` would meet in an app; `under` as in InsertComponents."""
    layout_set = app.layout_set(layout_set_id)
    model = app.model(layout_set.data_type) if layout_set and layout_set.data_type else None
    moved = _paths(snippet, under)
    fields = tuple(
        ({**one, "path": path}, model is not None and model.field(path) is not None)
        for one in snippet.fields
        if (path := moved(str(one["path"])))
    )
    return Plan(
        fields,
        tuple(sorted(key for key in _keys(snippet) if _says_something_else(app, snippet, key))),
        tuple(sorted(name for name in snippet.options if _holds_something_else(app, snippet, name))),
    )


@register
@dataclass(frozen=True)
class InsertComponents(Change):
    """The components of a snippet come to a page or into another component (`parent`), before `index` there.

    `under`: the path of the group or list ("": the top) whose fields they are bound to here; None keeps the
    paths. `create_fields` makes the fields that the model lacks. Texts and option lists that say something
    else in the app come under new names, or (`keep_own` false) give way to what the app says.
    """

    kind: ClassVar[str] = "insert_components"
    layout_set: str
    page: str
    parent: str | None
    index: int
    components: tuple[Mapping[str, Any], ...]
    texts: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    fields: tuple[Mapping[str, Any], ...] = ()
    under: str | None = None
    create_fields: bool = True
    keep_own: bool = True

    @classmethod
    def of(
        cls, snippet: Snippet, layout_set: str, page: str, parent: str | None, index: int, **more: Any
    ) -> Self:
        """The change that brings a snippet; `more` are `under`, `create_fields` and `keep_own`."""
        texts, options = snippet.texts, snippet.options
        return cls(
            layout_set, page, parent, index, snippet.components, texts, options, snippet.fields, **more
        )

    @property
    def snippet(self) -> Snippet:
        """What comes."""
        return Snippet(self.components, self.texts, self.options, self.fields)

    def edit(self, copy: WorkingCopy) -> None:
        self.bring(copy)

    def bring(self, copy: WorkingCopy) -> Names:
        """Carry it out, and say what everything of the snippet is called in the app. Raises as `edit`."""
        layout_set = copy.layout_set(self.layout_set)
        copy.page(self.layout_set, self.page)
        snippet, parts = self.snippet, [deepcopy(dict(raw)) for raw in self.components]
        if not parts:
            raise DomainError(Sentence(N_("There is nothing to paste.")))
        coming = plan(copy.app, self.layout_set, snippet, self.under)
        lists = {name: deepcopy(content) for name, content in self.options.items()}
        texts = self._bring_texts(copy, coming, parts, lists)
        options = self._bring_options(copy, coming, parts, lists)
        bind(parts, _paths(snippet, self.under), {one.id for one in copy.app.metadata.data_types})
        if self.create_fields and coming.missing:
            if layout_set.data_type is None:
                raise DomainError(Sentence(N_("The form has no data model that a field could be added to.")))
            make_fields(copy, layout_set.data_type, coming.fields)
        before = {str(raw.get("id")): deepcopy(raw) for raw in parts}
        made = paste(copy, self.layout_set, self.page, self.parent, self.index, parts)
        for name, raw in made.items():  # a component under another id has texts of its own
            own = dict(zip(text_keys(before[name]), text_keys(raw), strict=True))
            texts |= {key: own[here] for key, here in texts.items() if here in own}
        return Names({name: str(raw["id"]) for name, raw in made.items()}, texts, options)

    def _bring_texts(
        self, copy: WorkingCopy, coming: Plan, parts: list[dict[str, Any]], lists: Mapping[str, Any]
    ) -> dict[str, str]:
        app = copy.app
        taken = {key for language in app.languages for key in app.texts(language).keys()}  # noqa: SIM118 - no mapping
        names: dict[str, str] = {}
        for key in coming.clashing_texts if self.keep_own else ():
            names[key] = _free(key, taken | set(names.values()))
        for raw in parts:
            rename_texts(raw, names)
        for content in lists.values():
            rename_labels(content, names)
        for language, values in self.texts.items():
            for key, value in values.items() if language in app.languages else ():
                name = names.get(key, key)
                if name not in app.texts(language) and (key in names or key not in coming.clashing_texts):
                    set_text(copy, language, name, value)
        return {key: names.get(key, key) for key in keys_in(self.snippet)}

    def _bring_options(
        self, copy: WorkingCopy, coming: Plan, parts: list[dict[str, Any]], lists: Mapping[str, Any]
    ) -> dict[str, str]:
        names = {name: name for name in lists}
        for name, content in lists.items():
            wanted = name
            if name in coming.clashing_options:
                if not self.keep_own:
                    continue
                names[name] = wanted = _free(name, set(copy.app.option_ids), "")
                for raw in parts:
                    if raw.get("optionsId") == name:
                        raw["optionsId"] = wanted
            path = copy.app.paths.options(wanted)
            if wanted not in copy.app.option_ids:
                copy.write(path, b"[]\n")
                copy.set(path, "", content)
        return names

    def sentence(self, app: AppDefinition) -> Sentence:
        message = N_("%(count)s components came to page *%(page)s*, with what they need")
        return Sentence(message, {"count": len(self.components), "page": page_name(app, self.page)})


def _keys(snippet: Snippet) -> set[str]:
    return {key for values in snippet.texts.values() for key in values}


def _says_something_else(app: AppDefinition, snippet: Snippet, key: str) -> bool:
    return any(
        (found := app.texts(language).get(key)) is not None and found.value != values[key]
        for language, values in snippet.texts.items()
        if key in values
    )


def _holds_something_else(app: AppDefinition, snippet: Snippet, name: str) -> bool:
    return name in app.option_ids and app.json(app.paths.options(name)) != snippet.options[name]


def _free(wanted: str, taken: set[str], dot: str = ".") -> str:
    return next(name for number in count(2) if (name := f"{wanted}{dot}{number}") not in taken)


def _paths(snippet: Snippet, under: str | None) -> Callable[[str], str]:
    """Where a field lies here: `under` takes the place of what all the bound fields lie in."""
    if under is None:
        return lambda path: path
    base = len(common_holder(snippet))
    start = under.split(".") if under else []

    def moved(path: str) -> str:
        """The path here; "" for what is left behind."""
        names = path.split(".")
        return ".".join([*start, *names[base:]]) if len(names) > base else ""

    return moved


def common_holder(snippet: Snippet) -> list[str]:
    """The names of the groups and lists that all the bound fields of a snippet lie in, from the top."""
    ways = [path.split(".")[:-1] for raw in snippet.components for path in _bound(raw)]
    base = 0
    while ways and all(len(way) > base and way[base] == ways[0][base] for way in ways):
        base += 1
    return ways[0][:base] if ways else []


def _bound(raw: Mapping[str, Any]) -> Iterator[str]:
    named = raw.get("dataModelBindings")
    for value in (named if isinstance(named, dict) else {}).values():
        path = value.get("field") if isinstance(value, dict) else value
        if isinstance(path, str) and path:
            yield path


def bind(parts: list[dict[str, Any]], moved: Callable[[str], str], data_types: set[str]) -> None:
    """Bindings to the fields as they are called here; a model that is not here gives way to the form's."""
    for raw in parts:
        held = raw.get("dataModelBindings")
        named: dict[str, Any] = held if isinstance(held, dict) else {}
        for key, value in list(named.items()):
            if isinstance(value, str) and value:
                named[key] = moved(value)
            elif isinstance(value, dict) and value.get("dataType") not in data_types:
                named[key] = moved(str(value.get("field", "")))


def make_fields(copy: WorkingCopy, data_type: str, fields: Iterable[tuple[Mapping[str, Any], bool]]) -> None:
    """Make the fields that are not there; each with its path in this app."""
    for one, is_there in fields:
        path = str(one["path"])
        if is_there or _exists(copy, data_type, path):
            continue
        title = one.get("title")
        grow_in(copy, data_type, path, str(one["kind"]), title if isinstance(title, str) else None)
        node = ModelCopy(copy, data_type).places.resolve(path.split("."))
        rules = {keyword: one[keyword] for keyword in KEYWORDS if keyword in one}
        if node and rules:
            SetKeywords(data_type, node[-1].pointers[0], rules).edit(copy)
        if node and one.get("list") is True:
            SetOccurs(data_type, node[-1].pointers[0], 0, None).edit(copy)


def _exists(copy: WorkingCopy, data_type: str, path: str) -> bool:
    model = copy.app.model(data_type)
    return model is not None and model.field(path) is not None


def rename_texts(raw: Mapping[str, Any], names: Mapping[str, str]) -> None:
    """Let a component, with its own options, name texts by other keys."""
    held = raw.get("textResourceBindings")
    bound: dict[str, Any] = held if isinstance(held, dict) else {}
    for slot, key in list(bound.items()):
        if isinstance(key, str) and key in names:
            bound[slot] = names[key]
    rename_labels(raw.get("options"), names)


def rename_labels(options: Any, names: Mapping[str, str]) -> None:
    """Let options name texts by other keys."""
    for option in options if isinstance(options, list) else []:
        for name in ("label", "description", "helpText"):
            if isinstance(option, dict) and isinstance(option.get(name), str) and option[name] in names:
                option[name] = names[option[name]]
