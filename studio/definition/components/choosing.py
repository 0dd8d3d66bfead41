"""Component types in which a person chooses among options."""

from typing import Any, Final

from studio.definition.components.properties import (
    EVERY,
    FORM,
    FORM_TEXTS,
    LABEL_SETTINGS,
    LABEL_TEXTS,
    MAPPING,
    REMOVE_WHEN_HIDDEN,
    SUMMARY,
    SUMMARY_TEXTS,
    choices,
    flag,
    prop,
    slot,
    switch,
)
from studio.definition.components.types import PLAIN, TEXTUAL, ComponentType, Property
from studio.definition.sentences import N_, Sentence

_TEXTS: Final = (*LABEL_TEXTS, *FORM_TEXTS, *SUMMARY_TEXTS)

_SOURCE: Final = prop(
    "source",
    "object",
    N_("Options from the form"),
    N_("Makes one option of each row of a repeating group."),
    advanced=True,
    properties=(
        prop(
            "group",
            "string",
            N_("Repeating group"),
            N_("The group whose rows become options."),
            required=True,
        ),
        prop(
            "value",
            "string",
            N_("Value"),
            N_("The field in the row whose value is stored."),
            required=True,
        ),
        prop(
            "label",
            "string",
            N_("Label"),
            N_("The text of the option."),
            required=True,
            expression_allowed=True,
        ),
        prop(
            "description",
            "string",
            N_("Description"),
            N_("A sentence under the option."),
            expression_allowed=True,
        ),
        prop("helpText", "string", N_("Help text"), N_("Help with the option."), expression_allowed=True),
        prop(
            "dataType",
            "string",
            N_("Data type"),
            N_("The data model that has the group, if it is another one."),
        ),
    ),
)
_OPTIONS: Final = (
    prop("options", "options", N_("Options"), N_("What the person can choose among, written here.")),
    prop(
        "optionsId",
        "string",
        N_("Option list"),
        N_("An option list of the app instead of options written here."),
    ),
    _SOURCE,
    prop(
        "preselectedOptionIndex",
        "integer",
        N_("Chosen beforehand"),
        N_("The number of the option that is chosen from the start; 0 is the first."),
        minimum=0,
        advanced=True,
    ),
    prop(
        "sortOrder",
        "choice",
        N_("Sorting"),
        N_("Sorts the options by label."),
        choices=choices(asc=N_("A to Z"), desc=N_("Z to A")),
        advanced=True,
    ),
    flag(
        "optionFilter",
        N_("Filter"),
        N_("A condition that an option has to meet to be shown."),
        default=None,
        advanced=True,
    ),
    MAPPING,
    prop(
        "queryParameters",
        "map",
        N_("Query parameters"),
        N_("Values that are sent along when the option list is fetched."),
        expression_allowed=True,
        advanced=True,
    ),
    switch(
        "secure",
        N_("Protected option list"),
        N_("The list depends on the person and is fetched with the person's rights."),
        advanced=True,
    ),
)
_ALERT_ON_CHANGE: Final = flag(
    "alertOnChange",
    N_("Ask before changing"),
    N_("The person has to confirm before a choice is changed."),
    advanced=True,
)
_LAYOUT: Final = prop(
    "layout",
    "choice",
    N_("Layout"),
    N_("How the options are placed."),
    choices=choices(column=N_("Below one another"), row=N_("Beside one another"), table=N_("In a table")),
)
_LABELS_IN_TABLE: Final = switch(
    "showLabelsInTable",
    N_("Label in tables"),
    N_("Shows the label in a table even if there is only one option."),
    advanced=True,
)
_DELETION: Final = prop(
    "deletionStrategy",
    "choice",
    N_("When a choice is taken away"),
    N_("Whether the row of a choice is deleted or marked as not chosen. Needed with a repeating group."),
    choices=choices(soft=N_("Mark as not chosen"), hard=N_("Delete the row")),
    advanced=True,
)
_COMMON: Final = (*FORM, *_OPTIONS, *EVERY, *SUMMARY, LABEL_SETTINGS, REMOVE_WHEN_HIDDEN)

_LABEL_HELP: Final = Sentence(N_("Stores the text of the choice as well."))
_METADATA_HELP: Final = Sentence(N_("Stores what the source of the option list says about itself."))
_ONE: Final = (
    slot("simpleBinding", N_("Answer"), PLAIN, required=True),
    slot("label", N_("Text of the choice"), TEXTUAL, help=_LABEL_HELP),
    slot("metadata", N_("Source of the options"), TEXTUAL, help=_METADATA_HELP),
)
_SEVERAL: Final = (
    *_ONE,
    slot(
        "group",
        N_("Repeating group"),
        frozenset({"group"}),
        repeating=True,
        help=Sentence(N_("Stores each choice as a row of this group.")),
    ),
    slot(
        "checked",
        N_("Chosen or not"),
        frozenset({"boolean"}),
        help=Sentence(N_("A field in the row that says whether it is chosen.")),
    ),
)
# "Alternativ" is the same word in bokmål and nynorsk, the languages most forms begin in.
_STARTS_WITH: Final = {
    "options": [{"label": "Alternativ 1", "value": "1"}, {"label": "Alternativ 2", "value": "2"}]
}


def _choosing(**parts: Any) -> ComponentType:
    own: tuple[Property, ...] = parts.pop("own")
    return ComponentType(
        group="choice", properties=(*_COMMON, *own), texts=_TEXTS, starts_with=_STARTS_WITH, **parts
    )


CHOOSING: Final = (
    _choosing(
        name="RadioButtons",
        icon="CircleFill",
        label=Sentence(N_("Radio buttons")),
        help=Sentence(N_("A list of options of which one can be chosen.")),
        own=(
            _LAYOUT,
            _ALERT_ON_CHANGE,
            _LABELS_IN_TABLE,
            switch("showAsCard", N_("Show as cards"), N_("Shows each option in a frame."), default=None),
        ),
        bindings=_ONE,
    ),
    _choosing(
        name="Checkboxes",
        icon="CheckmarkCircle",
        label=Sentence(N_("Checkboxes")),
        help=Sentence(N_("A list of options of which several can be chosen.")),
        own=(_LAYOUT, _ALERT_ON_CHANGE, _LABELS_IN_TABLE, _DELETION),
        bindings=_SEVERAL,
    ),
    _choosing(
        name="Dropdown",
        icon="ChevronUpDown",
        label=Sentence(N_("Dropdown list")),
        help=Sentence(N_("A folded list of options of which one can be chosen.")),
        own=(_ALERT_ON_CHANGE,),
        bindings=_ONE,
    ),
    _choosing(
        name="MultipleSelect",
        icon="Tasklist",
        label=Sentence(N_("Multiple choice list")),
        help=Sentence(N_("A folded list of options of which several can be chosen.")),
        own=(_ALERT_ON_CHANGE, _DELETION),
        bindings=_SEVERAL,
    ),
)
