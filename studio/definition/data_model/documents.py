"""Form data as an XML document and back.

JSON property names are the names of elements and attributes. Where the app has an XSD it decides order,
namespaces, attributes, text content and nil; without one the JSON Schema's own keywords do.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final, cast

from lxml import etree

from studio.definition import safe_xml
from studio.definition.data_model.model import DataModel, Field
from studio.definition.data_model.xsd import Element, read_xsd

ROW_ID: Final = "altinnRowId"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_NIL: Final = f"{{{_XSI}}}nil"
_ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_xml(
    model: DataModel, data: Mapping[str, Any], xsd: bytes | None = None, *, keep_unknown: bool = True
) -> bytes:
    """The document for some form data: UTF-8 with a declaration.

    Empty fields are left out, or are nil where the XSD demands the element; fixed attributes are filled in.
    Rows keep their altinnRowId (see `without_row_ids`). Members that the XSD does not know are written
    last, so that nothing is lost, or left out without `keep_unknown`, so that the document is valid.
    Raises BrokenXml for an XSD that cannot be read.
    """
    shape = read_xsd(xsd).root if xsd is not None else None
    tag = shape.tag if shape else root_name(model)
    namespace = etree.QName(tag).namespace
    root = etree.Element(tag, nsmap=_prefixes(namespace))
    _fill(root, model.fields, data if keep_unknown or shape is None else _known_to(shape, data), shape)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _known_to(shape: Element, data: Mapping[str, Any]) -> dict[str, Any]:
    """The members of the data that the XSD has a place for."""
    places = {*shape.children, *shape.attributes, *({"value"} if shape.has_text else ())}
    found: dict[str, Any] = {}
    for name, value in data.items():
        inner = shape.children.get(name)
        if inner is not None and isinstance(value, Mapping):
            found[name] = _known_to(inner, value)
        elif inner is not None and isinstance(value, list):
            found[name] = [_known_to(inner, row) if isinstance(row, Mapping) else row for row in value]
        elif name in places:
            found[name] = value
    return found


def from_xml(model: DataModel, document: bytes) -> dict[str, Any]:
    """Form data from a document. Namespaces do not matter; what the model does not know is read as text.

    Numbers come as int or Decimal; a number or boolean that cannot be read stays text. Raises BrokenXml.
    """
    return _members(safe_xml.parse(document), model.fields)


def _prefixes(namespace: str | None) -> dict[str, str]:
    prefixes: dict[str | None, str] = {"xsi": _XSI} | ({None: namespace} if namespace else {})
    # lxml takes None for the default namespace, its type stubs do not know.
    return cast("dict[str, str]", prefixes)


def root_name(model: DataModel) -> str:
    """The name of the root element of a model without an XSD."""
    given = model.schema.get("@xsdRootElement")
    if isinstance(given, str) and given:
        return given
    info = model.schema.get("info")
    message = info.get("meldingsnavn") if isinstance(info, Mapping) else None
    if isinstance(message, str) and message:
        return message
    return (model.class_ref or "").rsplit(".", 1)[-1] or "root"


def without_row_ids(data: Any) -> Any:
    """The same data without the altinnRowId of any row."""
    if isinstance(data, Mapping):
        return {key: without_row_ids(value) for key, value in data.items() if key != ROW_ID}
    return [without_row_ids(item) for item in data] if isinstance(data, list) else data


def _fill(
    parent: etree._Element, fields: tuple[Field, ...], data: Mapping[str, Any], shape: Element | None
) -> None:
    known = {field.name: field for field in fields}
    if data.get(ROW_ID) is not None:
        parent.set(ROW_ID, str(data[ROW_ID]))
    for attribute in (shape.attributes if shape else {}).values():
        if attribute.fixed is not None and attribute.required and data.get(attribute.name) is None:
            parent.set(attribute.name, attribute.fixed)
    for name in _in_order([*known, *(key for key in data if key not in known)], shape):
        if name == ROW_ID:
            continue
        field, value = known.get(name), data.get(name)
        if _is_attribute(name, field, shape):
            if value is not None and value != "":
                parent.set(name, text_of(value))
        elif _is_text(name, field, shape):
            parent.text = None if value is None else text_of(value)
        else:
            _append(parent, name, field, value, shape.children.get(name) if shape else None)


def _in_order(names: list[str], shape: Element | None) -> list[str]:
    places = {name: place for place, name in enumerate(shape.children)} if shape else {}
    return sorted(names, key=lambda name: places.get(name, len(places)))


def _is_attribute(name: str, field: Field | None, shape: Element | None) -> bool:
    if shape is not None:
        return name in shape.attributes and name not in shape.children
    node = field.node if field else None
    return node is not None and (
        node.first("@xsdAttribute") is True or node.first("@xsdType") in {"XmlAttribute", "#attribute"}
    )


def _is_text(name: str, field: Field | None, shape: Element | None) -> bool:
    if field is not None and field.node.first("@xsdText") is True:
        return True
    return shape is not None and shape.has_text and name == "value"


def _append(
    parent: etree._Element, name: str, field: Field | None, value: Any, shape: Element | None
) -> None:
    tag = shape.tag if shape else name
    for item in value if isinstance(value, list) else [value]:
        if _is_empty(item, field):
            if shape is not None and shape.required and shape.nillable and not isinstance(value, list):
                etree.SubElement(parent, tag).set(_NIL, "true")
            continue
        element = etree.SubElement(parent, tag)
        if isinstance(item, Mapping):
            _fill(element, field.children if field else (), item, shape)
        else:
            element.text = text_of(item)


def _is_empty(item: Any, field: Field | None) -> bool:
    """Whether nothing is written: null, "" for what is no text, and groups that hold nothing."""
    if item is None:
        return True
    if isinstance(item, str):
        return item == "" and field is not None and field.kind != "string"
    if not isinstance(item, Mapping):
        return False
    inner = {child.name: child for child in field.children} if field else {}
    text = next((name for name, child in inner.items() if child.node.first("@xsdText") is True), None)
    if text is not None:
        return item.get(text) is None
    return all(_holds_nothing(value, inner.get(name)) for name, value in item.items())


def _holds_nothing(value: Any, field: Field | None) -> bool:
    if isinstance(value, list):
        return not value
    if field is not None and field.node.first("const") is not None:
        return True
    return _is_empty(value, field)


def text_of(value: Any) -> str:
    """A plain value as XML writes it. Characters that XML cannot hold become U+FFFD."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    return _ILLEGAL.sub("\ufffd", str(value))


def _members(element: etree._Element, fields: tuple[Field, ...]) -> dict[str, Any]:
    known = {field.name: field for field in fields}
    found: dict[str, Any] = {}
    for name, text in element.attrib.items():
        local = etree.QName(name).localname
        if not str(name).startswith("{"):
            found[local] = _plain(str(text), known.get(local))
    for child in element.iterchildren(etree.Element):
        _take(found, etree.QName(child).localname, child, known)
    text_field = next((field for field in fields if field.node.first("@xsdText") is True), None)
    text_name = text_field.name if text_field else "value"
    if (text_field or "value" in known) and len(element) == 0 and element.text and text_name not in found:
        found[text_name] = _plain(element.text, known.get(text_name))
    return found


def _take(found: dict[str, Any], name: str, child: etree._Element, known: Mapping[str, Field]) -> None:
    field = known.get(name)
    value = _value(child, field)
    if field is not None and field.repeating:
        found.setdefault(name, []).append(value)
    elif field is None and name in found:
        earlier = found[name]
        found[name] = [*(earlier if isinstance(earlier, list) else [earlier]), value]
    else:
        found[name] = value


def _value(element: etree._Element, field: Field | None) -> Any:
    if element.get(_NIL) in {"true", "1"}:
        return None
    if (field is not None and field.is_group) or len(element):
        return _members(element, field.children if field else ())
    return _plain(element.text or "", field)


def _plain(text: str, field: Field | None) -> Any:
    kind = field.kind if field else "string"
    stripped = text.strip()
    if field is not None and kind == "any":
        constant = field.node.first("const")
        return constant if constant is not None and text_of(constant) == stripped else text
    if kind == "boolean" and stripped in {"true", "false", "1", "0"}:
        return stripped in {"true", "1"}
    if kind in {"number", "integer"}:
        try:
            number = Decimal(stripped)
        except InvalidOperation:
            return text
        whole = kind == "integer" and number.is_finite() and number == number.to_integral_value()
        return int(number) if whole else number
    return text
