"""JSON Schema -> metamodel: a flat table of everything in a form, as older tools of the format read it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote

from studio.definition.data_model.model import DataModel
from studio.definition.data_model.nodes import Node, Schema
from studio.definition.data_model.shapes import is_attribute, root_name

UNBOUNDED: Final = 99999
_MAX_ELEMENTS: Final = 20_000
_FORMATS: Final[Mapping[str, str]] = {
    "date": "Date",
    "date-time": "DateTime",
    "duration": "Duration",
    "day": "GDay",
    "month": "GMonth",
    "month-day": "GMonthDay",
    "year": "GYear",
    "year-month": "GYearMonth",
    "time": "Time",
    "uri": "AnyURI",
}
_INTEGERS: Final[Mapping[str, str]] = {
    name: name[0].upper() + name[1:]
    for name in (
        "byte",
        "int",
        "integer",
        "long",
        "negativeInteger",
        "nonNegativeInteger",
        "nonPositiveInteger",
        "positiveInteger",
        "short",
        "unsignedByte",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
    )
}
_RESTRICTIONS: Final = (
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "totalDigits",
)


def to_metamodel(schema: Schema, class_ref: str | None = None) -> dict[str, Any]:
    """The metamodel of a JSON Schema: {"Org", ..., "TargetNamespace", "elements": {id: element}}.

    A group comes before what is inside it. A model that contains itself is followed once round. `class_ref`
    (of the data type) helps old schemas to say where their data begins.
    """
    table = _Table(DataModel(schema, class_ref or _only_class(schema)))
    attributes = schema.get("@xsdSchemaAttributes")
    namespace = attributes.get("TargetNamespace") if isinstance(attributes, Mapping) else None
    return {
        "Org": None,
        "ServiceName": None,
        "RepositoryName": None,
        "ServiceId": None,
        "TargetNamespace": namespace,
        "elements": table.elements,
    }


def _only_class(schema: Schema) -> str | None:
    """In the oldest schemas, the definition that the only property at the top points to."""
    members = schema.get("properties")
    if "@xsdRootElement" in schema or not isinstance(members, Mapping) or len(members) != 1:
        return None
    only = next(iter(members.values()))
    reference = only.get("$ref") if isinstance(only, Mapping) else None
    return unquote(reference.rpartition("/")[2]) if isinstance(reference, str) else None


def csharp_name(name: str) -> str:
    """The name without what cannot be in a name of C#, such as its dashes."""
    kept = re.sub(r"\W", "", name)
    return f"_{kept}" if kept[:1].isdecimal() or not kept else kept


class _Table:
    """Collects the elements."""

    def __init__(self, model: DataModel) -> None:
        self.elements: dict[str, dict[str, Any]] = {}
        self._document = model.document
        self._pointers = dict(_pointers(model.schema, "#"))
        node = model.document.root
        name = root_name(model)
        folder, _, definition = model.document.root_pointer.rpartition("/")
        own_name = definition if folder in {"/$defs", "/definitions"} else name
        type_name = _type_name(node) or csharp_name(own_name)
        self._add(
            csharp_name(name),
            None,
            name,
            f"/{name}",
            node,
            type_name=type_name,
            occurs=(1 if _reference(node.schema) else 0, 1),
        )
        self._members(csharp_name(name), f"/{name}", node, (type_name,))

    def _members(self, parent: str, xpath: str, node: Node, around: tuple[str, ...]) -> None:
        for name, schema in node.properties.items():
            member = Node(node.document, schema)
            item = member.item or member
            own_id, own_path = f"{parent}.{csharp_name(name)}", f"{xpath}/{name}"
            type_name = _type_name(item) or _own_type_name(member, name)
            occurs = _occurs(member, name in node.required)
            if own_id in self.elements or len(self.elements) >= _MAX_ELEMENTS:
                continue
            self._add(own_id, parent, name, own_path, member, type_name=type_name, occurs=occurs)
            if _is_group(item) and type_name not in around:
                self._members(own_id, own_path, item, (*around, type_name))

    def _add(
        self,
        own_id: str,
        parent: str | None,
        name: str,
        xpath: str,
        node: Node,
        *,
        type_name: str,
        occurs: tuple[int, int],
    ) -> None:
        item = node.item or node
        is_group = _is_group(item)
        least, most = occurs
        fixed = None if is_group else _fixed(item)
        # The serialiser of .NET wants all of a tree with places or nothing.
        around = self.elements.get(parent or "", {})
        is_all = item.first("@xsdStructure") == "all" or around.get("orderOblivious") is True
        value_type = None if is_group else _value_type(item)
        shown = type_name if value_type is None or _reference(item.schema) else value_type
        binding = xpath.lstrip("/").partition("/")[2].replace("/", ".")
        hidden = parent is None or fixed is not None or (is_group and most == 1)
        kind = "Group" if is_group else "Attribute" if is_attribute(node) else "Field"
        times = f"{least}..{'*' if most == UNBOUNDED else most}"
        self.elements[own_id] = {
            "id": own_id,
            "parentElement": parent,
            "typeName": type_name,
            "name": csharp_name(name),
            "dataBindingName": None if hidden else binding,
            "xPath": xpath,
            "restrictions": {} if is_group else _restrictions(item),
            "choices": None,
            "type": kind,
            "xsdValueType": value_type,
            "texts": {},
            "customProperties": {},
            "maxOccurs": most,
            "minOccurs": least,
            "xName": name,
            "isTagContent": node.first("@xsdText") is True,
            "fixedValue": fixed,
            "isReadOnly": False,
            "xmlSchemaXPath": None,
            "jsonSchemaPointer": self._pointer(node, is_root=parent is None),
            "displayString": f"{self._shown(own_id)} : [{times}] {shown}",
            "nillable": node.nillable,
            "orderOblivious": is_group and is_all,
        }

    def _shown(self, own_id: str) -> str:
        """The id with a mark at what repeats around it."""
        shown, around = own_id, own_id.rpartition(".")[0]
        while around:
            if self.elements[around]["maxOccurs"] > 1:
                shown = f"{around}[*]{shown[len(around) :]}"
            around = around.rpartition(".")[0]
        return shown

    def _pointer(self, node: Node, *, is_root: bool) -> str | None:
        reference = _reference(node.schema) if is_root else None
        return reference or self._pointers.get(id(node.schema))


def _pointers(schema: Any, pointer: str) -> Iterator[tuple[int, str]]:
    waiting = [(schema, pointer)]
    while waiting:
        found, place = waiting.pop()
        inside = (
            found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
        )
        if isinstance(found, dict):
            yield id(found), place
        for key, value in inside:
            waiting.append((value, f"{place}/{str(key).replace('~', '~0').replace('/', '~1')}"))


def _is_group(node: Node) -> bool:
    return "object" in node.types or bool(node.properties)


def _occurs(node: Node, required: bool) -> tuple[int, int]:
    least = 1 if required and not node.nillable else 0
    if node.item is None:
        return least, 1
    given, most = node.first("minItems"), node.first("maxItems")
    if isinstance(given, int) and not node.nillable:
        least = given
    return least, most if isinstance(most, int) else UNBOUNDED


def _reference(schema: Schema) -> str | None:
    """Where a schema only points to another, directly or as the only alternative."""
    given = schema.get("$ref")
    if isinstance(given, str):
        return given
    for keyword in ("oneOf", "anyOf", "allOf"):
        options = schema.get(keyword)
        real = [each for each in options if each != {"type": "null"}] if isinstance(options, list) else []
        if len(real) == 1 and isinstance(real[0], Mapping) and "properties" not in schema:
            return _reference(real[0])
    return None


def _type_name(node: Node) -> str | None:
    reference = _reference(node.schema)
    return csharp_name(unquote(reference.rpartition("/")[2])) if reference else None


def _own_type_name(node: Node, name: str) -> str:
    """The name of a type that is written where it is used: that of its value for attributes."""
    types = sorted(node.types - {"null"})
    return types[0].capitalize() if is_attribute(node) and types else csharp_name(name)


def _fixed(node: Node) -> str | None:
    constant = node.first("const")
    if constant is None:
        return None
    return {True: "true", False: "false"}[constant] if isinstance(constant, bool) else str(constant)


def _restrictions(node: Node) -> dict[str, Any]:
    found = {key: value for key in _RESTRICTIONS if (value := node.first(key)) is not None}
    texts = {key: str(value) for key, value in found.items() if not isinstance(value, dict | list)}
    values = node.first("enum")
    if isinstance(values, list):
        texts["enumeration"] = ";".join(str(value) for value in values if value is not None)
    return {key: {"value": text, "errortText": None} for key, text in texts.items()}


def _value_type(node: Node) -> str:
    types = node.types - {"null"}
    given = str(node.first("@xsdType") or "")
    if "boolean" in types:
        return "Boolean"
    if "number" in types:
        return "Decimal"
    if "integer" in types:
        return _INTEGERS.get(given, "Integer")
    return _FORMATS.get(str(node.first("format")), "String")
