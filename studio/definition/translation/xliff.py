"""Texts as XLIFF 2.1 (OASIS), the file format of translation tools, and back.

One unit a text; its key is the name of the unit. Variables such as {0} stand as placeholders (`ph`), so that
tools protect them. What Studio needs to see conflicts stands in attributes of its own namespace, which the
standard lets tools keep (2.1, 4.2.3.3); a file without them is read as well.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from studio.definition import safe_xml
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.definition.translation.status import Status
from studio.definition.translation.units import Batch, Unit

MEDIA_TYPE: Final = "application/xliff+xml"
_XLIFF: Final = "urn:oasis:names:tc:xliff:document:2.0"
_OWN: Final = "urn:studio:translation"
_X: Final = f"{{{_XLIFF}}}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_VARIABLE: Final = re.compile(r"(\{[0-9]{1,3}\})")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-zA-Z0-9]{2,8})*")
# The states of a segment (2.1, 4.3.1.25) for the statuses of a text, and back.
_STATES: Final[dict[Status, str]] = {
    "new": "initial",
    "needs-work": "initial",
    "translated": "translated",
    "approved": "final",
}
_STATUSES: Final[dict[str, Status]] = {
    "initial": "needs-work",
    "translated": "translated",
    "reviewed": "approved",
    "final": "approved",
}
# What XML cannot hold at all (XML 1.0, 2.2); as XLIFF says, it stands as an element.
_UNWRITABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(batch: Batch) -> bytes:
    """The batch as a document in UTF-8."""
    root = etree.Element(
        f"{_X}xliff",
        {"version": "2.1", "srcLang": batch.source_language, "trgLang": batch.target_language},
        nsmap={None: _XLIFF, "studio": _OWN},  # type: ignore[dict-item]  # the stubs know no default namespace
    )
    file = etree.SubElement(root, f"{_X}file", id="texts", original=f"resource.{batch.source_language}.json")
    for number, unit in enumerate(batch.units, 1):
        file.append(_unit(unit, number))
    etree.indent(root)
    _put_text_back(root, batch)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _unit(unit: Unit, number: int) -> etree._Element:
    made = etree.Element(f"{_X}unit", id=f"u{number}", name=_writable(unit.key))
    for name, value in (("source", unit.source_of), ("target", unit.target_of), ("status", unit.status)):
        if value is not None:
            made.set(f"{{{_OWN}}}{name}", value)
    if unit.notes:
        notes = etree.SubElement(made, f"{_X}notes")
        for note in unit.notes:
            etree.SubElement(notes, f"{_X}note").text = _writable(note)
    segment = etree.SubElement(made, f"{_X}segment", state=_STATES[unit.status])
    for name in ("source", "target"):
        etree.SubElement(segment, f"{_X}{name}").set(
            "{http://www.w3.org/XML/1998/namespace}space", "preserve"
        )
    return made


def _put_text_back(root: etree._Element, batch: Batch) -> None:
    """Write the texts after the indentation, which must not come between their parts."""
    for unit, segment in zip(batch.units, root.iter(f"{_X}segment"), strict=True):
        source, target = segment
        _fill(source, unit.source)
        if unit.target:
            _fill(target, unit.target)
        else:
            segment.remove(target)
            source.tail = target.tail


def _fill(element: etree._Element, text: str) -> None:
    last: etree._Element | None = None
    for place, part in enumerate(_VARIABLE.split(text)):
        if place % 2:
            last = etree.SubElement(element, f"{_X}ph", id=f"v{place}", disp=part, equiv=part)
            continue
        for piece in re.split(f"({_UNWRITABLE.pattern})", part):
            if _UNWRITABLE.fullmatch(piece):
                last = etree.SubElement(element, f"{_X}cp", hex=f"{ord(piece):04X}")
            elif last is None:
                element.text = (element.text or "") + piece
            else:
                last.tail = (last.tail or "") + piece


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)


def read(data: bytes) -> Batch:
    """The batch in a document, from Studio or from a translation tool.

    Raises DomainError for what is no XLIFF 2.
    """
    root = safe_xml.parse(data)
    if root.tag != f"{_X}xliff":
        raise DomainError(Sentence(N_("This is no XLIFF file of version 2.")))
    source, target = root.get("srcLang", ""), root.get("trgLang", "")
    if not _LANGUAGE.fullmatch(source) or not _LANGUAGE.fullmatch(target):
        raise DomainError(Sentence(N_("The file does not say which languages it is from and to.")))
    return Batch(source, target, tuple(_units(root)))


def _units(root: etree._Element) -> Iterator[Unit]:
    for unit in root.iter(f"{_X}unit"):
        # A tool may have parted a unit into segments, with what is between them in `ignorable`.
        parts = [each for each in unit if each.tag in {f"{_X}segment", f"{_X}ignorable"}]
        segments = [each for each in parts if each.tag == f"{_X}segment"]
        if not segments:
            continue
        sources = [_text(each.find(f"{_X}source")) for each in parts]
        targets = [_text(found) if (found := each.find(f"{_X}target")) is not None else "" for each in parts]
        is_whole = all(each.find(f"{_X}target") is not None for each in segments)
        if is_whole:
            targets = [
                source if each.tag == f"{_X}ignorable" and each.find(f"{_X}target") is None else target
                for each, source, target in zip(parts, sources, targets, strict=True)
            ]
        yield Unit(
            unit.get("name") or unit.get("id") or "",
            "".join(sources),
            "".join(targets) if is_whole else "",
            _status(segments, unit.get(f"{{{_OWN}}}status")),
            (),
            unit.get(f"{{{_OWN}}}source"),
            unit.get(f"{{{_OWN}}}target"),
        )


def _status(segments: list[etree._Element], written: str | None) -> Status:
    """The least of the states of the segments; the status that Studio wrote where the state still fits it."""
    order: tuple[Status, ...] = ("needs-work", "translated", "approved")
    found = [_STATUSES.get(segment.get("state", "initial"), "needs-work") for segment in segments]
    status = min(found, key=order.index)
    if written == "new" and status == "needs-work":
        return "new"
    return status


def _text(element: etree._Element | None) -> str:
    """The text of a source or target, with the placeholders and marks inside it."""
    if element is None:
        return ""
    pieces = [element.text or ""]
    for inner in element:
        if inner.tag == f"{_X}ph":
            pieces.append(inner.get("equiv") or inner.get("disp") or "")
        elif inner.tag == f"{_X}cp":
            pieces.append(_character(inner.get("hex", "")))
        elif isinstance(inner.tag, str):
            pieces.append(_text(inner))
        pieces.append(inner.tail or "")
    return "".join(pieces)


def _character(code: str) -> str:
    """The character of a `cp`; half of a surrogate pair is none, and nothing could keep or send it."""
    try:
        found = chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
    return "\ufffd" if "\ud800" <= found <= "\udfff" else found
