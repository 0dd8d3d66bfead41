"""The app check: everything that is wrong with an app, where, and what to do about it.

An app with an `error` opens in Studio and cannot be deployed. As apps come from elsewhere too, only what
really keeps an app from running is an error; what it would do badly is a warning; what could be tidier is
advice.
"""

from collections.abc import Callable, Iterator
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.checks.app_logic import check_app_logic
from studio.definition.checks.bindings import check_bindings
from studio.definition.checks.components import check_components
from studio.definition.checks.data_models import check_data_models
from studio.definition.checks.declarations import check_declarations
from studio.definition.checks.examples import check_examples
from studio.definition.checks.expressions import check_expressions
from studio.definition.checks.files import check_files
from studio.definition.checks.images import check_images
from studio.definition.checks.mentions import check_mentions
from studio.definition.checks.metadata import check_metadata
from studio.definition.checks.option_sources import check_option_sources
from studio.definition.checks.options import check_options
from studio.definition.checks.pages import check_pages
from studio.definition.checks.places import Placing
from studio.definition.checks.process import check_process
from studio.definition.checks.rules import check_rules
from studio.definition.checks.texts import check_texts
from studio.definition.checks.texts_in_expressions import check_texts_in_expressions
from studio.definition.content_cache import ContentCache
from studio.definition.findings import Finding

__all__ = ["check", "has_errors"]

_CHECKS: Final[tuple[Callable[[AppDefinition, Placing], Iterator[Finding]], ...]] = (
    check_metadata,
    check_process,
    check_pages,
    check_components,
    check_options,
    check_option_sources,
    check_data_models,
    check_bindings,
    check_declarations,
    check_mentions,
    check_expressions,
    check_texts,
    check_texts_in_expressions,
    check_rules,
    check_examples,
    check_app_logic,
    check_images,
    check_files,
)
_SEVERITIES: Final = ("error", "warning", "advice")
_CHECKED: Final[ContentCache[tuple[Finding, ...]]] = ContentCache(128)


def check(app: AppDefinition) -> tuple[Finding, ...]:
    """Every finding, errors first, then by file and line. The same content is checked once."""
    return _CHECKED.get(app.files.tree_id, lambda: _check(app))


def has_errors(app: AppDefinition) -> bool:
    """Whether something must be mended before the app can be deployed."""
    return any(found.severity == "error" for found in check(app))


def _check(app: AppDefinition) -> tuple[Finding, ...]:
    placing = Placing(app)
    found = [*app.findings, *(one for part in _CHECKS for one in part(app, placing))]
    return tuple(sorted(found, key=_rank))


def _rank(found: Finding) -> tuple[int, str, int]:
    return _SEVERITIES.index(found.severity), found.place.path, found.place.line or 0
