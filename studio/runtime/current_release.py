"""An instance that was begun on an older release goes on with the current one."""

from studio.definition import process
from studio.runtime import instances
from studio.runtime.context import Served
from studio.runtime.instances import Acting
from studio.runtime.moving_on import lock
from studio.runtime.storage import Instance
from studio.services.parties import Party


def bring_up_to_date(served: Served, instance: Instance, owner: Party, acting: Acting) -> None:
    """Let an unfinished instance stand in a step that the current release has, with the documents it needs.

    Where its step is gone it stands in the first one again, with everything that was filled in.
    """
    if instance.is_archived or instance.release == served.release or served.preview:
        return
    found = served.definition.process
    if found is None:
        return
    if found.task(instance.task_id or "") is None:
        instance.process = process.start(found, acting.now)
        lock(served, instance, instance.task_id, False)
    instances.create_elements(served, instance, owner, acting)
    instance.release = served.release
    instances.record(instance, acting, "Saved")
    instances.commit()
