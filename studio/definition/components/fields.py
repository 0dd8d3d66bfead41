"""Component types in which a person writes an answer: short text, long text, date, time."""

from typing import Final

from studio.definition.components.declaring import ANYWHERE, choices, plain_choices, prop, slot, switch, text
from studio.definition.components.formats import FORMATTING
from studio.definition.components.properties import ANSWER_TEXTS, LABELLED_ANSWER, SAVE_WHILE_TYPING
from studio.definition.components.shapes import TEXT, Alternatives, Choice, Enumeration, Number, Property
from studio.definition.components.types import PLAIN, TEXTUAL, ComponentType
from studio.definition.components.words import AUTOCOMPLETE
from studio.definition.sentences import N_, Sentence

_ANSWER: Final = N_("Answer")


def _autocomplete(*words: str) -> Property:
    return prop(
        "autocomplete",
        Enumeration(plain_choices(*words)),
        N_("Fill in from the browser"),
        N_("What the browser may suggest from what it knows about the person."),
        advanced=True,
    )


_MAX_LENGTH: Final = prop(
    "maxLength",
    Number(whole=True, minimum=1),
    N_("Longest answer"),
    N_("The number of characters to count down from."),
)


INPUT: Final = ComponentType(
    name="Input",
    group="form",
    icon="PencilLine",
    label=Sentence(N_("Short answer")),
    help=Sentence(N_("A field for one line of text or a number.")),
    properties=(
        *LABELLED_ANSWER,
        prop(
            "variant",
            Enumeration(choices(text=N_("Ordinary field"), search=N_("Search field"))),
            N_("Look"),
            N_("An ordinary field, or a search field."),
            default="text",
        ),
        FORMATTING,
        _MAX_LENGTH,
        _autocomplete(*AUTOCOMPLETE),
        SAVE_WHILE_TYPING,
    ),
    bindings=(slot("simpleBinding", _ANSWER, PLAIN, required=True),),
    texts=(
        *ANSWER_TEXTS,
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
    stands_in=ANYWHERE,
)

TEXT_AREA: Final = ComponentType(
    name="TextArea",
    group="form",
    icon="AlignLeft",
    label=Sentence(N_("Long answer")),
    help=Sentence(N_("A field for several lines of text.")),
    properties=(*LABELLED_ANSWER, _MAX_LENGTH, _autocomplete(*AUTOCOMPLETE, "impp"), SAVE_WHILE_TYPING),
    bindings=(slot("simpleBinding", _ANSWER, TEXTUAL, required=True),),
    texts=ANSWER_TEXTS,
    stands_in=ANYWHERE,
)

_DATE_HELP: Final = N_(
    "A date like 2026-12-31, or one of today, yesterday, tomorrow, oneYearAgo and oneYearFromNow."
)
_DATE_OR_DAY: Final = Alternatives(
    (
        TEXT,
        Enumeration(
            choices(
                today=N_("Today"),
                yesterday=N_("Yesterday"),
                tomorrow=N_("Tomorrow"),
                oneYearAgo=N_("A year ago"),
                oneYearFromNow=N_("In a year"),
            )
        ),
    )
)
DATEPICKER: Final = ComponentType(
    name="Datepicker",
    group="form",
    icon="Calendar",
    label=Sentence(N_("Date")),
    help=Sentence(N_("A field for a date, with a calendar to pick from.")),
    properties=(
        *LABELLED_ANSWER,
        prop(
            "minDate",
            _DATE_OR_DAY,
            N_("Earliest date"),
            _DATE_HELP,
            default="1900-01-01T12:00:00.000Z",
            expression_allowed=True,
        ),
        prop(
            "maxDate",
            _DATE_OR_DAY,
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
            TEXT,
            N_("Date format"),
            N_("How the date is written, like dd.MM.yyyy."),
            default="dd.MM.yyyy",
            advanced=True,
        ),
        _autocomplete("bday"),
    ),
    bindings=(slot("simpleBinding", _ANSWER, TEXTUAL, required=True),),
    texts=ANSWER_TEXTS,
    stands_in=ANYWHERE,
)

_TIME_HELP: Final = N_("A time like 08:30.")
TIME_PICKER: Final = ComponentType(
    name="TimePicker",
    group="form",
    icon="Clock",
    label=Sentence(N_("Time")),
    help=Sentence(N_("A field for a time of day.")),
    properties=(
        *LABELLED_ANSWER,
        prop("minTime", TEXT, N_("Earliest time"), _TIME_HELP, expression_allowed=True),
        prop("maxTime", TEXT, N_("Latest time"), _TIME_HELP, expression_allowed=True),
        prop(
            "format",
            Enumeration(
                (
                    Choice("HH:mm", Sentence(N_("Hours and minutes"))),
                    Choice("HH:mm:ss", Sentence(N_("Hours, minutes and seconds"))),
                    Choice("hh:mm a", Sentence(N_("Hours and minutes, twelve-hour clock"))),
                    Choice("hh:mm:ss a", Sentence(N_("Hours, minutes and seconds, twelve-hour clock"))),
                )
            ),
            N_("Time format"),
            N_("How the time is written and stored."),
            default="HH:mm",
            advanced=True,
        ),
        _autocomplete("time"),
    ),
    bindings=(slot("simpleBinding", _ANSWER, TEXTUAL, required=True),),
    texts=ANSWER_TEXTS,
    stands_in=ANYWHERE,
)

FIELDS: Final = (INPUT, TEXT_AREA, DATEPICKER, TIME_PICKER)
