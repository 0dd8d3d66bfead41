"""What an XSD says beside its types: documentation, the header of Seres, attributes of other tools."""

from collections.abc import Iterator
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from studio.definition.data_model.xsd_documents import XML, XS

_NAMES: Final = {f"{XS}documentation": "documentation", f"{XS}appinfo": "appInfo"}


def notes_of(part: etree._Element) -> dict[str, Any]:
    """`$comment`: the documentation of a declaration as XML text; empty where there is none."""
    text = "".join(
        f"<{_NAMES[item.tag]}>{inside}</{_NAMES[item.tag]}>"
        for annotation in part.iterchildren(f"{XS}annotation")
        for item in annotation.iterchildren(*_NAMES)
        if (inside := "".join(_content(item, {None: "", "xml": XML})))
    )
    return {"$comment": text} if text else {}


def header_of(schema: etree._Element) -> dict[str, Any]:
    """`info`: the constants that Seres writes into the documentation of a schema, else its `$comment`."""
    constants = {
        name: attribute.get("fixed")
        for annotation in schema.iterchildren(f"{XS}annotation")
        for item in annotation.iterchildren(f"{XS}documentation")
        for attribute in item.iterchildren(f"{XS}attribute")
        if (name := attribute.get("name", "").strip())
    }
    return {"info": constants} if constants else notes_of(schema)


def foreign_attributes(part: etree._Element) -> dict[str, str]:
    """The attributes of other namespaces, with their prefixes."""
    found = {}
    for name, value in part.attrib.items():
        tag = etree.QName(str(name))
        if tag.namespace:
            prefixes = (prefix for prefix, uri in part.nsmap.items() if prefix and uri == tag.namespace)
            prefix = "xml" if tag.namespace == XML else next(prefixes, "")
            found[f"{prefix}:{tag.localname}"] = str(value)
    return found


def unhandled(part: etree._Element) -> dict[str, Any]:
    """`@xsdUnhandledAttributes`, where there are any."""
    found = foreign_attributes(part)
    return {"@xsdUnhandledAttributes": found} if found else {}


def _content(part: etree._Element, scope: dict[str | None, str]) -> Iterator[str]:
    """Text and elements inside, without the blanks that only indent."""
    yield _text(part.text)
    for child in part.iterchildren():
        if isinstance(child.tag, str):
            yield from _markup(child, scope)
        yield _text(child.tail)


def _text(text: str | None) -> str:
    return escape(text) if text and not text.isspace() else ""


def _markup(part: etree._Element, scope: dict[str | None, str]) -> Iterator[str]:
    """An element as text, with the namespaces that its surroundings do not declare."""
    parent = part.getparent()
    outer = parent.nsmap if parent is not None else {}
    declared = {prefix: uri for prefix, uri in part.nsmap.items() if outer.get(prefix) != uri}
    attributes = []
    for name, value in part.attrib.items():
        tag = etree.QName(str(name))
        prefix = _prefix(part, tag.namespace) if tag.namespace else None
        if prefix and scope.get(prefix) != tag.namespace:
            declared[prefix] = str(tag.namespace)
        attributes.append(f" {prefix + ':' if prefix else ''}{tag.localname}={quoteattr(str(value))}")
    tag = etree.QName(part)
    if scope.get(part.prefix, "") != (tag.namespace or ""):
        declared[part.prefix] = tag.namespace or ""
    opening = f"{part.prefix + ':' if part.prefix else ''}{tag.localname}"
    spaces = [f" xmlns{':' + prefix if prefix else ''}={quoteattr(uri)}" for prefix, uri in declared.items()]
    inside = "".join(_content(part, scope | declared))
    start = f"<{opening}{''.join(attributes)}{''.join(spaces)}"
    yield f"{start}>{inside}</{opening}>" if inside else f"{start} />"


def _prefix(part: etree._Element, namespace: str) -> str | None:
    if namespace == XML:
        return "xml"
    return next((prefix for prefix, uri in part.nsmap.items() if prefix and uri == namespace), None)
