"""A component of a page, as a value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Binding:
    """Where a component keeps what is filled in: a field of a data model (None: the layout set's own)."""

    field: str
    data_type: str | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """A component. `raw` is its object in the file, `pointer` the object's place; `id` is "" if it has none.

    `children` are the components it holds, in the order it names them; `parent_id` is the one that holds it.
    """

    id: str
    type: str
    raw: Mapping[str, Any] = field(repr=False)
    pointer: str
    children: tuple["Component", ...] = field(default=(), repr=False)
    parent_id: str | None = None

    @property
    def called(self) -> str:
        """What sentences call it: its id, or its type where it has none."""
        return self.id or self.type or "–"

    @property
    def bindings(self) -> Mapping[str, Binding]:
        """Every binding that names a field, by its key."""
        named = self.raw.get("dataModelBindings")
        keys = named if isinstance(named, dict) else {}
        return {key: found for key in keys if (found := self.binding(key)) is not None}

    def binding(self, key: str) -> Binding | None:
        """The field behind a binding such as "simpleBinding"; None where it is missing or empty."""
        named = self.raw.get("dataModelBindings")
        return read_binding(named.get(key)) if isinstance(named, dict) else None

    @property
    def text_keys(self) -> Mapping[str, str]:
        """Every text binding that is a plain key, by its slot ("title", "description", ...)."""
        named = self.raw.get("textResourceBindings")
        return (
            {slot: key for slot, key in named.items() if isinstance(key, str)}
            if isinstance(named, dict)
            else {}
        )

    def text_key(self, key: str) -> str | None:
        """The text key (or literal text) in a slot; None where there is none or it is an expression."""
        return self.text_keys.get(key)

    def walk(self) -> Iterator["Component"]:
        """This component and everything in it, as shown from top to bottom."""
        waiting = [self]
        while waiting:
            component = waiting.pop()
            yield component
            waiting.extend(reversed(component.children))


def read_binding(value: Any) -> Binding | None:
    """A binding in either of its spellings, "a.b" or {dataType, field}; None for anything else and for ""."""
    if isinstance(value, str):
        return Binding(value) if value else None
    if isinstance(value, dict) and isinstance(value.get("field"), str) and value["field"]:
        data_type = value.get("dataType")
        return Binding(value["field"], data_type if isinstance(data_type, str) and data_type else None)
    return None
