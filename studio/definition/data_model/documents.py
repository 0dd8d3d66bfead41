"""Form data as an XML document and back.

JSON property names are the names of elements and attributes. Where the app has an XSD it decides order,
namespaces, attributes, text content and nil; without one the JSON Schema's own keywords do.

A document that is valid by its XSD comes back equal from XML -> data -> XML. *Equal* means: the same bytes
by Canonical XML 2.0 (`canonical`), that is whatever the prefixes, the order of attributes, CDATA or character
references, after taking away what is no data: comments, processing instructions, white space around elements
and the hints xsi:schemaLocation and xsi:noNamespaceSchemaLocation. What is not kept:

- booleans are written true and false (1 and 0 are read as well), an xs:list with one space between its items;
- of elements that may come in any order again and again (a repeated xs:choice), those of one name come
  together; xs:all keeps the document's order; a sequence that repeats is written round by round, with as many
  of each element in a round as it may have, also where the document had fewer in the first ones;
- text beside elements (mixed content) and types that a document chooses (xsi:type) are no form data.
"""

from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from studio.definition import safe_xml
from studio.definition.data_model.document_reading import Reader, refuse_strangers
from studio.definition.data_model.document_writing import Writer
from studio.definition.data_model.model import DataModel
from studio.definition.data_model.prefixes import XSI
from studio.definition.data_model.shapes import ROW_ID, shape_of

__all__ = ["ROW_ID", "canonical", "from_xml", "to_xml", "without_row_ids"]

_HINTS: Final = (f"{{{XSI}}}schemaLocation", f"{{{XSI}}}noNamespaceSchemaLocation")


def to_xml(
    model: DataModel,
    data: Mapping[str, Any],
    xsd: bytes | None = None,
    *,
    others: Mapping[str, bytes] | None = None,
    keep_unknown: bool = True,
) -> bytes:
    """The document for some form data: UTF-8 with a declaration.

    Empty fields are left out, or are nil where the XSD demands the element; groups without an answer are left
    out, or stay empty where the XSD demands them and takes them so (decision 0014); null is nil where nil is
    allowed; fixed attributes are filled in. Rows keep their altinnRowId (see `without_row_ids`). Members that
    the XSD does not know are written where it allows any, else last, so that nothing is lost, or left out
    without `keep_unknown`, so that the document is valid. `others` are further documents of the XSD.
    Characters that XML cannot hold become U+FFFD. Raises BrokenXml for an XSD that cannot be read,
    DomainError for data that no document can hold (names, depth, numbers of absurd size).
    """
    shape = shape_of(model, xsd, others)
    writer = Writer(shape, keep_unknown=keep_unknown or xsd is None)
    return writer.document(data)


def from_xml(
    model: DataModel,
    document: bytes,
    xsd: bytes | None = None,
    *,
    others: Mapping[str, bytes] | None = None,
    strict: bool = False,
) -> dict[str, Any]:
    """Form data from a document.

    Numbers come as int or Decimal where JSON writes them with the same characters, else ("+1", "01", "1E5")
    as the text that they are, so that they stay as they were; so does what is no number or boolean. Nil is
    null. Namespaces do not matter for what the model knows. What it does not know is read as text: elements
    by their name, "{namespace}name" in a namespace that is not the model's, attributes as "@name". Raises
    BrokenXml; with `strict` also WrongDocument for another root, another namespace or an unknown element.
    """
    root = safe_xml.parse(document)
    shape = shape_of(model, xsd, others)
    if strict:
        refuse_strangers(root, shape)
    # Also in UTF-16, where every second byte is another one.
    has_nil = b"nil" in document or b"n\0i\0l" in document
    return Reader(shape, has_nil=has_nil).members(root, shape.group, 0)


def canonical(document: bytes) -> str:
    """The document in the form in which equal ones are equal (see above)."""
    root = safe_xml.parse(document)
    # Text on both sides of what is taken out becomes one.
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    text: str = etree.canonicalize(root, strip_text=True, rewrite_prefixes=True, exclude_attrs=_HINTS)
    return text


def without_row_ids(data: Any) -> Any:
    """The same data without the altinnRowId of any row."""
    if isinstance(data, Mapping):
        return {key: without_row_ids(value) for key, value in data.items() if key != ROW_ID}
    return [without_row_ids(item) for item in data] if isinstance(data, list) else data
