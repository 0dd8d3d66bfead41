"""Component types in which a person chooses among options."""

from typing import Any, Final

from studio.definition.components.declaring import ANYWHERE, choices, flag, prop, slot, switch
from studio.definition.components.option_sources import OPTION_SOURCE, PRESELECTED
from studio.definition.components.properties import (
    ANSWER_TEXTS,
    EVERY,
    FORM,
    LABEL_SETTINGS,
    REMOVE_WHEN_HIDDEN,
    SUMMARY,
)
from studio.definition.components.shapes import Enumeration, Property
from studio.definition.components.types import PLAIN, ROWS, TEXTUAL, ComponentType
from studio.definition.sentences import N_, Sentence

_ALERT_ON_CHANGE: Final = flag(
    "alertOnChange",
    N_("Ask before changing"),
    N_("The person has to confirm before a choice is changed."),
    advanced=True,
)
OPTIONS_LAYOUT: Final = prop(
    "layout",
    Enumeration(
        choices(column=N_("Below one another"), row=N_("Beside one another"), table=N_("In a table"))
    ),
    N_("Layout"),
    N_("How the options are placed."),
)
LABELS_IN_TABLE: Final = switch(
    "showLabelsInTable",
    N_("Label in tables"),
    N_("Shows the label in a table even if there is only one option."),
    advanced=True,
)
DELETION: Final = prop(
    "deletionStrategy",
    Enumeration(choices(soft=N_("Mark as not chosen"), hard=N_("Delete the row"))),
    N_("When a choice is taken away"),
    N_("Whether the row of a choice is deleted or marked as not chosen. Needed with a repeating group."),
    advanced=True,
)
_COMMON: Final = (*FORM, *OPTION_SOURCE, PRESELECTED, *EVERY, *SUMMARY, LABEL_SETTINGS, REMOVE_WHEN_HIDDEN)

_LABEL_HELP: Final = Sentence(N_("Stores the text of the choice as well."))
_METADATA_HELP: Final = Sentence(N_("Stores what the source of the option list says about itself."))
ONE_CHOICE: Final = (
    slot("simpleBinding", N_("Answer"), PLAIN, required=True),
    slot("label", N_("Text of the choice"), TEXTUAL, help=_LABEL_HELP),
    slot("metadata", N_("Source of the options"), TEXTUAL, help=_METADATA_HELP),
)
ROW_OF_CHOICE: Final = slot(
    "group",
    N_("Repeating group"),
    ROWS,
    repeating=True,
    help=Sentence(N_("Stores each choice as a row of this group.")),
)
CHOSEN_OR_NOT: Final = slot(
    "checked",
    N_("Chosen or not"),
    frozenset({"boolean"}),
    help=Sentence(N_("A field in the row that says whether it is chosen.")),
)
_SEVERAL: Final = (*ONE_CHOICE, ROW_OF_CHOICE, CHOSEN_OR_NOT)
# "Alternativ" is the same word in bokmål and nynorsk, the languages most forms begin in.
STARTING_OPTIONS: Final = {
    "options": [{"label": "Alternativ 1", "value": "1"}, {"label": "Alternativ 2", "value": "2"}]
}


def _choosing(**parts: Any) -> ComponentType:
    own: tuple[Property, ...] = parts.pop("own")
    return ComponentType(
        group="choice",
        properties=(*_COMMON, *own),
        texts=ANSWER_TEXTS,
        stands_in=ANYWHERE,
        starts_with=STARTING_OPTIONS,
        **parts,
    )


CHOOSING: Final = (
    _choosing(
        name="RadioButtons",
        icon="Circle",
        label=Sentence(N_("Radio buttons")),
        help=Sentence(N_("A list of options of which one can be chosen.")),
        own=(
            OPTIONS_LAYOUT,
            _ALERT_ON_CHANGE,
            LABELS_IN_TABLE,
            switch("showAsCard", N_("Show as cards"), N_("Shows each option in a frame."), default=None),
        ),
        bindings=ONE_CHOICE,
    ),
    _choosing(
        name="Checkboxes",
        icon="CheckmarkCircle",
        label=Sentence(N_("Checkboxes")),
        help=Sentence(N_("A list of options of which several can be chosen.")),
        own=(OPTIONS_LAYOUT, _ALERT_ON_CHANGE, LABELS_IN_TABLE, DELETION),
        bindings=_SEVERAL,
    ),
    _choosing(
        name="Dropdown",
        icon="ChevronUpDown",
        label=Sentence(N_("Dropdown list")),
        help=Sentence(N_("A folded list of options of which one can be chosen.")),
        own=(_ALERT_ON_CHANGE,),
        bindings=ONE_CHOICE,
    ),
    _choosing(
        name="MultipleSelect",
        icon="Tasklist",
        label=Sentence(N_("Multiple choice list")),
        help=Sentence(N_("A folded list of options of which several can be chosen.")),
        own=(_ALERT_ON_CHANGE, DELETION),
        bindings=_SEVERAL,
    ),
)
