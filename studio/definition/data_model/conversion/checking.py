"""Whether an XSD is a valid schema, and what of it a data model cannot keep: every finding with its place."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from lxml import etree

from studio.definition.data_model.conversion.definitions import missing
from studio.definition.data_model.conversion.from_xsd import schema_of
from studio.definition.data_model.conversion.naming import naming_problems
from studio.definition.data_model.conversion.problems import XsdProblem
from studio.definition.data_model.xsd_documents import XS, BrokenXsd, Kind, XsdDocuments, read_documents
from studio.definition.data_model.xsd_validator import CompileError, compile_errors
from studio.definition.data_model.xsd_weight import weigh
from studio.definition.sentences import N_, Sentence

# What libxml2 says of a pattern that other processors may well understand.
_PATTERN: Final = 1756
_MAX_PROBLEMS: Final = 100
_NAMESPACE: Final = re.compile(r"\{https?:[^{}]*\}")
_REFERENCES: Final[Mapping[str, tuple[tuple[str, Kind], ...]]] = {
    f"{XS}element": (("type", "type"), ("ref", "element"), ("substitutionGroup", "element")),
    f"{XS}attribute": (("type", "type"), ("ref", "attribute")),
    f"{XS}restriction": (("base", "type"),),
    f"{XS}extension": (("base", "type"),),
    f"{XS}list": (("itemType", "type"),),
    f"{XS}union": (("memberTypes", "type"),),
    f"{XS}group": (("ref", "group"),),
    f"{XS}attributeGroup": (("ref", "attributeGroup"),),
}
_NO_ROOT: Final = Sentence(N_("The schema has no element at the top to begin with. Declare one."))
_MIXED: Final = Sentence(N_("Text between the elements (mixed) is not kept in the data."))
_LOST: Final[Mapping[str, Sentence]] = {
    f"{XS}{name}": Sentence(N_("%(name)s is not kept: a data model cannot check it."), {"name": f"xs:{name}"})
    for name in ("key", "keyref", "unique")
}


def problems_of(
    xsd: bytes, others: Mapping[str, bytes] | None = None, *, name: str = ""
) -> tuple[XsdProblem, ...]:
    """What is wrong with an XSD, errors first; nothing is raised. `name` is its file name for the places.

    With an error it cannot become a data model. Warnings tell what the model will not say, or what people
    or other programs will stumble over.
    """
    try:
        return check(read_documents(xsd, others, name=name))
    except BrokenXsd as error:
        return (_fatal(error),)


def check(documents: XsdDocuments) -> tuple[XsdProblem, ...]:
    """As `problems_of`, of documents that were read already."""
    errors = tuple(islice(_errors(documents), _MAX_PROBLEMS))
    broken = any(problem.severity == "error" for problem in errors)
    warnings = () if broken else (*_lost(documents), *naming_problems(documents))
    return tuple(sorted((*errors, *warnings), key=lambda problem: problem.severity != "error"))


def _fatal(error: BrokenXsd) -> XsdProblem:
    return XsdProblem("broken-xsd", "error", error.spot, error.what)


def _errors(documents: XsdDocuments) -> Iterator[XsdProblem]:
    unresolved = tuple(islice(_unresolved(documents), _MAX_PROBLEMS))
    yield from unresolved
    if unresolved:
        return  # what else would be said follows from it
    try:
        heavy = weigh(documents).is_heavy
        found = [] if heavy else [_compile_problem(error) for error in compile_errors(documents)]
        yield from found
        if not any(problem.severity == "error" for problem in found):
            yield from _root_problems(documents)
            schema_of(documents)
    except BrokenXsd as error:
        yield _fatal(error)


def _compile_problem(error: CompileError) -> XsdProblem:
    reason = _NAMESPACE.sub("", error.message).strip().rstrip(".")
    if error.code == _PATTERN:
        sentence = N_("This pattern cannot be checked everywhere: %(reason)s. Write it in a simpler way.")
        return XsdProblem("odd-pattern", "warning", error.spot, Sentence(sentence, {"reason": reason}))
    sentence = N_("The schema is not valid: %(reason)s. Correct it.")
    return XsdProblem("invalid-xsd", "error", error.spot, Sentence(sentence, {"reason": reason}))


def _unresolved(documents: XsdDocuments) -> Iterator[XsdProblem]:
    """Names that stand for nothing."""
    for part in documents.parts(*_REFERENCES):
        for attribute, kind in _REFERENCES[part.tag]:
            for name in part.get(attribute, "").split():
                yield from _one_name(documents, part, kind, name)


def _one_name(documents: XsdDocuments, part: etree._Element, kind: Kind, name: str) -> Iterator[XsdProblem]:
    try:
        missing_name = missing(documents, kind, part, name)
    except BrokenXsd as error:
        yield _fatal(error)
        return
    if missing_name is not None:
        yield XsdProblem("missing-declaration", "error", documents.spot(part), missing_name)


def _root_problems(documents: XsdDocuments) -> Iterator[XsdProblem]:
    roots = documents.root_elements
    spot = documents.spot(documents.main.root)
    if not roots:
        yield XsdProblem("no-root", "error", spot, _NO_ROOT)
    elif len(roots) > 1:
        values = {"names": ", ".join(roots), "name": next(iter(roots))}
        sentence = N_("Documents can begin with %(names)s. Say which is meant; %(name)s is taken otherwise.")
        yield XsdProblem("several-roots", "advice", spot, Sentence(sentence, values))


def _lost(documents: XsdDocuments) -> Iterator[XsdProblem]:
    """What the JSON Schema does not say."""
    for part in documents.parts(*_LOST):
        yield XsdProblem("not-kept", "warning", documents.spot(part), _LOST[part.tag])
    for part in documents.parts(f"{XS}complexType"):
        if part.get("mixed", "").strip() in {"true", "1"}:
            yield XsdProblem("not-kept", "warning", documents.spot(part), _MIXED)
