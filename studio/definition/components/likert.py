"""The Likert scale: the same options for each row of a repeating group."""

from typing import Final

from studio.definition.components.choosing import (
    LABELS_IN_TABLE,
    ONE_CHOICE,
    OPTIONS_LAYOUT,
    STARTING_OPTIONS,
)
from studio.definition.components.declaring import IN_BOXES, choices, prop, slot, text
from studio.definition.components.option_sources import OPTION_SOURCE, PRESELECTED
from studio.definition.components.properties import (
    ANSWER_TEXTS,
    DESCRIPTION,
    EVERY,
    FORM,
    REMOVE_WHEN_HIDDEN,
    SUMMARY,
    SUMMARY_TEXTS,
    TITLE,
)
from studio.definition.components.shapes import (
    Alternatives,
    Enumeration,
    ListShape,
    Number,
    ObjectShape,
    Text,
)
from studio.definition.components.types import PLAIN, ROWS, ComponentType
from studio.definition.sentences import N_, Sentence

_NUMBER_OR_DIGITS: Final = Alternatives((Number(), Text(r"\d+")))
_COLUMNS: Final = prop(
    "columns",
    ListShape(
        ObjectShape(
            (
                prop(
                    "value",
                    _NUMBER_OR_DIGITS,
                    N_("Value"),
                    N_("The value of the option that the column is for."),
                    required=True,
                ),
                prop(
                    "divider",
                    Enumeration(choices(before=N_("Before"), after=N_("After"), both=N_("On both sides"))),
                    N_("Line"),
                    N_("Where a line sets the column apart."),
                ),
            )
        )
    ),
    N_("Columns"),
    N_("Lines between the columns."),
    advanced=True,
)
_FILTER: Final = prop(
    "filter",
    ListShape(
        ObjectShape(
            (
                prop(
                    "key",
                    Enumeration(choices(start=N_("From row"), stop=N_("Up to row"))),
                    N_("Limit"),
                    N_("Whether it is the first row or the end."),
                    required=True,
                ),
                prop(
                    "value",
                    _NUMBER_OR_DIGITS,
                    N_("Row"),
                    N_("The number of the row; 0 is the first."),
                    required=True,
                ),
            )
        )
    ),
    N_("Rows shown"),
    N_("Shows only some of the rows of the group."),
    advanced=True,
)
LIKERT_TYPE: Final = ComponentType(
    name="Likert",
    group="choice",
    icon="Density3",
    label=Sentence(N_("Likert scale")),
    help=Sentence(N_("A table of questions that are answered with the same options.")),
    properties=(*FORM, *OPTION_SOURCE, _FILTER, _COLUMNS, *EVERY, *SUMMARY, REMOVE_WHEN_HIDDEN),
    bindings=(
        slot(
            "questions",
            N_("Questions"),
            ROWS,
            required=True,
            repeating=True,
            help=Sentence(N_("The group whose rows are the questions.")),
        ),
        slot(
            "answer",
            N_("Answer"),
            PLAIN,
            required=True,
            help=Sentence(N_("The field in the row that the answer is stored in.")),
        ),
    ),
    texts=(
        TITLE,
        DESCRIPTION,
        text("leftColumnHeader", N_("Heading over the questions"), N_("The heading of the first column.")),
        text("questions", N_("Question"), N_("The text of each row, with values from the row.")),
        text(
            "questionDescriptions",
            N_("Description of a question"),
            N_("A sentence under each question."),
            advanced=True,
        ),
        text(
            "questionHelpTexts",
            N_("Help text of a question"),
            N_("Shown when the person asks for help with a question."),
            advanced=True,
        ),
        *SUMMARY_TEXTS,
    ),
    stands_in=IN_BOXES,
    starts_with=STARTING_OPTIONS,
)
LIKERT_ITEM: Final = ComponentType(
    name="LikertItem",
    group="choice",
    icon="Density1",
    label=Sentence(N_("Row of a Likert scale")),
    help=Sentence(N_("Made by a Likert scale for each row; not placed on a page by itself.")),
    properties=(
        *FORM,
        *OPTION_SOURCE,
        PRESELECTED,
        OPTIONS_LAYOUT,
        LABELS_IN_TABLE,
        _COLUMNS,
        *EVERY,
        *SUMMARY,
        REMOVE_WHEN_HIDDEN,
    ),
    bindings=ONE_CHOICE,
    texts=ANSWER_TEXTS,
    in_palette=False,
)

LIKERT: Final = (LIKERT_TYPE, LIKERT_ITEM)
