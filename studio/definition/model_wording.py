"""Sentences about data models that became others. Comparison and changes speak with the same words."""

from collections.abc import Mapping
from typing import Any, Final

from studio.definition.sentences import N_, Sentence
from studio.definition.wording import shown

ADDED: Final = N_("The field %(field)s was added to the data model %(name)s")
REMOVED: Final = N_("The field %(field)s was removed from the data model %(name)s")
RENAMED: Final = N_("The field %(field)s in the data model %(name)s is now named %(value)s")
MOVED: Final = N_("The field %(field)s in the data model %(name)s was moved to %(value)s")
REORDERED: Final = N_("The field %(field)s in the data model %(name)s got another place among its neighbours")
REQUIRED: Final = N_("The field %(field)s in the data model %(name)s became required")
NOT_REQUIRED: Final = N_("The field %(field)s in the data model %(name)s is no longer required")
LIST: Final = N_("The field %(field)s in the data model %(name)s may now come several times")
NO_LIST: Final = N_("The field %(field)s in the data model %(name)s may now come only once")
KIND: Final = N_("The field %(field)s in the data model %(name)s is now of the kind %(value)s")
CHANGED: Final = N_("The field %(field)s in the data model %(name)s was changed")
TYPE_ADDED: Final = N_("The type %(field)s was added to the data model %(name)s")
TYPE_REMOVED: Final = N_("The type %(field)s was removed from the data model %(name)s")
TYPE_RENAMED: Final = N_("The type %(field)s in the data model %(name)s is now named %(value)s")

# keyword -> (it got a value, it is gone)
_KEYWORDS: Final[Mapping[str, tuple[str, str]]] = {
    "title": (
        N_("The field %(field)s in the data model %(name)s now has the title *%(value)s*"),
        N_("The field %(field)s in the data model %(name)s no longer has a title"),
    ),
    "description": (
        N_("The field %(field)s in the data model %(name)s is now described as *%(value)s*"),
        N_("The field %(field)s in the data model %(name)s is no longer described"),
    ),
    "minLength": (
        N_("The field %(field)s in the data model %(name)s now takes at least %(value)s characters"),
        N_("The field %(field)s in the data model %(name)s no longer has a shortest length"),
    ),
    "maxLength": (
        N_("The field %(field)s in the data model %(name)s now takes at most %(value)s characters"),
        N_("The field %(field)s in the data model %(name)s no longer has a greatest length"),
    ),
    "pattern": (
        N_("The field %(field)s in the data model %(name)s now has to match the pattern %(value)s"),
        N_("The field %(field)s in the data model %(name)s no longer has to match a pattern"),
    ),
    "minimum": (
        N_("The field %(field)s in the data model %(name)s is now at least %(value)s"),
        N_("The field %(field)s in the data model %(name)s no longer has a least value"),
    ),
    "maximum": (
        N_("The field %(field)s in the data model %(name)s is now at most %(value)s"),
        N_("The field %(field)s in the data model %(name)s no longer has a greatest value"),
    ),
    "enum": (
        N_("The field %(field)s in the data model %(name)s got other allowed values"),
        N_("The field %(field)s in the data model %(name)s now takes any value"),
    ),
    "format": (
        N_("The field %(field)s in the data model %(name)s is now written as %(value)s"),
        N_("The field %(field)s in the data model %(name)s no longer has a format"),
    ),
    "default": (
        N_("The field %(field)s in the data model %(name)s now begins as %(value)s"),
        N_("The field %(field)s in the data model %(name)s no longer begins with a value"),
    ),
    "const": (
        N_("The field %(field)s in the data model %(name)s is now always %(value)s"),
        N_("The field %(field)s in the data model %(name)s no longer has a fixed value"),
    ),
    "minItems": (
        N_("The field %(field)s in the data model %(name)s now has at least %(value)s rows"),
        N_("The field %(field)s in the data model %(name)s no longer has a least number of rows"),
    ),
    "maxItems": (
        N_("The field %(field)s in the data model %(name)s now has at most %(value)s rows"),
        N_("The field %(field)s in the data model %(name)s no longer has a greatest number of rows"),
    ),
    "@titles": (
        N_("The titles of the field %(field)s in the data model %(name)s were changed"),
        N_("The field %(field)s in the data model %(name)s no longer has titles in other languages"),
    ),
    "@descriptions": (
        N_("The descriptions of the field %(field)s in the data model %(name)s were changed"),
        N_("The field %(field)s in the data model %(name)s is no longer described in other languages"),
    ),
}
_SET: Final = N_("The field %(field)s in the data model %(name)s has %(keyword)s set to %(value)s")
_OTHER: Final = N_("The field %(field)s in the data model %(name)s was changed (%(keyword)s)")
_UNSET: Final = N_("The field %(field)s in the data model %(name)s no longer has a value for %(keyword)s")


def about(message: str, name: str, field: str, value: str | Sentence = "") -> Sentence:
    """One of the sentences above about a field of the model `name`."""
    return Sentence(message, {"name": name, "field": field, "value": value})


def keyword_sentence(name: str, field: str, keyword: str, value: Any) -> Sentence:
    """What it means that a keyword of a field now has `value` (None: it is gone)."""
    values = {"name": name, "field": field, "keyword": keyword, "value": shown(value)}
    if keyword in _KEYWORDS:
        return Sentence(_KEYWORDS[keyword][value is None], values)
    if value is None:
        return Sentence(_UNSET, values)
    return Sentence(_OTHER if isinstance(value, dict | list) else _SET, values)
