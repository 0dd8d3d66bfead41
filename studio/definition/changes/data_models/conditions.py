"""Editing the condition of a flow in process.bpmn: an expression in JSON, written in XML."""

import json
import re
from html import escape, unescape
from typing import Any, Final
from xml.parsers import expat

from studio.definition import json_text
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import NotThere
from studio.definition.json_text.scanning import locate
from studio.definition.sentences import N_, Sentence

_OPENING: Final = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_CDATA: Final = re.compile(rb"(\s*<!\[CDATA\[)(.*)(\]\]>\s*)", re.DOTALL)
_ENTITY: Final = re.compile(rb"&(?:lt|gt|quot|apos|amp|#\d+|#x[0-9a-fA-F]+);")


def set_in_condition(copy: WorkingCopy, flow: str, pointer: str, value: Any) -> None:
    """Put a value at a JSON Pointer of the condition of a flow; every other byte stays as it is.

    With the pointer "" it is the whole condition.

    Raises NotThere where the flow has no such condition.
    """
    path = copy.app.paths.process
    data = copy.read(path)
    start, end = _condition(data, flow)
    copy.write(path, data[:start] + _edited(data[start:end], pointer, value) + data[end:])


def _condition(data: bytes, flow: str) -> tuple[int, int]:
    """Where the content of the condition of a flow begins and ends, in bytes."""
    found: list[tuple[int, int]] = []
    around: list[tuple[str, str]] = []
    begun: list[int] = []
    # Byte places are those of the data only where it is UTF-8, as processes are.
    parser = expat.ParserCreate("utf-8")

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rsplit(":", 1)[-1]
        if local == "conditionExpression" and around and around[-1] == ("sequenceFlow", flow):
            opening = _OPENING.match(data, parser.CurrentByteIndex)
            begun.append(opening.end() if opening else 0)
        around.append((local, attributes.get("id", "")))

    def end(_name: str) -> None:
        local, _ = around.pop()
        if local == "conditionExpression" and begun:
            found.append((begun.pop(), parser.CurrentByteIndex))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    if not found or found[0][0] > found[0][1]:
        raise NotThere(Sentence(N_("The flow %(name)s has no condition."), {"name": flow}))
    return found[0]


def _edited(text: bytes, pointer: str, value: Any) -> bytes:
    marked = _CDATA.fullmatch(text)
    if marked is not None:
        return marked[1] + json_text.set_value(marked[2], pointer, value) + marked[3]
    signs, places = _read(text)
    span = locate(signs, pointer)
    start, end = places[span.start], places[span.end]
    token = json.dumps(value, ensure_ascii=False)
    quoted = b"&quot;" in text[start:end]
    return text[:start] + escape(token, quote=quoted).encode() + text[end:]


def _read(text: bytes) -> tuple[bytes, list[int]]:
    """The bytes that a text in XML stands for, and where in the text each of them is written, and the end."""
    signs, places, done = bytearray(), list[int](), 0
    for entity in _ENTITY.finditer(text):
        signs += text[done : entity.start()]
        places += range(done, entity.start())
        meant = unescape(entity[0].decode()).encode()
        signs += meant
        places += [entity.start()] * len(meant)
        done = entity.end()
    signs += text[done:]
    places += range(done, len(text) + 1)
    return bytes(signs), places
