"""The groups of a form's pages and the tasks of its process, as lists to go by (app-format.md, 6.3, 6.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.runtime.forms.page_settings import page_setting
from studio.runtime.forms.state import FormState
from studio.runtime.forms.validation import Shown, find_issues
from studio.runtime.forms.view import PageView, Step

_RECEIPT: Final = "receipt"


@dataclass(frozen=True, slots=True)
class PageGroup:
    """Pages that belong together. `is_done` says that nothing is missing on any of them.

    It is hidden where all of its pages are.
    """

    name: str
    steps: tuple[Step, ...]
    is_open: bool
    is_done: bool

    @property
    def hidden(self) -> bool:
        """Whether there is no page to show."""
        return all(step.hidden for step in self.steps)


@dataclass(frozen=True, slots=True)
class TaskStep:
    """A task of the process in the order that the app tells it in; the receipt is the last."""

    name: str
    current: bool
    done: bool


def page_groups(state: FormState, page: PageView) -> tuple[PageGroup, ...]:
    """The groups of the form's pages; none where the app has just a list of pages."""
    given = _pages(state.layout_set.settings).get("groups")
    steps = {step.name: step for step in page.ways}
    groups = [group for group in (given if isinstance(given, list) else []) if isinstance(group, Mapping)]
    return tuple(made for group in groups if (made := _group(state, group, steps)) is not None)


def _group(state: FormState, group: Mapping[str, Any], steps: Mapping[str, Step]) -> PageGroup | None:
    order = group.get("order")
    shown = tuple(steps[name] for name in (order if isinstance(order, list) else []) if name in steps)
    if not shown:
        return None
    name = group.get("name")
    is_marked = group.get("markWhenCompleted") is True and group.get("type") != "info"
    return PageGroup(
        name=state.text(str(name)) if name else "",
        steps=shown,
        is_open=group.get("expandedByDefault") is True or any(step.current for step in shown),
        is_done=is_marked and not _has_errors(state, [step.name for step in shown if not step.hidden]),
    )


def _has_errors(state: FormState, pages: list[str]) -> bool:
    found = find_issues(state, Shown.on(state, pages))
    return any(issue.severity == "error" for issue in found)


def task_steps(state: FormState) -> tuple[TaskStep, ...]:
    """The tasks of the process that the app tells of (`taskNavigation`), as the instance stands."""
    given = page_setting(state.app, state.layout_set, "taskNavigation")
    entries = [entry for entry in (given if isinstance(given, list) else []) if isinstance(entry, Mapping)]
    here = _place_of(state, [str(entry.get("taskId") or entry.get("type")) for entry in entries])
    return tuple(
        TaskStep(_task_name(state, entry), place == here, place < here) for place, entry in enumerate(entries)
    )


def _place_of(state: FormState, names: list[str]) -> float:
    """Which of the steps the instance stands in; between two where it stands in one that is not told of."""
    process = (state.instance or {}).get("process") or {}
    if process.get("ended"):
        return names.index(_RECEIPT) if _RECEIPT in names else len(names)
    current = (process.get("currentTask") or {}).get("elementId")
    if current in names:
        return names.index(current)
    order = [task.id for task in state.app.process.tasks] if state.app.process else []
    passed = order[: order.index(current)] if current in order else []
    return max((place for place, name in enumerate(names) if name in passed), default=-1) + 0.5


def _task_name(state: FormState, entry: Mapping[str, Any]) -> str:
    if entry.get("name"):
        return state.text(str(entry["name"]))
    process = state.app.process
    task = process.task(str(entry.get("taskId"))) if process else None
    return (task.name or task.id) if task else ""


def _pages(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    pages = settings.get("pages")
    return pages if isinstance(pages, Mapping) else {}
