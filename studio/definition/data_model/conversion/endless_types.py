"""Types of which there is no finite document, because they always hold one of themselves."""

from collections.abc import Iterator, Mapping
from typing import Any

from studio.definition.data_model.conversion.reading import COMPOSITIONS, FOLDERS, Schema, definition_name
from studio.definition.data_model.conversion.source import Source, Target


def endless_types(source: Source, places: list[tuple[str, Schema]]) -> Iterator[Target]:
    """The definitions that always hold one of themselves. `places` are all (pointer, schema) there are."""
    needs: dict[str, set[str]] = {}
    for at, schema in places:
        parts = at.split("/")
        owner = definition_name("/".join(parts[:3])) if len(parts) > 2 and parts[1] in FOLDERS else None
        reference = definition_name(schema.get("$ref"))
        if owner is not None and reference is not None and _is_certain(source, parts):
            needs.setdefault(owner, set()).add(reference)
    for name in needs:
        target = source.definitions.get(name)
        if target is not None and name in _reached(needs, name):
            yield target


def _is_certain(source: Source, parts: list[str]) -> bool:
    """Whether every document has what stands at a place inside a definition."""
    schema: Any = source.schema[parts[1]]
    schema = schema.get(_unescaped(parts[2]))
    place = 3
    while place < len(parts) and isinstance(schema, Mapping):
        keyword = parts[place]
        if keyword == "items":
            least = schema.get("minItems")
            if not isinstance(least, int) or least < 1:
                return False
            schema, place = schema["items"], place + 1
            continue
        if place + 1 >= len(parts):
            return False
        name = _unescaped(parts[place + 1])
        if keyword == "properties":
            required = schema.get("required")
            if not isinstance(required, list) or name not in required:
                return False
            schema = schema["properties"][name]
        elif keyword == "allOf" or (keyword in COMPOSITIONS and len(schema[keyword]) == 1):
            schema = schema[keyword][int(name)]
        else:
            return False
        place += 2
    return True


def _unescaped(part: str) -> str:
    return part.replace("~1", "/").replace("~0", "~")


def _reached(needs: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(needs.get(start, ()))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(needs.get(name, ()))
    return found
