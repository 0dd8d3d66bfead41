"""The properties and texts that several component types share."""

from typing import Final

from studio.definition.components.declaring import choices, flag, plain_choices, prop, switch, text
from studio.definition.components.shapes import (
    TEXT,
    Enumeration,
    ListShape,
    MapShape,
    Number,
    ObjectShape,
    Property,
    Text,
)
from studio.definition.sentences import N_

_WIDTHS: Final = (*choices(auto=N_("Automatic")), *plain_choices(*range(1, 13)))


def _widths() -> tuple[Property, ...]:
    help_text = N_("How many of the twelve columns are used: a number from 1 to 12, or auto.")
    labels = {
        "xs": N_("On phones"),
        "sm": N_("On large phones"),
        "md": N_("On tablets"),
        "lg": N_("On large screens"),
    }
    return tuple(
        (prop(name, Enumeration(_WIDTHS), label, help_text, default="auto") for name, label in labels.items())
    )


_BREAKS: Final = choices(auto=N_("Where it fits"), always=N_("Always"), avoid=N_("Keep together if possible"))

HIDDEN: Final = flag("hidden", N_("Hidden"), N_("Leave the component out, always or when a condition holds."))
GRID: Final = prop(
    "grid",
    ObjectShape(
        (
            *_widths(),
            prop(
                "labelGrid",
                ObjectShape(_widths()),
                N_("Width of the label"),
                N_("The label's part of the width."),
            ),
            prop(
                "innerGrid",
                ObjectShape(_widths()),
                N_("Width of the field"),
                N_("The field's part of the width."),
            ),
            prop(
                "validationGrid",
                ObjectShape(_widths()),
                N_("Width of error messages"),
                N_("The error messages' part of the width."),
            ),
        )
    ),
    N_("Width"),
    N_("How much of the width of the page the component takes."),
)
PAGE_BREAK: Final = prop(
    "pageBreak",
    ObjectShape(
        (
            prop(
                "breakBefore",
                Enumeration(_BREAKS),
                N_("Before the component"),
                N_("Whether the component begins on a new page."),
                default="auto",
                expression_allowed=True,
            ),
            prop(
                "breakAfter",
                Enumeration(_BREAKS),
                N_("After the component"),
                N_("Whether what comes next begins on a new page."),
                default="auto",
                expression_allowed=True,
            ),
        )
    ),
    N_("Page break in PDF"),
    N_("Where the PDF may begin a new page."),
    advanced=True,
)
EVERY: Final = (HIDDEN, GRID, PAGE_BREAK)

REMOVE_WHEN_HIDDEN: Final = flag(
    "removeWhenHidden",
    N_("Remove the answer when hidden"),
    N_("Whether what was entered is deleted on submission if the component is hidden then."),
    default=None,
    advanced=True,
)

MASKS: Final = choices(
    Schema=N_("The data model's rules"),
    Component=N_("The component's own rules"),
    Expression=N_("The app's rules"),
    CustomBackend=N_("Rules in the app's code"),
    Required=N_("Missing answers"),
    AllExceptRequired=N_("Everything but missing answers"),
    All=N_("Everything"),
)
SHOW_VALIDATIONS: Final = prop(
    "showValidations",
    ListShape(Enumeration(MASKS)),
    N_("Errors shown at once"),
    N_("Which errors are shown while the person fills in, before going on."),
    advanced=True,
)
FORM: Final = (
    flag("required", N_("Required"), N_("The person has to answer before going on.")),
    flag("readOnly", N_("Read-only"), N_("The answer is shown but cannot be changed.")),
    SHOW_VALIDATIONS,
)
FORM_TEXTS: Final = (
    text("tableTitle", N_("Heading in tables"), N_("Used instead of the title in a table."), advanced=True),
    text("shortName", N_("Short name"), N_("Used in the message about a missing answer."), advanced=True),
    text(
        "requiredValidation",
        N_("Message about a missing answer"),
        N_("The whole message when a required answer is missing."),
        advanced=True,
    ),
)

SUMMARY: Final = (
    switch(
        "renderAsSummary",
        N_("Show as summary"),
        N_("Shows the answer as text instead of a field."),
        advanced=True,
    ),
    flag(
        "forceShowInSummary",
        N_("Always in summaries"),
        N_("Shown in summaries even when it is empty and empty fields are left out."),
        advanced=True,
    ),
)
SUMMARY_TEXTS: Final = (
    text(
        "summaryTitle", N_("Title in summaries"), N_("Used instead of the title in a summary."), advanced=True
    ),
    text(
        "summaryAccessibleTitle",
        N_("Title for screen readers in summaries"),
        N_("Read out for the button that changes the answer."),
        advanced=True,
    ),
)

LABEL_SETTINGS: Final = prop(
    "labelSettings",
    ObjectShape(
        (
            switch(
                "optionalIndicator",
                N_("Mark as optional"),
                N_("Writes “optional” after the label when an answer is not required."),
                default=None,
            ),
        )
    ),
    N_("Label"),
    N_("How the label is shown."),
    advanced=True,
)
LABEL_TEXTS: Final = (
    text("title", N_("Label"), N_("The question, or the name of the field.")),
    text("description", N_("Description"), N_("A sentence under the label.")),
    text("help", N_("Help text"), N_("Shown when the person asks for help.")),
)

MAPPING: Final = prop(
    "mapping",
    MapShape(TEXT, keys="field"),
    N_("Mapping"),
    N_("Fields whose values are sent along. Use query parameters in new forms."),
    advanced=True,
    deprecated=True,
)
SAVE_WHILE_TYPING: Final = prop(
    "saveWhileTyping",
    Number(minimum=0),
    N_("Pause before saving"),
    N_("Milliseconds without typing before the answer is saved."),
    default=400,
    advanced=True,
)
BUTTON: Final = (
    prop(
        "size",
        Enumeration(choices(sm=N_("Small"), md=N_("Medium"), lg=N_("Large"))),
        N_("Size"),
        N_("How large the button is."),
        default="md",
    ),
    prop(
        "textAlign",
        Enumeration(choices(left=N_("Left"), center=N_("Center"), right=N_("Right"))),
        N_("Text alignment"),
        N_("Where the text is inside the button."),
        default="center",
        advanced=True,
    ),
    switch("fullWidth", N_("Full width"), N_("The button is as wide as the page."), default=None),
    prop(
        "position",
        Enumeration(choices(left=N_("Left"), center=N_("Center"), right=N_("Right"))),
        N_("Position"),
        N_("Where the button is on the page."),
        advanced=True,
    ),
)

PAGES_AND_ERRORS: Final = ObjectShape(
    (
        prop(
            "page",
            Enumeration(
                choices(
                    current=N_("This page"),
                    currentAndPrevious=N_("This page and those before"),
                    all=N_("All pages"),
                )
            ),
            N_("Pages"),
            N_("Which pages are checked."),
            required=True,
        ),
        prop(
            "show",
            ListShape(Enumeration(MASKS)),
            N_("Errors"),
            N_("Which errors stop the person."),
            required=True,
        ),
    )
)
BUTTON_STYLE: Final = prop(
    "buttonStyle",
    Enumeration(choices(primary=N_("Main button"), secondary=N_("Secondary button"))),
    N_("Look"),
    N_("How much the button stands out."),
    required=True,
)
HEADING_LEVEL: Final = prop(
    "headingLevel",
    Enumeration(plain_choices(2, 3, 4, 5, 6)),
    N_("Heading level"),
    N_("Which level of heading the title is."),
    advanced=True,
)
COLUMN_LOOK: Final = (
    prop(
        "width",
        Text(r"([0-9]{1,2}%|100%|auto)"),
        N_("Width of the column"),
        N_("A share of the table, like 25%, or auto."),
        default="auto",
    ),
    prop(
        "alignText",
        Enumeration(choices(left=N_("Left"), center=N_("Center"), right=N_("Right"))),
        N_("Alignment"),
        N_("Where the text stands in the column."),
    ),
    prop(
        "textOverflow",
        ObjectShape(
            (
                switch(
                    "lineWrap",
                    N_("Wrap lines"),
                    N_("Breaks a long text into several lines instead of cutting it."),
                    default=True,
                ),
                prop(
                    "maxHeight",
                    Number(minimum=0),
                    N_("Most lines"),
                    N_("How many lines are shown before the text is cut; 0 means no limit."),
                    default=2,
                ),
            )
        ),
        N_("Long texts"),
        N_("What happens to a text that is longer than the column is wide."),
        advanced=True,
    ),
    flag("hidden", N_("Hidden column"), N_("Leave the column out, always or when a condition holds.")),
)
TITLE: Final = text("title", N_("Title"), N_("The heading of this part of the page."))
DESCRIPTION: Final = text("description", N_("Description"), N_("A sentence under the title."))
HELP: Final = text("help", N_("Help text"), N_("Shown when the person asks for help."))
BUTTON_TEXT: Final = text("title", N_("Text"), N_("What is written on the button."))

# What answers have in common, and what fields have beside.
ANSWER: Final = (*FORM, *EVERY, *SUMMARY, REMOVE_WHEN_HIDDEN)
LABELLED_ANSWER: Final = (*ANSWER, LABEL_SETTINGS)
ANSWER_TEXTS: Final = (*LABEL_TEXTS, *FORM_TEXTS, *SUMMARY_TEXTS)
