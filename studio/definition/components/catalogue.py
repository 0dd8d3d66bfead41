"""All component types, in the order of the palette."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from studio.definition.components.actions import ACTIONS
from studio.definition.components.choosing import CHOOSING
from studio.definition.components.fields import FIELDS
from studio.definition.components.grouping import BUTTON_GROUP, GROUPING
from studio.definition.components.likert import LIKERT
from studio.definition.components.lookups import LOOKUPS
from studio.definition.components.maps import MAPS
from studio.definition.components.media import MEDIA
from studio.definition.components.navigating import NAVIGATING
from studio.definition.components.on_trial import ON_TRIAL
from studio.definition.components.process_steps import PROCESS_STEPS
from studio.definition.components.repeating import REPEATING_GROUP
from studio.definition.components.showing import SHOWING
from studio.definition.components.shown_values import SHOWN_VALUES
from studio.definition.components.subform import SUBFORM
from studio.definition.components.summarising import SUMMARISING
from studio.definition.components.tables import TABLES
from studio.definition.components.types import ComponentType, Group
from studio.definition.components.uploads import UPLOADS
from studio.definition.sentences import N_, Sentence

_DECLARED: Final = (
    *FIELDS,
    *LOOKUPS,
    *CHOOSING,
    *LIKERT,
    *UPLOADS,
    *SHOWING,
    *SHOWN_VALUES,
    *MEDIA,
    *GROUPING,
    REPEATING_GROUP,
    *TABLES,
    SUBFORM,
    *NAVIGATING,
    *ACTIONS,
    BUTTON_GROUP,
    *SUMMARISING,
    *PROCESS_STEPS,
    *MAPS,
    *ON_TRIAL,
)


def _with_children(kind: ComponentType) -> ComponentType:
    """The type with the names of what can stand in it."""
    if kind.takes is None:
        return kind
    fitting = (inner for inner in _DECLARED if kind.takes in inner.stands_in)
    names = {name for inner in fitting for name in (inner.name, inner.name_v8) if name}
    return replace(kind, allowed_children=frozenset(names))


_TYPES: Final = tuple(_with_children(kind) for kind in _DECLARED)
CATALOGUE: Final[Mapping[str, ComponentType]] = MappingProxyType({kind.name: kind for kind in _TYPES})
_SPELLINGS: Final = {kind.name_v8: kind for kind in _TYPES if kind.name_v8} | dict(CATALOGUE)

# The palette's groups in order, with their headings.
GROUPS: Final[Mapping[Group, Sentence]] = MappingProxyType(
    {
        "form": Sentence(N_("Answers")),
        "choice": Sentence(N_("Choices")),
        "text": Sentence(N_("Text")),
        "upload": Sentence(N_("Attachments")),
        "information": Sentence(N_("Messages")),
        "media": Sentence(N_("Pictures and sound")),
        "group": Sentence(N_("Groups")),
        "table": Sentence(N_("Tables")),
        "navigation": Sentence(N_("Navigation")),
        "summary": Sentence(N_("Summaries")),
        "process": Sentence(N_("Signing and payment")),
        "advanced": Sentence(N_("More")),
    }
)


def component_type(name: str) -> ComponentType | None:
    """The type that a layout calls `name`, in either generation's spelling; None for any other name."""
    return _SPELLINGS.get(name)


def palette() -> tuple[tuple[Group, Sentence, tuple[ComponentType, ...]], ...]:
    """What designers are offered, by group. Empty groups are left out."""
    offered = [kind for kind in _TYPES if kind.in_palette]
    by_group = (
        (group, heading, tuple(kind for kind in offered if kind.group == group))
        for group, heading in GROUPS.items()
    )
    return tuple(entry for entry in by_group if entry[2])
