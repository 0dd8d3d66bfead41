"""What can be done with an instance. The pages call these services, and the App API will call the same.

Every function that writes does so in one transaction and asks the app's policy first. They raise Forbidden,
NotThere, NotOpen (archived or locked), Outdated (somebody else was faster) and ProcessConflict.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from studio.database import runtime_db
from studio.definition import form_paths as paths
from studio.definition import process
from studio.definition.errors import DomainError, NotThere
from studio.definition.layouts import LayoutSet
from studio.definition.metadata import DataType
from studio.definition.sentences import N_, Sentence
from studio.runtime import form_data
from studio.runtime.asking import about, task_json
from studio.runtime.context import Served
from studio.runtime.forms.calculating import with_results
from studio.runtime.forms.hooks import Asking
from studio.runtime.forms.state import FormState
from studio.runtime.prefill import prefilled
from studio.runtime.storage import DataElement, Instance, InstanceEvent, instance_json
from studio.services.authorization import Forbidden
from studio.services.parties import Party, Person, is_allowed

MAX_FORM_BYTES: Final = 8 * 1024 * 1024


class NotOpen(DomainError):
    """The instance or the element no longer takes changes. HTTP 409."""


class Outdated(DomainError):
    """The write is based on something older than what is there. HTTP 409."""


@dataclass(frozen=True, slots=True)
class Acting:
    """Who does something, and when."""

    person: Person
    now: datetime

    @property
    def user(self) -> str:
        """How the person is written down as the author of a change."""
        return str(self.person.user_id)


def demand(
    served: Served, person: Person, party_id: int, action: str, instance: Instance | None = None
) -> None:
    """Raise Forbidden where the policy does not let the person do this for the party."""
    answer = served.decider.decide(person, party_id, action, instance.process if instance else None)
    if answer == "level":
        raise Forbidden(Sentence(N_("This service asks for a stronger way of signing in.")))
    if answer == "deny":
        raise Forbidden(Sentence(N_("You do not have the rights that this service asks for.")))


def instantiate(
    served: Served,
    owner: Party,
    acting: Acting,
    asked: Mapping[str, str] | None = None,
    given: Mapping[str, Any] | None = None,
) -> Instance:
    """Begin: a new instance in its first task, with its data elements prefilled.

    `asked` are the query parameters of the address that was followed, `given` (dot path -> value) comes with
    the request. Raises HookRefused and HookFailed besides.
    """
    metadata = served.definition.metadata
    demand(served, acting.person, owner.party_id, "instantiate")
    if not is_allowed(owner, metadata.raw):
        raise Forbidden(Sentence(N_("This service is not for this kind of party.")))
    hooks = served.hooks(acting.person, acting.now)
    hooks.demand_start(Asking(acting.person.language, owner=owner))
    found = served.definition.process
    if found is None:
        raise NotThere(Sentence(N_("The service has no process that can be started.")))
    instance = Instance(
        id=uuid4(),
        org=served.org,
        app=served.name,
        preview=served.preview,
        release=served.release,
        party_id=owner.party_id,
        owner=_owner_json(owner),
        process=process.start(found, acting.now),
        created=acting.now,
        created_by=acting.user,
        last_changed=acting.now,
        last_changed_by=acting.user,
        presentation_texts={},
        data_values={},
    )
    # Code of the app is asked before anything is written: nobody else waits for a transaction meanwhile.
    create_elements(served, instance, owner, acting, asked, given)
    start_step(served, instance, acting, acting.person.language)
    runtime_db.session.add(instance)
    runtime_db.session.flush()
    record(instance, acting, "Created")
    for event in process.event_types(None, instance.process):
        record(instance, acting, event)
    runtime_db.session.commit()
    return instance


def start_step(served: Served, instance: Instance, acting: Acting, language: str) -> None:
    """What the app's code does when a step has begun. Raises HookRefused and HookFailed."""
    hooks, found = served.hooks(acting.person, acting.now), served.definition.process
    if found is None or not hooks.has("task_started"):
        return
    with runtime_db.session.no_autoflush:  # as above
        asking = about(served, instance, language, read(served, instance))
        given = hooks.task_started(task_json(process.current_task(found, instance.process)), asking)
    if given is not None:
        store(served, instance, {asking.data_type: given}, acting)


def _owner_json(owner: Party) -> dict[str, Any]:
    party = owner.to_json()
    short = ("partyId", "partyUuid", "partyTypeName", "ssn", "orgNumber", "unitType", "name", "isDeleted")
    return {
        "partyId": str(owner.party_id),
        "personNumber": owner.national_number,
        "organisationNumber": owner.organisation_number,
        "username": None,
        "externalIdentifier": None,
        "party": {key: party[key] for key in short},
    }


def create_elements(
    served: Served,
    instance: Instance,
    owner: Party,
    acting: Acting,
    asked: Mapping[str, str] | None = None,
    given: Mapping[str, Any] | None = None,
) -> None:
    """Create the elements that begin with the instance's task (process.md, 4.1)."""
    layout_set = served.definition.layout_set_for_task(instance.task_id or "")
    for kind in served.definition.metadata.data_types:
        if _begins(kind, instance.task_id, layout_set) and not instance.elements_of(kind.id):
            found_out = prefilled(served.definition, kind.id, acting.person, owner, asked, given)
            data = prefilled_by_hooks(served, instance, kind, owner, acting, found_out)
            found = worked_out(served, instance, kind, layout_set, data, acting)
            add_element(served, instance, kind, found, acting)


def _begins(kind: DataType, task_id: str | None, layout_set: LayoutSet | None) -> bool:
    """Whether an element of the type begins with a task.

    Without `autoCreate` somebody else is to hand in the data. A person who begins by hand has to have a place
    for the answers all the same, else they would be lost.
    """
    holds_answers = layout_set is not None and layout_set.data_type == kind.id
    return kind.is_form and kind.task_id == task_id and (kind.auto_create or holds_answers)


def prefilled_by_hooks(
    served: Served,
    instance: Instance,
    kind: DataType,
    owner: Party,
    acting: Acting,
    data: Mapping[str, Any],
) -> Mapping[str, Any]:
    """The data of a new element with what the app's code fills in. Raises HookRefused and HookFailed."""
    with runtime_db.session.no_autoflush:  # nothing is written while the app's code is asked
        models = {**read(served, instance), kind.id: data}
        asking = Asking(acting.person.language, kind.id, models, instance_json(instance), owner)
        return served.hooks(acting.person, acting.now).prefilled(data, asking)


def worked_out(
    served: Served,
    instance: Instance,
    kind: DataType,
    layout_set: LayoutSet | None,
    data: Mapping[str, Any],
    acting: Acting,
) -> Mapping[str, Any]:
    """What a new element is prefilled with, and what the app calculates from it."""
    if layout_set is None:
        return data
    with runtime_db.session.no_autoflush:  # nothing is written while the app's code is asked
        held = read(served, instance)
    state = FormState(
        app=served.definition,
        layout_set=layout_set,
        language=acting.person.language,
        data={**held, kind.id: data},
        today=acting.now.date(),
        instance=instance_json(instance),
        hooks=served.hooks(acting.person, acting.now),
    )
    found: Mapping[str, Any] = with_results(state).data[kind.id]
    return found


def add_element(
    served: Served, instance: Instance, kind: DataType, data: Mapping[str, Any], acting: Acting
) -> DataElement:
    """A new data element with form data; the caller commits."""
    content_type = form_data.content_type_of(kind)
    content = form_data.encode(served.definition, kind.id, form_data.with_row_ids(data), content_type)
    element = DataElement(
        id=uuid4(),
        data_type=kind.id,
        content_type=content_type,
        content=content,
        size=len(content),
        tags=[],
        locked=False,
        revision=1,
        created=acting.now,
        created_by=acting.user,
        last_changed=acting.now,
        last_changed_by=acting.user,
    )
    instance.elements.append(element)
    return element


def find(served: Served, party_id: int, guid: UUID) -> Instance:
    """The instance with this id; NotThere also where it belongs to another app, party or preview."""
    instance = runtime_db.session.get(Instance, guid)
    if (
        instance is None
        or (instance.org, instance.app, instance.party_id, instance.preview)
        != (served.org, served.name, party_id, served.preview)
        or instance.is_soft_deleted
    ):
        raise NotThere(Sentence(N_("There is no such form, or it has been deleted.")))
    return instance


def unfinished(served: Served, party_ids: Sequence[int]) -> list[Instance]:
    """The instances of an app that these parties have begun and not sent in, the last changed first."""
    query = (
        select(Instance)
        .where(Instance.org == served.org, Instance.app == served.name, Instance.party_id.in_(party_ids))
        .where(Instance.is_archived.is_(False), Instance.is_soft_deleted.is_(False))
        .where(Instance.preview == served.preview if served.preview else Instance.preview.is_(None))
        .order_by(Instance.last_changed.desc())
    )
    return list(runtime_db.session.scalars(query))


def read(served: Served, instance: Instance) -> dict[str, dict[str, Any]]:
    """The form data of an instance: data type -> JSON. Of several elements of a type the first one counts.

    Entries of subforms are read by entries.py.
    """
    found: dict[str, dict[str, Any]] = {}
    for element in instance.elements:
        kind = served.definition.metadata.data_type(element.data_type)
        if kind is not None and kind.is_form and element.data_type not in found:
            found[element.data_type] = form_data.decode(
                served.definition, element.data_type, element.content, element.content_type
            )
    return found


def demand_write(served: Served, instance: Instance, acting: Acting) -> None:
    """Raise Forbidden or NotOpen where the person may not change the instance now."""
    demand(served, acting.person, instance.party_id, "write", instance)
    if instance.is_archived:
        raise NotOpen(Sentence(N_("The form has been sent in and can no longer be changed.")))


def save(
    served: Served,
    instance: Instance,
    data: Mapping[str, Any],
    acting: Acting,
    based_on: Mapping[str, int],
    entry: str | None = None,
) -> None:
    """Write the form data of the types in `data`. `based_on` is data type -> the revision that was read.

    Where a type has several elements the first is written; `entry` is the id of the one to write instead.
    """
    demand_write(served, instance, acting)
    for data_type, content in data.items():
        element = element_for(instance, data_type, entry)
        if element is not None:
            _write(served, element, form_data.with_row_ids(content), acting, based_on.get(data_type))
    _copy_fields(served, instance, data, entry)
    instance.last_changed, instance.last_changed_by = acting.now, acting.user
    commit()


def element_for(instance: Instance, data_type: str, entry: str | None = None) -> DataElement | None:
    """The element that stands for its type: the entry of a subform that is filled in, else the first."""
    elements = instance.elements_of(data_type)
    own = (element for element in elements if str(element.id) == entry)
    return next(own, elements[0] if elements else None)


def commit() -> None:
    """Commit the transaction; raises Outdated where a row was changed by somebody else since it was read."""
    _or_outdated(runtime_db.session.commit)


@contextmanager
def nothing_written() -> Iterator[None]:
    """A block in which what has changed is only kept in mind, and the database is open to others."""
    with runtime_db.session.no_autoflush:
        yield


def _or_outdated(write: Callable[[], None]) -> None:
    try:
        write()
    except StaleDataError as stale:
        runtime_db.session.rollback()
        raise Outdated(Sentence(N_("The form was changed in another window at the same moment."))) from stale


def roll_back() -> None:
    """Take back everything that is not committed."""
    runtime_db.session.rollback()


def _write(
    served: Served, element: DataElement, data: Mapping[str, Any], acting: Acting, revision: int | None
) -> None:
    if element.locked:
        raise NotOpen(Sentence(N_("This part of the form is finished and can no longer be changed.")))
    if revision is not None and revision != element.revision:
        raise Outdated(Sentence(N_("The form was changed in another window after you opened it here.")))
    content = form_data.encode(served.definition, element.data_type, data, element.content_type)
    if len(content) > MAX_FORM_BYTES:
        raise DomainError(Sentence(N_("The form holds too much text to be kept.")))
    element.content, element.size = content, len(content)
    element.last_changed, element.last_changed_by = acting.now, acting.user


def store(
    served: Served, instance: Instance, data: Mapping[str, Any], acting: Acting, entry: str | None = None
) -> None:
    """Write form data as a part of a larger transaction, at the end of a task. `entry` as for `save`."""
    for data_type, content in data.items():
        element = element_for(instance, data_type, entry)
        if element is not None:
            _write(served, element, content, acting, None)
    _copy_fields(served, instance, data, entry)


def _copy_fields(
    served: Served, instance: Instance, data: Mapping[str, Any], entry: str | None = None
) -> None:
    """Copy presentationFields and dataFields out of the data (app-format.md, 1)."""
    if entry is not None:
        return  # one of many says nothing about the whole
    raw = served.definition.metadata.raw
    for key, target in (("presentationFields", "presentation_texts"), ("dataFields", "data_values")):
        values = dict(getattr(instance, target))
        for each in raw.get(key) or ():
            if isinstance(each, Mapping) and each.get("dataTypeId") in data:
                value = paths.read(data[each["dataTypeId"]], str(each.get("path") or ""))
                values[str(each.get("id"))] = None if value is None else str(value)
        setattr(instance, target, values)


def delete(served: Served, instance: Instance, acting: Acting) -> None:
    """Put an unfinished instance away."""
    demand(served, acting.person, instance.party_id, "delete", instance)
    if instance.is_archived or any(job.holds for job in instance.pdf_jobs):
        raise NotOpen(Sentence(N_("The form has been sent in and cannot be deleted here.")))
    instance.is_soft_deleted, instance.soft_deleted = True, acting.now
    record(instance, acting, "Deleted")
    commit()


def record(instance: Instance, acting: Acting, event_type: str) -> None:
    """Note in the history of an instance what happened."""
    runtime_db.session.add(
        InstanceEvent(
            instance_id=instance.id,
            event_type=event_type,
            created=acting.now,
            user_id=acting.person.user_id,
            process=dict(instance.process),
        )
    )
