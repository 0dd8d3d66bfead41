"""Checks of texts that expressions name: as an argument of "text", or as what a text is to say."""

from collections.abc import Iterator
from functools import partial

from studio.definition.app import AppDefinition
from studio.definition.checks.places import Placing, place_of
from studio.definition.checks.texts import missing_text
from studio.definition.expressions.calls import calls
from studio.definition.expressions.checking import results_in
from studio.definition.findings import Finding
from studio.definition.rules.places import ExpressionPlace, expression_places


def check_texts_in_expressions(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """The texts that expressions name and that are missing, in some languages or in all."""
    texts = [app.texts(language) for language in app.languages]
    for place in expression_places(app) if texts else ():
        for key, at in _named(place):
            yield from missing_text(key, texts, partial(place_of, placing, place, at))


def _named(place: ExpressionPlace) -> Iterator[tuple[str, tuple[int, ...]]]:
    """(key, where) of every text that an expression asks for, or gives where a text is shown."""
    for call in calls(place.expression):
        key = call.literal(1) if call.name == "text" else None
        if key is not None:
            yield key, (*call.at, 1)
    for part, at in results_in(place.expression) if place.kind in {"text", "message"} else ():
        if isinstance(part, str):
            yield part, at
