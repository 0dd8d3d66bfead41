"""The instance behind a preview: kept while its draft changes, swept up after a day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete

from studio.database import runtime_db
from studio.definition import process
from studio.definition.errors import DomainError
from studio.runtime import instances
from studio.runtime.context import Served
from studio.runtime.instances import Acting
from studio.runtime.moving_on import lock
from studio.runtime.storage import Instance
from studio.services.parties import Party

# Previews that nobody has written in for this long are taken away when another one begins.
_KEPT: Final = timedelta(days=1)


def preview_instance(
    served: Served, owner: Party, acting: Acting, tasks: Sequence[str] = (), again: bool = False
) -> Instance:
    """The unfinished preview of the draft for `owner`, or a new one; always a new one where `again`.

    It stands in one of `tasks` where the process has one of them, also if nobody has walked there.
    """
    begun = [each for each in instances.unfinished(served, [owner.party_id]) if not again]
    instance = next((each for each in begun if _still_fits(served, each)), None)
    if instance is None:
        _sweep(served, acting.now)
        instance = instances.instantiate(served, owner, acting)
    if tasks and instance.task_id not in tasks:
        _put_into(served, instance, tasks, acting)
    instances.create_elements(served, instance, owner, acting)
    instances.commit()
    return instance


def _still_fits(served: Served, instance: Instance) -> bool:
    """Whether the draft, as it is now, still has the instance's task and can read its data."""
    found = served.definition.process
    if found is None or found.task(instance.task_id or "") is None:
        return False
    try:
        instances.read(served, instance)
    except (DomainError, ValueError):
        return False
    return True


def _put_into(served: Served, instance: Instance, tasks: Sequence[str], acting: Acting) -> None:
    found = served.definition.process
    task = next((task for each in tasks if (task := found.task(each) if found else None)), None)
    if task is not None:
        instance.process = process.put_into(instance.process, task, acting.now)
        instance.last_changed = acting.now
        lock(served, instance, task.id, False)


def _sweep(served: Served, now: datetime) -> None:
    """Take away this draft's own instances, and those of others that are old."""
    session = runtime_db.session
    old = (Instance.last_changed < now - _KEPT) | (Instance.preview == served.preview)
    session.execute(delete(Instance).where(Instance.preview.is_not(None), old))
    session.commit()
