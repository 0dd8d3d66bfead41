"""How large a schema becomes when its groups and bases are written out: few lines can stand for millions.

libxml2 writes them out, in memory that grows with the sum and time that grows with the cube of a type's
elements, so a schema from outside is weighed before it gets there.
"""

from dataclasses import dataclass
from typing import Final

from lxml import etree

from studio.definition.data_model.xsd_documents import XS, Kind, XsdDocuments
from studio.definition.sentences import N_, Sentence

# A type of libxml2's with so many elements takes half a second; twice as many take four.
_HEAVY_TYPE: Final = 500
_HEAVY_SUM: Final = 30_000
# No form has a page for these, and no schema in use comes near.
_MAX_ELEMENTS: Final = 10_000
_MAX_SUM: Final = 1_000_000
_MAX_CHAIN: Final = 100

_GROUP: Final = f"{XS}group"
_ELEMENT: Final = f"{XS}element"
_COMPLEX: Final = f"{XS}complexType"
_PARTS: Final = (
    *(f"{XS}{name}" for name in ("sequence", "choice", "all", "any", "complexContent", "extension")),
    f"{XS}restriction",
    _GROUP,
    _ELEMENT,
)


@dataclass(frozen=True, slots=True)
class Weight:
    """The elements of the largest type, and those of all types together, when everything is written out."""

    largest: int
    total: int

    @property
    def is_heavy(self) -> bool:
        """Whether libxml2 would take long over it."""
        return self.largest > _HEAVY_TYPE or self.total > _HEAVY_SUM


def weigh(documents: XsdDocuments) -> Weight:
    """The weight. Raises BrokenXsd: a type or group in itself, a chain of types or a type without end."""
    scales = _Scales(documents)
    sizes = [scales.size(part, 0) for part in documents.parts(_COMPLEX)]
    if sum(sizes) > _MAX_SUM:
        sentence = N_("The types have too many elements in all. Make types of the groups that they share.")
        raise documents.broken(documents.main.root, Sentence(sentence))
    return Weight(max(sizes, default=0), sum(sizes))


class _Scales:
    def __init__(self, documents: XsdDocuments) -> None:
        self.documents = documents
        self._known: dict[etree._Element, int] = {}
        self._open: set[etree._Element] = set()

    def size(self, part: etree._Element, depth: int) -> int:
        """The elements in a type or named group."""
        if part in self._known:
            return self._known[part]
        if part in self._open:
            raise self._refused(
                part, N_("%(name)s is a part of itself. Refer to it from an element instead.")
            )
        if depth > _MAX_CHAIN:
            raise self._refused(part, N_("Too many types and groups build on each other, up to %(name)s."))
        self._open.add(part)
        found = sum(self._inside(child, depth) for child in part.iterchildren(*_PARTS))
        self._open.remove(part)
        if found > _MAX_ELEMENTS:
            raise self._refused(part, N_("%(name)s has too many elements. Divide it into types of its own."))
        self._known[part] = found
        return found

    def _inside(self, part: etree._Element, depth: int) -> int:
        if part.tag == _ELEMENT:
            return 1
        base = part.get("base")
        found = self._of(part, "type", base, depth) if base else 0
        if part.tag == _GROUP and part.get("ref"):
            return self._of(part, "group", part.get("ref", ""), depth)
        return found + sum(self._inside(child, depth) for child in part.iterchildren(*_PARTS))

    def _of(self, part: etree._Element, kind: Kind, name: str, depth: int) -> int:
        target = self.documents.find(kind, part, name)
        return 0 if target is None else self.size(target, depth + 1)

    def _refused(self, part: etree._Element, sentence: str) -> Exception:
        named = next((one for one in (part, *part.iterancestors()) if one.get("name")), part)
        return self.documents.broken(part, Sentence(sentence, {"name": named.get("name", "")}))
