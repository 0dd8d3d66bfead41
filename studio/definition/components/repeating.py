"""The repeating group: components that a person fills in row by row."""

from typing import Final

from studio.definition.components.cells import ROWS_OF_CELLS
from studio.definition.components.declaring import IN_BOXES, choices, flag, prop, slot, switch, text
from studio.definition.components.properties import (
    BUTTON,
    COLUMN_LOOK,
    DESCRIPTION,
    EVERY,
    LABEL_SETTINGS,
    MASKS,
    REMOVE_WHEN_HIDDEN,
    SHOW_VALIDATIONS,
    SUMMARY,
    SUMMARY_TEXTS,
)
from studio.definition.components.shapes import (
    Choice,
    Enumeration,
    ListShape,
    MapShape,
    Number,
    ObjectShape,
    Property,
    Reference,
)
from studio.definition.components.types import ROWS, ComponentType
from studio.definition.sentences import N_, Sentence

_EDIT: Final = prop(
    "edit",
    ObjectShape(
        (
            prop(
                "mode",
                Enumeration(
                    choices(
                        showTable=N_("Table, and the open row below"),
                        hideTable=N_("Table that is hidden while a row is open"),
                        showAll=N_("All rows open"),
                        onlyTable=N_("Edited in the table"),
                    )
                ),
                N_("How rows are shown"),
                N_("Whether rows are shown in a table, open, or both."),
                default="showTable",
            ),
            flag("addButton", N_("Add button"), N_("Whether rows can be added."), default=True),
            flag(
                "saveButton",
                N_("Save button"),
                N_("Whether an open row has a button to close it."),
                default=True,
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
                Enumeration(
                    (
                        Choice(False, Sentence(N_("None"))),
                        Choice(True, Sentence(N_("A new row, if there is none"))),
                        Choice("first", Sentence(N_("The first row"))),
                        Choice("last", Sentence(N_("The last row"))),
                    )
                ),
                N_("Open from the start"),
                N_("Which row is open when the page is shown."),
                default=False,
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
                "compactButtons",
                N_("Buttons as symbols"),
                N_("Shows only symbols in the table."),
                advanced=True,
            ),
            prop(
                "buttonLayout",
                Enumeration(choices(horizontal=N_("Beside one another"), vertical=N_("Below one another"))),
                N_("Placing of the buttons"),
                N_("Whether the buttons of a row stand beside or below one another."),
                default="horizontal",
                advanced=True,
            ),
        )
    ),
    N_("Editing of rows"),
    N_("How rows are added, changed and deleted."),
)
_GROUP_PROPERTIES: Final[tuple[Property, ...]] = (
    prop(
        "minCount",
        Number(whole=True, minimum=0),
        N_("Fewest rows"),
        N_("How many rows there have to be."),
        default=0,
    ),
    prop("maxCount", Number(whole=True, minimum=1), N_("Most rows"), N_("How many rows there can be.")),
    _EDIT,
    prop(
        "tableHeaders",
        ListShape(Reference("component")),
        N_("Columns"),
        N_("The components that are shown as columns; all of them if none is named."),
    ),
    prop(
        "tableColumns",
        MapShape(
            ObjectShape(
                (
                    *COLUMN_LOOK,
                    switch(
                        "editInTable",
                        N_("Edited in the table"),
                        N_("The answer is given in the table itself."),
                    ),
                    switch(
                        "showInExpandedEdit",
                        N_("Also in the open row"),
                        N_("Shown when the row is open as well."),
                        default=True,
                    ),
                )
            ),
            keys="component",
        ),
        N_("Look of columns"),
        N_("Width, alignment and editing of each column, by component id."),
        advanced=True,
    ),
    flag("hiddenRow", N_("Hidden rows"), N_("A condition for leaving out a row."), advanced=True),
    prop(
        "pagination",
        ObjectShape(
            (
                prop(
                    "rowsPerPage",
                    Number(whole=True, minimum=1),
                    N_("Rows on a page"),
                    N_("How many rows are shown at a time."),
                    required=True,
                ),
            )
        ),
        N_("Pages of rows"),
        N_("Splits a long table into pages."),
        advanced=True,
    ),
    switch("stickyHeader", N_("Fixed table heading"), N_("Keeps the heading in view."), advanced=True),
    prop(
        "validateOnSaveRow",
        ListShape(Enumeration(MASKS)),
        N_("Checked when a row is closed"),
        N_("Which errors keep a row from being closed."),
        advanced=True,
    ),
    SHOW_VALIDATIONS,
    prop("rowsBefore", ROWS_OF_CELLS, N_("Rows before"), N_("Fixed rows above the table."), advanced=True),
    prop("rowsAfter", ROWS_OF_CELLS, N_("Rows after"), N_("Fixed rows below the table."), advanced=True),
    prop(
        "addButton",
        ObjectShape(BUTTON),
        N_("Look of the add button"),
        N_("Size and place of the button."),
        advanced=True,
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
            ROWS,
            required=True,
            repeating=True,
        ),
    ),
    texts=(
        text("title", N_("Title"), N_("The heading of the group.")),
        DESCRIPTION,
        text(
            "add_button",
            N_("What is added"),
            N_("Follows the word “add” on the button."),
            key_latest="addButton",
        ),
        text(
            "add_button_full",
            N_("Add button"),
            N_("The whole text of the button that adds a row."),
            advanced=True,
            key_latest="addButtonFull",
        ),
        text(
            "save_button",
            N_("Save button"),
            N_("The button that closes an open row."),
            advanced=True,
            key_latest="saveButton",
        ),
        text(
            "save_and_next_button",
            N_("Save and next button"),
            N_("The button that opens the next row."),
            advanced=True,
            key_latest="saveAndNextButton",
        ),
        text(
            "edit_button_open",
            N_("Edit button"),
            N_("The button that opens a row."),
            advanced=True,
            key_latest="editButtonOpen",
        ),
        text(
            "edit_button_close",
            N_("Close button"),
            N_("The button in the table that closes an open row."),
            advanced=True,
            key_latest="editButtonClose",
        ),
        text(
            "pagination_next_button",
            N_("Next rows"),
            N_("The button to the next page of rows."),
            advanced=True,
            key_latest="paginationNextButton",
        ),
        text(
            "pagination_back_button",
            N_("Previous rows"),
            N_("The button to the previous page of rows."),
            advanced=True,
            key_latest="paginationBackButton",
        ),
        text(
            "multipage_next_button",
            N_("Next in the row"),
            N_("The button to the next page of an open row."),
            advanced=True,
            key_latest="multipageNextButton",
        ),
        text(
            "multipage_back_button",
            N_("Back in the row"),
            N_("The button to the previous page of an open row."),
            advanced=True,
            key_latest="multipageBackButton",
        ),
        *SUMMARY_TEXTS,
    ),
    children_in="children",
    stands_in=IN_BOXES,
)
