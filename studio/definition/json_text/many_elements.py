"""Edits of many elements of one list, in about the time of one: see editing.py for what all edits keep."""

from collections.abc import Callable, Collection, Mapping, Sequence

from studio.definition.json_text.editing import (
    delete_item,
    end_with_remark,
    gap_start,
    no_place,
    without,
)
from studio.definition.json_text.reading import demand_json
from studio.definition.json_text.scanning import container_at, element_places, locate, opened


def edit_elements(data: bytes, pointer: str, edits: Mapping[int, Callable[[bytes], bytes]]) -> bytes:
    """Edit many elements of the list at `pointer`, in the time of one reading up to the last of them.

    Each edit is given the document as if its element were alone in the list (at index 0), and may change
    nothing beside that element. Raises NotThere for an index outside the list.
    """
    demand_json(data)
    around = opened(data, pointer)
    inside = around[-1] + 1
    opening, closing = data[:inside], _closing(data, around)
    made, place, written = [], inside, 0
    left = sorted(edits, reverse=True)
    for index, (start, end, behind) in enumerate(element_places(data, around[-1])) if left else ():
        if index == left[-1]:
            before = data[place:start]
            alone = edits[left.pop()](opening + before + data[start:end] + closing)
            made += [data[written:start], alone[len(opening) + len(before) : len(alone) - len(closing)]]
            written = end
            if not left:
                break
        place = behind
    if left:
        raise no_place(left[-1])
    return b"".join((*made, data[written:]))


def _closing(data: bytes, around: Sequence[int]) -> bytes:
    """What closes the containers that begin there, on lines of their own where the file has lines."""
    newline = b"\r\n" if b"\r\n" in data else b"\n" if b"\n" in data else b""
    return b"".join(
        newline + (b"}" if data[start : start + 1] == b"{" else b"]") for start in reversed(around)
    )


def delete_elements(data: bytes, pointer: str, indices: Collection[int]) -> bytes:
    """Take several elements away from the list at `pointer`; the indices count before. Raises NotThere."""
    demand_json(data)
    container = container_at(data, locate(data, pointer))
    # The last one goes last: without it the one before has no comma, and so on, each to be read anew.
    # Where all of them go, the first one stays until the end for the same reason.
    last = len(container.items) - 1
    outside = next((index for index in indices if not 0 <= index <= last), None)
    if outside is not None:
        raise no_place(outside)
    late = [
        index
        for index in dict.fromkeys((last, 0))
        if index in indices and (index or len(set(indices)) > last)
    ]
    wanted = sorted(set(indices).difference(late), reverse=True)
    cuts: list[tuple[int, int]] = []
    for gone, index in enumerate(wanted):
        item = container.items[index]
        gap = gap_start(data, item.start)
        if index and item.comma is not None and b"\n" in data[gap : item.start]:
            # On a line of its own: what lies in front of it stays where it was.
            cuts.append((gap, end_with_remark(data, item.comma + 1)))
            continue
        data, cuts = _cut(data, cuts), []
        if gone:
            container = container_at(data, locate(data, pointer))
        data = without(data, container, index)
        if item.comma is None:
            container = container_at(data, locate(data, pointer))
    data = _cut(data, cuts)
    for index in late:
        data = delete_item(data, f"{pointer}/{index - len(wanted) if index else 0}")
    return data


def _cut(data: bytes, cuts: Sequence[tuple[int, int]]) -> bytes:
    """The data without these parts, which are given from the last to the first."""
    kept, place = [], 0
    for start, end in reversed(cuts):
        kept.append(data[place:start])
        place = end
    return b"".join((*kept, data[place:]))
