"""The rules beside a data model: what is filled in, worked out, and what answers must keep."""

from studio.definition.rules.calculations import Calculation, Calculations, read_calculations
from studio.definition.rules.of_app import calculations_of, prefill_of, problems_of, validations_of
from studio.definition.rules.prefill import KEYS, SOURCES, Prefill, Prefilled, Source, read_prefill
from studio.definition.rules.problems import Problem
from studio.definition.rules.validations import LEVELS, Level, Validation, Validations, read_validations

__all__ = [
    "KEYS",
    "LEVELS",
    "SOURCES",
    "Calculation",
    "Calculations",
    "Level",
    "Prefill",
    "Prefilled",
    "Problem",
    "Source",
    "Validation",
    "Validations",
    "calculations_of",
    "prefill_of",
    "problems_of",
    "read_calculations",
    "read_prefill",
    "read_validations",
    "validations_of",
]
