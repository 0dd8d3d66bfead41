"""What the app's code is told when it is asked about an instance and its steps."""

from collections.abc import Mapping
from typing import Any

from studio.definition.process import Task
from studio.runtime.context import Served
from studio.runtime.forms.hooks import Asking
from studio.runtime.storage import Instance, instance_json


def about(served: Served, instance: Instance, language: str, data: Mapping[str, Any]) -> Asking:
    """A question about the step that an instance stands in; `data` is data type -> form data."""
    layout_set = served.definition.layout_set_for_task(instance.task_id or "")
    default = (layout_set.data_type if layout_set else None) or next(iter(data), "")
    return Asking(language, default, data, instance_json(instance))


def task_json(task: Task) -> dict[str, str]:
    """A step as hooks are told of it."""
    return {"id": task.id, "name": task.name or "", "type": task.type or "data"}
