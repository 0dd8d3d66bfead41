"""Text resources: what the app says, once for each language (config/texts/resource.{language}.json)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class Variable:
    """A value that takes the place of {0}, {1}, ... in a text."""

    key: str
    data_source: str
    default: str | None


@dataclass(frozen=True, slots=True)
class TextResource:
    """One text. `pointer` is its place in the file."""

    id: str
    value: str
    variables: tuple[Variable, ...] = ()
    pointer: str = field(default="", compare=False)


@dataclass(frozen=True)
class Texts:
    """The texts of one language, in file order. Of texts with the same id the last one counts."""

    language: str
    resources: tuple[TextResource, ...] = ()

    @cached_property
    def _by_id(self) -> Mapping[str, TextResource]:
        return {resource.id: resource for resource in self.resources}

    def get(self, key: str) -> TextResource | None:
        """The text with this id, if the app has it in this language."""
        return self._by_id.get(key)

    @cached_property
    def with_variables(self) -> tuple[TextResource, ...]:
        """Those that hold values of elsewhere: few of many."""
        return tuple(resource for resource in self.resources if resource.variables)

    def keys(self) -> tuple[str, ...]:
        """Every id once, in file order."""
        return tuple(self._by_id)

    def __iter__(self) -> Iterator[TextResource]:
        return iter(self._by_id.values())

    def __contains__(self, key: object) -> bool:
        return key in self._by_id


class TextReader:
    """Reads the texts of a language again and again: what stands where it stood stays the same object."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._latest: tuple[list[Any], list[TextResource | None]] = ([], [])

    def read(self, value: Any) -> Texts:
        """Texts from a parsed file, whatever is in it."""
        listed = member(value, "resources")
        listed = listed if isinstance(listed, list) else []
        before, known = self._latest
        made = [
            old if raw == was else _resource(place, raw)
            for place, (raw, was, old) in enumerate(zip(listed, before, known, strict=False))
        ]
        made += [_resource(place, raw) for place, raw in enumerate(listed[len(made) :], len(made))]
        self._latest = listed, made
        return Texts(self._language, tuple(found for found in made if found is not None))


def _resource(place: int, raw: Any) -> TextResource | None:
    key, text = member(raw, "id"), member(raw, "value")
    if not isinstance(key, str):
        return None
    variables = member(raw, "variables")
    return TextResource(
        key,
        text if isinstance(text, str) else "",
        tuple(_variables(variables if isinstance(variables, list) else [])),
        f"/resources/{place}",
    )


def _variables(listed: list[Any]) -> Iterator[Variable]:
    for raw in listed:
        key, source, default = member(raw, "key"), member(raw, "dataSource"), member(raw, "defaultValue")
        if isinstance(key, str):
            yield Variable(
                key, source if isinstance(source, str) else "", default if isinstance(default, str) else None
            )


def member(value: Any, name: str) -> Any:
    """A member of an object by its name, whatever its case (the platform reads typed files that way)."""
    if not isinstance(value, dict):
        return None
    if name in value:
        return value[name]
    wanted = name.casefold()
    return next((found for key, found in value.items() if key.casefold() == wanted), None)


def spelled(value: Any, name: str) -> str:
    """How an object itself spells the name of a member; the name where it has none."""
    if not isinstance(value, dict) or name in value:
        return name
    wanted = name.casefold()
    return next((key for key in value if key.casefold() == wanted), name)
