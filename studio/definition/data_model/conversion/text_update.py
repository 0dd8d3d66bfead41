"""The text of an XSD after an edit of its schema, by the lines that the edit is about."""

import codecs
import re
from typing import Final

from studio.definition.data_model.conversion.to_xsd import Derived
from studio.definition.data_model.conversion.uses import affected
from studio.definition.data_model.conversion.xsd_parts import Key, Part, Prefixes
from studio.definition.data_model.conversion.xsd_patch import Making, Misfit, Patch
from studio.definition.data_model.markup import Tag, read_tags

_ENCODING: Final = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = ("complexType", "simpleType", "group", "attributeGroup", "attribute", "element")


class TextUpdate:
    """An edit of a schema, carried over into the text of its XSD."""

    def __init__(self, xsd: bytes, before: Derived, after: Derived) -> None:
        """Raises DomainError, UnicodeError or LookupError for what is no readable text."""
        self.data, self.encoding, self.mark = text_of(xsd)
        self.before, self.after = before, after
        self.root = read_tags(self.data)
        self._declared = declared(self.root)

    def made(self) -> bytes:
        """The new text. Raises Misfit where the old one has no place for the change."""
        patch = Patch(self.data, self.root, prefixes_of(self.root))
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

    def _find(self, key: Key) -> Tag | None:
        kind, name = key
        element = self._declared.get(("element", name))
        return element if kind == "root" else self._declared.get(("definition", name), element)

    def _place(self, key: Key) -> Tag:
        tag = self._find(key)
        if tag is None:
            raise Misfit
        return tag


def text_of(xsd: bytes) -> tuple[bytes, str, bytes]:
    """(text in UTF-8, encoding of the file, the mark before its first character).

    Raises UnicodeError or LookupError for what cannot be decoded.
    """
    for mark, name in _MARKS:
        if xsd.startswith(mark):
            return xsd.removeprefix(mark).decode(name).encode(), name, mark
    said = _ENCODING.match(xsd)
    encoding = said[1].decode() if said else "utf-8"
    return xsd.decode(encoding).encode(), encoding, b""


def declared(root: Tag) -> dict[Key, Tag]:
    """What a text declares at the top: ("element" or "definition", name) -> tag."""
    found: dict[Key, Tag] = {}
    for tag in root.inside(*_DECLARED):
        kind = "element" if tag.local == "element" else "definition"
        found.setdefault((kind, tag.attributes.get("name", "")), tag)
    return found


def prefixes_of(root: Tag) -> Prefixes:
    """How a text writes names. Raises Misfit where it has no way to write its own."""
    own = ""
    target = root.attributes.get("targetNamespace")
    if target is not None:
        spaces = (name for name, value in root.attributes.items() if value == target)
        names = [name for name in spaces if name == "xmlns" or name.startswith("xmlns:")]
        if not names:
            raise Misfit
        own = names[0].removeprefix("xmlns").removeprefix(":")
    # Where a file uses several for the same namespace, that of its elements.
    first = next(root.inside(*_DECLARED), root)
    return Prefixes(first.prefix, f"{own}:" if own else "")
