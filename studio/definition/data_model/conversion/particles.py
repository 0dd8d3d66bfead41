"""Sequences, choices, all and groups: which properties an object has together."""

from typing import Any

from lxml import etree

from studio.definition.data_model.conversion.annotations import notes_of
from studio.definition.data_model.conversion.complex_types import complex_type
from studio.definition.data_model.conversion.definitions import Definitions
from studio.definition.data_model.conversion.elements import element, name_of, substitute
from studio.definition.data_model.conversion.occurrences import ONCE, Occurs, occurs
from studio.definition.data_model.conversion.properties import Properties, all_of
from studio.definition.data_model.conversion.reach import (
    ANY,
    CHOICE,
    ELEMENT,
    GROUP,
    INSIDE,
    Reach,
    members,
    stands_in_choice,
)
from studio.definition.data_model.xsd_documents import XS

Json = dict[str, Any]


def type_schema(definitions: Definitions, part: etree._Element) -> Json:
    """The schema of an xs:complexType."""
    return complex_type(definitions, part, content)


def content(definitions: Definitions, part: etree._Element, outer: Occurs = ONCE) -> Json:
    """The schema of a particle that stands in something that comes `outer` times."""
    if part.tag == GROUP:
        return _group(definitions, part, outer)
    if part.tag == CHOICE:
        return notes_of(part) | _choice(definitions, part, outer.times(occurs(definitions.documents, part)))
    return notes_of(part) | _sequence(definitions, part, outer.times(occurs(definitions.documents, part)))


def group_schema(definitions: Definitions, part: etree._Element) -> Json:
    """The schema of a named group."""
    inside = [content(definitions, particle) for particle in part.iterchildren(*INSIDE)]
    return notes_of(part) | all_of(inside)


def property_schema(definitions: Definitions, part: etree._Element, total: Occurs = ONCE) -> Json:
    """The schema of an element."""
    return element(definitions, part, total, type_schema)


def _sequence(definitions: Definitions, part: etree._Element, total: Occurs) -> Json:
    """Runs of elements are a step each; so is every particle between them."""
    steps: list[Json] = []
    run = Properties()
    counts: dict[str, Occurs] = {}
    if total.never:
        return {}
    for child in part.iterchildren(*INSIDE):
        if child.tag != ELEMENT or members(definitions, child):
            steps += run.flush()
            steps.append(_step(definitions, child, total))
            continue
        count = total.times(occurs(definitions.documents, child))
        name = name_of(child)
        # An element that comes again later in the sequence is one list in the data.
        count = counts[name].plus(count) if name in counts else count
        counts[name] = count
        if not count.never:
            run.add(name, property_schema(definitions, child, count), required=count.low > 0)
    steps += run.flush()
    if part.tag == f"{XS}all":
        return (steps[0] if steps else {}) | {"@xsdStructure": "all"}
    return all_of(steps)


def _step(definitions: Definitions, part: etree._Element, total: Occurs) -> Json:
    if part.tag == ANY:
        return {"@xsdType": "#any"}
    if part.tag == ELEMENT:
        count = total.times(occurs(definitions.documents, part))
        return _alternatives(definitions, members(definitions, part), count)
    return content(definitions, part, total)


def _choice(definitions: Definitions, part: etree._Element, total: Occurs) -> Json:
    return _alternatives(definitions, list(part.iterchildren(*INSIDE)), total)


def _alternatives(definitions: Definitions, parts: list[etree._Element], total: Occurs) -> Json:
    """One of several: the platform writes `oneOf` with a required member each.

    An alternative that may be empty counts here where something of it is there, and nothing at all is an
    alternative of its own: else several would hold at once, which `oneOf` refuses.
    """
    if total.never or not parts:
        return {}
    if total.repeats:
        return _repeated(definitions, parts, total)
    reach = Reach(definitions)
    empty = [reach.alternative_can_be_empty(part) for part in parts]
    options = [
        _present(_alternative(definitions, part), reach.names(part))
        if may_be_empty
        else _alternative(definitions, part)
        for part, may_be_empty in zip(parts, empty, strict=True)
    ]
    # Where anything at all may be there, more than that alternative can hold.
    keyword = "anyOf" if any(part.tag == ANY for part in parts) else "oneOf"
    if total.low > 0 and not any(empty):
        return {keyword: options}
    every = frozenset[str]().union(*(reach.names(part) for part in parts))
    return {keyword: [*options, *([_without(every)] if every else [])]}


def _present(option: Json, names: frozenset[str]) -> Json:
    """An alternative of which something has to be there."""
    if len(names) == 1:
        return option | {"required": sorted(names)}
    return all_of([option, {"anyOf": [{"required": [name]} for name in sorted(names)]}]) if names else option


def _alternative(definitions: Definitions, part: etree._Element) -> Json:
    if part.tag == ANY:
        return {"@xsdType": "#any"}
    if part.tag == CHOICE:
        # As the platform does: how often a choice inside a choice may come is not said.
        return notes_of(part) | _choice(definitions, part, ONCE)
    if part.tag != ELEMENT:
        return content(definitions, part)
    count = occurs(definitions.documents, part) if stands_in_choice(part) else ONCE
    run = Properties()
    run.add(name_of(part), _option(definitions, part, count), required=count.low > 0)
    return next(run.flush())


def _option(definitions: Definitions, part: etree._Element, count: Occurs) -> Json:
    convert = property_schema if stands_in_choice(part) else substitute
    return convert(definitions, part, count)


def _repeated(definitions: Definitions, parts: list[etree._Element], total: Occurs) -> Json:
    """Any of them, several times: lists of which at least one has to be there."""
    some = Occurs(0, total.high)
    run = Properties()
    steps: list[Json] = []
    for part in parts:
        if part.tag == ELEMENT:
            count = some.times(occurs(definitions.documents, part))
            run.add(name_of(part), _option(definitions, part, count), required=False)
        else:
            steps.append({"@xsdType": "#any"} if part.tag == ANY else content(definitions, part, some))
    steps = [*run.flush(), *steps]
    reach = Reach(definitions)
    if total.low > 0 and not any(reach.can_be_empty(part) for part in parts):
        names = sorted(frozenset().union(*(reach.names(part) for part in parts)))
        steps.append({"anyOf": [{"required": [name]} for name in names]})
    return all_of(steps)


def _without(names: frozenset[str]) -> Json:
    """That none of the properties is there."""
    return {"not": {"anyOf": [{"required": [name]} for name in sorted(names)]}} if names else {}


def _group(definitions: Definitions, part: etree._Element, outer: Occurs) -> Json:
    total = outer.times(occurs(definitions.documents, part))
    target = definitions.target("group", part, part.get("ref", ""))
    if total.never:
        return {}
    if total.repeats:
        with definitions.inside(target):
            inside = [content(definitions, particle, total) for particle in target.iterchildren(*INSIDE)]
        return notes_of(part) | all_of(inside)
    reference = {"$ref": definitions.pointer(target), "@xsdType": "#ref"}
    reach = Reach(definitions)
    if total.low > 0 or reach.can_be_empty(target):
        return notes_of(part) | reference
    return notes_of(part) | {"anyOf": [reference, _without(reach.names(target))]}
