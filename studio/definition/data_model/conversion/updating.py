"""The XSD of a data model, kept in step with its JSON Schema at every edit."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from studio.definition.data_model.conversion import recent
from studio.definition.data_model.conversion.literal import is_literal
from studio.definition.data_model.conversion.reading import BrokenSchema
from studio.definition.data_model.conversion.recent import Xsd
from studio.definition.data_model.conversion.text_update import TextUpdate
from studio.definition.data_model.conversion.to_xsd import Derived, to_xsd
from studio.definition.data_model.conversion.xsd_patch import Misfit
from studio.definition.data_model.xsd_documents import read_documents
from studio.definition.data_model.xsd_validator import compiled
from studio.definition.data_model.xsd_weight import weigh
from studio.definition.errors import DomainError


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
    old = recent.derived(before)
    new = recent.derived(after, old)
    if _say_the_same(old, new):
        # What is known of the XSD beside the one is known of the other.
        new.id = old.id
        return xsd
    given = Xsd(xsd, tuple(sorted((others or {}).items())))
    apart = recent.apart(given, old)
    try:
        made = Xsd(TextUpdate(xsd, old, new).made(), given.beside)
    except (Misfit, DomainError, UnicodeError, LookupError):
        made = None
    if made is not None and apart is not None and _may_replace(given, made, old, new, apart):
        return made.data
    whole = to_xsd(after)
    return whole if apart == frozenset() else xsd


def _say_the_same(old: Derived, new: Derived) -> bool:
    """Whether an edit was about titles and the like, which an XSD has no word for."""
    try:
        return old.opening == new.opening and old.keys == new.keys and old.parts() == new.parts()
    except BrokenSchema:
        return False


def _may_replace(given: Xsd, made: Xsd, old: Derived, new: Derived, apart: frozenset[str]) -> bool:
    """Whether the new XSD can be used, and says what is derived, but for what was `apart` before."""
    if is_literal(made.data, old, new):
        recent.remember_apart(made, new, apart)
        return True
    now = recent.apart(made, new, given)
    if now is None or not now <= apart:
        return False
    # A file that its owner did not write for this validator stays as it is.
    return _compiles(made) or not _compiles(given)


def _compiles(xsd: Xsd) -> bool:
    """Whether libxml2 can use an XSD. One that would take it long is taken for usable."""
    try:
        documents = read_documents(xsd.data, dict(xsd.beside))
        return weigh(documents).is_heavy or bool(compiled(documents))
    except (DomainError, etree.XMLSchemaParseError):
        return False
