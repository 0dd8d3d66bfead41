"""Names that are right in XML but in the way of a data model."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from studio.definition.data_model.conversion.elements import name_of
from studio.definition.data_model.conversion.problems import XsdProblem
from studio.definition.data_model.xsd_documents import XS, XsdDocuments
from studio.definition.sentences import N_, Sentence

_OWN: Final = frozenset(
    f"{XS}{name}"
    for name in ("sequence", "choice", "all", "complexContent", "simpleContent", "extension", "restriction")
)
_NAMED: Final = (f"{XS}element", f"{XS}attribute")


def naming_problems(documents: XsdDocuments) -> Iterator[XsdProblem]:
    """Names that clash in one object, and names that bindings cannot hold."""
    for part in documents.parts(f"{XS}complexType", f"{XS}group", f"{XS}attributeGroup"):
        yield from _clashes(documents, part)
    for part in documents.parts(*_NAMED):
        if "." in part.get("name", ""):
            values = {"name": part.get("name", "")}
            sentence = N_("%(name)s has a dot, so that no field can be bound to it. Rename it.")
            yield XsdProblem("dotted-name", "warning", documents.spot(part), Sentence(sentence, values))


def _clashes(documents: XsdDocuments, owner: etree._Element) -> Iterator[XsdProblem]:
    """Rule of the platform: a model is also a C# class, whose members ignore dashes and JSON's case."""
    seen: dict[str, etree._Element] = {}
    for part in _properties(owner):
        name = name_of(part)
        first = seen.setdefault(name.replace("-", "").casefold(), part)
        if first is part:
            continue
        if first.tag != part.tag and name_of(first) == name:
            sentence = N_("%(name)s is both an element and an attribute here. Rename one of them.")
            yield XsdProblem(
                "name-clash", "warning", documents.spot(part), Sentence(sentence, {"name": name})
            )
        elif name_of(first) != name:
            values = {"name": name, "other": name_of(first)}
            sentence = N_("%(name)s and %(other)s differ only in case or dashes. Rename one of them.")
            yield XsdProblem("name-clash", "warning", documents.spot(part), Sentence(sentence, values))


def _properties(owner: etree._Element) -> Iterator[etree._Element]:
    """The elements and attributes that stand in a type itself, not in types inside it."""
    for part in owner.iterchildren(*_OWN, *_NAMED):
        if part.tag in _NAMED:
            yield part
        else:
            yield from _properties(part)
