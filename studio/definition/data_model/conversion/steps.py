"""An object schema as the steps of a complex type: bases, groups, attributes, particles, text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from studio.definition.data_model.conversion.reading import (
    COMPOSITIONS,
    Schema,
    as_schema,
    endless,
    escaped,
    is_attribute,
    is_null,
    mapping,
    options,
    wrong,
)
from studio.definition.data_model.conversion.source import Source, Target
from studio.definition.sentences import N_

_MAX_DEPTH: Final = 60


@dataclass(frozen=True, slots=True)
class Property:
    """A member of an object."""

    name: str
    schema: Schema
    pointer: str
    required: bool

    @property
    def is_attribute(self) -> bool:
        """Whether it is an XML attribute."""
        return is_attribute(self.schema)


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives, each with its own steps."""

    options: tuple["Steps", ...]
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A reference to a group of elements or of attributes."""

    target: Target


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Any element at all."""

    schema: Schema


Step = Property | Choice | Group | Wildcard


@dataclass(frozen=True, eq=False)
class Steps:
    """What an object schema says, in the order of the file."""

    bases: tuple[Target, ...] = ()
    steps: tuple[Step, ...] = ()
    # What @xsdAnyAttribute says; None where no other attributes are allowed.
    any_attribute: Mapping[str, Any] | None = None
    structure: str | None = None

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """The members that are named here, also inside of alternatives."""
        return tuple(self._properties())

    def _properties(self) -> Iterator[Property]:
        for step in self.steps:
            if isinstance(step, Property):
                yield step
            elif isinstance(step, Choice):
                for option in step.options:
                    yield from option.properties


@dataclass
class _Collected:
    bases: list[Target] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    any_attribute: Mapping[str, Any] | None = None
    structure: str | None = None


def steps_of(source: Source, schema: Schema, at: str) -> Steps:
    """The steps of an object schema. Raises BrokenSchema."""
    found = _Collected()
    _collect(source, schema, at, found, ())
    return Steps(tuple(found.bases), tuple(found.steps), found.any_attribute, found.structure)


def _collect(source: Source, schema: Schema, at: str, found: _Collected, seen: tuple[int, ...]) -> None:
    source.step(at)
    if id(schema) in seen or len(seen) > _MAX_DEPTH:
        raise endless(at)
    seen = (*seen, id(schema))
    if "$ref" in schema:
        _reference(source, schema, at, found, seen)
    if schema.get("@xsdType") == "#any":
        found.steps.append(Wildcard(schema))
    if "@xsdAnyAttribute" in schema and schema["@xsdAnyAttribute"] is not False:
        given = schema["@xsdAnyAttribute"]
        found.any_attribute = given if isinstance(given, Mapping) else {}
    if isinstance(schema.get("@xsdStructure"), str):
        found.structure = schema["@xsdStructure"]
    found.steps.extend(_properties(schema, at))
    for keyword in COMPOSITIONS:
        _composition(source, schema, keyword, at, found, seen)


def _reference(source: Source, schema: Schema, at: str, found: _Collected, seen: tuple[int, ...]) -> None:
    target = source.target(schema["$ref"], at)
    role = source.roles[target.name] if target.name is not None else None
    if role in {"group", "attributeGroup"}:
        found.steps.append(Group(target))
    elif role == "type":
        found.bases.append(target)
    else:
        _collect(source, target.schema, target.pointer, found, seen)


def _properties(schema: Schema, at: str) -> Iterator[Property]:
    required = schema.get("required")
    needed = set(filter(_is_text, required)) if isinstance(required, list) else set()
    for name, inner in mapping(schema, "properties", at).items():
        pointer = f"{at}/properties/{escaped(name)}"
        if inner is not False:
            yield Property(name, as_schema(inner, pointer), pointer, name in needed)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _composition(
    source: Source, schema: Schema, keyword: str, at: str, found: _Collected, seen: tuple[int, ...]
) -> None:
    given = options(schema, keyword, at)
    real = [
        (pointer, as_schema(option, pointer))
        for place, option in enumerate(given)
        if not is_null(option) and (pointer := f"{at}/{keyword}/{place}")
    ]
    if keyword == "allOf" or len(real) == 1:
        for pointer, option in real:
            _collect(source, option, pointer, found, seen)
        return
    made = [_option(source, option, pointer, seen) for pointer, option in real]
    spoken = tuple(option for option in made if option.steps or option.bases)
    if spoken:
        found.steps.append(Choice(spoken, len(spoken) < len(made)))


def _option(source: Source, schema: Schema, at: str, seen: tuple[int, ...]) -> Steps:
    found = _Collected()
    _collect(source, schema, at, found, seen)
    return Steps(tuple(found.bases), tuple(found.steps), found.any_attribute, found.structure)


def inlined(source: Source, steps: Steps, at: str, depth: int = 0) -> Steps:
    """The steps with those of their bases before them, and no base left."""
    if depth > _MAX_DEPTH:
        raise endless(at)
    before: list[Step] = []
    any_attribute = steps.any_attribute
    for base in steps.bases:
        if source.shape(base.schema, base.pointer) == "simple":
            raise wrong(at, N_("A group of fields cannot build on a plain value."))
        inner = inlined(source, steps_of(source, base.schema, base.pointer), at, depth + 1)
        before.extend(inner.steps)
        any_attribute = inner.any_attribute if any_attribute is None else any_attribute
    return Steps((), (*before, *steps.steps), any_attribute, steps.structure)
