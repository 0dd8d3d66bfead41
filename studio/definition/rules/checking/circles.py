"""What decides about itself: shown only with its own answer, or calculated from what it decides about.

A component that is hidden has no answer for `component`, so who asks for its answer depends on all that hides
it. What is read with `dataModel` is there whether it is shown or not.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from studio.definition.app import AppDefinition
from studio.definition.naming import component_name, page_name
from studio.definition.rules.circles import ways_round
from studio.definition.rules.influences import Asked, Thing, targets_of
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


def circles(app: AppDefinition, places: Iterable[ExpressionPlace]) -> Iterator[Circle]:
    """Every way round through hidden conditions and calculations among all places of an app.

    Calculations that only need one another are told where calculations are read.
    """
    asked = Asked(app)
    deciding = [
        _Step(target, source, place)
        for place in places
        if place.kind in _HIDING or place.kind == "calculation"
        for target in targets_of(place)
        for _, source in asked.sources_of(place)
    ]
    needs: dict[Thing, set[Thing]] = defaultdict(set)
    for each in deciding:
        needs[each.target].add(each.source)
    components = {each.source for each in deciding if each.source.kind == "component"}
    for thing, around in _holders(app, components):
        needs[thing].add(around)
    for way in ways_round(needs):
        found = _place_of(way, deciding)
        if found is not None and any(thing.kind != "field" for thing in way):
            yield Circle(found, way, _sentence(app, way))


@dataclass(frozen=True, slots=True)
class _Step:
    """What decides about the target asks about the source."""

    target: Thing
    source: Thing
    place: ExpressionPlace


def _holders(app: AppDefinition, things: Iterable[Thing]) -> Iterator[tuple[Thing, Thing]]:
    """(a component, what it lies in) for these components and all around them: they are hidden together."""
    for thing in things:
        form = app.layout_set(thing.owner)
        found = form.find(thing.name) if form else None
        while form is not None and found is not None:
            page, component = found
            inside = Thing("component", form.id, component.id)
            if component.parent_id is None:
                yield inside, Thing("page", form.id, page.name)
                break
            yield inside, Thing("component", form.id, component.parent_id)
            found = form.find(component.parent_id)


def _place_of(way: tuple[Thing, ...], deciding: list[_Step]) -> ExpressionPlace | None:
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
