"""Fields that come and go."""

from dataclasses import dataclass
from typing import Any, ClassVar

from studio.definition import json_text, model_wording
from studio.definition.app import AppDefinition
from studio.definition.changes.change import register
from studio.definition.changes.data_models.forgetting import forget_lost
from studio.definition.changes.data_models.kinds import refuse_circle, refuse_list_type, schema_of
from studio.definition.changes.data_models.model_change import ModelChange, ModelCopy
from studio.definition.changes.data_models.names import free_name, refuse_bad_name, refuse_taken
from studio.definition.data_model.places import COMBINATIONS, name_at
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class AddField(ModelChange):
    """A group, a list of rows or a type gets a new field, at its end or before its field `before`.

    `parent` is the pointer of the group or type ("": where the data begins). `what` is one of KINDS, or
    "type:Person" for a field that is of the model's own type Person.
    """

    kind: ClassVar[str] = "add_field"
    parent: str
    name: str
    what: str
    title: str | None = None
    before: str | None = None

    def alter(self, model: ModelCopy) -> None:
        refuse_bad_name(self.name)
        holder = place_for_field(model, self.parent)
        refuse_taken(self.name, model.places.properties(self.parent or holder))
        made: dict[str, Any] = schema_of(model.places, self.what)
        refuse_circle(model.places, made, holder)
        if self.title:
            made = {"title": self.title, **made}
        put_property(model, holder, self.name, made, self.before)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return model_wording.about(model_wording.ADDED, self.data_type, self.name)


def place_for_field(model: ModelCopy, parent: str) -> str:
    """The pointer of the schema whose properties a new member of the group at `parent` joins.

    Raises NotThere, and DomainError for what cannot hold fields.
    """
    if parent:
        model.at(parent)
    holder = model.places.holder(parent)
    if holder is None:
        values = {"field": name_at(parent) or parent}
        if any(keyword in model.at(parent) for keyword in COMBINATIONS):
            words = N_("%(field)s is a combination: choose the part of it that the field is to lie in.")
            raise DomainError(Sentence(words, values))
        raise DomainError(Sentence(N_("The field %(field)s holds a value and no other fields."), values))
    return holder


def put_property(model: ModelCopy, holder: str, name: str, value: Any, before: str | None) -> None:
    """Write a new property into the schema at `holder`. Raises NotThere where it has no property `before`."""
    listed = model.at(holder).get("properties")
    if not isinstance(listed, dict):
        if before is not None:
            raise NotThere(Sentence(N_("%(name)s is no longer in the data model."), {"name": before}))
        model.insert(holder, "properties", {name: value}, first_structure(model.at(holder)))
        return
    if before is not None and before not in listed:
        raise NotThere(Sentence(N_("%(name)s is no longer in the data model."), {"name": before}))
    model.insert(f"{holder}/properties", name, value, before)


def first_structure(schema: Any) -> str | None:
    """The reusable types stay behind the fields where a document has both."""
    return next((key for key in ("$defs", "definitions") if key in schema), None)


@register
@dataclass(frozen=True)
class AddMember(ModelChange):
    """A combination (allOf, anyOf, oneOf at `node`) gets one more member, at its end.

    `what` as in AddField. DeleteNode takes one away: its pointer ends in the keyword and a number.
    """

    kind: ClassVar[str] = "add_member"
    node: str
    what: str = "group"

    def alter(self, model: ModelCopy) -> None:
        schema = model.at(self.node)
        keyword = next((name for name in COMBINATIONS if isinstance(schema.get(name), list)), None)
        if keyword is None:
            values = {"field": name_at(self.node) or self.node}
            raise DomainError(Sentence(N_("%(field)s is not a combination."), values))
        refuse_list_type(self.what)
        made = schema_of(model.places, self.what)
        refuse_circle(model.places, made, self.node)
        model.append(f"{self.node}/{keyword}", made)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        message = N_("The combination %(field)s in the data model %(name)s got another member")
        return model_wording.about(message, self.data_type, name_at(self.node))


@register
@dataclass(frozen=True)
class DuplicateField(ModelChange):
    """A field is written once more behind itself, under another name (None: the next free one)."""

    kind: ClassVar[str] = "duplicate_field"
    node: str
    name: str | None = None

    def alter(self, model: ModelCopy) -> None:
        around, own = model.property_at(self.node)
        taken = model.places.properties(model.places.object_of(self.node))
        name = self.name or free_name(own, taken)
        refuse_bad_name(name)
        refuse_taken(name, taken)
        names = list(model.at(around)["properties"])
        following = names[names.index(own) + 1 :]
        text = json_text.raw(model.copy.read(model.path), self.node)
        model.insert(f"{around}/properties", name, text, following[0] if following else None)
        for listed in list(model.places.requiring(self.node)):
            model.append(listed, name)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        message = N_("The field %(field)s in the data model %(name)s was copied")
        return model_wording.about(message, self.data_type, name_at(self.node))


@register
@dataclass(frozen=True)
class DeleteNode(ModelChange):
    """A field, a reusable type or a member of a combination goes away, with everything beneath it.

    Bindings that kept something in it go too, and so do prefill, calculations, validations and other settings
    that are about nothing else. Rules and texts that read it stay: the app check names them. A type that is
    in use is not deleted.
    """

    kind: ClassVar[str] = "delete_node"
    node: str

    def alter(self, model: ModelCopy) -> None:
        model.at(self.node)
        before = model.copy.app
        if model.is_type(self.node):
            self._refuse_used(model)
            self._delete_type(model)
        elif self.node.rpartition("/")[0].endswith(tuple(f"/{keyword}" for keyword in COMBINATIONS)):
            self._delete_member(model)
        else:
            model.property_at(self.node)
            self._refuse_used(model)
            for listed in list(model.places.requiring(self.node)):
                remove_name(model, listed, name_at(self.node))
            model.delete(self.node)
        forget_lost(model.copy, before, model.data_type)

    def _refuse_used(self, model: ModelCopy) -> None:
        users = {
            name_at(pointer.removesuffix("/$ref")) or model.data_type
            for pointer, target in model.places.references()
            if (target == self.node or target.startswith(self.node + "/"))
            and not pointer.startswith(self.node + "/")
        }
        if users:
            words = N_("%(name)s is still in use, by %(users)s. Choose another type there first.")
            values = {"name": name_at(self.node), "users": ", ".join(sorted(users))}
            raise DomainError(Sentence(words, values))

    def _delete_type(self, model: ModelCopy) -> None:
        if self.node in model.places.facets(model.places.document.root_pointer):
            words = N_("The data begins in the type %(name)s, so it cannot be deleted.")
            raise DomainError(Sentence(words, {"name": name_at(self.node)}))
        model.delete(self.node)

    def _delete_member(self, model: ModelCopy) -> None:
        listed = self.node.rpartition("/")[0]
        holder, _, keyword = listed.rpartition("/")
        only = len(model.at(holder)[keyword]) == 1
        if only and holder == model.places.document.root_pointer:
            words = N_("This is all that the data model says about its data, so it cannot be deleted.")
            raise DomainError(Sentence(words))
        if not only:
            place = int(self.node.rpartition("/")[2])
            for number in range(place + 1, len(model.at(holder)[keyword])):
                model.follow_references(f"{listed}/{number}", f"{listed}/{number - 1}")
        model.delete(listed if only else self.node)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        name = name_at(self.node)
        folder, _, last = self.node.rpartition("/")
        if folder in ("/$defs", "/definitions"):
            return model_wording.about(model_wording.TYPE_REMOVED, self.data_type, name)
        if last.isdecimal():
            message = N_("The combination %(field)s in the data model %(name)s lost a member")
            return model_wording.about(message, self.data_type, name)
        return model_wording.about(model_wording.REMOVED, self.data_type, name)


def remove_name(model: ModelCopy, listed: str, name: str) -> None:
    """Take a name out of a list of required ones, and the list with its last name."""
    names = model.at(listed.rpartition("/")[0])["required"]
    if all(other == name for other in names):
        model.delete(listed)
        return
    for place in reversed(range(len(names))):
        if names[place] == name:
            model.delete(f"{listed}/{place}")
