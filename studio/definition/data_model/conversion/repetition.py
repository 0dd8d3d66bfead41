"""How often an element stands in its type, and what stands for elements and attributes without a name."""

from collections.abc import Mapping
from typing import Any

from studio.definition.data_model.conversion.plain_values import whole
from studio.definition.data_model.conversion.reading import Schema, as_schema, types, wrong
from studio.definition.data_model.conversion.steps import Property
from studio.definition.data_model.conversion.xsd_parts import Part, Value
from studio.definition.sentences import N_


def occurrence(member: Property) -> dict[str, Value]:
    """minOccurs and maxOccurs of an element, where they are not 1."""
    schema, at = member.schema, member.pointer
    repeats = is_list(schema)
    least = whole(schema, "minItems", at) if repeats else None
    most = _most(schema, at) if repeats else 1
    if least is not None and most is not None and least > most and "maxItems" in schema:
        raise wrong(f"{at}/minItems", N_("The least number of rows is greater than the greatest."))
    if least is None and repeats:
        given = schema.get("@xsdMinOccurs")
        least = given if isinstance(given, int) and given >= 0 else None
    least = 0 if not member.required else 1 if least is None else least
    found: dict[str, Value] = {}
    if (least := min(least, most) if most is not None else least) != 1:
        found["minOccurs"] = str(least)
    if most != 1:
        found["maxOccurs"] = "unbounded" if most is None else str(most)
    return found


def _most(schema: Schema, at: str) -> int | None:
    most = whole(schema, "maxItems", at)
    given = schema.get("@xsdMaxOccurs")
    if most is None and isinstance(given, (str, int)) and str(given).isdecimal():
        most = int(given)
    return most


def is_list(schema: Schema) -> bool:
    """Whether a member is a list of values."""
    return "array" in types(schema) or ("items" in schema and not types(schema))


def one_of(schema: Schema, at: str) -> tuple[Schema, str]:
    """The schema of one occurrence of an element, and where it is."""
    if not is_list(schema):
        return schema, at
    items = schema.get("items", {})
    return as_schema(items if items is not False else {}, f"{at}/items"), f"{at}/items"


def wildcard(schema: Schema, *, is_alone: bool) -> Part:
    """A place for any element at all: for any number of them where nothing else is in the type.

    Beside other elements it is one, as XSD wants to tell at each element what it stands for.
    """
    given = schema.get("@xsdAny")
    said = {**schema, **given} if isinstance(given, Mapping) else schema
    occurs: dict[str, Value] = {}
    least, most = said.get("@xsdMinOccurs"), said.get("@xsdMaxOccurs")
    if is_alone and least is None and most is None:
        least, most = 0, "unbounded"
    if isinstance(least, int) and 0 <= least != 1:
        occurs["minOccurs"] = str(least)
    if most == "unbounded" or (str(most).isdecimal() and int(str(most)) > max(1, int(least or 0))):
        occurs["maxOccurs"] = str(most)
    attributes = wildcard_attributes(said)
    if is_alone:
        attributes.setdefault("processContents", "lax")
    return Part("any", {**occurs, **attributes})


def wildcard_attributes(said: Mapping[str, Any]) -> dict[str, Value]:
    """What a wildcard allows. The platform's converter writes "None" where the XSD does not say."""
    found: dict[str, Value] = {}
    for keyword, attribute in (("Id", "id"), ("Namespace", "namespace")):
        if isinstance(said.get(keyword), str):
            found[attribute] = said[keyword]
    process = said.get("ProcessContent", said.get("ProcessContents"))
    if isinstance(process, str) and process.lower() in {"lax", "skip", "strict"}:
        found["processContents"] = process.lower()
    return found
