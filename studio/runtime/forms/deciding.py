"""Which answers decide what else a form shows: the fields that its expressions ask for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from studio.definition import form_paths as paths
from studio.definition.content_cache import ContentCache
from studio.definition.layouts import LayoutSet

_KNOWN: ContentCache[frozenset[str]] = ContentCache(500)


def deciding_fields(layout_set: LayoutSet, content_id: str, others: Iterable[Any] = ()) -> frozenset[str]:
    """Paths (without indexes) of the fields that expressions of these pages read, by field or by component.

    `others` are expressions that stand elsewhere in the app. `content_id` names the content of the app and
    the layout set; what was found for it is remembered.
    """
    return _KNOWN.get(content_id, lambda: _found(layout_set, others))


def _found(layout_set: LayoutSet, others: Iterable[Any]) -> frozenset[str]:
    components = [component for page in layout_set.pages for component in page.components]
    calls = set(_calls([*(page.hidden for page in layout_set.pages), *others]))
    calls.update(call for component in components for call in _calls(component.raw))
    asked = {name for function, name in calls if function == "component"}
    by_component = (
        component.raw.get("dataModelBindings") for component in components if component.id in asked
    )
    fields = {name for function, name in calls if function == "dataModel"}
    fields.update(field for component in components for field in _of_options(component.raw))
    return frozenset(paths.without_indexes(field) for field in (*fields, *_bound(by_component)))


def _of_options(raw: Mapping[str, Any]) -> Iterator[str]:
    """The fields that the options of a component come from, or that their list is asked with."""
    mapping, source = raw.get("mapping"), raw.get("source")
    yield from (str(path) for path in mapping) if isinstance(mapping, Mapping) else ()
    if isinstance(source, Mapping):
        group, names = source.get("group"), (source.get(name) for name in ("value", "label"))
        for name in names:
            if isinstance(group, str) and isinstance(name, str):
                yield name if name.startswith(f"{group}.") else f"{group}.{name}"


def _calls(value: Any) -> Iterator[tuple[str, str]]:
    """(function, first argument) of every call anywhere in `value` that reads an answer."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping):
            waiting.extend(part.values())
        elif isinstance(part, list):
            if len(part) > 1 and part[0] in ("dataModel", "component") and isinstance(part[1], str):
                yield part[0], part[1]
            waiting.extend(part)


def _bound(bindings: Iterable[Any]) -> Iterator[str]:
    for binding in bindings:
        for field in binding.values() if isinstance(binding, Mapping) else ():
            path = field.get("field") if isinstance(field, Mapping) else field
            if isinstance(path, str):
                yield path
