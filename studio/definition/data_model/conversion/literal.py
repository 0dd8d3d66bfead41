"""Whether an XSD says what a schema does in as many words, so that nothing has to be converted back."""

import re
from typing import Final

from studio.definition.data_model.conversion.start_tags import OCCURS
from studio.definition.data_model.conversion.text_update import declared, prefixes_of, text_of
from studio.definition.data_model.conversion.to_xsd import Derived
from studio.definition.data_model.conversion.uses import affected
from studio.definition.data_model.conversion.xsd_parts import Part, Prefixes
from studio.definition.data_model.conversion.xsd_patch import Misfit
from studio.definition.data_model.markup import Tag, read_tags
from studio.definition.errors import DomainError

# What a JSON Schema has no word for, and what may forbid elsewhere in the file what an edit does.
_SILENT: Final = re.compile(
    rb"\b(?:final|block|finalDefault|blockDefault|substitutionGroup)\s*=|[<:](?:key|keyref|unique)\b"
)
# What libxml2 may find fault with although it is derived: content that is not deterministic, lists of lists.
_TRICKY: Final = frozenset({"any", "attributeGroup", "choice", "complexContent", "group", "list", "union"})


def is_literal(xsd: bytes, before: Derived, after: Derived) -> bool:
    """Whether all that is different in `after` stands in the XSD as `after` has it, and what is gone is gone.

    Nothing is said about what is the same in both, so an XSD that followed `before` follows `after`. And
    libxml2 takes it if it took the one before: of what is tricky to it, nothing is different.
    """
    if before.opening != after.opening or before.roots.keys() != after.roots.keys() or _SILENT.search(xsd):
        return False
    try:
        root = read_tags(text_of(xsd)[0])
        prefixes = prefixes_of(root)
    except (DomainError, Misfit, UnicodeError, LookupError):
        return False
    found, known = declared(root), set(before.keys)
    checked = set[str]()
    for kind, name in known.difference(after.keys):
        if ("element" if kind == "root" else kind, name) in found:
            return False
    for key in after.keys:
        part = after.part(key)
        if key in known and before.part(key) == part:
            continue
        tag = found.get(("element" if part.tag == "element" else "definition", key[1]))
        if tag is None or _is_tricky(part) or not _stands_for(tag, part, prefixes):
            return False
        checked.add(key[1])
    if not affected(before.source, after.source) <= checked:
        return False
    return not before.declarations.extra and not after.declarations.extra


def _is_tricky(part: Part) -> bool:
    return part.tag in _TRICKY or any(map(_is_tricky, part.children))


def _stands_for(tag: Tag, part: Part, prefixes: Prefixes) -> bool:
    """Whether a tag says the same as a part in the same words, annotations and foreign attributes aside."""
    if tag.name != prefixes.xsd + part.tag or any(name.startswith("xmlns") for name in tag.attributes):
        return False
    said = {name: prefixes.written(value) for name, value in part.attributes.items()}
    children = [child for child in tag.children if child.local != "annotation"]
    return (
        _plain(tag.attributes) == _plain(said)
        and len(children) == len(part.children)
        and all(_stands_for(child, own, prefixes) for child, own in zip(children, part.children, strict=True))
    )


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in attributes.items()
        if ":" not in name and not (name in OCCURS and value == "1")
    }
