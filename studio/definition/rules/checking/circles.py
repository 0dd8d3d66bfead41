"""What decides about itself: shown only with its own answer, or calculated from what it decides about.

A component that is hidden has no answer for `component`, so who asks for its answer depends on all that hides
it. What is read with `dataModel` is there whether it is shown or not.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from studio.definition.app import AppDefinition
from studio.definition.layouts import LayoutSet
from studio.definition.naming import component_name, page_name
from studio.definition.rules.circles import ways_round
from studio.definition.rules.influences import Influence, Thing, influences
from studio.definition.rules.places import ExpressionPlace
from studio.definition.sentences import N_, Sentence

# The places that decide whether something is shown.
_HIDING = frozenset({"hidden", "page hidden", "row hidden"})
_TOLD = 8


@dataclass(frozen=True, slots=True)
class Circle:
    """A way round, told at one of its places; `way` is in the order in which each depends on the next one."""

    place: ExpressionPlace
    way: tuple[Thing, ...]
    sentence: Sentence


def circles(app: AppDefinition) -> Iterator[Circle]:
    """Every way round through hidden conditions and calculations.

    Calculations that only need one another are told where calculations are read.
    """
    read = influences(app).all
    deciding = [each for each in read if each.place.kind in _HIDING or each.place.kind == "calculation"]
    if not any(each.source.kind == "component" for each in deciding):
        return
    needs: dict[Thing, set[Thing]] = defaultdict(set)
    for each in deciding:
        needs[each.target].add(each.source)
    for layout_set in app.layout_sets:
        for thing, around in _holders(layout_set):
            needs[thing].add(around)
    for way in ways_round(needs):
        place = _place_of(way, deciding)
        if place is not None and any(thing.kind != "field" for thing in way):
            yield Circle(place, way, _sentence(app, way))


def _holders(layout_set: LayoutSet) -> Iterator[tuple[Thing, Thing]]:
    """(a component, what it lies in): it is hidden together with that."""
    for page, component in layout_set.components():
        above = component.parent_id
        around = (
            Thing("component", layout_set.id, above) if above else Thing("page", layout_set.id, page.name)
        )
        yield Thing("component", layout_set.id, component.id), around


def _place_of(way: tuple[Thing, ...], deciding: list[Influence]) -> ExpressionPlace | None:
    """The first expression that is part of the way."""
    steps = set(zip(way, (*way[1:], way[0]), strict=True))
    return next((each.place for each in deciding if (each.target, each.source) in steps), None)


def _sentence(app: AppDefinition, way: tuple[Thing, ...]) -> Sentence:
    names = [_name(app, thing) for thing in way]
    if len(way) == 1:
        text = N_("Whether %(name)s is shown depends on its own answer, which it only has while it is shown.")
        return Sentence(text, {"name": names[0]})
    told = names if len(names) <= _TOLD else [*names[:_TOLD], "…"]
    text = N_("These depend on one another in a circle: %(way)s.")
    return Sentence(text, {"way": " → ".join((*told, names[0]))})


def _name(app: AppDefinition, thing: Thing) -> str:
    form = app.layout_set(thing.owner)
    found = form.find(thing.name) if form and thing.kind == "component" else None
    if found is not None:
        return component_name(app, found[1])
    return page_name(app, thing.name) if thing.kind == "page" else thing.name
