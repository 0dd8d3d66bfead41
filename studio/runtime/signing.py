"""Who signs an instance, by its own documents and the register (forms/signees.py). Nothing is signed here."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from studio.definition.errors import NotThere
from studio.runtime.attachments import attachments
from studio.runtime.context import Served, register
from studio.runtime.forms.signees import Signee, signees
from studio.runtime.storage import DataElement, Instance


def signees_of(served: Served, instance: Instance) -> tuple[Signee, ...]:
    """Those who sign in the step that the instance is in; none where nothing is signed in it."""
    process = served.definition.process
    task = process.task(instance.task_id) if process and instance.task_id else None
    if task is None or task.type != "signing":
        return ()
    called = next(_contents(instance, task.signing.signatories), None)
    return tuple(_named(each) for each in signees(called, _contents(instance, task.signing.signatures)))


def _contents(instance: Instance, data_type: str) -> Iterator[Any]:
    for element in instance.elements_of(data_type) if data_type else ():
        yield _content(element)


def _content(element: DataElement) -> Any:
    """A document; a signature that cannot be read is still there, and was made when the document was."""
    try:
        found = json.loads(attachments().content(element))
    except (NotThere, ValueError, RecursionError):
        found = None
    return found if found is not None else {"signedTime": element.created.isoformat()}


def _named(signee: Signee) -> Signee:
    """With the names that the register has, where nobody was called by name."""
    name, organisation = signee.name, signee.organisation_name
    if not name and signee.person:
        party = register().party_by_number(signee.person)
        name = party.name if party else ""
    if not name and signee.user.isdecimal():
        person = register().person(int(signee.user))
        name = person.name if person else ""
    if not organisation and signee.organisation:
        party = register().party_by_number(signee.organisation)
        organisation = party.name if party else ""
    return replace(signee, name=name, organisation_name=organisation)
