"""libxml2's validator for a schema, kept from the disk and the network."""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from studio.definition.data_model.xsd_documents import XS, Document, Spot, XsdDocuments

_REFERENCES: Final = tuple(f"{XS}{name}" for name in ("include", "import", "redefine", "override"))
_ADDRESS: Final = "given:/"


@dataclass(frozen=True, slots=True)
class CompileError:
    """What libxml2 has against a schema, in its own words. `code` is its number of the kind of error."""

    spot: Spot
    message: str
    code: int


def compiled(documents: XsdDocuments) -> etree.XMLSchema:
    """The validator. Raises etree.XMLSchemaParseError where libxml2 cannot use the schema.

    Only the given documents are read: libxml2 would open files of this machine for an include. A reference
    to any other document is taken out.
    """
    return _compile([_numbered(each, documents)[0] for each in documents.documents])


def compile_errors(documents: XsdDocuments) -> tuple[CompileError, ...]:
    """Why libxml2 cannot use a schema; nothing where it can."""
    numbered = [_numbered(each, documents) for each in documents.documents]
    try:
        _compile([text for text, _ in numbered])
    except etree.XMLSchemaParseError as error:
        return tuple(
            _located(entry, documents, [parts for _, parts in numbered]) for entry in error.error_log
        )
    return ()


def _compile(texts: Sequence[bytes]) -> etree.XMLSchema:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    parser.resolvers.add(_Given({f"{_ADDRESS}{place}.xsd": text for place, text in enumerate(texts)}))
    # With its address, so that the others may include the first one again.
    first = etree.fromstring(texts[0], parser, base_url=f"{_ADDRESS}0.xsd")
    return etree.XMLSchema(etree.ElementTree(first))


def _located(
    entry: etree._LogEntry, documents: XsdDocuments, parts: Sequence[Sequence[etree._Element]]
) -> CompileError:
    name = str(entry.filename).removeprefix(_ADDRESS).removesuffix(".xsd")
    place = int(name) if name.isdigit() and int(name) < len(parts) else 0
    document, own = documents.documents[place], parts[place]
    spot = document.spot(own[entry.line - 1]) if 0 < entry.line <= len(own) else Spot(document.name)
    return CompileError(spot, str(entry.message), entry.type)


def _numbered(document: Document, documents: XsdDocuments) -> tuple[bytes, list[etree._Element]]:
    """The text for libxml2, with the n-th element on the n-th line, and these elements.

    libxml2 tells only lines, of the copies that it is given: so a line stands for one element.
    """
    root = copy.deepcopy(document.root)
    copies = list(root.iter(etree.Element))
    for reference in list(root.iterchildren(*_REFERENCES)):
        place = _place(reference, documents)
        if place is None:
            root.remove(reference)
        else:
            reference.set("schemaLocation", f"{_ADDRESS}{place}.xsd")
    etree.strip_elements(root, f"{XS}annotation", etree.Comment, etree.ProcessingInstruction)
    kept = set(root.iter(etree.Element))
    for part in kept:
        part.text = "\n" if len(part) else None
        part.tail = "\n" if part.getnext() is not None else None
    originals = zip(document.root.iter(etree.Element), copies, strict=True)
    text = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    return text, [original for original, part in originals if part in kept]


def _place(reference: etree._Element, documents: XsdDocuments) -> int | None:
    name = reference.get("schemaLocation", "").rstrip("/").rpartition("/")[2]
    for place, document in enumerate(documents.documents):
        named = name and document.name.rpartition("/")[2] == name
        imported = not name and document.namespace == reference.get("namespace", "")
        if named or imported:
            return place
    return None


class _Given(etree.Resolver):
    """Answers with the documents at hand, and with nothing for any other address."""

    def __init__(self, texts: Mapping[str, bytes]) -> None:
        self._texts = texts

    # The stubs of lxml know neither the context nor resolve_empty (its documentation does).
    def resolve(self, url: str, _public_id: str, context: Any) -> Any:  # type: ignore[override]  # see above
        """What lxml asks for when a document refers to another."""
        answers: Any = self
        text = self._texts.get(url)
        return answers.resolve_empty(context) if text is None else answers.resolve_string(text, context)
