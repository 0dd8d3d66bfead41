"""The kinds of rules as people tell them apart, for filters and headings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from studio.definition.rules.places import PlaceKind
from studio.definition.sentences import N_, Sentence


@dataclass(frozen=True, slots=True)
class RuleKind:
    """A kind of rules: its name in addresses, what it is called, its icon."""

    name: str
    label: Sentence
    icon: str


KINDS: Final = (
    RuleKind("show", Sentence(N_("Show and hide")), "Eye"),
    RuleKind("required", Sentence(N_("Required")), "Exclamationmark"),
    RuleKind("read-only", Sentence(N_("Read-only")), "FileText"),
    RuleKind("calculation", Sentence(N_("Calculations")), "Calculator"),
    RuleKind("validation", Sentence(N_("Validations")), "ExclamationmarkTriangle"),
    RuleKind("text", Sentence(N_("Texts")), "Paragraph"),
    RuleKind("process", Sentence(N_("Process")), "Branching"),
    RuleKind("other", Sentence(N_("Other")), "Cog"),
)
_BY_NAME: Final = {kind.name: kind for kind in KINDS}

_OF_PLACE: Final[Mapping[PlaceKind, str]] = {
    "page hidden": "show",
    "hidden": "show",
    "row hidden": "show",
    "required": "required",
    "read-only": "read-only",
    "calculation": "calculation",
    "validation": "validation",
    "message": "validation",
    "text": "text",
    "gateway": "process",
}


def kind_of(place_kind: PlaceKind) -> RuleKind:
    """The kind that a rule at such a place is."""
    return _BY_NAME[_OF_PLACE.get(place_kind, "other")]
