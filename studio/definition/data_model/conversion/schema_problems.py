"""What is wrong with the JSON Schema of a data model, in a designer's words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.data_model.conversion.endless_types import endless_types
from studio.definition.data_model.conversion.reading import (
    COMPOSITIONS,
    FOLDERS,
    BrokenSchema,
    Schema,
    definition_name,
    escaped,
    is_xml_name,
    no_name,
    types,
)
from studio.definition.data_model.conversion.source import Source
from studio.definition.data_model.conversion.to_xsd import Derived
from studio.definition.data_model.conversion.value_problems import Said, value_problems
from studio.definition.errors import DomainError
from studio.definition.findings import Severity
from studio.definition.sentences import N_, Sentence

_TYPES: Final = frozenset({"object", "array", "string", "number", "integer", "boolean", "null"})
_MAX_DEPTH: Final = 200


@dataclass(frozen=True, slots=True)
class SchemaProblem:
    """One problem at a place ("#/properties/x"). `code` is stable.

    With an `error` a form cannot be filled in as it says, or no XSD can be made.
    """

    pointer: str
    code: str
    sentence: Sentence
    severity: Severity = "error"


def schema_problems(schema: Any) -> tuple[SchemaProblem, ...]:
    """Everything that is wrong with a JSON Schema, in the order of the file. Never raises."""
    if not isinstance(schema, Mapping):
        words = N_("The data model is no JSON Schema: an object is needed.")
        return (SchemaProblem("#", "InvalidKeyword", Sentence(words)),)
    found = list(_everywhere(schema))
    if not any(problem.severity == "error" for problem in found):
        found += _without_xsd(schema)
    return tuple({(one.pointer, one.code, str(one.sentence)): one for one in found}.values())


def _without_xsd(schema: Schema) -> Iterator[SchemaProblem]:
    """What stands in the way of an XSD that no rule here has a name for."""
    try:
        Derived(schema).text()
    except BrokenSchema as error:
        yield SchemaProblem(error.pointer, error.code, error.problem)
    except DomainError as error:
        yield SchemaProblem("#", "InvalidKeyword", error.sentence)


def _everywhere(schema: Schema) -> Iterator[SchemaProblem]:
    places = list(_places(schema))
    if len(places) > 0 and places[-1] is None:
        words = N_("The JSON Schema is nested too deeply.")
        yield SchemaProblem("#", "InvalidKeyword", Sentence(words))
        return
    known = [place for place in places if place is not None]
    used = {name for _, inner in known if (name := definition_name(inner.get("$ref")))}
    source = Source(schema)
    for at, inner in known:
        for rule in _RULES:
            yield from rule(inner, at, source)
        if at != "#" and not _is_unused(at, used):
            yield from _empty_object(inner, at)
    yield from _endless(source, known)


def _places(schema: Schema) -> Iterator[tuple[str, Schema] | None]:
    """(pointer, schema) of every schema of the document, in its order; None where it is too deep."""
    stack: list[tuple[str, Any, int]] = [("#", schema, 0)]
    while stack:
        at, inner, depth = stack.pop()
        if depth > _MAX_DEPTH:
            yield None
            return
        if isinstance(inner, Mapping):
            yield at, inner
            stack.extend(reversed([(pointer, found, depth + 1) for pointer, found in _inside(inner, at)]))


def _inside(schema: Schema, at: str) -> Iterator[tuple[str, Any]]:
    for keyword in ("properties", *FOLDERS):
        named = schema.get(keyword)
        if isinstance(named, Mapping):
            yield from ((f"{at}/{keyword}/{escaped(name)}", inner) for name, inner in named.items())
    if isinstance(schema.get("items"), Mapping):
        yield f"{at}/items", schema["items"]
    for keyword in COMPOSITIONS:
        options = schema.get(keyword)
        if isinstance(options, list):
            yield from ((f"{at}/{keyword}/{place}", inner) for place, inner in enumerate(options))


# The rules for one schema


def _values(schema: Schema, at: str, _source: Source) -> Iterator[SchemaProblem]:
    for said in value_problems(schema):
        yield _problem(at, said)


def _problem(at: str, said: Said) -> SchemaProblem:
    keyword, code, sentence, severity = said
    return SchemaProblem(f"{at}/{keyword}" if keyword else at, code, sentence, severity)


def _keywords(schema: Schema, at: str, _source: Source) -> Iterator[SchemaProblem]:
    given = schema.get("type")
    kinds = given if isinstance(given, list) else [given]
    if "type" in schema and (not kinds or any(not isinstance(k, str) or k not in _TYPES for k in kinds)):
        words = N_("There is no type %(type)s. Choose text, number, whole number, yes or no, group or list.")
        yield SchemaProblem(f"{at}/type", "InvalidKeyword", Sentence(words, {"type": str(given)}))
    for keyword in ("properties", *FOLDERS):
        if keyword in schema and not isinstance(schema[keyword], Mapping):
            words = N_("Names with a schema each are needed here.")
            yield SchemaProblem(f"{at}/{keyword}", "InvalidKeyword", Sentence(words))
    for keyword in COMPOSITIONS:
        options = schema.get(keyword)
        if keyword in schema and (not isinstance(options, list) or not options):
            words = N_("A list of schemas is needed here.")
            yield SchemaProblem(f"{at}/{keyword}", "InvalidKeyword", Sentence(words))
    for pointer, inner in _inside(schema, at):
        if not isinstance(inner, (Mapping, bool)):
            yield SchemaProblem(pointer, "InvalidKeyword", Sentence(N_("A schema is needed here.")))
    yield from _required(schema, at)


def _required(schema: Schema, at: str) -> Iterator[SchemaProblem]:
    given = schema.get("required")
    # `required: true` on a property is how the oldest drafts had it.
    if given is None or isinstance(given, bool):
        return
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        words = N_("A list of names of fields is needed here.")
        yield SchemaProblem(f"{at}/required", "InvalidKeyword", Sentence(words))
        return
    named = schema.get("properties")
    if isinstance(named, Mapping) and "$ref" not in schema and not any(key in schema for key in COMPOSITIONS):
        words = N_("The field %(field)s is required, but there is no such field here.")
        for name in given:
            if name not in named:
                sentence = Sentence(words, {"field": name})
                yield SchemaProblem(f"{at}/required", "RequiredWithoutField", sentence, "warning")


def _composition(schema: Schema, at: str, _source: Source) -> Iterator[SchemaProblem]:
    if schema.get("properties") and any(_holds_something(schema.get(keyword)) for keyword in COMPOSITIONS):
        words = N_("Fields and a combination cannot stand side by side. Put the fields in one of its types.")
        yield SchemaProblem(at, "BothPropertiesAndCompositionSchema", Sentence(words))


def _holds_something(options: Any) -> bool:
    """Whether the members of a combination have fields of their own, and not only conditions."""
    content = {"properties", "$ref", "items", "type", *COMPOSITIONS}
    return isinstance(options, list) and any(
        isinstance(option, Mapping) and not content.isdisjoint(option) for option in options
    )


def _empty_object(schema: Schema, at: str) -> Iterator[SchemaProblem]:
    if "object" not in types(schema) or schema.get("properties"):
        return
    if any(keyword in schema for keyword in ("$ref", "@xsdAnyAttribute", "@xsdType", *COMPOSITIONS)):
        return
    yield SchemaProblem(
        at, "ObjectNodeWithoutProperties", Sentence(N_("This group has no fields. Add one.")), "warning"
    )


def _is_unused(at: str, used: set[str]) -> bool:
    parts = at.split("/")
    return len(parts) > 2 and parts[1] in FOLDERS and definition_name("/".join(parts[:3])) not in used


def _reference(schema: Schema, at: str, source: Source) -> Iterator[SchemaProblem]:
    if "$ref" not in schema:
        return
    try:
        source.target(schema["$ref"], at)
    except BrokenSchema as error:
        if error.code == "InvalidReference":
            yield SchemaProblem(at, error.code, error.problem)


def _names(schema: Schema, at: str, _source: Source) -> Iterator[SchemaProblem]:
    for keyword in ("properties", *FOLDERS):
        named = schema.get(keyword)
        seen: dict[str, str] = {}
        for name in named if isinstance(named, Mapping) else ():
            pointer = f"{at}/{keyword}/{escaped(name)}"
            if not is_xml_name(name):
                yield SchemaProblem(pointer, "InvalidName", no_name(name))
            other = seen.setdefault(name.casefold(), name)
            if other != name:
                words = N_("%(name)s and %(other)s differ only in capital letters.")
                sentence = Sentence(words, {"name": name, "other": other})
                yield SchemaProblem(pointer, "NameDiffersOnlyInCase", sentence, "warning")


_RULES: Final[tuple[Callable[[Schema, str, Source], Iterator[SchemaProblem]], ...]] = (
    _keywords,
    _reference,
    _composition,
    _names,
    _values,
)


def _endless(source: Source, places: list[tuple[str, Schema]]) -> Iterator[SchemaProblem]:
    try:
        endless = list(endless_types(source, places))
    except BrokenSchema:
        return  # A type that is no schema. What is wrong with it is said above.
    for target in endless:
        words = N_("%(name)s always holds another %(name)s and never ends. Make a field optional.")
        sentence = Sentence(words, {"name": target.name or ""})
        yield SchemaProblem(target.pointer, "EndlessRecursion", sentence)
