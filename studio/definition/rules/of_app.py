"""The rules of an app, read once for each content of their files."""

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from studio.definition.app import AppDefinition
from studio.definition.content_cache import ContentCache
from studio.definition.rules import fields
from studio.definition.rules.calculations import Calculations, read_calculations
from studio.definition.rules.prefill import Prefill, read_prefill
from studio.definition.rules.problems import Problem
from studio.definition.rules.validations import Validations, read_validations

Made = TypeVar("Made")

_VALIDATIONS: Final[ContentCache[Validations]] = ContentCache(500)
_CALCULATIONS: Final[ContentCache[Calculations]] = ContentCache(500)
_PREFILLS: Final[ContentCache[Prefill]] = ContentCache(500)


def validations_of(app: AppDefinition, data_type: str) -> Validations:
    """What answers in this data type must keep; nothing where the app has no such file or a broken one."""
    return _read(app, app.paths.validation(data_type), _VALIDATIONS, read_validations)


def calculations_of(app: AppDefinition, data_type: str) -> Calculations:
    """What is worked out in this data type."""
    return _read(app, app.paths.calculation(data_type), _CALCULATIONS, read_calculations)


def prefill_of(app: AppDefinition, data_type: str) -> Prefill:
    """What is filled in in this data type before anybody writes in it."""
    return _read(app, app.paths.prefill(data_type), _PREFILLS, read_prefill)


def _read(app: AppDefinition, path: str, cache: ContentCache[Made], read: Callable[[Any], Made]) -> Made:
    if path not in app.files:
        return read(None)
    return cache.get(app.files.blob_id(path), lambda: read(app.json(path)))


def problems_of(app: AppDefinition, data_type: str) -> Iterator[tuple[str, Problem]]:
    """(path of the file, problem) of everything that is wrong with the rules of a data type."""
    model, paths = app.model(data_type), app.paths
    validations = validations_of(app, data_type)
    calculations, prefill = calculations_of(app, data_type), prefill_of(app, data_type)
    yield from ((paths.validation(data_type), each) for each in validations.problems)
    yield from ((paths.calculation(data_type), each) for each in calculations.problems)
    yield from ((paths.prefill(data_type), each) for each in prefill.problems)
    if model is not None:
        for each in fields.validation_fields(validations, model):
            yield paths.validation(data_type), each
        for each in fields.calculation_fields(calculations, model):
            yield paths.calculation(data_type), each
        for each in fields.prefill_fields(prefill, model):
            yield paths.prefill(data_type), each
