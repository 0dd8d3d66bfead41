"""Short ways to write properties and slots."""

from typing import Any, Final

from studio.definition.components.shapes import FLAG, Choice, Enumeration, Property, Shape
from studio.definition.components.types import BindingSlot, Surrounding, TextSlot
from studio.definition.sentences import Sentence


def prop(name: str, shape: Shape, label: str, help_text: str, **more: Any) -> Property:
    """A property; `label` and `help_text` are marked with N_ where they are written."""
    return Property(name, shape, Sentence(label), Sentence(help_text), **more)


def flag(name: str, label: str, help_text: str, **more: Any) -> Property:
    """A yes-or-no property that may also be an expression; `default` is no unless told otherwise."""
    return prop(name, FLAG, label, help_text, **{"default": False, "expression_allowed": True} | more)


def switch(name: str, label: str, help_text: str, **more: Any) -> Property:
    """A yes-or-no property that has to be written out: no expressions."""
    return flag(name, label, help_text, **{"expression_allowed": False} | more)


def text(
    key: str, label: str, help_text: str, *, advanced: bool = False, key_latest: str | None = None
) -> TextSlot:
    """A text slot."""
    return TextSlot(key, Sentence(label), Sentence(help_text), advanced, key_latest)


def slot(key: str, label: str, kinds: frozenset[str], **more: Any) -> BindingSlot:
    """A binding slot."""
    return BindingSlot(key, Sentence(label), kinds, **more)


def const(value: str, label: str) -> Enumeration:
    """The one value that tells an alternative from the others."""
    return Enumeration((Choice(value, Sentence(label)),))


def choices(**labels: str) -> tuple[Choice, ...]:
    """Choices as value=label."""
    return tuple(Choice(value, Sentence(label)) for value, label in labels.items())


def plain_choices(*values: str | int) -> tuple[Choice, ...]:
    """Choices that are shown as they are written in the file (units, sizes, tokens of HTML)."""
    return tuple(Choice(value, Sentence("%(value)s", {"value": value})) for value in values)


# Where most types can stand, beside pages and groups.
IN_BOXES: Final[frozenset[Surrounding]] = frozenset({"Accordion", "Cards", "Tabs"})
ANYWHERE: Final[frozenset[Surrounding]] = IN_BOXES | {"Table"}
AS_BUTTON: Final[frozenset[Surrounding]] = ANYWHERE | {"ButtonGroup"}
AS_MEDIA: Final[frozenset[Surrounding]] = ANYWHERE | {"CardsMedia"}
