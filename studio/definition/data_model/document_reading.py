"""An XML document into form data."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, cast

from lxml import etree

from studio.definition.data_model.model import Kind
from studio.definition.data_model.prefixes import XSI
from studio.definition.data_model.shapes import MAX_DEPTH, ROW_ID, TEXT, Group, Place, Shape
from studio.definition.data_model.xml_text import text_of
from studio.definition.errors import DomainError
from studio.definition.safe_xml import BrokenXml
from studio.definition.sentences import N_, Sentence

_NIL: Final = f"{{{XSI}}}nil"
# A number with the very characters with which JSON writes it.
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)
_BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}
# What can be read can be written: see `number_text`.
_MAX_DIGITS: Final = 400


class WrongDocument(DomainError):
    """A document that is none of the model's."""


class Reader:
    """Reads the members of elements."""

    def __init__(self, shape: Shape, *, has_nil: bool = True) -> None:
        self._root_namespace = shape.root.tag.rpartition("}")[0]
        # Looking for attributes takes time; most documents have none that say nil.
        self._has_nil = has_nil

    def members(self, element: etree._Element, group: Group, depth: int) -> dict[str, Any]:
        """What is inside an element, by name."""
        _refuse_depth(depth)
        found: dict[str, Any] = {}
        if element.keys():
            self._attributes(element, group, found)
        by_tag, by_name, has_nil = group.by_tag, group.elements, self._has_nil
        for child in element.iterchildren(etree.Element):
            tag = child.tag
            place = by_tag.get(tag) or by_name.get(tag.rpartition("}")[2])
            if place is None:
                _collect(found, self._name(tag), self._stranger(child, depth + 1))
                continue
            if has_nil or not place.is_plain or len(child):
                value = self._value(child, place, depth)
            else:
                value = child.text or ""
                if not place.is_text:
                    value = _READERS[place.kind](value, place)
            name = place.name
            if place.repeating:
                found.setdefault(name, []).append(value)
            elif name in found:
                _collect(found, name, value)
            else:
                found[name] = value
        text = group.text or (group.elements.get(TEXT) if len(element) == 0 and element.text else None)
        if text is not None:
            self._text(element, text, found)
        return found

    def _attributes(self, element: etree._Element, group: Group, found: dict[str, Any]) -> None:
        for tag, text in _attributes(element):
            name = tag.rpartition("}")[2]
            # A JSON Schema alone does not always say what is an attribute.
            place = group.attribute_by_tag.get(tag) or group.attributes.get(name) or group.elements.get(tag)
            if place is not None:
                found[place.name] = _read(text, place)
            elif tag == ROW_ID:
                found[ROW_ID] = text
            elif not tag.startswith(f"{{{XSI}}}"):
                found[f"@{tag}"] = text

    def _text(self, element: etree._Element, text: Place, found: dict[str, Any]) -> None:
        if _is_nil(element):
            found[text.name] = None
            return
        written = _text_in(element)
        if written or text.kind == "string":
            found[text.name] = _read(written, text)

    def _value(self, element: etree._Element, place: Place, depth: int) -> Any:
        group = place.group
        if self._has_nil and _is_nil(element):
            has_more = len(element.keys()) > 1 and group is not None and group.text is not None
            return self.members(element, group, depth + 1) if group and has_more else None
        if group is not None:
            return self.members(element, group, depth + 1)
        if len(element) == 0:
            return _read(element.text or "", place)
        if next(element.iterchildren(etree.Element), None) is not None:
            return self._stranger(element, depth)
        return _read(_text_in(element), place)

    def _name(self, tag: str) -> str:
        """The name of an unknown member: with its namespace unless that is the model's."""
        namespace, _, name = tag.rpartition("}")
        return name if namespace in {"", self._root_namespace} else tag

    def _stranger(self, element: etree._Element, depth: int) -> Any:
        """The value of an element that nothing is known about."""
        _refuse_depth(depth)
        if _is_nil(element):
            return None
        found: dict[str, Any] = {}
        for tag, text in _attributes(element):
            if not tag.startswith(f"{{{XSI}}}"):
                found[ROW_ID if tag == ROW_ID else f"@{tag}"] = text
        children = list(element.iterchildren(etree.Element))
        if not children and not found:
            return _text_in(element)
        for child in children:
            _collect(found, self._name(child.tag), self._stranger(child, depth + 1))
        if not children and (text := _text_in(element)):
            found["#text"] = text
        return found


def _refuse_depth(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise BrokenXml(Sentence(N_("The data are nested more than %(depth)s deep."), {"depth": MAX_DEPTH}))


def _is_nil(element: etree._Element) -> bool:
    return element.get(_NIL) in {"true", "1"}


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    # The stubs of lxml allow bytes; what is read is always str.
    return cast("list[tuple[str, str]]", element.attrib.items())


def _collect(found: dict[str, Any], name: str, value: Any) -> None:
    """Add a value; the second of a name makes a list, but the id of a row is what was said first."""
    if name not in found:
        found[name] = value
    elif name == ROW_ID:
        return
    elif isinstance(found[name], list):
        found[name].append(value)
    else:
        found[name] = [found[name], value]


def _text_in(element: etree._Element) -> str:
    """The text of an element, also around comments."""
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _read(text: str, place: Place) -> Any:
    read = _READERS[place.kind]
    return [read(part, place) for part in text.split()] if place.is_list else read(text, place)


def _number(text: str, _place: Place) -> Any:
    match = _NUMBER.fullmatch(text)
    if match is None or len(text) > _MAX_DIGITS or text == "-0":
        return text
    return Decimal(text) if match[1] else int(text)


def _boolean(text: str, _place: Place) -> Any:
    return _BOOLEANS.get(text.strip(), text)


def _any(text: str, place: Place) -> Any:
    constant = place.constant
    return constant if constant is not None and text_of(constant) == text.strip() else text


def _as_it_is(text: str, _place: Place) -> Any:
    return text


_READERS: Final[Mapping[Kind, Callable[[str, Place], Any]]] = {
    "number": _number,
    "integer": _number,
    "boolean": _boolean,
    "any": _any,
    "string": _as_it_is,
    "date": _as_it_is,
    "date-time": _as_it_is,
    "time": _as_it_is,
    "group": _as_it_is,
}


def refuse_strangers(root: etree._Element, shape: Shape) -> None:
    """Raise WrongDocument where the document is not one of the model, naming the first thing that is not."""
    expected = shape.root.tag
    if root.tag != expected:
        values = {"found": str(root.tag), "expected": expected}
        raise WrongDocument(
            Sentence(N_("The document begins with %(found)s, not with %(expected)s."), values)
        )
    waiting = [(root, shape.group)]
    while waiting:
        element, group = waiting.pop()
        for child in element.iterchildren(etree.Element):
            place = group.by_tag.get(str(child.tag))
            if place is None and not group.allows_any:
                values = {"name": str(child.tag), "line": str(child.sourceline)}
                sentence = N_("The data model has no %(name)s where line %(line)s of the document has one.")
                raise WrongDocument(Sentence(sentence, values))
            if place is not None and place.group is not None:
                waiting.append((child, place.group))
