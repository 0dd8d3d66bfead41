"""Where the options of a component come from: written on it, a list of the app, or rows of the form."""

from typing import Final

from studio.definition.components.declaring import choices, flag, prop, switch
from studio.definition.components.properties import MAPPING
from studio.definition.components.shapes import (
    TEXT,
    Enumeration,
    ListShape,
    MapShape,
    Number,
    ObjectShape,
    Reference,
    Scalar,
)
from studio.definition.sentences import N_

_OPTION: Final = ObjectShape(
    (
        prop("label", Reference("text"), N_("Label"), N_("The text of the option."), required=True),
        prop("value", Scalar(), N_("Value"), N_("What is stored when the option is chosen."), required=True),
        prop("description", Reference("text"), N_("Description"), N_("A sentence under the option.")),
        prop("helpText", Reference("text"), N_("Help text"), N_("Help with the option.")),
    )
)
_SOURCE: Final = prop(
    "source",
    ObjectShape(
        (
            prop(
                "group",
                Reference("field"),
                N_("Repeating group"),
                N_("The group whose rows become options."),
                required=True,
            ),
            prop(
                "value",
                Reference("field"),
                N_("Value"),
                N_("The field in the row whose value is stored."),
                required=True,
            ),
            prop(
                "label",
                Reference("text"),
                N_("Label"),
                N_("The text of the option."),
                required=True,
                expression_allowed=True,
            ),
            prop(
                "description",
                Reference("text"),
                N_("Description"),
                N_("A sentence under the option."),
                expression_allowed=True,
            ),
            prop(
                "helpText",
                Reference("text"),
                N_("Help text"),
                N_("Help with the option."),
                expression_allowed=True,
            ),
            prop(
                "dataType",
                Reference("data type"),
                N_("Data type"),
                N_("The data model that has the group, if it is another one."),
            ),
        )
    ),
    N_("Options from the form"),
    N_("Makes one option of each row of a repeating group."),
    advanced=True,
)
QUERY_PARAMETERS: Final = prop(
    "queryParameters",
    MapShape(TEXT, expression_allowed=True),
    N_("Query parameters"),
    N_("Values that are sent along when the option list is fetched."),
    advanced=True,
)
SECURE: Final = switch(
    "secure",
    N_("Protected option list"),
    N_("The list depends on the person and is fetched with the person's rights."),
    advanced=True,
)
PRESELECTED: Final = prop(
    "preselectedOptionIndex",
    Number(whole=True, minimum=0),
    N_("Chosen beforehand"),
    N_("The number of the option that is chosen from the start; 0 is the first."),
    advanced=True,
)
OPTION_SOURCE: Final = (
    prop("options", ListShape(_OPTION), N_("Options"), N_("What the person can choose among, written here.")),
    prop(
        "optionsId",
        Reference("option list"),
        N_("Option list"),
        N_("An option list of the app instead of options written here."),
    ),
    _SOURCE,
    prop(
        "sortOrder",
        Enumeration(choices(asc=N_("A to Z"), desc=N_("Z to A"))),
        N_("Sorting"),
        N_("Sorts the options by label."),
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
    QUERY_PARAMETERS,
    SECURE,
)
