"""Reading XML that somebody else wrote: no document type, no entities, no network, no endless nesting."""

from typing import Final, NoReturn
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from lxml import etree

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

MAX_BYTES: Final = 50 * 1024 * 1024


class BrokenXml(DomainError):
    """The text is not XML that is safe to read. `line` counts from 1 where it is known."""

    def __init__(self, sentence: Sentence, line: int | None = None) -> None:
        super().__init__(sentence)
        self.line = line


def parse(data: bytes) -> etree._Element:
    """The root element of a document. Raises BrokenXml (not well-formed, a DOCTYPE, too deep, too large)."""
    if len(data) > MAX_BYTES:
        raise BrokenXml(Sentence(N_("The XML is too large to be read.")))
    _refuse_tricks(data)
    parser = _parser()
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if any(problem.type == etree.ErrorTypes.WAR_NS_URI for problem in parser.error_log):
            return _with_odd_namespaces(data)
        raise _not_well_formed(str(error.msg), error.lineno) from error


def _with_odd_namespaces(data: bytes) -> etree._Element:
    """The root of a document whose namespaces have letters such as ø in their names, as many schemas do."""
    parser = _parser(recover=True)
    root = etree.fromstring(data, parser)
    for problem in parser.error_log:
        if problem.type != etree.ErrorTypes.WAR_NS_URI:
            raise _not_well_formed(problem.message, problem.line)
    return root


def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover
    )


class _DocumentType(Exception):
    """A DOCTYPE begins."""


def _refuse_tricks(data: bytes) -> None:
    # Expat stops at the DOCTYPE, before any entity in it could grow; lxml would read past it. With no other
    # handler it builds nothing and calls nothing.
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _stop
    try:
        parser.Parse(data, True)
    except _DocumentType as error:
        sentence = Sentence(N_("The XML has a document type or entities of its own, which is not allowed."))
        raise BrokenXml(sentence, parser.CurrentLineNumber) from error
    except expat.ExpatError as error:
        cause = ParseError(str(error))
        cause.code, cause.position = error.code, (error.lineno, error.offset)
        raise _not_well_formed(str(error).split(":")[0], error.lineno) from cause
    except (ValueError, LookupError) as error:
        raise _not_well_formed(str(error), None) from error


def _stop(*_declared: object) -> NoReturn:
    raise _DocumentType


def _not_well_formed(reason: str, line: int | None) -> BrokenXml:
    if line is None:
        return BrokenXml(Sentence(N_("The XML cannot be read: %(reason)s."), {"reason": reason}))
    values: dict[str, str | int | Sentence] = {"line": line, "reason": reason}
    return BrokenXml(Sentence(N_("The XML cannot be read at line %(line)s: %(reason)s."), values), line)
