"""Entries of subforms in storage: several data elements of one type, made, read, written and deleted."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import undefer

from studio.database import runtime_db
from studio.definition.errors import NotThere
from studio.definition.layouts import LayoutSet
from studio.definition.metadata import DataType
from studio.definition.sentences import N_, Sentence
from studio.runtime import form_data, instances
from studio.runtime.attachments import attachments, rows_attachments
from studio.runtime.context import Served
from studio.runtime.forms.entries import Entry, data_type_of
from studio.runtime.forms.kinds.subforms import lets, most_of
from studio.runtime.instances import Acting, NotOpen
from studio.runtime.prefill import prefilled
from studio.runtime.storage import DataElement, Instance
from studio.services.parties import Party


def entries_of(served: Served, instance: Instance) -> dict[str, tuple[Entry, ...]]:
    """The entries of every subform of the app: data type id -> entries, the oldest first."""
    found = (
        data_type_of(served.definition, each)
        for each in served.definition.layout_sets
        if each.kind in {"subform", "stateless"}
    )
    kinds = {kind.id for kind in found if kind is not None}
    if any(element.data_type in kinds for element in instance.elements):
        _load_contents(instance, kinds)
    return {kind: tuple(_entry(served, each) for each in instance.elements_of(kind)) for kind in kinds}


def _load_contents(instance: Instance, kinds: set[str]) -> None:
    """Read the contents of all entries at once; one by one they are read when they are asked for."""
    query = select(DataElement).where(
        DataElement.instance_id == instance.id, DataElement.data_type.in_(kinds)
    )
    runtime_db.session.scalars(query.options(undefer(DataElement.content))).all()


def _entry(served: Served, element: DataElement) -> Entry:
    data = form_data.decode(served.definition, element.data_type, element.content, element.content_type)
    return Entry(str(element.id), data, element.locked)


def add_entry(
    served: Served, instance: Instance, layout_set: LayoutSet, owner: Party, acting: Acting
) -> DataElement:
    """A new entry, prefilled as the app says. Raises Forbidden, NotOpen and NotThere."""
    kind = _kind(served, layout_set)
    instances.demand_write(served, instance, acting)
    most = most_of(kind)
    if not lets(kind, "disallowUserCreate") or (
        most is not None and len(instance.elements_of(kind.id)) >= most
    ):
        raise NotOpen(Sentence(N_("No more can be added here.")))
    found = prefilled(served.definition, kind.id, acting.person, owner)
    data = instances.prefilled_by_hooks(served, instance, kind, owner, acting, found)
    worked_out = instances.worked_out(served, instance, kind, layout_set, data, acting)
    element = instances.add_element(served, instance, kind, worked_out, acting)
    instance.last_changed, instance.last_changed_by = acting.now, acting.user
    instances.commit()
    return element


def delete_entry(
    served: Served, instance: Instance, layout_set: LayoutSet, element_id: str, acting: Acting
) -> None:
    """Delete an entry and what is attached to it. Raises Forbidden, NotOpen and NotThere."""
    kind = _kind(served, layout_set)
    instances.demand_write(served, instance, acting)
    element = element_of(instance, kind, element_id)
    if element.locked or not lets(kind, "disallowUserDelete"):
        raise NotOpen(Sentence(N_("This part of the form is finished and can no longer be changed.")))
    gone = list(rows_attachments(instance, _entry(served, element).data))
    instance.elements.remove(element)
    instance.last_changed, instance.last_changed_by = acting.now, acting.user
    if gone:
        attachments().remove(served, instance, gone, acting)  # commits both
    else:
        instances.commit()
    runtime_db.session.refresh(instance)


def element_of(instance: Instance, kind: DataType, element_id: str) -> DataElement:
    """The data element of an entry. Raises NotThere."""
    found = next((each for each in instance.elements_of(kind.id) if str(each.id) == element_id), None)
    if found is None:
        raise NotThere(Sentence(N_("This entry is no longer there.")))
    return found


def entry_of(served: Served, instance: Instance, layout_set: LayoutSet, element: UUID | str) -> Entry:
    """One entry. Raises NotThere."""
    return _entry(served, element_of(instance, _kind(served, layout_set), str(element)))


def _kind(served: Served, layout_set: LayoutSet) -> DataType:
    kind = data_type_of(served.definition, layout_set)
    if kind is None:
        raise NotThere(Sentence(N_("There is no such form, or it has been deleted.")))
    return kind
