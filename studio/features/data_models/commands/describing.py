"""Edits of what a field is: its texts and kind, whether it must be there, how often it may come."""

from studio.definition.changes import SetKeywords, SetKind, SetOccurs, SetRequired
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.features.data_models.commands.place import After, Asked, Form, Place
from studio.features.data_models.kinds import KINDS
from studio.features.data_models.wording import TRANSLATED, text_in, with_text


def text(place: Place, form: Form) -> Asked:
    """The title or description in the language that is being edited."""
    item, keyword = place.item(form.get("key", "")), form.get("keyword", "")
    if keyword not in TRANSLATED:
        raise DomainError(Sentence(N_("The editor does not know how to do this. Reload the page.")))
    schema, value = item.node.schema, form.get("value", "").strip().replace("\r\n", "\n")
    if value == text_in(schema, keyword, place.language, is_main=place.is_main):
        return Asked(None, After(item.key))
    words = with_text(schema, keyword, place.language, value, is_main=place.is_main)
    return Asked(SetKeywords(place.data_type, item.pointer, words), After(item.key))


def kind(place: Place, form: Form) -> Asked:
    """Another kind of field, or a reusable type."""
    item, what = place.item(form.get("key", "")), form.get("value", "")
    types = {f"type:{found.name}" for found in place.outline.types}
    if what not in KINDS and what not in types:
        raise DomainError(Sentence(N_("Choose one of the values in the list.")))
    return Asked(SetKind(place.data_type, item.pointer, what), After(item.key))


def required(place: Place, form: Form) -> Asked:
    """Whether the field must be filled in."""
    item = place.field(form.get("key", ""))
    change = SetRequired(place.data_type, item.pointer, form.get("value") == "true")
    return Asked(change, After(item.key))


def repeating(place: Place, form: Form) -> Asked:
    """Whether the field may come several times; at first without end."""
    item = place.field(form.get("key", ""))
    maximum = None if form.get("value") == "true" else 1
    least = 1 if item.required and maximum is None else 0
    change = SetOccurs(place.data_type, item.pointer, least, maximum)
    return Asked(change, After(item.key))


def occurs(place: Place, form: Form) -> Asked:
    """How often the field comes at least and at most."""
    item = place.field(form.get("key", ""))
    least = _count(form.get("minimum", ""), 0) or 0
    most = _count(form.get("maximum", ""), None)
    if most is not None and (most < 1 or most < least):
        raise DomainError(Sentence(N_("The highest number must be at least 1, and not below the lowest.")))
    return Asked(SetOccurs(place.data_type, item.pointer, least, most), After(item.key))


def _count(written: str, otherwise: int | None) -> int | None:
    if not written.strip():
        return otherwise
    if not written.strip().isascii() or not written.strip().isdigit() or len(written.strip()) > 9:
        raise DomainError(Sentence(N_("Write a whole number, 0 or more.")))
    return int(written)


def nillable(place: Place, form: Form) -> Asked:
    """Whether the field may be there without a value (nil)."""
    item = place.field(form.get("key", ""))
    words = {"nillable": form.get("value") == "true"}
    return Asked(SetKeywords(place.data_type, item.pointer, words), After(item.key))


def attribute(place: Place, form: Form) -> Asked:
    """Whether the field is an attribute in the XML document, and not an element."""
    item = place.field(form.get("key", ""))
    words = {"@xsdAttribute": True if form.get("value") == "true" else None}
    return Asked(SetKeywords(place.data_type, item.pointer, words), After(item.key))
