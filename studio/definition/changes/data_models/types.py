"""Reusable types and combinations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from studio.definition import model_wording
from studio.definition.app import AppDefinition
from studio.definition.changes.change import register
from studio.definition.changes.data_models.keyword_rules import ANNOTATIONS
from studio.definition.changes.data_models.kinds import refuse_list_type, schema_of
from studio.definition.changes.data_models.model_change import ModelChange, ModelCopy
from studio.definition.changes.data_models.names import refuse_bad_name, refuse_taken
from studio.definition.data_model.places import COMBINATIONS, name_at
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

# What a field keeps beside the reference to its type.
_OF_FIELD: Final = ANNOTATIONS - {"@enumTitles", "nillable"}


@register
@dataclass(frozen=True)
class AddType(ModelChange):
    """The model gets a reusable type that fields can be of. `what` as in AddField, but no list."""

    kind: ClassVar[str] = "add_type"
    name: str
    what: str = "group"

    def alter(self, model: ModelCopy) -> None:
        refuse_list_type(self.what)
        put_type(model, self.name, schema_of(model.places, self.what))

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return model_wording.about(model_wording.TYPE_ADDED, self.data_type, self.name)


def put_type(model: ModelCopy, name: str, schema: Any) -> None:
    """Write a new reusable type. Raises DomainError for a name that is taken or cannot be one."""
    refuse_bad_name(name)
    refuse_taken(name, model.places.types)
    folder = model.places.types_folder
    if isinstance(model.places.document.schema.get(folder), Mapping):
        model.insert(f"/{folder}", name, schema)
    else:
        model.insert("", folder, {name: schema})


@register
@dataclass(frozen=True)
class ExtractType(ModelChange):
    """What a field is becomes a reusable type of the given name; the field is then of that type."""

    kind: ClassVar[str] = "extract_type"
    node: str
    name: str

    def alter(self, model: ModelCopy) -> None:
        model.property_at(self.node)
        node, schema = _one_value(model, self.node)
        if "$ref" in schema:
            words = N_("%(field)s is of the type %(name)s already.")
            values = {"field": name_at(self.node), "name": name_at(str(schema["$ref"]).removeprefix("#"))}
            raise DomainError(Sentence(words, values))
        own = {key: value for key, value in schema.items() if key in _OF_FIELD}
        put_type(model, self.name, {key: value for key, value in schema.items() if key not in own})
        pointer = model.places.type_pointer(self.name)
        model.set(node, {**own, "$ref": f"#{pointer}"})
        model.follow_references(node, pointer)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        message = N_("The field %(field)s in the data model %(name)s became the type %(value)s")
        return model_wording.about(message, self.data_type, name_at(self.node), self.name)


def _one_value(model: ModelCopy, node: str) -> tuple[str, Mapping[str, Any]]:
    """(pointer, schema) of one value of a field: of its rows where it is a list."""
    schema = model.at(node)
    items = schema.get("items")
    return (f"{node}/items", items) if isinstance(items, Mapping) else (node, schema)


@register
@dataclass(frozen=True)
class InlineType(ModelChange):
    """A field that is of a reusable type gets what the type says as its own. The type stays."""

    kind: ClassVar[str] = "inline_type"
    node: str

    def alter(self, model: ModelCopy) -> None:
        node, schema = _one_value(model, self.node)
        target = model.places.target(schema)
        values = {"field": name_at(self.node)}
        if target is None:
            raise DomainError(Sentence(N_("%(field)s is not of a type that could be written out."), values))
        content = model.at(target)
        if any(model.places.reaches(inner, target) for inner in _inner_references(model, target)):
            words = N_("The type of %(field)s holds itself, so it cannot be written out.")
            raise DomainError(Sentence(words, values))
        own = {key: value for key, value in schema.items() if key != "$ref"}
        model.set(node, {**content, **own})

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        message = N_("The field %(field)s in the data model %(name)s got a definition of its own")
        return model_wording.about(message, self.data_type, name_at(self.node))


def _inner_references(model: ModelCopy, node: str) -> list[str]:
    """What is referred to from inside a schema."""
    return [target for pointer, target in model.places.references() if pointer.startswith(node + "/")]


@register
@dataclass(frozen=True)
class SetCombination(ModelChange):
    """A node becomes a combination ("allOf", "anyOf", "oneOf") of what it was, another one, or none (None).

    Without a combination, a node is what its only member was; groups are put together.
    """

    kind: ClassVar[str] = "set_combination"
    node: str
    keyword: str | None

    def alter(self, model: ModelCopy) -> None:
        if not self.node:
            raise DomainError(Sentence(N_("The data model as a whole cannot become a combination.")))
        node, schema = _one_value(model, self.node)
        present = next((name for name in COMBINATIONS if isinstance(schema.get(name), list)), None)
        if self.keyword == present:
            return
        if self.keyword is not None and self.keyword not in COMBINATIONS:
            words = N_("A combination is allOf, anyOf or oneOf, not %(keyword)s.")
            raise DomainError(Sentence(words, {"keyword": self.keyword}))
        if self.keyword is None:
            model.set(node, self._without(schema, str(present)))
        elif present is not None:
            model.rename_key(f"{node}/{present}", self.keyword)
            model.follow_references(f"{node}/{present}", f"{node}/{self.keyword}")
        else:
            own = {key: value for key, value in schema.items() if key in _OF_FIELD}
            member = {key: value for key, value in schema.items() if key not in own}
            model.set(node, {**own, self.keyword: [member] if member else []})
            model.follow_references(node, f"{node}/{self.keyword}/0")

    def _without(self, schema: Mapping[str, Any], present: str) -> dict[str, Any]:
        own = {key: value for key, value in schema.items() if key != present}
        members = [member for member in schema[present] if isinstance(member, Mapping)]
        if len(members) == 1:
            return {**members[0], **own}
        if not all("properties" in member for member in members):
            words = N_(
                "%(field)s has %(count)s members that cannot be put together. Delete all but one of them."
            )
            raise DomainError(Sentence(words, {"field": name_at(self.node), "count": len(members)}))
        joined: dict[str, Any] = {"type": "object", "properties": {}}
        for member in members:
            for name, value in member["properties"].items():
                joined["properties"].setdefault(name, value)
        required = [name for member in members for name in member.get("required") or ()]
        if required and present == "allOf":
            joined["required"] = list(dict.fromkeys(required))
        return {**joined, **own}

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        name = name_at(self.node)
        if self.keyword is None:
            message = N_("The field %(field)s in the data model %(name)s is no longer a combination")
            return model_wording.about(message, self.data_type, name)
        message = N_("The field %(field)s in the data model %(name)s became a combination (%(value)s)")
        return model_wording.about(message, self.data_type, name, self.keyword)
