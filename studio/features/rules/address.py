"""How addresses name a rule: by what it is about, so that they hold when something else is moved.

component/{layout set}/{component}/{property}…   page/{layout set}/{page}   setting/{file}/{property}…
validation/{data type}/{field}/{number}[/message]   definition/{data type}/{name}[/message]
calculation/{data type}/{field}   gateway/{arrow}
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from studio.definition.errors import NotThere
from studio.definition.json_text.scanning import split_pointer
from studio.definition.rules.places import ExpressionPlace
from studio.definition.sentences import N_, Sentence

# How many parts each kind has beside its name; None: that many and more.
_PARTS: Final = {
    "component": (3, None),
    "page": (2, 2),
    "setting": (2, None),
    "validation": (3, 4),
    "definition": (2, 3),
    "calculation": (2, 2),
    "gateway": (1, 1),
}


@dataclass(frozen=True, slots=True)
class RuleAddress:
    """A rule, by name."""

    kind: str
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return "/".join([self.kind, *(_escaped(part) for part in self.parts)])

    @property
    def pointer(self) -> str:
        """Of a component's or setting's rule: its property, as a JSON Pointer."""
        inside = self.parts[2 if self.kind == "component" else 1 :]
        return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in inside)


def read_address(text: str) -> RuleAddress:
    """The rule that an address names. Raises NotThere where it names none."""
    kind, *parts = text.split("/")
    least, most = _PARTS.get(kind, (1, 0))
    if not parts or len(parts) < least or (most is not None and len(parts) > most):
        raise NotThere(Sentence(N_("There is no such rule.")))
    return RuleAddress(kind, tuple(_plain(part) for part in parts))


def address_of(place: ExpressionPlace) -> RuleAddress:
    """The address of a rule."""
    if place.flow is not None:
        return RuleAddress("gateway", (place.flow.id,))
    owner = place.layout_set.id if place.layout_set else ""
    inside = split_pointer(place.pointer)
    if place.component is not None:
        above = len(split_pointer(place.component.pointer))
        return RuleAddress("component", (owner, place.component.id, *inside[above:]))
    if place.page is not None:
        return RuleAddress("page", (owner, place.page.name))
    if place.data_type is not None and place.kind in {"validation", "message", "calculation"}:
        return _beside_model(place, place.data_type, inside)
    return RuleAddress("setting", (place.file, *inside))


def _beside_model(place: ExpressionPlace, data_type: str, inside: Sequence[str]) -> RuleAddress:
    if place.kind == "calculation":
        return RuleAddress("calculation", (data_type, inside[1]))
    kind = "validation" if place.definition is None else "definition"
    named = inside[1:-1]
    return RuleAddress(kind, (data_type, *named, *(["message"] if place.kind == "message" else [])))


def places_by_address(places: Sequence[ExpressionPlace]) -> dict[str, ExpressionPlace]:
    """Address -> rule."""
    return {str(address_of(place)): place for place in places}


def _escaped(part: str) -> str:
    """As in a JSON Pointer; and an address must have no step that is nothing, or only dots."""
    text = part.replace("~", "~0").replace("/", "~1")
    return text if text.strip(".") else text.replace(".", "~2") or "~3"


def _plain(text: str) -> str:
    return text.replace("~3", "").replace("~2", ".").replace("~1", "/").replace("~0", "~")
