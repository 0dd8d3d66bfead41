"""All component types that Studio knows from the inside, in the order of the palette."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from studio.definition.components.choosing import CHOOSING
from studio.definition.components.fields import FIELDS
from studio.definition.components.grouping import BUTTON_TYPE, GROUP, NAVIGATION_BUTTONS, REPEATING_GROUP
from studio.definition.components.showing import SHOWING, SUMMARY2
from studio.definition.components.types import ComponentType, Group
from studio.definition.sentences import N_, Sentence

_TYPES: Final = (
    *FIELDS,
    *CHOOSING,
    *SHOWING,
    GROUP,
    REPEATING_GROUP,
    NAVIGATION_BUTTONS,
    BUTTON_TYPE,
    SUMMARY2,
)

CATALOGUE: Final[Mapping[str, ComponentType]] = MappingProxyType({kind.name: kind for kind in _TYPES})
_SPELLINGS: Final = {kind.name_v8: kind for kind in _TYPES if kind.name_v8} | dict(CATALOGUE)

# The palette's groups in order, with their headings.
GROUPS: Final[Mapping[Group, Sentence]] = MappingProxyType(
    {
        "form": Sentence(N_("Answers")),
        "choice": Sentence(N_("Choices")),
        "text": Sentence(N_("Text")),
        "information": Sentence(N_("Messages")),
        "group": Sentence(N_("Groups")),
        "navigation": Sentence(N_("Navigation")),
        "summary": Sentence(N_("Summaries")),
    }
)


def component_type(name: str) -> ComponentType | None:
    """The type that a layout calls `name`, in either generation's spelling; None for any other name."""
    return _SPELLINGS.get(name)


def palette() -> tuple[tuple[Group, Sentence, tuple[ComponentType, ...]], ...]:
    """The catalogue by group, in the order of the palette."""
    return tuple(
        (group, heading, tuple(kind for kind in _TYPES if kind.group == group))
        for group, heading in GROUPS.items()
    )
