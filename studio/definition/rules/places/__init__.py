"""Every expression of an app: where it stands, what it has to give, and what it can ask about there.

The places where expressions are allowed: expressions.md 6 to 8.
"""

from collections.abc import Iterator

from studio.definition.app import AppDefinition
from studio.definition.rules.places.in_forms import SETTINGS, in_form, in_settings, settings_at, tree_of
from studio.definition.rules.places.in_rules import condition_of, in_calculations, in_process, in_validations
from studio.definition.rules.places.naming import words_of_place
from studio.definition.rules.places.place import ExpressionPlace, PlaceKind, Wanted

__all__ = [
    "SETTINGS",
    "ExpressionPlace",
    "PlaceKind",
    "Wanted",
    "condition_of",
    "expression_place",
    "expression_places",
    "settings_at",
    "tree_of",
    "words_of_place",
]


def expression_places(app: AppDefinition) -> Iterator[ExpressionPlace]:
    """Every expression of the app, also those that are wrong: form by form, then models, then the process.

    Values that are no calls are left out, but not in validations and calculations: there they are rules too.
    """
    for layout_set in app.layout_sets:
        yield from in_form(app, layout_set)
    yield from in_settings(app)
    for data_type in app.metadata.data_types:
        if data_type.is_form:
            yield from in_validations(app, data_type.id)
            yield from in_calculations(app, data_type.id)
    yield from in_process(app)


def expression_place(app: AppDefinition, key: str) -> ExpressionPlace | None:
    """The place with this key; None where there is none (any more)."""
    return next((found for found in expression_places(app) if found.key == key), None)
