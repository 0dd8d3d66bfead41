"""Kinds of objects that one property can hold: which there are, and which one a value is."""

from dataclasses import dataclass
from typing import Any

from studio.definition.components import (
    Alternatives,
    Nothing,
    ObjectShape,
    Property,
    Shape,
    merged,
    value_deviations,
    variants,
)
from studio.definition.sentences import N_, Sentence


@dataclass(frozen=True, slots=True)
class ObjectKind:
    """One kind of object, or nothing at all (null)."""

    label: Sentence
    shape: ObjectShape | Nothing


Kinds = tuple[ObjectKind, ...]


def kinds_of(shape: Shape) -> Kinds:
    """The kinds of objects among the alternatives of a shape; those with one label are one kind."""
    found: dict[str, list[Shape]] = {}
    labels: dict[str, Sentence] = {}
    for inner in variants(shape):
        if isinstance(inner, ObjectShape) and inner.label is not None:
            labels[inner.label.message] = inner.label
            found.setdefault(inner.label.message, []).append(inner)
    kinds = [
        ObjectKind(labels[name], ObjectShape(merged(Alternatives(tuple(shapes))), labels[name]))
        for name, shapes in found.items()
    ]
    if kinds and any(isinstance(inner, Nothing) for inner in variants(shape)):
        kinds.append(ObjectKind(Sentence(N_("Empty")), Nothing()))
    return tuple(kinds)


def chosen_of(kinds: Kinds, value: Any) -> int:
    """Which kind a value is nearest to: the one from which it deviates least."""
    if value is None:
        empty = (place for place, kind in enumerate(kinds) if isinstance(kind.shape, Nothing))
        return next(empty, 0)
    return min(range(len(kinds)), key=lambda place: _distance(kinds[place], value))


def _distance(kind: ObjectKind, value: Any) -> tuple[int, int]:
    if isinstance(kind.shape, Nothing):
        return (2, 0)
    found = list(value_deviations(Property("", kind.shape, kind.label, kind.label), value, ""))
    constants = {f"/{inner.name}" for inner in kind.shape.properties if _is_constant(inner)}
    told_apart = any(each.pointer in constants and each.problem == "wrong" for each in found)
    return (int(told_apart), len(found))


def _is_constant(found: Property) -> bool:
    return len(getattr(found.shape, "choices", ())) == 1
