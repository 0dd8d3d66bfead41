"""Components on their way to another page or app, with what they need: texts, option lists and fields.

A snippet is plain JSON, so that it can lie on a clipboard, in a file and among an organisation's blocks:

    {"components": [...], "texts": {"nb": {"key": "value"}}, "options": {"id": [...]},
     "fields": [{"path": "people", "kind": "rows"}, {"path": "people.name", "kind": "string"}]}
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.data_model import Field
from studio.definition.errors import DomainError
from studio.definition.layouts import Component, LayoutSet
from studio.definition.sentences import N_, Sentence

# Members of a field in a snippet that are rules of its value, as JSON Schema spells them.
KEYWORDS: Final = ("minLength", "maxLength", "minimum", "maximum", "pattern", "enum")
LARGEST: Final = 2_000_000


@dataclass(frozen=True)
class Snippet:
    """Components (with all that is in them) and what they need. Values are JSON."""

    components: tuple[Mapping[str, Any], ...]
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    fields: tuple[Mapping[str, Any], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The snippet as JSON."""
        return {
            "components": [dict(raw) for raw in self.components],
            "texts": {language: dict(values) for language, values in self.texts.items()},
            "options": dict(self.options),
            "fields": [dict(one) for one in self.fields],
        }


def taken(app: AppDefinition, layout_set: LayoutSet, chosen: Iterable[Component]) -> Snippet:
    """Components of a page with everything inside them, and what they need elsewhere."""
    parts = [part for root in chosen for part in root.walk()]
    lists = {name for part in parts if isinstance(name := part.raw.get("optionsId"), str)}
    options = {name: app.json(app.paths.options(name)) for name in sorted(lists) if name in app.option_ids}
    keys = {key for part in parts for key in text_keys(part.raw)}
    keys |= {key for content in options.values() for key in _labels(content)}
    texts = {
        language: {key: found.value for key in sorted(keys) if (found := app.texts(language).get(key))}
        for language in app.languages
    }
    return Snippet(
        tuple(dict(part.raw) for part in parts), texts, options, tuple(_fields(app, layout_set, parts))
    )


def read_snippet(text: str) -> Snippet:
    """What a clipboard, a file or a form holds. Raises DomainError where it holds no components."""
    broken = DomainError(Sentence(N_("What was copied cannot be pasted here.")))
    if len(text) > LARGEST:
        raise broken
    try:
        content = json.loads(text)
        json.dumps(content, ensure_ascii=False, allow_nan=False).encode()  # what a file can hold
    except (ValueError, RecursionError):
        raise broken from None
    return snippet_of(content)


def snippet_of(content: Any) -> Snippet:
    """The snippet in parsed JSON, whatever is in it. Raises DomainError where it holds no components."""
    found = _mapping(content)
    components = found.get("components")
    if (
        not isinstance(components, list)
        or not components
        or not all(isinstance(one, dict) for one in components)
    ):
        raise DomainError(Sentence(N_("What was copied cannot be pasted here.")))
    return Snippet(
        tuple(components),
        _plain_texts(found.get("texts")),
        {name: value for name, value in _mapping(found.get("options")).items() if isinstance(value, list)},
        tuple(one for one in _list(found.get("fields")) if _is_field(one)),
    )


def text_keys(raw: Mapping[str, Any]) -> Iterator[str]:
    """The texts that a component names: those of its slots and of its own options."""
    yield from (key for key in _mapping(raw.get("textResourceBindings")).values() if isinstance(key, str))
    yield from _labels(raw.get("options"))


def keys_in(snippet: Snippet) -> tuple[str, ...]:
    """The texts that a snippet has, then those that it names and nobody has written yet."""
    written = (key for values in snippet.texts.values() for key in values)
    named = (key for raw in snippet.components for key in text_keys(raw))
    labels = (key for content in snippet.options.values() for key in _labels(content))
    return tuple(dict.fromkeys((*written, *named, *labels)))


def _labels(options: Any) -> Iterator[str]:
    for option in _list(options):
        for name in ("label", "description", "helpText"):
            if isinstance(option, dict) and isinstance(option.get(name), str):
                yield option[name]


def _fields(
    app: AppDefinition, layout_set: LayoutSet, parts: Iterable[Component]
) -> Iterator[dict[str, Any]]:
    """The fields that are bound, and the lists that they lie in; the outer ones first."""
    model = app.model(layout_set.data_type) if layout_set.data_type else None
    found: dict[str, Field] = {}
    for part in parts:
        for binding in part.bindings.values():
            bound = model.field(binding.field) if model and binding.data_type is None else None
            if bound is not None:
                found |= {around.path: around for around in bound.repeating_ancestors} | {bound.path: bound}
    for path in sorted(found, key=lambda path: (path.count("."), path)):
        yield _described(found[path])


def _described(found: Field) -> dict[str, Any]:
    kind = "rows" if found.repeating and found.kind == "group" else found.kind
    said: dict[str, Any] = {"path": found.path, "kind": "string" if kind == "any" else kind}
    if found.repeating and kind != "rows":
        said["list"] = True
    if found.title:
        said["title"] = found.title
    rules = {keyword: found.value_node.first(keyword) for keyword in KEYWORDS}
    return said | {keyword: value for keyword, value in rules.items() if value is not None}


def _is_field(one: Any) -> bool:
    named = isinstance(one, dict) and isinstance(one.get("path"), str) and isinstance(one.get("kind"), str)
    return named and all(one["path"].split("."))


def _plain_texts(texts: Any) -> dict[str, dict[str, str]]:
    return {
        language: {key: value for key, value in values.items() if key and isinstance(value, str)}
        for language, values in _mapping(texts).items()
        if isinstance(values, dict)
    }


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
