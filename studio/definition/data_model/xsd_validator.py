"""libxml2's validator for a schema, kept from the disk and the network."""

import copy
from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from studio.definition.data_model.xsd_documents import XS, Document, XsdDocuments

_REFERENCES: Final = tuple(f"{XS}{name}" for name in ("include", "import", "redefine", "override"))
_ADDRESS: Final = "given:/"


def compiled(documents: XsdDocuments) -> etree.XMLSchema:
    """The validator. Raises etree.XMLSchemaParseError where libxml2 cannot use the schema.

    Only the given documents are read: libxml2 would open files of this machine for an include. A reference
    to any other document is taken out.
    """
    texts = {
        f"{_ADDRESS}{place}.xsd": _text(each, documents) for place, each in enumerate(documents.documents)
    }
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    parser.resolvers.add(_Given(texts))
    main = etree.fromstring(next(iter(texts.values())), parser)
    return etree.XMLSchema(etree.ElementTree(main))


def _text(document: Document, documents: XsdDocuments) -> bytes:
    root = copy.deepcopy(document.root)
    for reference in list(root.iterchildren(*_REFERENCES)):
        place = _place(reference, documents)
        if place is None:
            root.remove(reference)
        else:
            reference.set("schemaLocation", f"{_ADDRESS}{place}.xsd")
    return etree.tostring(root)


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
    def resolve(self, url: str, _public_id: str, context: Any) -> Any:  # type: ignore[override] # see above
        """What lxml asks for when a document refers to another."""
        answers: Any = self
        text = self._texts.get(url)
        return answers.resolve_empty(context) if text is None else answers.resolve_string(text, context)
