"""Fields and types that get another name or another place, and everything that names them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from studio.definition import json_text, model_wording
from studio.definition.app import AppDefinition
from studio.definition.changes.change import register
from studio.definition.changes.data_models.fields import place_for_field, put_property, remove_name
from studio.definition.changes.data_models.following import NewNames, follow_field
from studio.definition.changes.data_models.model_change import ModelChange, ModelCopy
from studio.definition.changes.data_models.names import refuse_bad_name, refuse_taken
from studio.definition.data_model.places import SchemaPlaces, Step, escaped, name_at, split_property
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class RenameNode(ModelChange):
    """A field or a reusable type gets another name; whatever names it in the app follows."""

    kind: ClassVar[str] = "rename_node"
    node: str
    name: str

    def alter(self, model: ModelCopy) -> None:
        if name_at(self.node) == self.name:
            model.at(self.node)
            return
        refuse_bad_name(self.name)
        if model.is_type(self.node):
            self._rename_type(model)
        else:
            self._rename_field(model)

    def _rename_type(self, model: ModelCopy) -> None:
        model.at(self.node)
        own = name_at(self.node)
        refuse_taken(self.name, (name for name in model.places.types if name != own))
        root = model.places.document.root_pointer
        renamed = model.places.type_pointer(self.name)
        model.rename_key(self.node, self.name)
        model.follow_references(self.node, renamed)
        if root == self.node or root.startswith(self.node + "/"):
            _set_root(model, renamed + root.removeprefix(self.node))

    def _rename_field(self, model: ModelCopy) -> None:
        around, own = model.property_at(self.node)
        members = model.places.properties(model.places.object_of(self.node))
        refuse_taken(self.name, (name for name in members if name != own))
        before, lists = model.copy.app, list(model.places.requiring(self.node))
        renamed = f"{around}/properties/{escaped(self.name)}"
        for listed in lists:
            names = model.at(listed.rpartition("/")[0])["required"]
            for place, name in enumerate(names):
                if name == own:
                    model.set(f"{listed}/{place}", self.name)
        model.rename_key(self.node, self.name)
        model.follow_references(self.node, renamed)
        follow_field(model.copy, before, model.data_type, self.node, self.new_names(model.places))

    def new_names(self, places: SchemaPlaces) -> NewNames:  # noqa: ARG002 - asked like MoveField
        """Where the field is found afterwards."""
        return lambda steps: [*(step.name for step in steps[:-1]), self.name]

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        is_type = self.node.rpartition("/")[0] in ("/$defs", "/definitions")
        message = model_wording.TYPE_RENAMED if is_type else model_wording.RENAMED
        return model_wording.about(message, self.data_type, name_at(self.node), self.name)


def _set_root(model: ModelCopy, pointer: str) -> None:
    """Say where the data begins. (A root that is found by the name of the class is not found any more.)"""
    info = model.places.document.schema.get("info")
    if isinstance(info, dict):
        model.set("/info/rootNode", f"#{pointer}")
    else:
        model.set("/info", {"rootNode": f"#{pointer}"})


@register
@dataclass(frozen=True)
class MoveField(ModelChange):
    """A field goes into another group, or to another place in its own; whatever names it follows.

    `before` is the name of the field that it is put before; None: the end. Where a place cannot follow, as it
    stands in no row of the list that the field is in now, or as the group is used in several places,
    `consequences` names it.
    """

    kind: ClassVar[str] = "move_field"
    node: str
    parent: str
    before: str | None = None

    def alter(self, model: ModelCopy) -> None:
        around, name = model.property_at(self.node)
        holder = place_for_field(model, self.parent)
        if model.places.reaches(self.node, holder):
            raise DomainError(Sentence(N_("%(name)s cannot be moved into itself."), {"name": name}))
        if self.before == name and holder == around:
            return
        if holder == around:
            if self.before is not None:
                model.at(f"{around}/properties/{escaped(self.before)}")
            model.move(self.node, f"{around}/properties", name, self.before)
            return
        self._move_into(model, holder, name)

    def _move_into(self, model: ModelCopy, holder: str, name: str) -> None:
        own = model.places.object_of(self.node)
        target = model.places.object_of(f"{holder}/properties/x")
        if target != own:
            refuse_taken(name, model.places.properties(self.parent or target))
        elif name in (model.at(holder).get("properties") or {}):
            raise DomainError(Sentence(N_("The name %(name)s is taken. Choose another one."), {"name": name}))
        before, new_names = model.copy.app, self.new_names(model.places)
        lists = list(model.places.requiring(self.node))
        text = json_text.raw(model.copy.read(model.path), self.node)
        for listed in lists:
            remove_name(model, listed, name)
        put_property(model, holder, name, text, self.before)
        model.delete(self.node)
        model.follow_references(self.node, f"{holder}/properties/{escaped(name)}")
        if lists:
            require(model, holder, name)
        follow_field(model.copy, before, model.data_type, self.node, new_names)

    def new_names(self, places: SchemaPlaces) -> NewNames:
        """Where the field is found afterwards: in the group that shares most of the way to it."""
        ways = [
            [step.name for step in way] for way in places.ways(self.parent or places.document.root_pointer)
        ]
        own = split_property(self.node)[1]

        def names(steps: Sequence[Step]) -> Sequence[str] | None:
            old = [step.name for step in steps[:-1]]
            shared = [_shared(old, way) for way in ways]
            nearest = [way for way, length in zip(ways, shared, strict=True) if length == max(shared)]
            return [*nearest[0], own] if len(nearest) == 1 else None

        return names

    def sentence(self, app: AppDefinition) -> Sentence:
        name, holder = name_at(self.node), name_at(self.parent) or self.data_type
        model = app.model(self.data_type)
        if (
            model is not None
            and SchemaPlaces(model.document).holder(self.parent) == split_property(self.node)[0]
        ):
            return model_wording.about(model_wording.REORDERED, self.data_type, name)
        return model_wording.about(model_wording.MOVED, self.data_type, name, holder)


def require(model: ModelCopy, around: str, name: str) -> None:
    """Note a property as required in the schema that it is in."""
    if isinstance(model.at(around).get("required"), list):
        model.append(f"{around}/required", name)
    else:
        model.set(f"{around}/required", [name])


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many names two ways begin with alike."""
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length
