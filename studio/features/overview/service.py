"""What the front page of an app shows, read from its files and its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.checks import check
from studio.definition.content_cache import ContentCache
from studio.definition.findings import Finding
from studio.definition.layouts import LayoutSet, Page
from studio.history.commits import CommitInfo

_SEVERITIES: Final = ("error", "warning", "advice")


@dataclass(frozen=True, slots=True)
class Step:
    """A layout set as a step of the form: its name in the process (or its id), and its pages in order."""

    layout_set: LayoutSet
    name: str
    pages: tuple[Page, ...]


_findings: Final = ContentCache[tuple[Finding, ...]](500)


def findings_of(app: AppDefinition) -> tuple[Finding, ...]:
    """What the app check says, errors first. Worked out once for the same content."""

    def checked() -> tuple[Finding, ...]:
        found = [*app.findings, *(each for each in check(app) if each not in app.findings)]
        return tuple(sorted(found, key=lambda finding: _SEVERITIES.index(finding.severity)))

    return _findings.get(app.files.tree_id, checked)


def steps_of(app: AppDefinition) -> tuple[Step, ...]:
    """The steps with pages, in the order of the process; then what is no step of it (subforms, receipts)."""
    names = {task.id: task.name or task.id for task in app.process.tasks} if app.process else {}
    order = list(names)
    steps = [Step(each, _name(each, names), tuple(each.pages)) for each in app.layout_sets]
    return tuple(sorted(steps, key=lambda step: _place(step.layout_set, order)))


def people_of(log: Sequence[CommitInfo]) -> tuple[str, ...]:
    """The names of those who changed the app, whoever did so last first."""
    return tuple(dict.fromkeys(commit.author.name for commit in log))


def description_of(app: AppDefinition, language: str) -> str:
    """The app's description in its metadata, in this language or another; "" where it has none."""
    given = app.metadata.raw.get("description")
    texts = given if isinstance(given, dict) else {}
    return next((str(texts[code]) for code in (language, "nb", *texts) if texts.get(code)), "")


def page_title(app: AppDefinition, page: Page, language: str) -> str:
    """A page's title in this language or in bokmål; its name where it has none."""
    for code in (language, "nb"):
        if (text := app.texts(code).get(page.name)) and text.value:
            return text.value
    return page.name


def _name(layout_set: LayoutSet, names: dict[str, str]) -> str:
    return next((names[task] for task in layout_set.tasks if task in names), layout_set.id)


def _place(layout_set: LayoutSet, order: list[str]) -> int:
    return min((order.index(task) for task in layout_set.tasks if task in order), default=len(order))
