"""How a type builds on another one: by extension, by restriction, or not at all in the words of XSD."""

from dataclasses import dataclass, replace
from typing import Literal

from studio.definition.data_model.conversion.reading import (
    types,
    wrong,
)
from studio.definition.data_model.conversion.source import Source, Target
from studio.definition.data_model.conversion.steps import (
    Choice,
    Group,
    Property,
    Step,
    Steps,
    inlined,
    steps_of,
)
from studio.definition.sentences import N_


@dataclass(frozen=True, slots=True)
class Derivation:
    """What a complex type is in XSD. `steps` has no base left; `text` is the plain value it holds."""

    kind: Literal["extension", "restriction"]
    base: Target | None
    steps: Steps
    has_text: bool = False
    text: Property | None = None
    # The plain value of the base.
    base_text: Property | None = None


def derivation(source: Source, steps: Steps, at: str) -> Derivation:
    """The derivation that the steps stand for. Raises BrokenSchema.

    One base is extended, or restricted where its members are named again. Where XSD has no such type (two
    bases, members both new and named again), the members of the bases are written out.
    """
    steps = _known_bases(source, steps)
    simple = next((base for base in steps.bases if source.shape(base.schema, base.pointer) == "simple"), None)
    if simple is not None:
        return _on_plain_value(steps, simple, at)
    text = _text_of(steps)
    if not steps.bases:
        return Derivation("extension", None, _unique(steps), text is not None, text)
    base, *others = steps.bases
    around = inlined(source, steps_of(source, base.schema, base.pointer), base.pointer)
    base_text = _text_of(around)
    own = replace(steps, bases=tuple(others))
    own = inlined(source, own, at)
    if base_text is not None and text is None:
        # A restriction names the text of its base again, without saying once more that it is the text.
        text = next((member for member in own.properties if member.name == base_text.name), None)
    if base_text is not None and not _has_elements(own, text):
        kind = _kind(source, own, around)
        return Derivation(kind or "extension", base, _unique(own), True, text, base_text)
    kind = _kind(source, own, around)
    if kind is None:
        return Derivation("extension", None, _unique(inlined(source, steps, at)))
    return Derivation(kind, base, _unique(own))


def _known_bases(source: Source, steps: Steps) -> Steps:
    """Without the bases that allow anything, which say nothing."""
    known = tuple(base for base in steps.bases if source.shape(base.schema, base.pointer) != "any")
    return steps if known == steps.bases else replace(steps, bases=known)


def _on_plain_value(steps: Steps, base: Target, at: str) -> Derivation:
    if len(steps.bases) > 1 or _has_elements(steps, None):
        raise wrong(at, N_("A group of fields cannot build on a plain value."))
    return Derivation("extension", base, _unique(replace(steps, bases=())), True)


def _text_of(steps: Steps) -> Property | None:
    found = next((member for member in steps.properties if is_text(member)), None)
    return None if found is None or _has_elements(steps, found) else found


def is_text(member: Property) -> bool:
    """Whether a member is the text of its element (also in the words of the oldest schemas)."""
    return (
        member.schema.get("@xsdText") is True or member.schema.get("@xsdType") == "XmlSimpleContentExtension"
    )


def _has_elements(steps: Steps, text: Property | None) -> bool:
    name = text.name if text else None
    return any(not member.is_attribute and member.name != name for member in steps.properties)


def _kind(source: Source, own: Steps, around: Steps) -> Literal["extension", "restriction"] | None:
    """None where XSD has no word for what the schema does with the base."""
    names, known = _names(source, own), _names(source, around)
    if not names & known:
        return "extension"
    needed = {
        member.name
        for member in around.steps
        if isinstance(member, Property)
        and member.required
        and not member.is_attribute
        and not is_text(member)
    }
    return "restriction" if needed <= names <= known else None


def _names(source: Source, steps: Steps, depth: int = 0) -> set[str]:
    found = {member.name for member in steps.properties}
    for step in steps.steps:
        if isinstance(step, Group) and depth < 20:
            target = step.target
            found |= _names(
                source, inlined(source, steps_of(source, target.schema, target.pointer), ""), depth + 1
            )
    return found


def _unique(steps: Steps) -> Steps:
    """Each member once: the first place, with what later steps say about it.

    XSD wants to tell at each element which alternative it is of; where alternatives share a name, all
    their members are optional instead.
    """
    found: dict[str, tuple[int, Property]] = {}
    made: list[Step] = []
    for step in steps.steps:
        if isinstance(step, Property):
            _add(made, found, step)
        elif isinstance(step, Choice) and _shares_names(step, found, steps):
            for member in Steps(steps=(step,)).properties:
                if member.name not in found:
                    _add(made, found, replace(member, required=False))
        else:
            made.append(step)
    return replace(steps, steps=tuple(made))


def _add(made: list[Step], found: dict[str, tuple[int, Property]], member: Property) -> None:
    if member.name not in found:
        found[member.name] = len(made), member
        made.append(member)
        return
    place, first = found[member.name]
    speaks = bool(types(member.schema)) or "$ref" in member.schema or "properties" in member.schema
    schema = member.schema if speaks else {**first.schema, **member.schema}
    pointer = member.pointer if speaks else first.pointer
    merged = Property(first.name, schema, pointer, first.required or member.required)
    found[member.name], made[place] = (place, merged), merged


def _shares_names(choice: Choice, found: dict[str, tuple[int, Property]], steps: Steps) -> bool:
    inside = Steps(steps=(choice,)).properties
    names = [member.name for member in inside if not member.is_attribute]
    others = Steps(steps=tuple(step for step in steps.steps if step is not choice)).properties
    outside = {member.name for member in others} | found.keys()
    return len(set(names)) < len(names) or not outside.isdisjoint(names)
