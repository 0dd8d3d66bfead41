"""Whether an XSD and a JSON Schema say the same about documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.data_model.conversion.from_xsd import to_json_schema
from studio.definition.data_model.conversion.to_xsd import Derived
from studio.definition.data_model.conversion.xsd_parts import Key, Part
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

_MOST_NAMES: Final = 5


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An XSD that does not say what its schema says. `names` are the types and elements that differ."""

    names: tuple[str, ...]
    sentence: Sentence


def matches(
    xsd: bytes, schema: Mapping[str, Any], others: Mapping[str, bytes] | None = None
) -> Mismatch | None:
    """None where the XSD and the schema say the same; else what differs. `others` are files the XSD includes.

    Titles, comments, the order of types and everything else that XSD has no word for do not matter.
    """
    try:
        names = tuple(differences(Derived(to_json_schema(xsd, others=others)), Derived(schema)))
    except DomainError as error:
        return Mismatch((), error.sentence)
    if not names:
        return None
    shown = ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
    words = N_("The XSD and the JSON Schema of the data model say different things about %(names)s.")
    return Mismatch(names, Sentence(words, {"names": shown}))


def differences(xsd: Derived, schema: Derived) -> list[str]:
    """The names of what the schema of an XSD and another one say differently. Raises DomainError.

    Some of what XSD can say, its schema cannot (that a choice may be left out); that is no difference.
    """
    found = _differences(xsd, schema)
    return found and _differences(xsd, Derived(to_json_schema(schema.text().encode())))


def _differences(left: Derived, right: Derived) -> list[str]:
    found = [] if _heading(left) == _heading(right) else ["schema"]
    made_left, made_right = _different_parts(left, right), _different_parts(right, left)
    keys = dict.fromkeys((*made_left, *made_right))
    return found + [key[1] for key in keys if made_left.get(key) != made_right.get(key)]


def _heading(derived: Derived) -> dict[str, str]:
    """The attributes that decide what a document looks like."""
    forms = {"attributeFormDefault": "unqualified", "elementFormDefault": "unqualified"}
    heading = forms | derived.heading()
    return {name: heading[name] for name in (*forms, "targetNamespace") if name in heading}


def _different_parts(derived: Derived, other: Derived) -> dict[Key, Part]:
    """The parts of what the other schema does not have letter for letter, by what they declare."""
    roles, other_roles = derived.source.roles, other.source.roles
    made: dict[Key, Part] = {}
    for key in derived.keys:
        kind, name = key
        same = kind == "definition" and roles[name] == other_roles.get(name)
        if not same or derived.source.letters[name] != other.source.letters[name]:
            made[key] = _bare(derived.part(key))
    return made | {("extra", part.key[1]): part for part in derived.declarations.extra}


def _bare(part: Part) -> Part:
    """The part without attributes of other namespaces, which say nothing about documents."""
    attributes = {name: value for name, value in part.attributes.items() if ":" not in name}
    return Part(part.tag, attributes, [_bare(child) for child in part.children])
