"""Component types that show something: headings, text, messages, lines."""

from typing import Final

from studio.definition.components.declaring import ANYWHERE, IN_BOXES, choices, prop, switch, text
from studio.definition.components.properties import (
    EVERY,
    HELP,
    LABEL_SETTINGS,
    LABEL_TEXTS,
    SUMMARY,
    SUMMARY_TEXTS,
)
from studio.definition.components.shapes import Enumeration, ObjectShape
from studio.definition.components.types import ComponentType
from studio.definition.sentences import N_, Sentence

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
            Enumeration(
                choices(
                    L=N_("Large"),
                    M=N_("Medium"),
                    S=N_("Small"),
                    h2=N_("Level 2 (large)"),
                    h3=N_("Level 3 (medium)"),
                    h4=N_("Level 4 (small)"),
                )
            ),
            N_("Size"),
            N_("Which level of heading it is."),
            required=True,
        ),
        *EVERY,
        *SUMMARY,
    ),
    texts=(text("title", N_("Heading"), N_("The text of the heading.")), HELP, *SUMMARY_TEXTS),
    starts_with={"size": "L"},
    stands_in=ANYWHERE,
)
PARAGRAPH: Final = ComponentType(
    name="Paragraph",
    group="text",
    icon="Paragraph",
    label=Sentence(N_("Paragraph")),
    help=Sentence(N_("Text that explains, with links and lists if needed.")),
    properties=(*EVERY, *SUMMARY),
    texts=(text("title", N_("Text"), N_("The text of the paragraph.")), HELP, *SUMMARY_TEXTS),
    stands_in=ANYWHERE,
)
DIVIDER: Final = ComponentType(
    name="Divider",
    group="text",
    icon="Minus",
    label=Sentence(N_("Divider")),
    help=Sentence(N_("A line between two parts of the page.")),
    properties=(*EVERY, *SUMMARY),
    texts=SUMMARY_TEXTS,
    stands_in=IN_BOXES,
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
            Enumeration(
                choices(
                    info=N_("Information"), success=N_("Success"), warning=N_("Warning"), danger=N_("Danger")
                )
            ),
            N_("Kind of message"),
            N_("How serious the message is."),
            required=True,
        ),
        *EVERY,
    ),
    texts=(_TITLE, _BODY),
    starts_with={"severity": "info"},
    stands_in=IN_BOXES,
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
            Enumeration(
                choices(
                    info=N_("Information"), success=N_("Success"), warning=N_("Warning"), error=N_("Error")
                )
            ),
            N_("Kind of message"),
            N_("What colour and symbol the box has."),
        ),
        switch("showIcon", N_("Symbol"), N_("Shows a symbol beside the title."), default=True),
        *EVERY,
    ),
    texts=(_TITLE, _BODY),
    starts_with={"variant": "info"},
    stands_in=frozenset({"Accordion", "Tabs"}),
)

INSTANCE_INFORMATION: Final = ComponentType(
    name="InstanceInformation",
    group="information",
    icon="Information",
    label=Sentence(N_("Information about the submission")),
    help=Sentence(N_("When it was sent, by whom and to whom, and its reference number.")),
    properties=(
        prop(
            "elements",
            ObjectShape(
                (
                    switch("dateSent", N_("Date sent"), N_("Shows when it was sent."), default=None),
                    switch("sender", N_("Sender"), N_("Shows who sent it."), default=None),
                    switch("receiver", N_("Receiver"), N_("Shows who receives it."), default=None),
                    switch(
                        "referenceNumber",
                        N_("Reference number"),
                        N_("Shows the number to refer to it by."),
                        default=None,
                    ),
                )
            ),
            N_("What is shown"),
            N_("Everything is shown but what is turned off."),
        ),
        *EVERY,
        LABEL_SETTINGS,
    ),
    texts=LABEL_TEXTS,
    stands_in=IN_BOXES,
)

SHOWING: Final = (HEADING, PARAGRAPH, DIVIDER, ALERT, PANEL, INSTANCE_INFORMATION)
