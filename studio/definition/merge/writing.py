"""From a merged value back to a file: lossless edits of theirs, so that formatting and comments are kept."""

from collections.abc import Mapping
from typing import Any

from studio.definition import json_text
from studio.definition.merge.values import alike, identified, is_ordered


def parse(data: bytes) -> Any:
    """The JSON value; None where the file is broken."""
    try:
        return json_text.parse(data)
    except json_text.BrokenJson:
        return None


def rewritten(data: bytes, old: Any, new: Any, pointer: str = "") -> bytes:
    """`data`, whose value at `pointer` is `old`, with `new` there instead. Items of lists are moved, not
    rewritten."""
    if alike(old, new):
        return data
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        data = _object(data, old, new, pointer)
        return _in_order(data, new, pointer) if is_ordered(pointer.rpartition("/")[2]) else data
    if isinstance(old, list) and isinstance(new, list) and old and new:
        name = pointer.rpartition("/")[2]
        before, after = identified(old, name), identified(new, name)
        if before is not None and after is not None:
            return _list(data, before, after, pointer)
    return json_text.set_value(data, pointer, new)


def _object(data: bytes, old: Mapping[str, Any], new: Mapping[str, Any], pointer: str) -> bytes:
    for key in old:
        if key not in new:
            data = json_text.delete(data, _below(pointer, key))
    for key, value in new.items():
        if key in old:
            data = rewritten(data, old[key], value, _below(pointer, key))
        else:
            data = json_text.set_value(data, _below(pointer, key), value)
    return data


def _in_order(data: bytes, new: Mapping[str, Any], pointer: str) -> bytes:
    """The members of the object at `pointer`, which are those of `new`, in its order."""
    order = list(parse(json_text.raw(data, pointer).text))
    wanted = list(new)
    for place in reversed(range(len(wanted))):
        key, before = wanted[place], wanted[place + 1] if place + 1 < len(wanted) else None
        at = order.index(key)
        if (order[at + 1] if at + 1 < len(order) else None) != before:
            data = json_text.move(data, _below(pointer, key), pointer, key, before)
            order.pop(at)
            order.insert(order.index(before) if before is not None else len(order), key)
    return data


def _list(data: bytes, old: Mapping[Any, Any], new: Mapping[Any, Any], pointer: str) -> bytes:
    order = list(old)
    for key in reversed(old):
        if key not in new and len(order) > 1:
            data = json_text.delete(data, f"{pointer}/{order.index(key)}")
            order.remove(key)
    for index, (key, value) in enumerate(new.items()):
        if key not in old:
            data = json_text.insert(data, pointer, index, value)
            order.insert(index, key)
            continue
        place = order.index(key)
        if place != index:
            data = json_text.move(data, f"{pointer}/{place}", pointer, index)
            order.insert(index, order.pop(place))
        data = rewritten(data, old[key], value, f"{pointer}/{index}")
    for index in reversed(range(len(new), len(order))):
        data = json_text.delete(data, f"{pointer}/{index}")
    return data


def _below(pointer: str, key: str) -> str:
    return f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
