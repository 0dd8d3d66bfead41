"""The XSD of a data model, kept in step with its JSON Schema at every edit."""

import codecs
import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any, Final

from lxml import etree

from studio.definition.data_model.conversion.from_xsd import schema_of
from studio.definition.data_model.conversion.matching import differences
from studio.definition.data_model.conversion.to_xsd import Derived, to_xsd
from studio.definition.data_model.conversion.uses import affected
from studio.definition.data_model.conversion.xsd_parts import Key, Part, Prefixes
from studio.definition.data_model.conversion.xsd_patch import Making, Misfit, Patch
from studio.definition.data_model.markup import Tag, read_tags
from studio.definition.data_model.xsd_documents import read_documents
from studio.definition.data_model.xsd_validator import compiled
from studio.definition.data_model.xsd_weight import weigh
from studio.definition.errors import DomainError

_ENCODING: Final = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Files by name, as a key.
_Beside = tuple[tuple[str, bytes], ...]
_DECLARED: Final = ("complexType", "simpleType", "group", "attributeGroup", "attribute", "element")


def updated_xsd(
    xsd: bytes | None,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    others: Mapping[str, bytes] | None = None,
) -> bytes:
    """The XSD for `after`, where `xsd` is the one for `before` (None where the app has none).

    Types and elements that the edit is not about keep their text byte for byte, and inside of those that
    it is about, what can. Where the two said the same and that does not give an XSD that says what `after`
    says, the whole file is derived anew. Where they did not, they differ in no more places afterwards, and
    an XSD that cannot be read, or has no place for the change, is left to its owner. `others` are the files
    that the XSD includes or imports; they stay as they are.
    Raises BrokenSchema for a schema that no XSD can follow.
    """
    if xsd is None:
        return to_xsd(after)
    old, new = Derived(before), Derived(after)
    beside = tuple(sorted((others or {}).items()))
    apart = _apart(xsd, beside, old)
    try:
        made = _Update(xsd, old, new).made()
    except (Misfit, DomainError, UnicodeError, LookupError):
        made = None
    if made is not None and apart is not None and _may_replace(xsd, made, beside, new, apart):
        return made
    whole = to_xsd(after)
    return whole if apart == frozenset() else xsd


def _apart(xsd: bytes, beside: _Beside, derived: Derived) -> frozenset[str] | None:
    """The names of what an XSD says differently; None where it cannot be read."""
    try:
        return frozenset(differences(Derived(_schema_of(xsd, beside)), derived))
    except DomainError:
        return None


@lru_cache(maxsize=8)
def _schema_of(xsd: bytes, beside: _Beside) -> dict[str, Any]:
    # What one edit made is what the next one begins with.
    return schema_of(read_documents(xsd, dict(beside)))


def _may_replace(xsd: bytes, made: bytes, beside: _Beside, derived: Derived, apart: frozenset[str]) -> bool:
    """Whether the new XSD can be used, and says what is derived, but for what was `apart` before."""
    now = _apart(made, beside, derived)
    if now is None or not now <= apart:
        return False
    # A file that its owner did not write for this validator stays as it is.
    return _compiles(made, beside) or not _compiles(xsd, beside)


def _compiles(xsd: bytes, beside: _Beside) -> bool:
    """Whether libxml2 can use an XSD. One that would take it long is taken for usable."""
    try:
        documents = read_documents(xsd, dict(beside))
        return weigh(documents).is_heavy or bool(compiled(documents))
    except (DomainError, etree.XMLSchemaParseError):
        return False


class _Update:
    def __init__(self, xsd: bytes, before: Derived, after: Derived) -> None:
        self.encoding, self.mark = _encoding(xsd)
        text = xsd.removeprefix(self.mark).decode(self.encoding)
        self.data = text.encode()
        self.before, self.after = before, after
        self.root = read_tags(self.data)

    def made(self) -> bytes:
        """The new text. Raises Misfit where the old one has no place for the change."""
        patch = Patch(self.data, self.root, self._prefixes())
        self._heading(patch)
        changed = affected(self.before.source, self.after.source)

        def keep(key: Key) -> None:
            if key[0] == "root" or key[1] in changed:
                old, new = self.before.part(key), self.after.part(key)
                if old != new:
                    patch.change(self._place(key), old, new)

        keys = self.before.keys, self.after.keys
        patch.change_list(self.root, Making(*keys, self._find, self.before.part, self.after.part, keep))
        if self.before.declarations.extra or self.after.declarations.extra:
            raise Misfit
        return self.mark + patch.result().decode().encode(self.encoding)

    def _heading(self, patch: Patch) -> None:
        old, new = self.before.heading(), self.after.heading()
        known = self.root.attributes.values()
        for prefix, uri in self.after.namespaces.items():
            if uri not in known and self.before.namespaces.get(prefix) != uri:
                new = {f"xmlns:{prefix}" if prefix else "xmlns": uri} | new
        patch.change_opening(self.root, Part("schema", {**old}), Part("schema", {**new}))
        notes = self.before.info(), self.after.info()
        if notes[0] == notes[1]:
            return
        note = next(self.root.inside("annotation"), None)
        if note is None or notes[0] is None or notes[1] is None:
            raise Misfit
        patch.change(note, notes[0], notes[1])

    def _prefixes(self) -> Prefixes:
        own = ""
        target = self.root.attributes.get("targetNamespace")
        if target is not None:
            spaces = (name for name, value in self.root.attributes.items() if value == target)
            names = [name for name in spaces if name == "xmlns" or name.startswith("xmlns:")]
            if not names:
                raise Misfit
            own = names[0].removeprefix("xmlns").removeprefix(":")
        # Where a file uses several for the same namespace, that of its elements.
        first = next(self.root.inside(*_DECLARED), self.root)
        return Prefixes(first.prefix, f"{own}:" if own else "")

    @cached_property
    def _declared(self) -> dict[Key, Tag]:
        found: dict[Key, Tag] = {}
        for tag in self.root.inside(*_DECLARED):
            kind = "element" if tag.local == "element" else "definition"
            found.setdefault((kind, tag.attributes.get("name", "")), tag)
        return found

    def _find(self, key: Key) -> Tag | None:
        kind, name = key
        element = self._declared.get(("element", name))
        return element if kind == "root" else self._declared.get(("definition", name), element)

    def _place(self, key: Key) -> Tag:
        tag = self._find(key)
        if tag is None:
            raise Misfit
        return tag


def _encoding(data: bytes) -> tuple[str, bytes]:
    """The encoding of a file, and the mark before its first character."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, mark
    declared = _ENCODING.match(data)
    return (declared[1].decode() if declared else "utf-8"), b""
