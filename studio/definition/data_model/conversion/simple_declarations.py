"""Plain values in an XSD: built-in types, restrictions, lists and unions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.data_model.conversion.facets import facets_of
from studio.definition.data_model.conversion.narrowing import narrowed
from studio.definition.data_model.conversion.plain_values import INTEGERS, MOMENTS, TEXTS, whole
from studio.definition.data_model.conversion.reading import (
    FACETS,
    Schema,
    as_schema,
    endless,
    is_null,
    members,
    options,
    types,
    wrong,
)
from studio.definition.data_model.conversion.source import Source, Target
from studio.definition.data_model.conversion.xsd_parts import Name, Part
from studio.definition.sentences import N_

# The type by the JSON type and format, where @xsdType does not name one that fits.
_DEFAULTS: Final = {"string": "string", "number": "double", "integer": "long", "boolean": "boolean"}
_FORMATS: Final = {
    "date": "date",
    "date-time": "dateTime",
    "time": "time",
    "duration": "duration",
    "uri": "anyURI",
    "year": "gYear",
    "year-month": "gYearMonth",
}
_FITTING: Final[Mapping[str, frozenset[str]]] = {
    "string": TEXTS | MOMENTS,
    "integer": frozenset(INTEGERS),
    "number": frozenset({"decimal", "float", "double"}),
    "boolean": frozenset({"boolean"}),
}
# The facets that XSD allows on a union.
_OF_UNIONS: Final = frozenset({"enumeration", "pattern"})
_KNOWN: Final = frozenset().union(*_FITTING.values())
_RESTRICTION: Final = "XmlSchemaSimpleTypeRestriction"


@dataclass(frozen=True)
class SimpleTypes:
    """Makes simple types of the schemas of one document. Everything may raise BrokenSchema."""

    source: Source

    def type_of(self, schema: Schema, at: str) -> Name | Part:
        """The type of a plain value: its name, or a simpleType without a name."""
        said = self.said(schema, at)
        made = self._made(said, schema, at)
        if isinstance(made, Name) or made.tag == "simpleType":
            return made
        base = made.attributes.get("base")
        if isinstance(base, Name) and not made.children and schema.get("@xsdStructure") != _RESTRICTION:
            return base
        return Part("simpleType", children=[made])

    def named(self, name: str, schema: Schema, at: str, foreign: Mapping[str, str]) -> Part:
        """The global simple type of a definition."""
        made = self._made(self.said(schema, at), schema, at)
        if isinstance(made, Name):
            made = Part("restriction", {"base": made})
        content = made.children if made.tag == "simpleType" else [made]
        return Part("simpleType", {"name": name, **foreign}, content)

    def said(self, schema: Schema, at: str, seen: tuple[int, ...] = ()) -> "Said":
        """What a schema says about a plain value, with its compositions of one merged in."""
        self.source.step(at)
        if id(schema) in seen:
            raise endless(at)
        seen = (*seen, id(schema))
        own = {key: value for key, value in schema.items() if key in _SPEAKING}
        found = Said(None, own, at)
        if "$ref" in schema:
            found = self._with_reference(found, self.source.target(schema["$ref"], at), seen)
        for keyword in ("allOf", "anyOf", "oneOf"):
            real = [
                (f"{at}/{keyword}/{place}", as_schema(option, f"{at}/{keyword}/{place}"))
                for place, option in enumerate(options(schema, keyword, at))
                if not is_null(option)
            ]
            if keyword == "allOf" or len(real) == 1:
                for pointer, option in real:
                    found = found.and_(self.said(option, pointer, seen))
            elif real:
                found = found.and_(Said(None, {"union": tuple(real)}, at))
        return found

    def _with_reference(self, found: "Said", target: Target, seen: tuple[int, ...]) -> "Said":
        if target.name is not None and self.source.roles[target.name] == "type":
            return Said(target, found.keywords, found.at)
        return self.said(target.schema, target.pointer, seen).and_(found)

    def _made(self, said: "Said", schema: Schema, at: str) -> Name | Part:
        """A name, a simpleType (list, union) or a restriction."""
        keywords = said.keywords
        if said.base is not None:
            base = Name("own", said.base.name or "")
            facets = self.limits_on(said.base, keywords, at)
            if not facets and schema.get("@xsdStructure") != _RESTRICTION:
                return base
            return Part("restriction", {"base": base}, facets)
        if "items" in keywords or "array" in types(keywords):
            return self._list(keywords, at)
        if "union" in keywords:
            return self._restricted(self._union(list(keywords["union"])), keywords, at)
        kinds = [kind for kind in dict.fromkeys(types(keywords)) if kind in _DEFAULTS]
        if len(kinds) > 1 and "string" not in kinds and set(kinds) != {"number", "integer"}:
            choices: list[tuple[str, Schema]] = [(at, {"type": kind}) for kind in kinds]
            return self._restricted(self._union(choices), keywords, at)
        builtin = _builtin(keywords)
        return Part("restriction", {"base": Name("xsd", builtin)}, facets_of(keywords, builtin, at))

    def limits_on(self, base: Target, keywords: Schema, at: str) -> list[Part]:
        """The facets by which keywords narrow a type that the schema names itself."""
        return self._limits_on(base, keywords, at, ())[0]

    def limits_of(self, schema: Schema, at: str, seen: tuple[str | None, ...] = ()) -> list[Part]:
        """The facets that a plain value has to keep, with those of the types that it builds on."""
        said = self.said(schema, at)
        if said.base is None:
            return facets_of(said.keywords, self.builtin(schema, at), at)
        return self._limits_on(said.base, said.keywords, at, seen)[1]

    def _limits_on(
        self, base: Target, keywords: Schema, at: str, seen: tuple[str | None, ...]
    ) -> tuple[list[Part], list[Part]]:
        """(the facets that narrow a base, all that a value then has to keep)."""
        if base.name in seen:
            raise endless(at)
        found = facets_of(keywords, self.builtin(base.schema, base.pointer), at, on_base=True)
        if self._is_union(base.schema, base.pointer):
            found = [part for part in found if part.tag in _OF_UNIONS]
        around = self.limits_of(base.schema, base.pointer, (*seen, base.name))
        own = narrowed(found, around, at)
        tags = {part.tag for part in own}
        return own, [*own, *(part for part in around if part.tag not in tags)]

    def _is_union(self, schema: Schema, at: str, seen: tuple[str | None, ...] = ()) -> bool:
        said = self.said(schema, at)
        if said.base is None or said.base.name in seen:
            return "union" in said.keywords
        return self._is_union(said.base.schema, said.base.pointer, (*seen, said.base.name))

    def _restricted(self, union: Part, keywords: Schema, at: str) -> Part:
        facets = [part for part in facets_of(keywords, "string", at) if part.tag in _OF_UNIONS]
        inner = Part("simpleType", children=[union])
        return Part("restriction", {}, [inner, *facets]) if facets else inner

    def _union(self, choices: list[tuple[str, Schema]]) -> Part:
        made = [self.type_of(option, pointer) for pointer, option in choices]
        names = tuple(dict.fromkeys(kind for kind in made if isinstance(kind, Name)))
        attributes: dict[str, Any] = {"memberTypes": names} if names else {}
        return Part("union", attributes, [kind for kind in made if isinstance(kind, Part)])

    def _list(self, keywords: Schema, at: str) -> Part:
        items = as_schema(keywords.get("items", {}), f"{at}/items")
        if self.source.shape(items, f"{at}/items") == "complex" or self._is_list(items, f"{at}/items"):
            raise wrong(f"{at}/items", N_("A list of plain values cannot hold groups or other lists."))
        item = self.type_of(items, f"{at}/items")
        inner = Part("list", {"itemType": item}) if isinstance(item, Name) else Part("list", children=[item])
        made = Part("simpleType", children=[inner])
        lengths = [
            Part(tag, {"value": str(length)})
            for tag, keyword in (("minLength", "minItems"), ("maxLength", "maxItems"))
            if (length := whole(keywords, keyword, at)) is not None
        ]
        return Part("restriction", {}, [made, *lengths]) if lengths else made

    def _is_list(self, schema: Schema, at: str) -> bool:
        """Whether a plain value is a list in the end, or can be one."""
        said = self.said(schema, at)
        if said.base is not None:
            self.builtin(said.base.schema, said.base.pointer)
            return self._is_list(said.base.schema, said.base.pointer)
        if any(self._is_list(option, pointer) for pointer, option in said.keywords.get("union", ())):
            return True
        return "items" in said.keywords or "array" in types(said.keywords)

    def builtin(self, schema: Schema, at: str, seen: tuple[int, ...] = ()) -> str:
        """The built-in type that a plain value is of in the end."""
        if id(schema) in seen:
            raise endless(at)
        if types(schema) or str(schema.get("@xsdType")) in _KNOWN:
            return _builtin(schema)
        seen = (*seen, id(schema))
        if "$ref" in schema:
            target = self.source.target(schema["$ref"], at)
            return self.builtin(target.schema, target.pointer, seen)
        for pointer, option in members(schema, at):
            if types(option) or "$ref" in option:
                return self.builtin(option, pointer, seen)
        return _builtin(schema)


_SPEAKING: Final = frozenset(
    {*FACETS, "type", "format", "@xsdType", "items", "minItems", "maxItems", "@xsdUnhandledEnumAttributes"}
)


@dataclass(frozen=True)
class Said:
    """What is said about a plain value: the type it builds on, and keywords."""

    base: Target | None
    keywords: Mapping[str, Any]
    at: str

    def and_(self, other: "Said") -> "Said":
        """Both; where both give a keyword, the inner one holds."""
        return Said(self.base or other.base, {**self.keywords, **other.keywords}, self.at)


def _builtin(schema: Schema) -> str:
    """The built-in type by @xsdType where it fits the JSON type, else by type and format."""
    kinds = types(schema)
    named = schema.get("@xsdType")
    if isinstance(named, str) and named in (_FITTING.get(kinds[0], _KNOWN) if kinds else _KNOWN):
        return "decimal" if named in {"float", "double"} and _has_digits(schema) else named
    if not kinds:
        return _by_values(schema)
    if len(kinds) > 1:
        return "decimal" if set(kinds) == {"number", "integer"} else "string"
    if kinds[0] == "string":
        given = schema.get("format")
        return _FORMATS.get(given, "string") if isinstance(given, str) else "string"
    # xsd:double cannot have a number of digits.
    return "decimal" if kinds[0] == "number" and _has_digits(schema) else _DEFAULTS.get(kinds[0], "string")


def _has_digits(schema: Schema) -> bool:
    return any(keyword in schema for keyword in ("totalDigits", "multipleOf", "maxLength"))


def _by_values(schema: Schema) -> str:
    """The type of a schema that names none, by the values that it allows."""
    given = schema.get("enum") if "enum" in schema else [schema["const"]] if "const" in schema else None
    values = [value for value in given if value is not None] if isinstance(given, list) else []
    if values and all(isinstance(value, bool) for value in values):
        return "boolean"
    if values and all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        return "integer"
    if values and not any(isinstance(value, (str, bool)) for value in values):
        return "decimal"
    numeric = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "totalDigits"}
    return "decimal" if not values and numeric & schema.keys() else "string"
