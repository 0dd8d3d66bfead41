"""Component types in which a person writes an answer: short text, long text, date."""

from typing import Final

from studio.definition.components.properties import (
    EVERY,
    FORM,
    FORM_TEXTS,
    LABEL_SETTINGS,
    LABEL_TEXTS,
    REMOVE_WHEN_HIDDEN,
    SUMMARY,
    SUMMARY_TEXTS,
    choices,
    plain_choices,
    prop,
    slot,
    switch,
    text,
)
from studio.definition.components.types import PLAIN, TEXTUAL, ComponentType, Property
from studio.definition.components.words import AUTOCOMPLETE, CURRENCIES, UNITS
from studio.definition.sentences import N_, Sentence

_COMMON: Final = (*FORM, *EVERY, *SUMMARY, LABEL_SETTINGS, REMOVE_WHEN_HIDDEN)
_TEXTS: Final = (*LABEL_TEXTS, *FORM_TEXTS, *SUMMARY_TEXTS)
_ANSWER: Final = N_("Answer")


def _autocomplete(*words: str) -> Property:
    return prop(
        "autocomplete",
        "choice",
        N_("Fill in from the browser"),
        N_("What the browser may suggest from what it knows about the person."),
        choices=plain_choices(*words),
        advanced=True,
    )


_SAVE_WHILE_TYPING: Final = prop(
    "saveWhileTyping",
    "number",
    N_("Pause before saving"),
    N_("Milliseconds without typing before the answer is saved."),
    default=400,
    minimum=0,
    advanced=True,
)
_MAX_LENGTH: Final = prop(
    "maxLength",
    "integer",
    N_("Longest answer"),
    N_("The number of characters to count down from."),
    minimum=1,
)


_NUMBER_FORMAT: Final = prop(
    "number",
    "object",
    N_("Number format"),
    N_("How digits are grouped and what stands around them."),
    properties=(
        prop(
            "thousandSeparator",
            "string",
            N_("Thousands separator"),
            N_("The character between groups of digits; true gives a comma."),
        ),
        prop("decimalSeparator", "string", N_("Decimal sign"), N_("The character before the decimals.")),
        prop(
            "allowedDecimalSeparators",
            "strings",
            N_("Accepted decimal signs"),
            N_("Other characters that are read as the decimal sign."),
            advanced=True,
        ),
        prop(
            "thousandsGroupStyle",
            "choice",
            N_("Grouping"),
            N_("How digits are grouped."),
            choices=plain_choices("thousand", "lakh", "wan", "none"),
            advanced=True,
        ),
        prop("decimalScale", "number", N_("Decimals"), N_("The largest number of decimals."), minimum=0),
        switch(
            "fixedDecimalScale",
            N_("Always show the decimals"),
            N_("Fills up with zeros."),
            default=None,
        ),
        switch(
            "allowNegative", N_("Negative numbers"), N_("Whether a minus sign may be written."), default=None
        ),
        switch(
            "allowLeadingZeros",
            N_("Leading zeros"),
            N_("Whether a number may begin with zero, like a post code."),
            default=None,
        ),
        prop("suffix", "string", N_("After the number"), N_("Text that follows the number, like a unit.")),
        prop("prefix", "string", N_("Before the number"), N_("Text that comes before the number, like kr.")),
        prop(
            "format",
            "string",
            N_("Pattern"),
            N_("A pattern of # for digits, like ### ## ###."),
            advanced=True,
        ),
        prop("mask", "string", N_("Mask"), N_("What is shown for digits not yet written."), advanced=True),
        switch(
            "allowEmptyFormatting",
            N_("Show the pattern when empty"),
            N_("Shows the pattern before anything is written."),
            default=None,
            advanced=True,
        ),
        prop(
            "patternChar",
            "string",
            N_("Pattern character"),
            N_("The character that stands for a digit in the pattern."),
            advanced=True,
        ),
    ),
)
_FORMATTING: Final = prop(
    "formatting",
    "object",
    N_("Format"),
    N_("How numbers are shown while the person writes."),
    properties=(
        prop(
            "currency",
            "choice",
            N_("Currency"),
            N_("Shows the number as an amount in this currency."),
            choices=plain_choices(*CURRENCIES),
        ),
        prop(
            "unit",
            "choice",
            N_("Unit"),
            N_("Shows the number with this unit."),
            choices=plain_choices(*UNITS),
        ),
        prop(
            "position",
            "choice",
            N_("Position of the currency or unit"),
            N_("Whether it stands before or after the number."),
            choices=choices(prefix=N_("Before"), suffix=N_("After")),
        ),
        _NUMBER_FORMAT,
        prop(
            "align",
            "choice",
            N_("Alignment"),
            N_("Where the number stands in its field."),
            default="left",
            choices=choices(left=N_("Left"), center=N_("Center"), right=N_("Right")),
        ),
    ),
)

INPUT: Final = ComponentType(
    name="Input",
    group="form",
    icon="PencilLine",
    label=Sentence(N_("Short answer")),
    help=Sentence(N_("A field for one line of text or a number.")),
    properties=(
        *_COMMON,
        prop(
            "variant",
            "choice",
            N_("Look"),
            N_("An ordinary field, or a search field."),
            default="text",
            choices=choices(text=N_("Ordinary field"), search=N_("Search field")),
        ),
        _FORMATTING,
        _MAX_LENGTH,
        _autocomplete(*AUTOCOMPLETE),
        _SAVE_WHILE_TYPING,
    ),
    bindings=(slot("simpleBinding", _ANSWER, PLAIN, required=True),),
    texts=(
        *_TEXTS,
        text(
            "prefix", N_("Before the field"), N_("A short text in front of what is written."), advanced=True
        ),
        text(
            "suffix",
            N_("After the field"),
            N_("A short text behind what is written, like kr."),
            advanced=True,
        ),
    ),
)

TEXT_AREA: Final = ComponentType(
    name="TextArea",
    group="form",
    icon="AlignLeft",
    label=Sentence(N_("Long answer")),
    help=Sentence(N_("A field for several lines of text.")),
    properties=(*_COMMON, _MAX_LENGTH, _autocomplete(*AUTOCOMPLETE, "impp"), _SAVE_WHILE_TYPING),
    bindings=(slot("simpleBinding", _ANSWER, TEXTUAL, required=True),),
    texts=_TEXTS,
)

_DATE_HELP: Final = N_(
    "A date like 2026-12-31, or one of today, yesterday, tomorrow, oneYearAgo and oneYearFromNow."
)
DATEPICKER: Final = ComponentType(
    name="Datepicker",
    group="form",
    icon="Calendar",
    label=Sentence(N_("Date")),
    help=Sentence(N_("A field for a date, with a calendar to pick from.")),
    properties=(
        *_COMMON,
        prop(
            "minDate",
            "string",
            N_("Earliest date"),
            _DATE_HELP,
            default="1900-01-01T12:00:00.000Z",
            expression_allowed=True,
        ),
        prop(
            "maxDate",
            "string",
            N_("Latest date"),
            _DATE_HELP,
            default="2100-01-01T12:00:00.000Z",
            expression_allowed=True,
        ),
        switch(
            "timeStamp",
            N_("Store with time"),
            N_("Stores date and time instead of the date alone."),
            default_v8=True,
            advanced=True,
        ),
        prop(
            "format",
            "string",
            N_("Date format"),
            N_("How the date is written, like dd.MM.yyyy."),
            default="dd.MM.yyyy",
            advanced=True,
        ),
        _autocomplete("bday"),
    ),
    bindings=(slot("simpleBinding", _ANSWER, TEXTUAL, required=True),),
    texts=_TEXTS,
)

FIELDS: Final = (INPUT, TEXT_AREA, DATEPICKER)
