"""Merging XML by element: steps and arrows of a process, rules of a policy, declarations of a schema.

Elements are known by their id (or rule id, or name); of several without one, those with the same text are
the same; one that is alone of its kind is itself. The result is put together from the texts of the files, so
that formatting and comments stay as somebody wrote them.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, Final

from studio.definition.findings import Place
from studio.definition.merge.conflicts import GONE, Conflict, Umpire
from studio.definition.merge.elements import Element, read_elements
from studio.definition.merge.lines import merge_lines
from studio.definition.merge.sequences import joined_order, merged_order
from studio.definition.safe_xml import BrokenXml, parse

ENDINGS: Final = (".bpmn", ".xml", ".xsd")
_IDENTITIES: Final = ("id", "RuleId", "PolicyId", "PolicySetId", "bpmnElement", "name")
_Sides = tuple[Element, Element, Element]
_Steps = tuple[str, ...]


def merge_markup(base: str, ours: str, theirs: str, path: str, umpire: Umpire) -> str | None:
    """The merge of three XML files; None where one cannot be read, or has text between its elements."""
    sides = [_read(text) for text in (base, ours, theirs)]
    before, mine, other = sides
    if (
        before is None
        or mine is None
        or other is None
        or len({side.tag for side in (before, mine, other)}) > 1
    ):
        return None
    # What stands around the root is no element.
    around = [
        _undisputed(base[: before.start], ours[: mine.start], theirs[: other.start]),
        _undisputed(base[before.end :], ours[mine.end :], theirs[other.end :]),
    ]
    if around[0] is None or around[1] is None:
        return None
    return f"{around[0]}{_merged((before, mine, other), (), path, umpire)}{around[1]}"


def _undisputed(base: str, ours: str, theirs: str) -> str | None:
    if ours in (base, theirs):
        return theirs
    return ours if theirs == base else None


def _read(text: str) -> Element | None:
    try:
        parse(text.encode())
    except BrokenXml:
        return None
    return read_elements(text)


def _merged(sides: _Sides, steps: _Steps, path: str, umpire: Umpire) -> str:
    """The text of an element that is on all three sides."""
    base, ours, theirs = sides
    if ours.text in (base.text, theirs.text):
        return theirs.text
    if theirs.text == base.text:
        return ours.text
    parts = _children(sides)
    if parts is None:
        return _as_lines(sides, steps, path, umpire)
    start = _start_tag(sides, steps, path, umpire)
    if not any(side.children for side in sides):
        inner = _value(base.inner, ours.inner, theirs.inner, steps, theirs, path, umpire)
        return theirs.written(start, str(inner))
    kept: dict[Hashable, str] = {}
    before, mine, other = parts
    for key in [*other, *(key for key in mine if key not in other)]:
        text = _child(key, parts, steps, path, umpire)
        if text is not None:
            kept[key] = text
    order = merged_order(list(before), list(mine), list(other), kept)
    if order is None:
        named = [[_step(key) for key in part] for part in parts]
        conflict = _conflict((*steps, "(order)"), theirs, path, *named)
        first = mine if umpire.settle(conflict) is conflict.ours else other
        order = joined_order(list(other if first is mine else mine), list(first), kept)
    leads = {key: part[key].lead for part in (mine, other) for key in part}
    tail = theirs.tail if theirs.children else ours.tail
    return theirs.written(start, "".join(leads[key] + kept[key] for key in order) + tail)


def _child(
    key: Hashable, parts: Sequence[Mapping[Hashable, Element]], steps: _Steps, path: str, umpire: Umpire
) -> str | None:
    """The text of a child, None where it goes away."""
    base, ours, theirs = (part.get(key) for part in parts)
    inside = (*steps, _step(key))
    if base is not None and ours is not None and theirs is not None:
        return _merged((base, ours, theirs), inside, path, umpire)
    texts = [GONE if side is None else side.text for side in (base, ours, theirs)]
    near = theirs or ours or base
    assert near is not None  # noqa: S101 - the key comes from one of the parts
    value = _value(texts[0], texts[1], texts[2], inside, near, path, umpire)
    return None if value is GONE else str(value)


def _start_tag(sides: _Sides, steps: _Steps, path: str, umpire: Umpire) -> Mapping[str, str]:
    """The attributes of the merge, in the order of theirs."""
    base, ours, theirs = (side.attributes for side in sides)
    found: dict[str, str] = {}
    for name in [*theirs, *(name for name in ours if name not in theirs)]:
        values = [side.get(name, GONE) for side in (base, ours, theirs)]
        value = _value(values[0], values[1], values[2], (*steps, f"@{name}"), sides[2], path, umpire)
        if value is not GONE:
            found[name] = str(value)
    return found


def _value(base: Any, ours: Any, theirs: Any, steps: _Steps, near: Element, path: str, umpire: Umpire) -> Any:
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    return umpire.settle(_conflict(steps, near, path, base, ours, theirs))


def _as_lines(sides: _Sides, steps: _Steps, path: str, umpire: Umpire) -> str:
    """An element whose parts are known by nothing: by line if that gives XML, else as one value."""
    trial = Umpire({})
    base, ours, theirs = (side.text for side in sides)
    text = merge_lines(base, ours, theirs, path, trial)
    # Prefixes are declared further out; that their names are not known here says nothing.
    if not trial.open and read_elements(text) is not None:
        return text
    return str(umpire.settle(_conflict(steps, sides[2], path, base, ours, theirs)))


def _conflict(steps: _Steps, near: Element, path: str, base: Any, ours: Any, theirs: Any) -> Conflict:
    place = Place(path, line=near.line)
    return Conflict(f"{path}#/{'/'.join(steps)}", place, base, ours, theirs, steps=steps)


def _step(key: Hashable) -> str:
    kind, name = key if isinstance(key, tuple) else (key, "")
    return f"[{name}]" if name else str(kind)


def _children(sides: _Sides) -> list[dict[Hashable, Element]] | None:
    """The children of each side by what they are known by; None where they are known by nothing."""
    if any(side.has_text for side in sides):
        return None
    tags = {child.tag for side in sides for child in side.children}
    ways = {tag: _way([[one for one in side.children if one.tag == tag] for side in sides]) for tag in tags}
    if not all(ways.values()):
        return None
    return [{_key(child, ways[child.tag]): child for child in side.children} for side in sides]


def _way(groups: Sequence[Sequence[Element]]) -> str | None:
    """How elements of one kind are told apart: the name of an attribute, "#text", or "#alone"."""
    for name in _IDENTITIES:
        if _each_once([[one.attributes.get(name) for one in group] for group in groups]):
            return name
    single = all(len(group) <= 1 for group in groups)
    leaves = all(not one.children for group in groups for one in group)
    # Two arrows into a step are two: each is known by its own name, also where a side has only one.
    if leaves and (not single or _is_listed(groups)):
        return "#text" if _each_once([[one.inner.strip() for one in group] for group in groups]) else None
    return "#alone" if single else None


def _is_listed(groups: Iterable[Sequence[Element]]) -> bool:
    return any(one.tag.rpartition(":")[2] in ("incoming", "outgoing") for group in groups for one in group)


def _each_once(names: Sequence[Sequence[str | None]]) -> bool:
    return all(None not in group and len(set(group)) == len(group) for group in names)


def _key(child: Element, way: str | None) -> Hashable:
    if way == "#alone":
        return child.tag, ""
    return child.tag, child.inner.strip() if way == "#text" else child.attributes[str(way)]
