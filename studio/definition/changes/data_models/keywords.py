"""What a field is and which values it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from studio.definition import model_wording
from studio.definition.app import AppDefinition
from studio.definition.changes.change import register
from studio.definition.changes.data_models.fields import remove_name
from studio.definition.changes.data_models.forgetting import forget_lost
from studio.definition.changes.data_models.keyword_rules import (
    ANNOTATIONS,
    fits,
    refuse_bad_keywords,
    types_of,
)
from studio.definition.changes.data_models.kinds import kind_name, refuse_circle, refuse_list_type, schema_of
from studio.definition.changes.data_models.model_change import ModelChange, ModelCopy
from studio.definition.changes.data_models.moving import require
from studio.definition.data_model.places import COMBINATIONS, name_at, split_property
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

# What a field keeps on itself when it becomes a list of what it was.
_OF_FIELD: Final = (
    "title",
    "description",
    "@titles",
    "@descriptions",
    "$comment",
    "@xsdNillable",
    "errorMessage",
)
_LIST_LIMITS: Final = ("minItems", "maxItems", "uniqueItems", "@xsdMinOccurs", "@xsdMaxOccurs")


@register
@dataclass(frozen=True)
class SetKeywords(ModelChange):
    """Keywords of JSON Schema at a node get values; null takes a keyword away.

    "nillable" (true or false) is written as the dialect has it: null among the types of a plain field,
    "@xsdNillable" otherwise. Languages beside the first: "@titles" and "@descriptions" ({language: text});
    texts of allowed values: "@enumTitles" ({value: {language: text}}).
    """

    kind: ClassVar[str] = "set_keywords"
    node: str
    keywords: Mapping[str, Any]

    def alter(self, model: ModelCopy) -> None:
        schema = model.at(self.node)
        refuse_bad_keywords(schema, self.keywords)
        for keyword, value in _spelled(schema, self.keywords).items():
            if value is not None:
                model.set(f"{self.node}/{_escaped(keyword)}", value)
            elif keyword in schema:
                model.delete(f"{self.node}/{_escaped(keyword)}")

    def sentence(self, app: AppDefinition) -> Sentence:
        before = self.schema_at(app, self.node)
        name = name_at(self.node) or self.data_type
        told = [
            model_wording.keyword_sentence(self.data_type, name, keyword, value)
            for keyword, value in self.keywords.items()
            if before.get(keyword) != value
        ]
        if not told:
            return model_wording.about(model_wording.CHANGED, self.data_type, name)
        return told[0] if len(told) == 1 else Sentence(N_("%(first)s, and more"), {"first": told[0]})


def _escaped(keyword: str) -> str:
    return keyword.replace("~", "~0").replace("/", "~1")


def _spelled(schema: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The keywords as they are written: nillable in the dialect's words, no XSD type that says otherwise."""
    keywords = dict(given)
    nillable = keywords.pop("nillable", "not given")
    others = {key: value for key, value in keywords.items() if schema.get(key) != value}
    if others.keys() & {"type", "format"} and "@xsdType" in schema and "@xsdType" not in given:
        keywords["@xsdType"] = None
    if nillable == "not given":
        return keywords
    types = keywords.get("type") or schema.get("type")
    if types is None or "object" in (types if isinstance(types, list) else [types]):
        keywords["@xsdNillable"] = True if nillable else None
        return keywords
    plain = [name for name in (types if isinstance(types, list) else [types]) if name != "null"]
    keywords["type"] = [*plain, "null"] if nillable else plain[0] if len(plain) == 1 else plain
    keywords.setdefault("@xsdNillable", None)
    return keywords


@register
@dataclass(frozen=True)
class SetRequired(ModelChange):
    """A field must be there in valid data, or need not."""

    kind: ClassVar[str] = "set_required"
    node: str
    required: bool

    def alter(self, model: ModelCopy) -> None:
        model.property_at(self.node)
        set_required(model, self.node, self.required)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        message = model_wording.REQUIRED if self.required else model_wording.NOT_REQUIRED
        return model_wording.about(message, self.data_type, name_at(self.node))


def set_required(model: ModelCopy, node: str, required: bool) -> None:
    around, name = split_property(node)
    lists = list(model.places.requiring(node))
    if required and not lists:
        require(model, around, name)
    elif not required:
        for listed in lists:
            remove_name(model, listed, name)


@register
@dataclass(frozen=True)
class SetOccurs(ModelChange):
    """How often a field may come. More than once makes it a list; at most once makes it a single value.

    `maximum` None: without end. A field that comes at least once is required.
    """

    kind: ClassVar[str] = "set_occurs"
    node: str
    minimum: int
    maximum: int | None

    def alter(self, model: ModelCopy) -> None:
        model.property_at(self.node)
        most = self.maximum
        if self.minimum < 0 or (most is not None and (most < 1 or most < self.minimum)):
            words = N_("A field comes at least 0 times, and at most once or more often.")
            raise DomainError(Sentence(words))
        schema = model.at(self.node)
        if most is None or most > 1:
            made = _as_list(schema)
            limits = {"minItems": self.minimum or None, "maxItems": most}
            made = {key: value for key, value in {**made, **limits}.items() if value is not None}
        else:
            made = _as_single(schema)
        model.set(self.node, made)
        set_required(model, self.node, self.minimum > 0)

    def sentence(self, app: AppDefinition) -> Sentence:
        was_list = _is_list(self.schema_at(app, self.node))
        is_list = self.maximum is None or self.maximum > 1
        name = name_at(self.node)
        if was_list == is_list:
            message = N_("How often the field %(field)s in the data model %(name)s comes was changed")
            return model_wording.about(message, self.data_type, name)
        message = model_wording.LIST if is_list else model_wording.NO_LIST
        return model_wording.about(message, self.data_type, name)


def _is_list(schema: Mapping[str, Any]) -> bool:
    return "array" in types_of(schema) or ("type" not in schema and "items" in schema)


def _as_list(schema: Mapping[str, Any]) -> dict[str, Any]:
    if _is_list(schema):
        return {key: value for key, value in schema.items() if not key.startswith(("@xsdMin", "@xsdMax"))}
    own = {key: value for key, value in schema.items() if key in _OF_FIELD}
    return {**own, "type": "array", "items": {key: value for key, value in schema.items() if key not in own}}


def _as_single(schema: Mapping[str, Any]) -> dict[str, Any]:
    if not _is_list(schema):
        return {key: value for key, value in schema.items() if not key.startswith(("@xsdMin", "@xsdMax"))}
    items = schema.get("items")
    own = {key: value for key, value in schema.items() if key not in ("type", "items", *_LIST_LIMITS)}
    return {**own, **(items if isinstance(items, Mapping) else {"type": "string"})}


@register
@dataclass(frozen=True)
class SetKind(ModelChange):
    """A field becomes of another kind (`what` as in AddField); limits that do not fit it go away.

    A list stays a list, of values of the new kind. What a group held goes away with it.
    """

    kind: ClassVar[str] = "set_kind"
    node: str
    what: str

    def alter(self, model: ModelCopy) -> None:
        schema, before = model.at(self.node), model.copy.app
        made = schema_of(model.places, self.what)
        if model.is_type(self.node):
            refuse_list_type(self.what)
        if model.is_type(self.node) and self.node in model.places.facets(model.places.document.root_pointer):
            raise DomainError(Sentence(N_("The data begins here, so this stays a group of fields.")))
        for holder in (self.node, split_property(self.node)[0]):
            refuse_circle(model.places, made, holder)
        node = self.node
        if _is_list(schema) and isinstance(schema.get("items"), Mapping):
            node, schema = f"{node}/items", schema["items"]
            made = made.get("items", made)
        if not _is_same_kind(schema, made):
            model.set(node, {**_kept(schema, made), **made})
            forget_lost(model.copy, before, model.data_type)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        kind = kind_name(self.what)
        return model_wording.about(model_wording.KIND, self.data_type, name_at(self.node), kind)


def _is_same_kind(schema: Mapping[str, Any], made: Mapping[str, Any]) -> bool:
    if "$ref" in made or "$ref" in schema:
        return schema.get("$ref") == made.get("$ref")
    is_group = "properties" in schema and "properties" in made
    return is_group or (types_of(schema) == types_of(made) and schema.get("format") == made.get("format"))


def _kept(schema: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    """What a field keeps when it becomes of another kind."""
    structure = {"type", "format", "properties", "items", "required", "$ref", "@xsdType", "@xsdStructure"}
    kept = {
        key: value
        for key, value in schema.items()
        if key not in structure and key not in COMBINATIONS and fits(key, value, made)
    }
    return {key: value for key, value in kept.items() if key in ANNOTATIONS} if "$ref" in made else kept
