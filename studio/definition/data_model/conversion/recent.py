"""What recent edits have found out about schemas and XSDs: what one made is what the next begins with."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, Final

from studio.definition.content_cache import ContentCache
from studio.definition.data_model.conversion.from_xsd import schema_of
from studio.definition.data_model.conversion.matching import differences
from studio.definition.data_model.conversion.to_xsd import Derived
from studio.definition.data_model.xsd_documents import read_documents
from studio.definition.errors import DomainError

_DERIVED: Final[ContentCache[Derived]] = ContentCache(8)
_APART: Final[ContentCache[frozenset[str] | None]] = ContentCache(50)


@dataclass(frozen=True)
class Xsd:
    """An XSD and the files, by name, that it includes or imports."""

    data: bytes
    beside: tuple[tuple[str, bytes], ...]

    @cached_property
    def id(self) -> str:
        """The same for the same content."""
        found = sha256(self.data)
        for name, data in self.beside:
            found.update(f"\0{name}\0{len(data)}\0".encode() + data)
        return found.hexdigest()


def derived(schema: Mapping[str, Any], before: Derived | None = None) -> Derived:
    """What a schema stands for; `before` is the same of what it was before an edit."""
    try:
        text = json.dumps(schema, default=repr)
    except RecursionError:
        return Derived(schema)
    key = sha256(text.encode()).hexdigest()
    return _DERIVED.get(key, lambda: before.edited(schema, key) if before else Derived(schema, key))


def apart(xsd: Xsd, schema: Derived, before: Xsd | None = None) -> frozenset[str] | None:
    """The names of what an XSD says differently; None where it cannot be read. `before` is what it was."""

    def found() -> frozenset[str] | None:
        try:
            return frozenset(differences(_said(xsd, before), schema))
        except DomainError:
            return None

    return _APART.get(f"{xsd.id} {schema.id}", found) if schema.id else found()


def remember_apart(xsd: Xsd, schema: Derived, names: frozenset[str]) -> None:
    """Keep what `apart` would find."""
    _APART.get(f"{xsd.id} {schema.id}", lambda: names)


def _said(xsd: Xsd, before: Xsd | None = None) -> Derived:
    """What an XSD stands for, in the words of its schema."""
    earlier = _said(before) if before is not None else None

    def read() -> Derived:
        schema = schema_of(read_documents(xsd.data, dict(xsd.beside)))
        return earlier.edited(schema, xsd.id) if earlier else Derived(schema, xsd.id)

    return _DERIVED.get(xsd.id, read)
