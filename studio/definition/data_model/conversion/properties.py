"""Runs of properties, and the steps of an `allOf` that they and other parts make."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from lxml import etree

from studio.definition.data_model.conversion.definitions import Definitions

Json = dict[str, Any]


class Convert(Protocol):
    """Converts a part of a schema. Types hold elements, elements hold types: one is handed the other."""

    def __call__(self, definitions: Definitions, part: etree._Element, /) -> Json: ...


def all_of(steps: Sequence[Json]) -> Json:
    """Everything that the steps say, as one schema; normalisation merges a single one."""
    return {"allOf": list(steps)} if steps else {}


class Properties:
    """Properties one after the other, until something else comes between them."""

    def __init__(self) -> None:
        self._properties: Json = {}
        self._required: list[str] = []

    def add(self, name: str, schema: Json, *, required: bool) -> None:
        """Add a property."""
        self._properties[name] = schema
        if required and name not in self._required:
            self._required.append(name)

    def flush(self) -> Iterator[Json]:
        """The run so far as one step, if there is one; the next begins empty."""
        if self._properties:
            step: Json = {"properties": self._properties}
            yield step | ({"required": self._required} if self._required else {})
        self._properties, self._required = {}, []
