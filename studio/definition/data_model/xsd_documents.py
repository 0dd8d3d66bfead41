"""Reading the documents of an XML Schema safely, with the files that they include or import.

Only files that were given along are ever read: nothing on this machine, nothing on the network.
"""

import codecs
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import unquote
from xml.etree.ElementTree import ParseError

from lxml import etree

from studio.definition import safe_xml
from studio.definition.data_model.xsd_set import XML, XS, BrokenXsd, Document, Kind, QName, Spot, XsdDocuments
from studio.definition.sentences import N_, Sentence

__all__ = [
    "MAX_BYTES",
    "XML",
    "XS",
    "BrokenXsd",
    "Document",
    "Kind",
    "QName",
    "Spot",
    "XsdDocuments",
    "read_documents",
]

# Ten times the largest model of the tax authority, with the files it imports.
MAX_BYTES: Final = 5 * 1024 * 1024
MAX_FILES: Final = 200
MAX_NESTING: Final = 100

_INCLUDE: Final = f"{XS}include"
_IMPORT: Final = f"{XS}import"
# These change the types of the file that they include.
_CHANGING: Final = (f"{XS}redefine", f"{XS}override")
_ENCODING: Final = re.compile(rb"""\s*(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_OUTSIDE: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/")


def read_documents(xsd: bytes, others: Mapping[str, bytes] | None = None, *, name: str = "") -> XsdDocuments:
    """The schema with what it includes and imports from `others` (path or file name -> content).

    Raises BrokenXsd: not XML that is safe to read, not an XML Schema, too large, a file that is not among
    `others`, or an address on the network. Files may include one another in a circle.
    """
    others = others or {}
    if len(xsd) + sum(map(len, others.values())) > MAX_BYTES:
        values = {"size": MAX_BYTES // 1024 // 1024}
        sentence = N_("The file is too large. At most %(size)s MB is read. Take out what is not needed.")
        raise BrokenXsd(Spot(name), Sentence(sentence, values))
    reader = _Reader(others)
    reader.add(name, xsd)
    return XsdDocuments(tuple(reader.found.values()))


class _Reader:
    """Reads the documents, each once for each namespace in which it is included."""

    def __init__(self, others: Mapping[str, bytes]) -> None:
        self.others = others
        # By content: a file that includes itself, perhaps under another name, is there already.
        self.found: dict[tuple[bytes, str], Document] = {}
        self._own_namespaces: dict[str, str] = {}

    def add(self, name: str, data: bytes) -> None:
        """Add a document and, breadth first, what it refers to."""
        waiting: list[tuple[str, bytes, str]] = [(name, data, "")]
        while waiting:
            name, data, outer = waiting.pop(0)
            if (data, self._own_namespaces.get(name) or outer) in self.found:
                continue
            root = _read(name, data)
            namespace = root.get("targetNamespace", outer)
            document = Document(name, namespace, root, data)
            if len(self.found) == MAX_FILES:
                raise BrokenXsd(Spot(name), Sentence(N_("There are too many files. Put them into fewer.")))
            if self.found.setdefault((data, namespace), document) is document:
                waiting.extend(self._outer(document))

    def _outer(self, document: Document) -> Iterator[tuple[str, bytes, str]]:
        for part in document.root.iterchildren(_INCLUDE, _IMPORT, *_CHANGING):
            if part.tag in _CHANGING:
                sentence = N_("%(name)s is not supported. Write the changed type into the file itself.")
                raise BrokenXsd(
                    document.spot(part), Sentence(sentence, {"name": etree.QName(part).localname})
                )
            path = self._path(document, part)
            if path is None:
                continue
            wanted = document.namespace if part.tag == _INCLUDE else part.get("namespace", "")
            found = self._own_namespace(path)
            if found != wanted and (found or part.tag == _IMPORT):
                values = {"file": path, "found": found or "-", "wanted": wanted or "-"}
                sentence = N_("%(file)s has the namespace %(found)s, not %(wanted)s. Change one of the two.")
                raise BrokenXsd(document.spot(part), Sentence(sentence, values))
            yield path, self.others[path], wanted

    def _own_namespace(self, path: str) -> str:
        if path not in self._own_namespaces:
            self._own_namespaces[path] = _read(path, self.others[path]).get("targetNamespace", "")
        return self._own_namespaces[path]

    def _path(self, document: Document, part: etree._Element) -> str | None:
        """The path in `others` of an include or import; None for an import that names no file."""
        if part.tag == _IMPORT and part.get("namespace") == XML:
            return None
        location = unquote(part.get("schemaLocation", "").strip())
        if not location and part.tag == _IMPORT:
            wanted = part.get("namespace", "")
            return next((path for path in self.others if self._own_namespace(path) == wanted), None)
        if not location:
            sentence = N_("The include names no file. Give it one with schemaLocation.")
            raise BrokenXsd(document.spot(part), Sentence(sentence))
        path = self._given(document.name, location)
        if path is None:
            values = {"location": location, "file": posixpath.basename(location.rstrip("/"))}
            outside = _OUTSIDE.match(location) is not None
            sentence = (
                N_("%(location)s is not fetched, nothing is read from the network. Give %(file)s along.")
                if outside
                else N_("The file %(location)s is missing. Give it along.")
            )
            raise BrokenXsd(document.spot(part), Sentence(sentence, values))
        return path

    def _given(self, base: str, location: str) -> str | None:
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(base), location))
        if not _OUTSIDE.match(location) and beside in self.others:
            return beside
        name = posixpath.basename(location)
        alike = [path for path in self.others if posixpath.basename(path) == name]
        return alike[0] if len(alike) == 1 else None


def _read(name: str, data: bytes) -> etree._Element:
    if not data.strip():
        raise BrokenXsd(Spot(name), Sentence(N_("The file is empty. Choose an XML Schema (.xsd).")))
    try:
        root = safe_xml.parse(data)
    except safe_xml.BrokenXml as error:
        raise _broken_xml(name, data, error) from error
    if root.tag != f"{XS}schema":
        values = {"tag": etree.QName(root).localname}
        sentence = N_("This is not an XML Schema: it begins with <%(tag)s>, not with <xs:schema>.")
        raise BrokenXsd(Document(name, "", root, data).spot(root), Sentence(sentence, values))
    _refuse_nesting(Document(name, "", root, data))
    return root


def _broken_xml(name: str, data: bytes, error: safe_xml.BrokenXml) -> BrokenXsd:
    cause = error.__cause__
    if not isinstance(cause, ParseError | etree.XMLSyntaxError):
        return BrokenXsd(Spot(name, error.line, 1) if error.line else Spot(name), error.sentence)
    line, column = cause.position
    spot = Spot(name, line, column + 1)
    reason = str(cause).split(": line")[0].split(", line")[0]
    if "depth" in reason:
        return BrokenXsd(spot, _too_deep())
    if _is_not_utf8(data):
        sentence = N_("The file is not UTF-8, and does not say that it is anything else. Save it as UTF-8.")
        return BrokenXsd(spot, Sentence(sentence))
    reason = reason.removeprefix("not well-formed (").removesuffix(")")
    sentence = N_("The file is not well-formed XML (%(reason)s). Correct it there.")
    return BrokenXsd(spot, Sentence(sentence, {"reason": reason}))


def _is_not_utf8(data: bytes) -> bool:
    declared = _ENCODING.match(data)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or (
        declared and declared[1].lower() not in {b"utf-8", b"utf8"}
    ):
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return True
    return False


def _too_deep() -> Sentence:
    sentence = N_("The schema is nested more than %(depth)s deep. Give inner types names of their own.")
    return Sentence(sentence, {"depth": MAX_NESTING})


def _refuse_nesting(document: Document) -> None:
    depth = 0
    for event, part in etree.iterwalk(document.root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_NESTING:
            raise BrokenXsd(document.spot(part), _too_deep())
