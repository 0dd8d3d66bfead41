"""How numbers are written: grouping, decimals, currency and unit."""

from typing import Final

from studio.definition.components.declaring import choices, plain_choices, prop, switch
from studio.definition.components.shapes import (
    FLAG,
    TEXT,
    Alternatives,
    Enumeration,
    ListShape,
    Number,
    ObjectShape,
)
from studio.definition.components.words import CURRENCIES, UNITS
from studio.definition.sentences import N_, Sentence

_DIGITS: Final = ObjectShape(
    (
        prop(
            "thousandSeparator",
            Alternatives((TEXT, FLAG)),
            N_("Thousands separator"),
            N_("The character between groups of digits; true gives a comma."),
            expression_allowed=True,
        ),
        prop(
            "decimalSeparator",
            TEXT,
            N_("Decimal sign"),
            N_("The character before the decimals."),
            expression_allowed=True,
        ),
        prop(
            "allowedDecimalSeparators",
            ListShape(TEXT),
            N_("Accepted decimal signs"),
            N_("Other characters that are read as the decimal sign."),
            advanced=True,
        ),
        prop(
            "thousandsGroupStyle",
            Enumeration(plain_choices("thousand", "lakh", "wan", "none")),
            N_("Grouping"),
            N_("How digits are grouped."),
            advanced=True,
        ),
        prop("decimalScale", Number(minimum=0), N_("Decimals"), N_("The largest number of decimals.")),
        switch("fixedDecimalScale", N_("Always show the decimals"), N_("Fills up with zeros."), default=None),
        switch(
            "allowNegative",
            N_("Negative numbers"),
            N_("Whether a minus sign may be written."),
            default=None,
        ),
        switch(
            "allowLeadingZeros",
            N_("Leading zeros"),
            N_("Whether a number may begin with zero, like a post code."),
            default=None,
        ),
        prop(
            "suffix",
            TEXT,
            N_("After the number"),
            N_("Text that follows the number, like a unit."),
            expression_allowed=True,
        ),
        prop(
            "prefix",
            TEXT,
            N_("Before the number"),
            N_("Text that comes before the number, like kr."),
            expression_allowed=True,
        ),
    ),
    label=Sentence(N_("Digits")),
)
_PATTERN: Final = ObjectShape(
    (
        prop(
            "format",
            TEXT,
            N_("Pattern"),
            N_("A pattern of # for digits, like ### ## ###."),
            required=True,
            expression_allowed=True,
            advanced=True,
        ),
        prop(
            "mask",
            Alternatives((TEXT, ListShape(TEXT))),
            N_("Mask"),
            N_("What is shown for digits not yet written."),
            advanced=True,
        ),
        switch(
            "allowEmptyFormatting",
            N_("Show the pattern when empty"),
            N_("Shows the pattern before anything is written."),
            default=None,
            advanced=True,
        ),
        prop(
            "patternChar",
            TEXT,
            N_("Pattern character"),
            N_("The character that stands for a digit in the pattern."),
            advanced=True,
        ),
    ),
    label=Sentence(N_("Pattern")),
)
FORMATTING: Final = prop(
    "formatting",
    ObjectShape(
        (
            prop(
                "currency",
                Enumeration(plain_choices(*CURRENCIES)),
                N_("Currency"),
                N_("Shows the number as an amount in this currency."),
            ),
            prop(
                "unit", Enumeration(plain_choices(*UNITS)), N_("Unit"), N_("Shows the number with this unit.")
            ),
            prop(
                "position",
                Enumeration(choices(prefix=N_("Before"), suffix=N_("After"))),
                N_("Position of the currency or unit"),
                N_("Whether it stands before or after the number."),
            ),
            prop(
                "number",
                Alternatives((_DIGITS, _PATTERN)),
                N_("Number format"),
                N_("How digits are grouped and what stands around them."),
            ),
            prop(
                "align",
                Enumeration(choices(left=N_("Left"), center=N_("Center"), right=N_("Right"))),
                N_("Alignment"),
                N_("Where the number stands in its field."),
                default="left",
            ),
        )
    ),
    N_("Format"),
    N_("How numbers are shown while the person writes."),
)
