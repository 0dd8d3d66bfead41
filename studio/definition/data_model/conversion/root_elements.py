"""The elements with which the documents of a JSON Schema begin."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from studio.definition.data_model.conversion.reading import (
    COMPOSITIONS,
    FOLDERS,
    Schema,
    as_schema,
    escaped,
    mapping,
)
from studio.definition.data_model.conversion.source import Source, Target

Strategy = Literal["seres", "or", "general"]

_SERES: Final = "http://seres.no/xsd/forvaltningsdata"
_OR: Final = "http://www.brreg.no/or"
_CONTENT: Final = (
    "properties",
    "$ref",
    "items",
    "enum",
    "const",
    "@xsdText",
    "@xsdAnyAttribute",
    *COMPOSITIONS,
)


def strategy(schema: Mapping[str, Any]) -> Strategy:
    """Which of the platform's three families a schema is of. It decides the name of a root that has none."""
    info = schema.get("info")
    spaces = schema.get("@xsdNamespaces")
    uris = set(map(str, spaces.values())) if isinstance(spaces, Mapping) else set()
    script = info.get("XSLT-skriptnavn") if isinstance(info, Mapping) else None
    if _SERES in uris or script == "SERES_XSD_GEN":
        return "seres"
    return "or" if _OR in uris else "general"


def roots_of(source: Source) -> Iterator[Target]:
    """The root elements by name and schema, the usual one first. Raises BrokenSchema."""
    schema = source.schema
    info = schema.get("info")
    info = info if isinstance(info, Mapping) else {}
    given, message = schema.get("@xsdRootElement"), info.get("meldingsnavn")
    pointer = str(info.get("rootNode") or "")
    if pointer not in {"", "#"}:
        reference = pointer if pointer.startswith("#") else f"#{pointer}"
        target = source.target(reference, "#/info/rootNode")
        name = str(given or target.name or reference.rsplit("/", 1)[-1])
        yield Target(name, {"$ref": reference}, "#/info/rootNode")
        return
    if given is None and "rootNode" not in info:
        wrapped = list(_wrapped(source, message))
        if wrapped:
            yield from wrapped
            return
    if given is None and not any(keyword in schema for keyword in _CONTENT) and source.definitions:
        return
    default = (message or "melding") if strategy(schema) == "seres" else "root"
    yield Target(str(given or default), _body(schema), "#")


def _wrapped(source: Source, message: Any) -> Iterator[Target]:
    """The elements at the top of the oldest schemas, which list them as properties of the document."""
    inside = mapping(source.schema, "properties", "#")
    named = isinstance(message, str) and message in inside
    lone = len(inside) == 1 and next(iter(inside)).casefold() == "melding"
    old = "definitions" in source.schema and all(
        isinstance(member, Mapping) and "$ref" in member and "@xsdMinOccurs" not in member
        for member in inside.values()
    )
    if inside and (named or lone or old):
        first = message if named else next(iter(inside))
        for name in (first, *(name for name in inside if name != first and old)):
            at = f"#/properties/{escaped(name)}"
            yield Target(name, as_schema(inside[name], at), at)


def _body(schema: Schema) -> Schema:
    """The root schema without what stands on the schema element."""
    return {key: value for key, value in schema.items() if key not in {*FOLDERS, "@xsdUnhandledAttributes"}}
