"""The reference of component types, made from the catalogue: one page for each type, and a list of all."""

import json
from collections.abc import Iterator
from typing import Any, Final

from studio.definition.components.catalogue import CATALOGUE, GROUPS
from studio.definition.components.properties import EVERY
from studio.definition.components.shapes import (
    Alternatives,
    Enumeration,
    Flag,
    ListShape,
    MapShape,
    Nothing,
    Number,
    ObjectShape,
    Property,
    Reference,
    Scalar,
    Shape,
    Text,
    merged,
    objects,
    variants,
)
from studio.definition.components.types import BindingSlot, ComponentType, TextSlot
from studio.definition.sentences import Sentence

INDEX: Final = "README.md"
COMMON: Final = "every-component.md"
# Longer lists of values are cut.
_VALUES: Final = 24
_HEADER: Final = ("| property | takes | standard | |", "|---|---|---|---|")


def pages() -> dict[str, str]:
    """Every page by the name of its file."""
    written = {f"{kind.name}.md": "\n".join(_page(kind)) + "\n" for kind in CATALOGUE.values()}
    return {INDEX: "\n".join(_index()) + "\n", COMMON: "\n".join(_common()) + "\n", **written}


def _index() -> Iterator[str]:
    yield "# Component types"
    yield ""
    yield f"What [every component]({COMMON}) has, and what each type has beside."
    yield "These pages are made from the catalogue (`studio docs write`)."
    for group, heading in GROUPS.items():
        yield from ("", f"## {heading}", "", "| type | | |", "|---|---|---|")
        for kind in CATALOGUE.values():
            if kind.group == group:
                yield f"| [{kind.name}]({kind.name}.md) | {kind.label} | {kind.help} |"


def _common() -> Iterator[str]:
    yield "# Every component"
    yield ""
    yield "An `id` and a `type` are needed. An id is given once in a set of pages, has letters, digits and"
    yield "hyphens, and does not end in a hyphen and a number. These can be added to any type:"
    yield from ("", *_HEADER)
    yield from _rows(EVERY, "")


def _page(kind: ComponentType) -> Iterator[str]:
    yield f"# {kind.name}"
    yield ""
    yield f"**{kind.label}.** {kind.help}"
    yield ""
    yield from _notes(kind)
    yield "```json"
    yield json.dumps(kind.new(f"my-{kind.name.lower()}"), indent=2, ensure_ascii=False)
    yield "```"
    if kind.bindings or kind.open_bindings:
        yield from ("", "## Bindings (`dataModelBindings`)", "")
        yield from _bindings(kind)
    if kind.texts:
        yield from ("", "## Texts (`textResourceBindings`)", "")
        yield "Each is a key in the text resources, the text itself, or an expression."
        yield from ("", "| text | | |", "|---|---|---|")
        yield from (
            f"| `{slot.key}`{_spellings(slot)} | {_cell(slot.label)} | {_cell(slot.help)} |"
            for slot in kind.texts
        )
    own = tuple(found for found in kind.properties if found not in EVERY)
    yield from ("", "## Properties", "")
    yield f"Those of [every component]({COMMON}) ({', '.join(f'`{found.name}`' for found in EVERY)})."
    if own:
        yield from ("", *_HEADER)
        yield from _rows(own, "")


def _notes(kind: ComponentType) -> Iterator[str]:
    if not kind.in_palette:
        yield from ("It is not among the components that designers are offered.", "")
    if kind.name_v8:
        yield from (f"In v8 apps it is called `{kind.name_v8}`.", "")
    if kind.allowed_children is not None:
        yield from (f"It can hold {_listed(sorted(kind.allowed_children))}.", "")
    elif kind.children_in:
        yield from ("It can hold components of any type.", "")
    if kind.stands_in:
        yield from (f"Beside pages and groups it can stand in {_listed(sorted(_containers(kind)))}.", "")


def _containers(kind: ComponentType) -> set[str]:
    """The types that can hold this one, beside those that can hold anything."""
    return {other.name for other in CATALOGUE.values() if kind.name in (other.allowed_children or ())}


def _listed(names: list[str]) -> str:
    return ", ".join(f"[{name}]({name}.md)" if name in CATALOGUE else f"`{name}`" for name in names)


def _bindings(kind: ComponentType) -> Iterator[str]:
    if kind.one_binding and len(kind.bindings) > 1:
        yield from ("One of them at most.", "")
    if kind.open_bindings:
        yield from ("Any other name can be bound as well.", "")
    if kind.bindings:
        yield from ("| binding | field | | |", "|---|---|---|---|")
        yield from map(_binding, kind.bindings)


def _binding(slot: BindingSlot) -> str:
    kinds = ", ".join(sorted(slot.kinds))
    takes = f"list of {kinds}" if slot.repeating else kinds
    about = f"{slot.label}. {slot.help}" if slot.help else f"{slot.label}."
    return f"| `{slot.key}`{_spellings(slot)}{_needed(slot.required)} | {takes} | {_cell(about)} | |"


def _spellings(slot: BindingSlot | TextSlot) -> str:
    """The other keys that a slot has, in apps of which version."""
    old = slot.key_v8 if isinstance(slot, BindingSlot) else None
    said = [f"{where}: `{key}`" for where, key in (("v8", old), ("latest", slot.key_latest)) if key]
    return f" ({', '.join(said)})" if said else ""


def _rows(properties: tuple[Property, ...], prefix: str) -> Iterator[str]:
    for found in properties:
        name = f"{prefix}{found.name}"
        takes = _takes(found.shape) + (" or expression" if found.expression_allowed else "")
        about = f"{found.label}. {found.help}" + (" *Deprecated.*" if found.deprecated else "")
        yield f"| `{name}`{_needed(found.required)} | {takes} | {_default(found)} | {_cell(about)} |"
        yield from _inside(found.shape, name)


def _inside(shape: Shape, name: str) -> Iterator[str]:
    """The rows of what is inside an object, a list or a map."""
    alternatives = objects(shape)
    if len(alternatives) > 1:
        yield f"| `{name}` | one of: {' · '.join(map(_members, alternatives))} | | |"
    yield from _rows(merged(shape), f"{name}.")
    for each in variants(shape):
        if isinstance(each, ListShape):
            yield from _inside(each.item, f"{name}[]")
        elif isinstance(each, MapShape):
            yield from _inside(each.value, f"{name}.{{}}")


def _members(shape: ObjectShape) -> str:
    """The names of an alternative's properties, with the values that tell it apart."""
    return "{" + ", ".join(map(_member, shape.properties)) + "}"


def _member(found: Property) -> str:
    told_apart = isinstance(found.shape, Enumeration) and len(found.shape.choices) == 1
    value = f": {_takes(found.shape)}" if told_apart else ""
    return f"{found.name}{'' if found.required else '?'}{value}"


def _needed(required: bool) -> str:
    return " **(required)**" if required else ""


def _default(found: Property) -> str:
    if found.default is None:
        return ""
    old = f" (v8: {_code(found.default_v8)})" if found.default_v8 is not None else ""
    return f"{_code(found.default)}{old}"


def _takes(shape: Shape) -> str:
    match shape:
        case Enumeration(choices):
            named = [_code(choice.value) for choice in choices[:_VALUES]]
            return " · ".join([*named, *(["…"] if len(choices) > _VALUES else [])])
        case Reference(to):
            return f"name of a {to}" if to != "text" else "text"
        case ListShape(item):
            return f"list of {_takes(item)}"
        case MapShape(value, keys):
            return f"object: {keys or 'name'} → {_takes(value)}" + (
                " or expression" if shape.expression_allowed else ""
            )
        case Alternatives(shapes):
            return " or ".join(dict.fromkeys(map(_takes, shapes)))
        case Number(whole=whole):
            return "whole number" if whole else "number"
        case _:
            return _WORDS[type(shape)]


_WORDS: Final[dict[type, str]] = {
    Flag: "true or false",
    Text: "text",
    Scalar: "text, number, true, false or null",
    Nothing: "null",
    ObjectShape: "object",
}


def _code(value: Any) -> str:
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def _cell(text: str | Sentence) -> str:
    return str(text).replace("|", "\\|")
