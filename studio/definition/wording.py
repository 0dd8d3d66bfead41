"""Sentences about a property that became another one. Comparison and changes speak with the same words."""

from collections.abc import Mapping
from typing import Any, Final

from studio.definition.components import component_type
from studio.definition.components.shapes import Enumeration, Property, variants
from studio.definition.sentences import N_, Sentence

_MAX_SHOWN: Final = 40

# property -> (became true, became false, depends on a rule)
_SWITCHES: Final[Mapping[str, tuple[str, str, str]]] = {
    "required": (
        N_("%(what)s on page *%(page)s* became required"),
        N_("%(what)s on page *%(page)s* is no longer required"),
        N_("%(what)s on page *%(page)s* is now required by a rule"),
    ),
    "readOnly": (
        N_("%(what)s on page *%(page)s* became read-only"),
        N_("%(what)s on page *%(page)s* is no longer read-only"),
        N_("%(what)s on page *%(page)s* is now read-only by a rule"),
    ),
    "hidden": (
        N_("%(what)s on page *%(page)s* is now hidden"),
        N_("%(what)s on page *%(page)s* is no longer hidden"),
        N_("%(what)s on page *%(page)s* is now hidden by a rule"),
    ),
}
_PARTS: Final[Mapping[str, str]] = {
    "optionsId": N_("%(what)s on page *%(page)s* now takes its options from %(value)s"),
    "options": N_("%(what)s on page *%(page)s* got other options"),
    "grid": N_("%(what)s on page *%(page)s* got another width"),
    "type": N_("%(what)s on page *%(page)s* is now of the type %(value)s"),
    "id": N_("%(what)s on page *%(page)s* now has the id %(value)s"),
    "children": N_("%(what)s on page *%(page)s* got other content"),
}


def property_sentence(what: Sentence, page: str, pointer: str, value: Any, kind: str = "") -> Sentence:
    """What it means that the property at `pointer` of a component now has `value` (None: it is gone).

    `what` is the component as the beginning of a sentence, `kind` its type: properties that are known of it
    are called what the panel calls them.
    """
    parts = pointer.removeprefix("/").split("/")
    name = parts[0]
    values: dict[str, str | int | Sentence] = {
        "what": what,
        "page": page,
        "value": shown(value),
        "name": name,
    }
    if name in _SWITCHES and len(parts) == 1:
        became_true, became_false, by_rule = _SWITCHES[name]
        message = by_rule if isinstance(value, list) else became_true if value is True else became_false
        return Sentence(message, values)
    if name == "dataModelBindings" and len(parts) > 1:
        return _binding_sentence(values, value)
    if name == "textResourceBindings" and len(parts) > 1:
        values["slot"] = parts[1]
        return Sentence(N_("%(what)s on page *%(page)s* shows another text as its %(slot)s"), values)
    if name in _PARTS:
        return Sentence(_PARTS[name], values)
    known = _known(kind, name) if len(parts) == 1 else None
    if known is not None:
        said = {"property": known.label, "value": _choice(known, value) or shown(value)}
        return Sentence(_message(value), values | said)
    values["name"] = "/".join(parts)
    if value is None:
        return Sentence(N_("%(what)s on page *%(page)s* no longer has a value for %(name)s"), values)
    if isinstance(value, dict | list):
        return Sentence(N_("%(what)s on page *%(page)s* was changed (%(name)s)"), values)
    return Sentence(N_("%(what)s on page *%(page)s* has %(name)s set to %(value)s"), values)


def _known(kind: str, name: str) -> Property | None:
    known = component_type(kind)
    return next((each for each in known.properties if each.name == name), None) if known else None


def _choice(known: Property, value: Any) -> Sentence | None:
    """What the panel calls the value, where it is one of a closed list."""
    lists = [shape for shape in variants(known.shape) if isinstance(shape, Enumeration)]
    return next((each.label for some in lists for each in some.choices if each.value == value), None)


def _message(value: Any) -> str:
    """What became of a property that has a name for people."""
    if value is None:
        return N_("%(what)s on page *%(page)s*: %(property)s has no value any more")
    if value is True:
        return N_("%(what)s on page *%(page)s*: %(property)s was turned on")
    if value is False:
        return N_("%(what)s on page *%(page)s*: %(property)s was turned off")
    if isinstance(value, dict | list):
        return N_("%(what)s on page *%(page)s*: %(property)s was changed")
    return N_("%(what)s on page *%(page)s*: %(property)s is now %(value)s")


def _binding_sentence(values: dict[str, str | int | Sentence], value: Any) -> Sentence:
    field = value.get("field") if isinstance(value, dict) else value
    if not field:
        return Sentence(N_("%(what)s on page *%(page)s* is no longer bound to the data model"), values)
    values["value"] = shown(field)
    return Sentence(N_("%(what)s on page *%(page)s* is now kept in the field %(value)s"), values)


def shown(value: Any) -> str:
    """A value in a sentence."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"
