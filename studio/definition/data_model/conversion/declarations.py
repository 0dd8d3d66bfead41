"""The parts of an XSD that a JSON Schema gives: elements, attributes, complex types, groups.

The rules are those of the platform's own converter, and go on where it stops: choice, all, any, groups,
lists, unions, restriction and extension of groups of fields.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from studio.definition.data_model.conversion.derivation import Derivation, derivation
from studio.definition.data_model.conversion.facets import facets_of
from studio.definition.data_model.conversion.narrowing import narrowed
from studio.definition.data_model.conversion.plain_values import value_text
from studio.definition.data_model.conversion.reading import (
    BrokenSchema,
    Schema,
    is_xml_name,
    no_name,
    types,
    wrong,
)
from studio.definition.data_model.conversion.repetition import (
    occurrence,
    one_of,
    wildcard,
    wildcard_attributes,
)
from studio.definition.data_model.conversion.simple_declarations import SimpleTypes
from studio.definition.data_model.conversion.source import Source, Target, letters_of
from studio.definition.data_model.conversion.steps import (
    Choice,
    Group,
    Property,
    Step,
    Steps,
    Wildcard,
    inlined,
    steps_of,
)
from studio.definition.data_model.conversion.xsd_parts import Name, Part, Value
from studio.definition.sentences import N_

_MAX_DEPTH: Final = 50


@dataclass(eq=False)
class Declarations:
    """Declares what the schema of `source` defines. Everything may raise BrokenSchema."""

    source: Source
    # The prefixes that attributes of other namespaces may have.
    foreign: frozenset[str] = frozenset()
    # Simple types that have no name in the schema, but need one in the XSD.
    extra: list[Part] = field(default_factory=list)
    # Groups of fields that were made of a schema with the same definitions, and of this one, by their text.
    known: Mapping[str, Name | Part | None] = field(default_factory=dict)
    made: dict[str, Name | Part | None] = field(default_factory=dict)
    _depth: int = 0

    def __post_init__(self) -> None:
        self.simple = SimpleTypes(self.source)

    # What stands at the top

    def root(self, name: str, schema: Schema, at: str) -> Part:
        """The global element with which the documents begin."""
        _check_name(name, at)
        return self._element(name, schema, at, {})

    def definition(self, target: Target) -> Part:
        """What a definition becomes."""
        name, schema, at = target.name or "", target.schema, target.pointer
        _check_name(name, at)
        match self.source.roles[name]:
            case "element":
                return self._element(name, schema, at, {})
            case "attribute":
                return self._attribute(Property(name, schema, at, required=False), is_global=True)
            case "group":
                return Part("group", {"name": name}, [self._group(steps_of(self.source, schema, at), at)])
            case "attributeGroup":
                steps = steps_of(self.source, schema, at)
                return Part("attributeGroup", {"name": name}, self._attributes(steps))
            case "type":
                return self._type(name, schema, at)

    def _type(self, name: str, schema: Schema, at: str) -> Part:
        foreign = self._foreign(schema)
        shape = self.source.shape(schema, at)
        if shape == "simple":
            return self.simple.named(name, schema, at, foreign)
        attributes: dict[str, Value] = {"name": name, **foreign}
        if shape == "any":
            return Part("complexType", attributes | {"mixed": "true"}, _anything())
        return Part("complexType", attributes, self._content(steps_of(self.source, schema, at), at, name))

    def _group(self, steps: Steps, at: str) -> Part:
        particle = self._particle(inlined(self.source, steps, at), at)
        if particle is None:
            return Part("sequence")
        return particle if particle.tag != "group" else Part("sequence", children=[particle])

    # Elements

    def _member(self, member: Property) -> Part:
        """An element inside a type."""
        _check_name(member.name, member.pointer)
        occurs = occurrence(member)
        one, at = one_of(member.schema, member.pointer)
        if one.get("@xsdType") == "#ref" and "$ref" in one:
            target = self.source.target(one["$ref"], at)
            if target.name is not None and self.source.roles[target.name] == "element":
                return Part("element", {**occurs, "ref": Name("own", target.name)})
        return self._element(member.name, member.schema, member.pointer, occurs)

    def _element(self, name: str, schema: Schema, at: str, occurs: Mapping[str, Value]) -> Part:
        self.source.step(at)
        attributes: dict[str, Value] = {**occurs, "name": name}
        one, pointer = one_of(schema, at)
        if self.source.allows_null(schema, at) or (
            one is not schema and self.source.allows_null(one, pointer)
        ):
            attributes["nillable"] = "true"
        kind = self._type_of(name, one, pointer)
        if isinstance(kind, Name):
            attributes["type"] = kind
        inner = [kind] if isinstance(kind, Part) else []
        return Part("element", attributes | self._foreign(schema), inner)

    def _type_of(self, name: str, schema: Schema, at: str) -> Name | Part | None:
        """The type of an element: by name, or written inside it; None for anything at all."""
        shape = self.source.shape(schema, at)
        if shape == "simple":
            return self.simple.type_of(schema, at)
        if at == "#" or "properties" not in schema:
            return self._group_of(name, schema, at)
        text, apart = letters_of(schema), len(self.extra)
        made = self.known[text] if text in self.known else self._group_of(name, schema, at)
        if len(self.extra) == apart:
            self.made[text] = made
        return made

    def _group_of(self, name: str, schema: Schema, at: str) -> Name | Part | None:
        shape = self.source.shape(schema, at)
        steps = steps_of(self.source, schema, at)
        plain = not steps.steps and steps.any_attribute is None
        if plain and len(steps.bases) == 1:
            return Name("own", steps.bases[0].name or "")
        if shape == "any" and plain:
            return None
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise wrong(at, N_("The groups of fields are nested too deeply."))
        made = Part("complexType", children=self._content(steps, at, name))
        self._depth -= 1
        return made

    def _foreign(self, schema: Schema) -> dict[str, str]:
        given = schema.get("@xsdUnhandledAttributes")
        if not isinstance(given, Mapping):
            return {}
        parts = ((name, *name.partition(":"), value) for name, value in given.items())
        return {
            name: str(value)
            for name, prefix, colon, local, value in parts
            if colon and prefix in self.foreign and is_xml_name(local)
        }

    # Complex types

    def _content(self, steps: Steps, at: str, name: str) -> list[Part]:
        """What stands inside a complexType."""
        made = derivation(self.source, steps, at)
        if made.has_text:
            return [Part("simpleContent", children=[self._text(made, at, name)])]
        content = self._body(made.steps, at, is_derived=made.base is not None)
        if made.base is None:
            return content or [Part("sequence")]
        derived = Part(made.kind, {"base": Name("own", made.base.name or "")}, content)
        return [Part("complexContent", children=[derived])]

    def _body(self, steps: Steps, at: str, *, is_derived: bool) -> list[Part]:
        particle = self._particle(steps, at, may_be_all=not is_derived)
        return [*([particle] if particle else []), *self._attributes(steps)]

    def _text(self, made: Derivation, at: str, name: str) -> Part:
        attributes = self._attributes(made.steps)
        text = made.text
        if made.base is not None:
            facets: list[Part] = []
            if text is not None and made.kind == "restriction":
                keywords = self.simple.said(text.schema, text.pointer).keywords
                around = made.base_text or text
                builtin = self.simple.builtin(text.schema if types(text.schema) else around.schema, at)
                facets = narrowed(
                    facets_of(keywords, builtin, text.pointer, on_base=True),
                    self.simple.limits_of(around.schema, around.pointer),
                    text.pointer,
                )
            return Part(made.kind, {"base": Name("own", made.base.name or "")}, [*facets, *attributes])
        kind = self.simple.type_of(text.schema, text.pointer) if text else Name("xsd", "string")
        if isinstance(kind, Part):
            kind = self._named_apart(f"{name}.{text.name if text else 'value'}", kind)
        return Part("extension", {"base": kind}, attributes)

    def _named_apart(self, wanted: str, kind: Part) -> Name:
        taken = {*self.source.definitions, *(part.attributes.get("name") for part in self.extra)}
        name = wanted
        while name in taken:
            name += "_"
        self.extra.append(Part("simpleType", {"name": name}, kind.children))
        return Name("own", name)

    # Particles

    def _particle(self, steps: Steps, at: str, *, may_be_all: bool = True) -> Part | None:
        """The elements of a type: a sequence, or the only choice or group."""
        particles = list(self._particles(steps, at))
        if not particles:
            return None
        only_single = all(part.tag == "element" and "maxOccurs" not in part.attributes for part in particles)
        if steps.structure == "all" and only_single and may_be_all:
            return Part("all", children=particles)
        if len(particles) == 1 and particles[0].tag in {"choice", "group"}:
            return particles[0]
        return Part("sequence", children=particles)

    def _particles(self, steps: Steps, at: str) -> Iterator[Part]:
        for step in steps.steps:
            if isinstance(step, Property):
                if not step.is_attribute:
                    yield self._member(step)
            elif isinstance(step, Choice):
                yield from self._choice(step, at)
            elif isinstance(step, Wildcard):
                is_alone = all(other is step or _is_attribute(other) for other in steps.steps)
                yield wildcard(step.schema, is_alone=is_alone)
            elif self.source.roles[step.target.name or ""] == "group":
                yield Part("group", {"ref": Name("own", step.target.name or "")})

    def _choice(self, choice: Choice, at: str) -> Iterator[Part]:
        made = [
            self._particle(inlined(self.source, option, at), at, may_be_all=False)
            for option in choice.options
        ]
        parts = [
            part.children[0] if part.tag == "sequence" and len(part.children) == 1 else part
            for part in made
            if part is not None
        ]
        if parts:
            optional = choice.is_optional or len(parts) < len(made)
            yield Part("choice", {"minOccurs": "0"} if optional else {}, parts)

    # Attributes

    def _attributes(self, steps: Steps) -> list[Part]:
        found = [*self._own_attributes(steps, in_choice=False)]
        if steps.any_attribute is not None:
            found.append(Part("anyAttribute", wildcard_attributes(steps.any_attribute)))
        return found

    def _own_attributes(self, steps: Steps, *, in_choice: bool) -> Iterator[Part]:
        for step in steps.steps:
            if isinstance(step, Property):
                if step.is_attribute:
                    optional = Property(step.name, step.schema, step.pointer, required=False)
                    yield self._attribute(optional if in_choice else step)
            elif isinstance(step, Choice):
                for option in step.options:
                    yield from self._own_attributes(option, in_choice=True)
            elif isinstance(step, Group) and self.source.roles[step.target.name or ""] == "attributeGroup":
                yield Part("attributeGroup", {"ref": Name("own", step.target.name or "")})

    def _attribute(self, member: Property, *, is_global: bool = False) -> Part:
        schema, at = member.schema, member.pointer
        _check_name(member.name, at)
        use: dict[str, Value] = {"use": "required"} if member.required else {}
        if schema.get("@xsdType") == "#ref" and "$ref" in schema and not is_global:
            target = self.source.target(schema["$ref"], at)
            if target.name is not None and self.source.roles[target.name] == "attribute":
                return Part("attribute", {"ref": Name("own", target.name), **use})
        if self.source.shape(schema, at) == "complex":
            raise wrong(at, N_("An attribute holds a plain value, not other fields."))
        open_schema = {key: value for key, value in schema.items() if key != "const"}
        kind = self.simple.type_of(open_schema, at)
        attributes: dict[str, Value] = {"name": member.name}
        if isinstance(kind, Name):
            attributes["type"] = kind
        builtin = self.simple.builtin(open_schema, at)
        if (fixed := value_text(schema.get("const"), builtin)) is not None and "const" in schema:
            attributes["fixed"] = fixed
        elif "default" in schema and not member.required:
            default = value_text(schema["default"], builtin)
            attributes |= {"default": default} if default is not None else {}
        inner = [kind] if isinstance(kind, Part) else []
        return Part("attribute", {**attributes, **use, **self._foreign(schema)}, inner)


def _anything() -> list[Part]:
    wildcard: dict[str, Value] = {"minOccurs": "0", "maxOccurs": "unbounded", "processContents": "lax"}
    inside = Part("sequence", children=[Part("any", wildcard)])
    return [inside, Part("anyAttribute", {"processContents": "lax"})]


def _is_attribute(step: Step) -> bool:
    return isinstance(step, Property) and step.is_attribute


def _check_name(name: str, at: str) -> None:
    if not is_xml_name(name):
        raise BrokenSchema(at, "InvalidName", no_name(name))
