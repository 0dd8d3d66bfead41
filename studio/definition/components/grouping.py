"""Component types that hold other components, and the buttons that lead on."""

from typing import Final

from studio.definition.components.properties import (
    BUTTON,
    EVERY,
    LABEL_SETTINGS,
    MAPPING,
    MASKS,
    REMOVE_WHEN_HIDDEN,
    SHOW_VALIDATIONS,
    SUMMARY,
    SUMMARY_TEXTS,
    choices,
    flag,
    plain_choices,
    prop,
    slot,
    switch,
    text,
)
from studio.definition.components.types import Choice, ComponentType, Property
from studio.definition.sentences import N_, Sentence

GROUP: Final = ComponentType(
    name="Group",
    group="group",
    icon="RectangleSections",
    label=Sentence(N_("Group")),
    help=Sentence(N_("Components that belong together, under one title.")),
    properties=(
        prop(
            "groupingIndicator",
            "choice",
            N_("How the group is marked"),
            N_("Shows that the components belong together."),
            choices=choices(indented=N_("Indented"), panel=N_("In a box")),
        ),
        prop(
            "headingLevel",
            "choice",
            N_("Heading level"),
            N_("Which level of heading the title is."),
            choices=plain_choices(2, 3, 4, 5, 6),
            advanced=True,
        ),
        *EVERY,
        *SUMMARY,
    ),
    texts=(
        text("title", N_("Title"), N_("The heading of the group.")),
        text("description", N_("Description"), N_("A sentence under the title.")),
        *SUMMARY_TEXTS,
    ),
    container=True,
)

_EDIT: Final = prop(
    "edit",
    "object",
    N_("Editing of rows"),
    N_("How rows are added, changed and deleted."),
    properties=(
        prop(
            "mode",
            "choice",
            N_("How rows are shown"),
            N_("Whether rows are shown in a table, open, or both."),
            default="showTable",
            choices=choices(
                showTable=N_("Table, and the open row below"),
                hideTable=N_("Table that is hidden while a row is open"),
                showAll=N_("All rows open"),
                onlyTable=N_("Edited in the table"),
            ),
        ),
        flag("addButton", N_("Add button"), N_("Whether rows can be added."), default=True),
        flag(
            "saveButton", N_("Save button"), N_("Whether an open row has a button to close it."), default=True
        ),
        flag("deleteButton", N_("Delete button"), N_("Whether a row can be deleted."), default=True),
        flag("editButton", N_("Edit button"), N_("Whether a row can be opened."), default=True),
        switch(
            "multiPage",
            N_("Rows with pages"),
            N_("An open row is filled in page by page; the ids of the children say on which page."),
            advanced=True,
        ),
        prop(
            "openByDefault",
            "choice",
            N_("Open from the start"),
            N_("Which row is open when the page is shown."),
            default=False,
            choices=(
                Choice(False, Sentence(N_("None"))),
                Choice(True, Sentence(N_("A new row, if there is none"))),
                Choice("first", Sentence(N_("The first row"))),
                Choice("last", Sentence(N_("The last row"))),
            ),
        ),
        flag(
            "alertOnDelete",
            N_("Ask before deleting"),
            N_("The person has to confirm before a row is deleted."),
        ),
        flag(
            "saveAndNextButton",
            N_("Save and open next"),
            N_("Adds a button that closes the row and opens the next."),
            advanced=True,
        ),
        switch(
            "alwaysShowAddButton",
            N_("Add button always shown"),
            N_("Shows the add button even while a row is open."),
            advanced=True,
        ),
        switch(
            "compactButtons", N_("Buttons as symbols"), N_("Shows only symbols in the table."), advanced=True
        ),
        prop(
            "buttonLayout",
            "choice",
            N_("Placing of the buttons"),
            N_("Whether the buttons of a row stand beside or below one another."),
            default="horizontal",
            choices=choices(horizontal=N_("Beside one another"), vertical=N_("Below one another")),
            advanced=True,
        ),
    ),
)
_GROUP_PROPERTIES: Final[tuple[Property, ...]] = (
    prop(
        "minCount", "integer", N_("Fewest rows"), N_("How many rows there have to be."), default=0, minimum=0
    ),
    prop("maxCount", "integer", N_("Most rows"), N_("How many rows there can be."), minimum=1),
    _EDIT,
    prop(
        "tableHeaders",
        "components",
        N_("Columns"),
        N_("The components that are shown as columns; all of them if none is named."),
    ),
    prop(
        "tableColumns",
        "map",
        N_("Look of columns"),
        N_("Width, alignment and editing of each column, by component id."),
        advanced=True,
    ),
    flag("hiddenRow", N_("Hidden rows"), N_("A condition for leaving out a row."), advanced=True),
    prop(
        "pagination",
        "object",
        N_("Pages of rows"),
        N_("Splits a long table into pages."),
        advanced=True,
        properties=(
            prop(
                "rowsPerPage",
                "integer",
                N_("Rows on a page"),
                N_("How many rows are shown at a time."),
                minimum=1,
                required=True,
            ),
        ),
    ),
    switch("stickyHeader", N_("Fixed table heading"), N_("Keeps the heading in view."), advanced=True),
    prop(
        "validateOnSaveRow",
        "choices",
        N_("Checked when a row is closed"),
        N_("Which errors keep a row from being closed."),
        choices=MASKS,
        advanced=True,
    ),
    SHOW_VALIDATIONS,
    prop("rowsBefore", "objects", N_("Rows before"), N_("Fixed rows above the table."), advanced=True),
    prop("rowsAfter", "objects", N_("Rows after"), N_("Fixed rows below the table."), advanced=True),
    prop(
        "addButton",
        "object",
        N_("Look of the add button"),
        N_("Size and place of the button."),
        advanced=True,
        properties=BUTTON,
    ),
)
REPEATING_GROUP: Final = ComponentType(
    name="RepeatingGroup",
    group="group",
    icon="LayersPlus",
    label=Sentence(N_("Repeating group")),
    help=Sentence(N_("Components that the person can fill in several times, row by row.")),
    properties=(*_GROUP_PROPERTIES, *EVERY, *SUMMARY, LABEL_SETTINGS, REMOVE_WHEN_HIDDEN),
    bindings=(
        slot(
            "group",
            N_("Repeating group in the data model"),
            frozenset({"group"}),
            required=True,
            repeating=True,
        ),
    ),
    texts=(
        text("title", N_("Title"), N_("The heading of the group.")),
        text("description", N_("Description"), N_("A sentence under the title.")),
        text("add_button", N_("What is added"), N_("Follows the word “add” on the button.")),
        text(
            "add_button_full",
            N_("Add button"),
            N_("The whole text of the button that adds a row."),
            advanced=True,
        ),
        text("save_button", N_("Save button"), N_("The button that closes an open row."), advanced=True),
        text(
            "save_and_next_button",
            N_("Save and next button"),
            N_("The button that opens the next row."),
            advanced=True,
        ),
        text("edit_button_open", N_("Edit button"), N_("The button that opens a row."), advanced=True),
        text(
            "edit_button_close",
            N_("Close button"),
            N_("The button in the table that closes an open row."),
            advanced=True,
        ),
        text(
            "pagination_next_button",
            N_("Next rows"),
            N_("The button to the next page of rows."),
            advanced=True,
        ),
        text(
            "pagination_back_button",
            N_("Previous rows"),
            N_("The button to the previous page of rows."),
            advanced=True,
        ),
        text(
            "multipage_next_button",
            N_("Next in the row"),
            N_("The button to the next page of an open row."),
            advanced=True,
        ),
        text(
            "multipage_back_button",
            N_("Back in the row"),
            N_("The button to the previous page of an open row."),
            advanced=True,
        ),
        *SUMMARY_TEXTS,
    ),
    container=True,
)


def _page_validation(name: str, label: str, help_text: str) -> Property:
    return prop(
        name,
        "object",
        label,
        help_text,
        properties=(
            prop(
                "page",
                "choice",
                N_("Pages"),
                N_("Which pages are checked."),
                required=True,
                choices=choices(
                    current=N_("This page"),
                    currentAndPrevious=N_("This page and those before"),
                    all=N_("All pages"),
                ),
            ),
            prop(
                "show",
                "choices",
                N_("Errors"),
                N_("Which errors stop the person."),
                required=True,
                choices=MASKS,
            ),
        ),
    )


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
        _page_validation("validateOnNext", N_("Check on next"), N_("What has to be right before going on.")),
        _page_validation(
            "validateOnPrevious", N_("Check on back"), N_("What has to be right before going back.")
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
            "choice",
            N_("What it does"),
            N_("What happens when the button is pressed."),
            default="submit",
            choices=choices(submit=N_("Submits"), save=N_("Saves"), instantiate=N_("Starts a new form")),
        ),
        *BUTTON,
        MAPPING,
        *EVERY,
    ),
    texts=(text("title", N_("Text"), N_("What is written on the button.")),),
)
