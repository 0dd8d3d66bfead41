"""Complex types: attributes, content that extends or restricts another type, and text with attributes."""

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from studio.definition.data_model.conversion.annotations import notes_of, unhandled
from studio.definition.data_model.conversion.builtin_types import ANY_TYPE
from studio.definition.data_model.conversion.definitions import Definitions
from studio.definition.data_model.conversion.properties import Convert, Properties, all_of
from studio.definition.data_model.conversion.reach import Reach
from studio.definition.data_model.conversion.simple_types import facets, named_type, simple_type, typed
from studio.definition.data_model.xsd_documents import XS

Json = dict[str, Any]

PARTICLES: Final = tuple(f"{XS}{name}" for name in ("sequence", "choice", "all", "group"))
_DERIVATIONS: Final = (f"{XS}restriction", f"{XS}extension")
_MAX_CHAIN: Final = 100
# The property that holds the text of an element with attributes.
TEXT: Final = "value"
_PROCESS: Final = {"lax": "Lax", "skip": "Skip", "strict": "Strict"}


def complex_type(definitions: Definitions, part: etree._Element, content: Convert) -> Json:
    """The schema of an xs:complexType: every part of it a member of an `allOf`."""
    inner = next(part.iterchildren(f"{XS}simpleContent", f"{XS}complexContent"), None)
    derivation = None if inner is None else next(inner.iterchildren(*_DERIVATIONS), None)
    if derivation is None:
        steps = [*attribute_steps(definitions, part), *_particles(definitions, part, content)]
        body = part
    else:
        is_text = inner is not None and inner.tag == f"{XS}simpleContent"
        steps = list(
            _simple_content(definitions, derivation)
            if is_text
            else _complex_content(definitions, derivation, content)
        )
        body = derivation
    steps = [step for step in steps if step]
    inside = all_of(steps) if steps else {"type": "object"}
    return notes_of(part) | inside | _any_attribute(body) | unhandled(part)


def _particles(definitions: Definitions, part: etree._Element, content: Convert) -> Iterator[Json]:
    for particle in part.iterchildren(*PARTICLES):
        yield content(definitions, particle)


def _complex_content(definitions: Definitions, part: etree._Element, content: Convert) -> Iterator[Json]:
    name = part.get("base", "")
    if definitions.built_in(part, name) != ANY_TYPE:
        if part.tag == f"{XS}restriction" and _makes_single(definitions, part):
            for body in _bodies(definitions, part):
                yield from attribute_steps(definitions, body)
        else:
            yield named_type(definitions, part, name)
    yield from _particles(definitions, part, content)
    yield from attribute_steps(definitions, part)


def _makes_single(definitions: Definitions, part: etree._Element) -> bool:
    """Whether a restriction allows one of what its base has a list of.

    No data is both, so such a type cannot refer to its base; it says all of its content again anyway.
    """
    reach = Reach(definitions)
    own = reach.lists(part)
    inherited = (reach.lists(body) for body in _bodies(definitions, part))
    return any(repeats and own.get(name) is False for found in inherited for name, repeats in found.items())


def _bodies(definitions: Definitions, part: etree._Element) -> Iterator[etree._Element]:
    """Where the types on which a derivation rests have their content, nearest first."""
    for _ in range(_MAX_CHAIN):
        if definitions.built_in(part, part.get("base", "")) is not None:
            return
        base = definitions.target("type", part, part.get("base", ""))
        inner = base.find(f"{XS}complexContent")
        derivation = None if inner is None else next(inner.iterchildren(*_DERIVATIONS), None)
        yield base if derivation is None else derivation
        if derivation is None:
            return
        part = derivation


def _simple_content(definitions: Definitions, part: etree._Element) -> Iterator[Json]:
    properties = Properties()
    base = named_type(definitions, part, part.get("base", ""))
    on_text = "$ref" in base and _has_text(definitions, part)
    if part.tag == f"{XS}restriction":
        yield base
        inner = part.find(f"{XS}simpleType")
        limits = facets(definitions, part)
        value = (
            all_of([simple_type(definitions, inner), *([limits] if limits else [])])
            if inner is not None
            else limits
        )
        properties.add(TEXT, value, required=False)
    elif on_text:
        yield base
    else:
        properties.add(TEXT, {"@xsdText": True} | base, required=True)
    yield from attribute_steps(definitions, part, properties)


def _has_text(definitions: Definitions, part: etree._Element) -> bool:
    return definitions.target("type", part, part.get("base", "")).tag == f"{XS}complexType"


def attribute_steps(
    definitions: Definitions, part: etree._Element, properties: Properties | None = None
) -> Iterator[Json]:
    """The attributes of a type or group: runs of them as properties, each attribute group by reference.

    `properties` may hold some already, which begin the first run.
    """
    run = Properties() if properties is None else properties
    for child in part.iterchildren(f"{XS}attribute", f"{XS}attributeGroup"):
        if child.tag == f"{XS}attributeGroup":
            yield from run.flush()
            reference = definitions.reference("attributeGroup", child, child.get("ref", ""))
            yield notes_of(child) | {"$ref": reference, "@xsdType": "#ref"}
        elif child.get("use") != "prohibited":
            name = child.get("name") or child.get("ref", "").rpartition(":")[2]
            run.add(name, attribute(definitions, child), required=child.get("use") == "required")
    yield from run.flush()


def attribute(definitions: Definitions, part: etree._Element) -> Json:
    """The schema of an attribute: a property with `@xsdAttribute`."""
    inner = part.find(f"{XS}simpleType")
    schema: Json = notes_of(part)
    declared = part
    if part.get("ref") and definitions.is_xml_attribute(part):
        schema |= {"type": "string", "@xsdType": "#ref"}
    elif part.get("ref"):
        declared = definitions.target("attribute", part, part.get("ref", ""))
        schema |= {"$ref": definitions.pointer(declared), "@xsdType": "#ref"}
    elif inner is not None:
        schema |= simple_type(definitions, inner)
    elif part.get("type"):
        schema |= named_type(definitions, part, part.get("type", ""))
    # The platform writes a number as text here, which no number in the data equals.
    for keyword, name in (("default", "default"), ("const", "fixed")):
        if (value := part.get(name)) is not None:
            schema[keyword] = typed(definitions.primitive(declared), value)
    return schema | {"@xsdAttribute": True} | unhandled(part)


def _any_attribute(part: etree._Element) -> Json:
    wildcard = part.find(f"{XS}anyAttribute")
    if wildcard is None:
        return {}
    values = {
        "Id": wildcard.get("id"),
        "Namespace": wildcard.get("namespace", "##any"),
        "ProcessContent": _PROCESS.get(wildcard.get("processContents", ""), "None"),
    }
    return {"@xsdAnyAttribute": {name: value for name, value in values.items() if value is not None}}
