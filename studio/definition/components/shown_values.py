"""Component types that show a value that a rule works out: text, number, date, option."""

from typing import Final

from studio.definition.components.choosing import STARTING_OPTIONS
from studio.definition.components.declaring import ANYWHERE, choices, prop
from studio.definition.components.formats import FORMATTING
from studio.definition.components.option_sources import OPTION_SOURCE
from studio.definition.components.properties import EVERY, LABEL_TEXTS, SUMMARY, SUMMARY_TEXTS
from studio.definition.components.shapes import TEXT, Enumeration, Number, Property, Text
from studio.definition.components.types import ComponentType
from studio.definition.sentences import N_, Sentence

_COMMON: Final = (
    prop(
        "direction",
        Enumeration(choices(horizontal=N_("Beside one another"), vertical=N_("Below one another"))),
        N_("Placing"),
        N_("Whether the label and the value stand beside or below one another."),
        default="horizontal",
    ),
    prop(
        "icon",
        TEXT,
        N_("Icon"),
        N_("The address of a picture that is shown before the label."),
        advanced=True,
    ),
    *EVERY,
    *SUMMARY,
)
_TEXTS: Final = (*LABEL_TEXTS, *SUMMARY_TEXTS)


def _value(shape: Text | Number, help_text: str) -> Property:
    return prop("value", shape, N_("Value"), help_text, required=True, expression_allowed=True)


SHOWN_TEXT: Final = ComponentType(
    name="Text",
    group="text",
    icon="Component",
    label=Sentence(N_("Shown text")),
    help=Sentence(N_("A text that a rule works out, with a label.")),
    properties=(_value(TEXT, N_("The text, or the rule that works it out.")), *_COMMON),
    texts=_TEXTS,
    stands_in=ANYWHERE,
    starts_with={"value": ""},
)
SHOWN_NUMBER: Final = ComponentType(
    name="Number",
    group="text",
    icon="Hashtag",
    label=Sentence(N_("Shown number")),
    help=Sentence(N_("A number that a rule works out, like a sum.")),
    properties=(
        _value(Number(), N_("The number, or the rule that works it out.")),
        FORMATTING,
        *_COMMON,
    ),
    texts=_TEXTS,
    stands_in=ANYWHERE,
    starts_with={"value": 0},
)
SHOWN_DATE: Final = ComponentType(
    name="Date",
    group="text",
    icon="Calendar",
    label=Sentence(N_("Shown date")),
    help=Sentence(N_("A date that a rule works out.")),
    properties=(
        _value(TEXT, N_("The date, or the rule that works it out.")),
        prop("format", TEXT, N_("Date format"), N_("How the date is written, like dd.MM.yyyy.")),
        *_COMMON,
    ),
    texts=_TEXTS,
    stands_in=ANYWHERE,
    starts_with={"value": ""},
)
SHOWN_OPTION: Final = ComponentType(
    name="Option",
    group="text",
    icon="Checkmark",
    label=Sentence(N_("Shown option")),
    help=Sentence(N_("The text of an option, given its value.")),
    properties=(
        _value(TEXT, N_("The value of the option, or the rule that works it out.")),
        *OPTION_SOURCE,
        *_COMMON,
    ),
    texts=_TEXTS,
    stands_in=ANYWHERE,
    starts_with={"value": "", **STARTING_OPTIONS},
)

SHOWN_VALUES: Final = (SHOWN_TEXT, SHOWN_NUMBER, SHOWN_DATE, SHOWN_OPTION)
