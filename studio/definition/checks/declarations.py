"""Checks of components against their types: values of the wrong kind, missing and unknown properties."""

from collections.abc import Iterator, Mapping
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.checks.places import Placing, finding
from studio.definition.components import (
    ComponentType,
    Deviation,
    Enumeration,
    Flag,
    ListShape,
    MapShape,
    Nothing,
    Number,
    ObjectShape,
    Reference,
    Scalar,
    Shape,
    Text,
    component_type,
    deviations,
    variants,
)
from studio.definition.findings import Finding, Severity
from studio.definition.layouts import Component, Page
from studio.definition.sentences import N_, Sentence

# More values than this are not all named.
_NAMED: Final = 8


def check_declarations(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """Every component whose type is known."""
    for layout_set in app.layout_sets:
        for page, component in layout_set.components():
            kind = component_type(component.type)
            if kind is not None:
                yield from _deviations(placing, page, component, kind)
                yield from _children(placing, page, component, kind)


def _deviations(placing: Placing, page: Page, component: Component, kind: ComponentType) -> Iterator[Finding]:
    for found in deviations(kind, component.raw):
        code, severity, remedy = _CODES[found.problem]
        pointer = found.pointer.rpartition("/")[0] if found.problem == "missing" else found.pointer
        place = placing.component(page, component, pointer)
        sentence = deviation_sentence(found, component.called, kind)
        yield finding(code, severity, place, sentence, remedy)


_CODES: Final[Mapping[str, tuple[str, Severity, str]]] = {
    "unknown": ("unknown-property", "advice", N_("Check the spelling. It is kept as it is.")),
    "missing": ("missing-property", "warning", N_("Fill it in.")),
    "wrong": ("wrong-value", "warning", N_("Correct the value.")),
}


def deviation_sentence(found: Deviation, component_id: str, kind: ComponentType) -> Sentence:
    """What is wrong with a value of the component `component_id`, which is of the type `kind`."""
    values: dict[str, str | int | Sentence] = {
        "id": component_id,
        "property": _name(found),
        "type": kind.label,
    }
    if found.problem == "unknown":
        return Sentence(N_("%(id)s (%(type)s) has no property %(property)s."), values)
    if found.problem == "missing":
        return Sentence(N_("%(id)s (%(type)s) lacks %(property)s."), values)
    values["wanted"] = _wanted(found)
    return Sentence(N_("%(property)s of %(id)s has to be %(wanted)s."), values)


def _children(placing: Placing, page: Page, component: Component, kind: ComponentType) -> Iterator[Finding]:
    """Components that lie where their type is not shown."""
    if kind.allowed_children is None:
        return
    for child in component.children:
        inner = component_type(child.type)
        if inner is not None and inner.name not in kind.allowed_children and not _is_media(kind, inner):
            values: dict[str, str | int | Sentence] = {
                "id": child.id,
                "type": inner.label,
                "holder": component.called,
                "kind": kind.label,
            }
            sentence = Sentence(N_("%(id)s (%(type)s) cannot stand in %(holder)s (%(kind)s)."), values)
            place = placing.component(page, child)
            yield finding(
                "wrong-place", "warning", place, sentence, N_("Move it out, or use another component.")
            )


def _is_media(kind: ComponentType, inner: ComponentType) -> bool:
    return kind.children_in == "cards" and "CardsMedia" in inner.stands_in


def _name(found: Deviation) -> str | Sentence:
    """The property as the panel calls it, with its name in the file."""
    if found.about is None:
        return found.name
    return Sentence("%(label)s (%(name)s)", {"label": found.about.label, "name": found.name})


def _wanted(found: Deviation) -> Sentence:
    words: list[Sentence] = []
    for word in map(_words, variants(found.shape or Scalar())):
        words += [] if word in words else [word]
    if found.about is not None and found.about.expression_allowed:
        words.append(Sentence(N_("a rule")))
    wanted = words[0]
    for word in words[1:]:
        wanted = Sentence(N_("%(first)s or %(second)s"), {"first": wanted, "second": word})
    return wanted


def _words(shape: Shape) -> Sentence:
    if isinstance(shape, Enumeration):
        named = [str(choice.value) for choice in shape.choices]
        shown = ", ".join(named[:_NAMED]) + (", …" if len(named) > _NAMED else "")
        if len(named) == 1:
            return Sentence("%(value)s", {"value": shown})
        return Sentence(N_("one of %(values)s"), {"values": shown})
    if isinstance(shape, Number):
        return _number_words(shape)
    return Sentence(_WORDS[type(shape)])


def _number_words(shape: Number) -> Sentence:
    if shape.minimum is not None:
        words = (
            N_("a whole number from %(minimum)s up") if shape.whole else N_("a number from %(minimum)s up")
        )
        return Sentence(words, {"minimum": shape.minimum})
    return Sentence(N_("a whole number") if shape.whole else N_("a number"))


_WORDS: Final = {
    Flag: N_("true or false"),
    Text: N_("a text"),
    Reference: N_("a name"),
    Scalar: N_("a single value"),
    Nothing: N_("null"),
    ListShape: N_("a list"),
    ObjectShape: N_("an object"),
    MapShape: N_("an object"),
}
