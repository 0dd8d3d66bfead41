"""Editing the condition of a flow in process.bpmn: an expression in JSON, written in XML."""

import json
import re
from dataclasses import dataclass, replace
from html import escape, unescape
from typing import Any, Final
from xml.parsers import expat

from studio.definition import json_text
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import NotThere
from studio.definition.json_text.scanning import locate
from studio.definition.rules.places import condition_of
from studio.definition.sentences import N_, Sentence

_OPENING: Final = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")
# The line that an element stands alone on.
_BEGINNING: Final = re.compile(rb"(\r?\n)([ \t]*)$")
_CDATA: Final = re.compile(rb"(\s*<!\[CDATA\[)(.*)(\]\]>\s*)", re.DOTALL)
_ENTITY: Final = re.compile(rb"&(?:lt|gt|quot|apos|amp|#\d+|#x[0-9a-fA-F]+);")


@dataclass(frozen=True, slots=True)
class _Written:
    """Where a flow stands in a process: `flow` its opening tag, `condition` all of the condition, `content`
    what is in that. Each from its first byte to the one after its last; None where there is none.
    """

    name: bytes  # of the flow's element, with its prefix
    flow: tuple[int, int]
    closing: int  # where its closing tag begins; where the flow ends, if it has none
    condition: tuple[int, int] | None
    content: tuple[int, int] | None
    namespaces: frozenset[str]  # the prefixes that can be used there


def set_in_condition(copy: WorkingCopy, flow: str, pointer: str, value: Any) -> None:
    """Put a value at a JSON Pointer of the condition of a flow; every other byte stays as it is.

    With the pointer "" it is the whole condition.

    Raises NotThere where the flow has no such condition.
    """
    path = copy.app.paths.process
    data = copy.read(path)
    written = _written(data, flow)
    if written is None or written.content is None:
        raise NotThere(Sentence(N_("The flow %(name)s has no condition."), {"name": flow}))
    start, end = written.content
    copy.write(path, data[:start] + _edited(data[start:end], pointer, value) + data[end:])


def put_condition(copy: WorkingCopy, flow: str, expression: Any) -> None:
    """Give a flow a condition (JSON), in place of the one that it has. Raises NotThere for no such flow."""
    path = copy.app.paths.process
    if _has_expression(copy, flow):
        set_in_condition(copy, flow, "", expression)
        return
    if _found(copy.read(path), flow).condition is not None:
        take_condition(copy, flow)  # what is no JSON is not edited
    data = copy.read(path)
    written = _found(data, flow)
    start, end = written.flow
    prefix = written.name.rpartition(b":")[0]
    made = _element(prefix + b":" if prefix else b"", expression, typed="xsi" in written.namespaces)
    line = _BEGINNING.search(data[:start])
    if line is not None:
        step = b"\t" if b"\t" in line[2] else b"  "
        made = line[0] + step + made
    last = line[0] if line else b""
    if data[start:end].endswith(b"/>"):
        opening = data[start : end - 2].rstrip() + b">"
        edited = data[:start] + opening + made + last + b"</" + written.name + b">" + data[end:]
    else:
        inside = data[end : written.closing].rstrip()
        edited = data[:end] + inside + made + last + data[written.closing :]
    copy.write(path, edited)


def take_condition(copy: WorkingCopy, flow: str) -> None:
    """Leave a flow without its condition. Raises NotThere where it has none."""
    path = copy.app.paths.process
    data = copy.read(path)
    written = _found(data, flow)
    if written.condition is None:
        raise NotThere(Sentence(N_("The flow %(name)s has no condition."), {"name": flow}))
    start, end = written.condition
    inside = data[written.flow[1] : start].rstrip() + data[end : written.closing]
    if inside.strip():
        copy.write(path, data[: written.flow[1]] + inside + data[written.closing :])
        return
    after = data.index(b">", written.closing) + 1
    copy.write(path, data[: written.flow[1] - 1] + b" />" + data[after:])


def _has_expression(copy: WorkingCopy, flow: str) -> bool:
    process = copy.app.process
    found = next((each for each in process.flows if each.id == flow), None) if process else None
    return found is not None and condition_of(found) is not None


def _element(prefix: bytes, expression: Any, *, typed: bool) -> bytes:
    kind = b' xsi:type="' + prefix + b'tFormalExpression"'
    space = b"" if typed else b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    text = escape(json.dumps(expression, ensure_ascii=False), quote=False).encode()
    name = prefix + b"conditionExpression"
    return b"<" + name + space + kind + b">" + text + b"</" + name + b">"


def _found(data: bytes, flow: str) -> _Written:
    written = _written(data, flow)
    if written is None:
        raise NotThere(Sentence(N_("The process has no way %(name)s any more."), {"name": flow}))
    return written


def _written(data: bytes, flow: str) -> _Written | None:
    """Where a flow and its condition stand; the first one where there are several."""
    found: list[_Written] = []
    around: list[tuple[str, str]] = []
    declared: list[str] = []
    begun: list[tuple[int, int]] = []
    # Byte places are those of the data only where it is UTF-8, as processes are.
    parser = expat.ParserCreate("utf-8")

    def tag() -> tuple[int, int]:
        start = parser.CurrentByteIndex
        opening = _OPENING.match(data, start)
        return start, opening.end() if opening else start

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rsplit(":", 1)[-1]
        declared.extend(each.removeprefix("xmlns:") for each in attributes if each.startswith("xmlns:"))
        if local == "sequenceFlow" and attributes.get("id") == flow and not found:
            found.append(_Written(name.encode(), tag(), tag()[1], None, None, frozenset(declared)))
        if local == "conditionExpression" and around and around[-1] == ("sequenceFlow", flow):
            begun.append(tag())
        around.append((local, attributes.get("id", "")))

    def end(_name: str) -> None:
        (local, identity), here = around.pop(), parser.CurrentByteIndex
        if local == "conditionExpression" and begun:
            opening = begun.pop()
            empty = data[: opening[1]].endswith(b"/>")
            closing = opening[1] if empty else data.index(b">", here) + 1
            if found[0].condition is None:
                content = None if empty else (opening[1], here)
                found[0] = replace(found[0], condition=(opening[0], closing), content=content)
        elif (local, identity) == ("sequenceFlow", flow) and found[0].flow[1] < here:
            found[0] = replace(found[0], closing=here)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return found[0] if found else None


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
