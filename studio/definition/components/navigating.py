"""Component types that lead on: between pages, to the end, to other places."""

from typing import Final

from studio.definition.components.declaring import ANYWHERE, AS_BUTTON, choices, prop, switch, text
from studio.definition.components.properties import (
    BUTTON,
    BUTTON_STYLE,
    BUTTON_TEXT,
    EVERY,
    MAPPING,
    PAGES_AND_ERRORS,
)
from studio.definition.components.shapes import Enumeration
from studio.definition.components.types import ComponentType
from studio.definition.sentences import N_, Sentence

NAVIGATION_BUTTONS: Final = ComponentType(
    name="NavigationButtons",
    group="navigation",
    icon="ArrowRightLeft",
    label=Sentence(N_("Next and back")),
    help=Sentence(N_("Buttons to the next and the previous page.")),
    properties=(
        switch(
            "showBackButton",
            N_("Back button"),
            N_("Shows the way back as well."),
            default=True,
            default_v8=False,
        ),
        prop(
            "validateOnNext",
            PAGES_AND_ERRORS,
            N_("Check on next"),
            N_("What has to be right before going on."),
        ),
        prop(
            "validateOnPrevious",
            PAGES_AND_ERRORS,
            N_("Check on back"),
            N_("What has to be right before going back."),
        ),
        *EVERY,
    ),
    texts=(
        text("next", N_("Next"), N_("The text of the button that goes on.")),
        text("back", N_("Back"), N_("The text of the button that goes back.")),
        text(
            "backToPage",
            N_("Back to the page"),
            N_("The text of the button when the person came by a link from another page."),
            advanced=True,
        ),
    ),
    stands_in=frozenset({"ButtonGroup", "Tabs"}),
    starts_with={"showBackButton": True},
)
BUTTON_TYPE: Final = ComponentType(
    name="Button",
    group="navigation",
    icon="CloudUp",
    label=Sentence(N_("Submit button")),
    help=Sentence(N_("The button that submits the form.")),
    properties=(
        prop(
            "mode",
            Enumeration(choices(submit=N_("Submits"), save=N_("Saves"), instantiate=N_("Starts a new form"))),
            N_("What it does"),
            N_("What happens when the button is pressed."),
            default="submit",
        ),
        *BUTTON,
        MAPPING,
        *EVERY,
    ),
    texts=(BUTTON_TEXT,),
    stands_in=AS_BUTTON,
)
NAVIGATION_BAR: Final = ComponentType(
    name="NavigationBar",
    group="navigation",
    icon="MenuHamburger",
    label=Sentence(N_("Navigation bar")),
    help=Sentence(N_("The list of pages, to go straight to one of them.")),
    properties=(
        switch(
            "compact", N_("Compact"), N_("Folds the list into a menu also on large screens."), default=None
        ),
        prop(
            "validateOnForward",
            PAGES_AND_ERRORS,
            N_("Check on the way forward"),
            N_("What has to be right before going to a later page."),
        ),
        prop(
            "validateOnBackward",
            PAGES_AND_ERRORS,
            N_("Check on the way back"),
            N_("What has to be right before going to an earlier page."),
        ),
        *EVERY,
    ),
    stands_in=frozenset({"Tabs"}),
)
LINK: Final = ComponentType(
    name="Link",
    group="navigation",
    icon="Link",
    label=Sentence(N_("Link")),
    help=Sentence(N_("A link to another page, as text or as a button.")),
    properties=(
        prop(
            "style",
            Enumeration(
                choices(link=N_("Link"), primary=N_("Main button"), secondary=N_("Secondary button"))
            ),
            N_("Look"),
            N_("Whether it looks like a link or like a button."),
            required=True,
        ),
        switch("openInNewTab", N_("In a new tab"), N_("Opens the page in a new tab."), default=None),
        *BUTTON,
        *EVERY,
    ),
    texts=(
        text("title", N_("Text"), N_("The text of the link.")),
        text("target", N_("Address"), N_("Where the link goes.")),
        text(
            "download",
            N_("File name"),
            N_("Makes the link download a file under this name."),
            advanced=True,
        ),
    ),
    stands_in=ANYWHERE,
    starts_with={"style": "link"},
)
INSTANTIATION_BUTTON: Final = ComponentType(
    name="InstantiationButton",
    group="navigation",
    icon="PlusCircle",
    label=Sentence(N_("Start button")),
    help=Sentence(N_("The button that starts a new form.")),
    properties=(MAPPING, *EVERY),
    texts=(BUTTON_TEXT,),
    stands_in=AS_BUTTON,
)
PRINT_BUTTON: Final = ComponentType(
    name="PrintButton",
    group="navigation",
    icon="PrinterSmall",
    label=Sentence(N_("Print button")),
    help=Sentence(N_("The button that prints the page.")),
    properties=EVERY,
    texts=(BUTTON_TEXT,),
    stands_in=AS_BUTTON,
)
PDF_PREVIEW_BUTTON: Final = ComponentType(
    name="PDFPreviewButton",
    group="navigation",
    icon="FilePdf",
    label=Sentence(N_("PDF preview")),
    help=Sentence(N_("The button that shows the PDF that the answers will become.")),
    properties=(BUTTON_STYLE, *EVERY),
    texts=(BUTTON_TEXT,),
    stands_in=AS_BUTTON,
    starts_with={"buttonStyle": "secondary"},
)

NAVIGATING: Final = (
    NAVIGATION_BUTTONS,
    NAVIGATION_BAR,
    BUTTON_TYPE,
    LINK,
    INSTANTIATION_BUTTON,
    PRINT_BUTTON,
    PDF_PREVIEW_BUTTON,
)
