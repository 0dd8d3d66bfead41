"""The kinds of fields that can be made, and what a schema says for each."""

from collections.abc import Mapping
from typing import Any, Final

from studio.definition.data_model.places import SchemaPlaces, name_at
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence

# "rows" is a list of groups.
KINDS: Final[Mapping[str, Sentence]] = {
    "string": Sentence(N_("Text")),
    "integer": Sentence(N_("Whole number")),
    "number": Sentence(N_("Number")),
    "boolean": Sentence(N_("Yes or no")),
    "date": Sentence(N_("Date")),
    "date-time": Sentence(N_("Date and time")),
    "time": Sentence(N_("Time of day")),
    "year": Sentence(N_("Year")),
    "year-month": Sentence(N_("Year and month")),
    "email": Sentence(N_("E-mail address")),
    "uri": Sentence(N_("Web address")),
    "group": Sentence(N_("Group of fields")),
    "rows": Sentence(N_("Repeating group")),
}
TYPE_PREFIX: Final = "type:"
_PLAIN: Final = ("string", "integer", "number", "boolean")


def schema_of(places: SchemaPlaces, what: str) -> dict[str, Any]:
    """What the schema says about a new value of a kind. Raises NotThere for a type that does not exist."""
    if what.startswith(TYPE_PREFIX):
        name = what.removeprefix(TYPE_PREFIX)
        if name not in places.types:
            raise NotThere(Sentence(N_("There is no type %(name)s."), {"name": name}))
        return {"$ref": "#" + places.type_pointer(name)}
    if what not in KINDS:
        raise DomainError(Sentence(N_("A field cannot be of the kind %(kind)s."), {"kind": what}))
    if what == "rows":
        return {"type": "array", "items": {"type": "object", "properties": {}}}
    if what == "group":
        return {"type": "object", "properties": {}}
    return {"type": what} if what in _PLAIN else {"type": "string", "format": what}


def kind_name(what: str) -> str | Sentence:
    """What people call a kind."""
    return KINDS.get(what) or what.removeprefix(TYPE_PREFIX)


def refuse_circle(places: SchemaPlaces, made: Mapping[str, Any], holder: str) -> None:
    """Raise DomainError where what is `made` in the schema at `holder` would hold that schema itself."""
    target = places.target(made)
    if target is not None and places.reaches(target, holder):
        words = N_("The type %(name)s would hold itself.")
        raise DomainError(Sentence(words, {"name": name_at(target)}))


def refuse_list_type(what: str) -> None:
    """Raise DomainError where a type or a part of a combination is to be a list."""
    if what == "rows":
        raise DomainError(Sentence(N_("A type is one value or one group; the fields of it are lists.")))
