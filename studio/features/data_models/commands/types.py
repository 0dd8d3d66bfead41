"""Edits of reusable types and of combinations."""

from studio.definition.changes import AddMember, AddType, ExtractType, InlineType, SetCombination
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.features.data_models.commands.place import After, Asked, Form, Place
from studio.features.data_models.kinds import KINDS


def add_type(place: Place, form: Form) -> Asked:
    """A new reusable type, to be filled with fields."""
    name = form.get("name", "").strip() or _free_type(place)
    said = Sentence(N_("The type %(type)s was added."), {"type": name})
    after = After(place.outline.places.type_pointer(name))
    return Asked(AddType(place.data_type, name), After(f"#{after.parent}"), said)


def _free_type(place: Place) -> str:
    stem, taken = ("NyType" if place.language in {"nb", "nn"} else "NewType"), set(place.outline.places.types)
    number, name = 1, stem
    while name in taken:
        number += 1
        name = f"{stem}{number}"
    return name


def extract(place: Place, form: Form) -> Asked:
    """What a field is becomes a type of its own, for other fields to be of as well."""
    item, name = place.field(form.get("key", "")), form.get("name", "").strip()
    name = name or item.name[:1].upper() + item.name[1:]
    said = Sentence(N_("%(type)s can now be used for other fields too."), {"type": name})
    return Asked(ExtractType(place.data_type, item.pointer, name), After(item.key), said)


def inline(place: Place, form: Form) -> Asked:
    """The field gets what its type says as its own."""
    item = place.field(form.get("key", ""))
    return Asked(InlineType(place.data_type, item.pointer), After(item.key))


def combination(place: Place, form: Form) -> Asked:
    """One of several alternatives, any of them, all of them, or no combination."""
    item, keyword = place.item(form.get("key", "")), form.get("value", "")
    if keyword not in {"", "allOf", "anyOf", "oneOf"}:
        raise DomainError(Sentence(N_("Choose one of the values in the list.")))
    return Asked(SetCombination(place.data_type, item.pointer, keyword or None), After(item.key))


def add_member(place: Place, form: Form) -> Asked:
    """One more alternative for a combination."""
    item, what = place.item(form.get("key", "")), form.get("what", "group")
    types = {f"type:{found.name}" for found in place.outline.types}
    if what not in KINDS and what not in types:
        raise DomainError(Sentence(N_("Choose one of the values in the list.")))
    return Asked(AddMember(place.data_type, item.pointer, what), After(item.key))
