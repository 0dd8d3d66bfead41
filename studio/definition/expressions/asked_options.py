"""What a component asks an option list or a data list for."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from studio.definition.expressions.values import Value, to_text


class Asks(Protocol):
    """A component in its rows, as far as its parameters are concerned."""

    def text_value(self, name: str, value: Any, default: str | None = None) -> str | None: ...

    def data(self, path: str, data_type: str | None) -> Value: ...


def asked_for(raw: Mapping[str, Any], spot: Asks) -> Iterator[tuple[str, str]]:
    """What the query parameters and the mapping of a component say: name -> text."""
    parameters, mapping = raw.get("queryParameters"), raw.get("mapping")
    for name, value in parameters.items() if isinstance(parameters, Mapping) else ():
        yield str(name), spot.text_value("queryParameters", value) or ""
    for path, name in mapping.items() if isinstance(mapping, Mapping) else ():
        found = spot.data(str(path), None)
        yield str(name), found if isinstance(found, str) else to_text(found) or ""
