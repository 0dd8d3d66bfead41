"""The app check: every finding has a place, a plain sentence, and where possible what to do.

An app with an error opens and can be edited; it only cannot be deployed. A warning names what people would
notice, advice what could be better.
"""

from collections.abc import Callable, Iterator
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.checks.components import check_components
from studio.definition.checks.pages import check_pages
from studio.definition.checks.process import check_process
from studio.definition.checks.texts import check_texts
from studio.definition.checks.whole import check_whole
from studio.definition.content_cache import ContentCache
from studio.definition.findings import Finding

__all__ = ["check", "has_errors"]

CHECKS: Final[tuple[Callable[[AppDefinition], Iterator[Finding]], ...]] = (
    check_whole,
    check_process,
    check_pages,
    check_components,
    check_texts,
)
_ORDER: Final = {"error": 0, "warning": 1, "advice": 2}
_CHECKED: Final[ContentCache[tuple[Finding, ...]]] = ContentCache(64)


def check(app: AppDefinition) -> tuple[Finding, ...]:
    """Every finding of an app, errors first, in each severity by file and line."""
    return _CHECKED.get(app.files.tree_id, lambda: _check(app))


def has_errors(app: AppDefinition) -> bool:
    """Whether something must be mended before the app can be deployed."""
    return any(finding.severity == "error" for finding in check(app))


def _check(app: AppDefinition) -> tuple[Finding, ...]:
    found = [*app.findings, *(finding for each in CHECKS for finding in each(app))]
    return tuple(sorted(found, key=_by_weight))


def _by_weight(finding: Finding) -> tuple[int, str, int, str]:
    place = finding.place
    return _ORDER[finding.severity], place.path, place.line or 0, finding.code
