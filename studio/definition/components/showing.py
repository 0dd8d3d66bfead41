"""Component types that show something: headings, text, messages, lines, summaries."""

from typing import Final

from studio.definition.components.properties import (
    EVERY,
    SUMMARY,
    SUMMARY_TEXTS,
    choices,
    prop,
    switch,
    text,
)
from studio.definition.components.types import ComponentType
from studio.definition.sentences import N_, Sentence

_HELP: Final = text("help", N_("Help text"), N_("Shown when the person asks for help."))
_TITLE: Final = text("title", N_("Title"), N_("The first line of the message."))
_BODY: Final = text("body", N_("Text"), N_("What the message says."))

HEADING: Final = ComponentType(
    name="Heading",
    name_v8="Header",
    group="text",
    icon="AlignTop",
    label=Sentence(N_("Heading")),
    help=Sentence(N_("A heading over a part of the page.")),
    properties=(
        prop(
            "size",
            "choice",
            N_("Size"),
            N_("Which level of heading it is."),
            required=True,
            choices=choices(
                L=N_("Large"),
                M=N_("Medium"),
                S=N_("Small"),
                h2=N_("Level 2 (large)"),
                h3=N_("Level 3 (medium)"),
                h4=N_("Level 4 (small)"),
            ),
        ),
        *EVERY,
        *SUMMARY,
    ),
    texts=(text("title", N_("Heading"), N_("The text of the heading.")), _HELP, *SUMMARY_TEXTS),
    starts_with={"size": "L"},
)
PARAGRAPH: Final = ComponentType(
    name="Paragraph",
    group="text",
    icon="Paragraph",
    label=Sentence(N_("Paragraph")),
    help=Sentence(N_("Text that explains, with links and lists if needed.")),
    properties=(*EVERY, *SUMMARY),
    texts=(text("title", N_("Text"), N_("The text of the paragraph.")), _HELP, *SUMMARY_TEXTS),
)
DIVIDER: Final = ComponentType(
    name="Divider",
    group="text",
    icon="Minus",
    label=Sentence(N_("Divider")),
    help=Sentence(N_("A line between two parts of the page.")),
    properties=(*EVERY, *SUMMARY),
    texts=SUMMARY_TEXTS,
)
ALERT: Final = ComponentType(
    name="Alert",
    group="information",
    icon="ExclamationmarkTriangle",
    label=Sentence(N_("Alert")),
    help=Sentence(N_("A message that has to be noticed.")),
    properties=(
        prop(
            "severity",
            "choice",
            N_("Kind of message"),
            N_("How serious the message is."),
            required=True,
            choices=choices(
                info=N_("Information"), success=N_("Success"), warning=N_("Warning"), danger=N_("Danger")
            ),
        ),
        *EVERY,
    ),
    texts=(_TITLE, _BODY),
    starts_with={"severity": "info"},
)
PANEL: Final = ComponentType(
    name="Panel",
    group="information",
    icon="InformationSquare",
    label=Sentence(N_("Panel")),
    help=Sentence(N_("A coloured box with information.")),
    properties=(
        prop(
            "variant",
            "choice",
            N_("Kind of message"),
            N_("What colour and symbol the box has."),
            choices=choices(
                info=N_("Information"), success=N_("Success"), warning=N_("Warning"), error=N_("Error")
            ),
        ),
        switch("showIcon", N_("Symbol"), N_("Shows a symbol beside the title."), default=True),
        *EVERY,
    ),
    texts=(_TITLE, _BODY),
    starts_with={"variant": "info"},
)

SUMMARY2: Final = ComponentType(
    name="Summary2",
    group="summary",
    icon="Receipt",
    label=Sentence(N_("Summary")),
    help=Sentence(N_("What the person has answered, on a page or in the whole form.")),
    properties=(
        prop(
            "target",
            "object",
            N_("What is summed up"),
            N_("The whole form, one page or one component."),
            default={"type": "layoutSet"},
            properties=(
                prop(
                    "type",
                    "choice",
                    N_("Kind"),
                    N_("How much is summed up."),
                    choices=choices(
                        layoutSet=N_("The whole form"), page=N_("One page"), component=N_("One component")
                    ),
                ),
                prop(
                    "id",
                    "string",
                    N_("Page or component"),
                    N_("The name of the page, or the id of the component."),
                ),
                prop(
                    "taskId",
                    "string",
                    N_("Step"),
                    N_("The step of the process to show, if it is another one."),
                    advanced=True,
                ),
            ),
        ),
        switch(
            "showPageInAccordion",
            N_("Fold pages"),
            N_("Shows each page as a part that can be folded."),
            default=None,
        ),
        switch("isCompact", N_("Compact"), N_("Puts questions and answers closer together."), default=None),
        switch(
            "hideEmptyFields",
            N_("Leave out empty fields"),
            N_("Shows only what has been answered."),
            default=None,
        ),
        prop(
            "overrides",
            "objects",
            N_("Exceptions"),
            N_("How single pages, components or types are shown differently."),
            advanced=True,
        ),
        *EVERY,
    ),
    starts_with={"target": {"type": "layoutSet"}},
)

SHOWING: Final = (HEADING, PARAGRAPH, DIVIDER, ALERT, PANEL)
