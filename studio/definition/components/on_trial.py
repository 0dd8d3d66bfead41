"""Component types that the platform has on trial: kept and checked, but not offered."""

from typing import Final

from studio.definition.components.declaring import IN_BOXES, choices, const, prop, slot, switch
from studio.definition.components.properties import (
    ANSWER,
    ANSWER_TEXTS,
    FORM_TEXTS,
    LABELLED_ANSWER,
    SUMMARY_TEXTS,
)
from studio.definition.components.shapes import (
    TEXT,
    Alternatives,
    Enumeration,
    ListShape,
    ObjectShape,
    Reference,
)
from studio.definition.components.types import ROWS, ComponentType
from studio.definition.sentences import N_, Sentence

_LINK_CELL: Final = ObjectShape(
    (
        prop("type", const("link", N_("Link")), N_("Kind"), N_("What the cell looks like."), required=True),
        prop("hrefPath", TEXT, N_("Address"), N_("The member that holds the address."), required=True),
        prop("textPath", TEXT, N_("Text"), N_("The member that holds the text."), required=True),
        switch("openInNewTab", N_("In a new tab"), N_("Opens the page in a new tab."), default=None),
    ),
    label=Sentence(N_("Link")),
)
_DATE_CELL: Final = ObjectShape(
    (
        prop("type", const("date", N_("Date")), N_("Kind"), N_("What the cell looks like."), required=True),
        prop("format", TEXT, N_("Date format"), N_("How the date is written, like dd.MM.yyyy.")),
    ),
    label=Sentence(N_("Date")),
)
_RADIO_CELL: Final = ObjectShape(
    (
        prop(
            "type",
            const("radio", N_("Radio buttons")),
            N_("Kind"),
            N_("What the cell looks like."),
            required=True,
        ),
        prop(
            "options",
            ListShape(
                ObjectShape(
                    (
                        prop("label", TEXT, N_("Label"), N_("The text of the option."), required=True),
                        prop(
                            "value",
                            TEXT,
                            N_("Value"),
                            N_("What is stored when the option is chosen."),
                            required=True,
                        ),
                    )
                )
            ),
            N_("Options"),
            N_("What the person can choose among, written here."),
        ),
    ),
    label=Sentence(N_("Radio buttons")),
)
SIMPLE_TABLE: Final = ComponentType(
    name="SimpleTable",
    group="advanced",
    icon="Table",
    label=Sentence(N_("Simple table")),
    help=Sentence(N_("A table of the rows of a group. It is on trial and may change.")),
    properties=(
        prop("title", TEXT, N_("Title"), N_("The heading of the table."), required=True),
        prop(
            "columns",
            ListShape(
                ObjectShape(
                    (
                        prop(
                            "header",
                            Reference("text"),
                            N_("Heading"),
                            N_("The heading of the column."),
                            required=True,
                        ),
                        prop(
                            "accessors",
                            ListShape(TEXT),
                            N_("Members of the row"),
                            N_("The members of the row that are shown."),
                            required=True,
                        ),
                        prop(
                            "component",
                            Alternatives((_LINK_CELL, _DATE_CELL, _RADIO_CELL)),
                            N_("Look"),
                            N_("How the value is shown."),
                        ),
                    )
                )
            ),
            N_("Columns"),
            N_("What is shown of each row."),
            required=True,
        ),
        switch("zebra", N_("Striped"), N_("Every other row is tinted."), default=None),
        switch("enableDelete", N_("Delete button"), N_("Whether a row can be deleted."), default=None),
        switch("enableEdit", N_("Edit button"), N_("Whether a row can be opened."), default=None),
        prop(
            "size",
            Enumeration(choices(sm=N_("Small"), md=N_("Medium"), lg=N_("Large"))),
            N_("Size"),
            N_("How much room the rows have."),
        ),
        prop(
            "externalApi",
            ObjectShape(
                (
                    prop("id", TEXT, N_("Id"), N_("The name of the service."), required=True),
                    prop("path", TEXT, N_("Path"), N_("Where the rows are in the answer."), required=True),
                )
            ),
            N_("Service"),
            N_("A service outside the app that the rows come from."),
        ),
        *LABELLED_ANSWER,
    ),
    bindings=(slot("tableData", N_("Rows"), ROWS, repeating=True),),
    one_binding=True,
    texts=ANSWER_TEXTS,
    stands_in=frozenset({"Accordion", "Tabs"}),
    starts_with={"title": "", "columns": []},
    in_palette=False,
)
ADD_TO_LIST: Final = ComponentType(
    name="AddToList",
    group="advanced",
    icon="Plus",
    label=Sentence(N_("Add to list")),
    help=Sentence(N_("A window in which the person adds rows. It is on trial and may change.")),
    properties=(
        prop("title", TEXT, N_("Title"), N_("The heading of the window."), required=True),
        *ANSWER,
    ),
    bindings=(slot("data", N_("Rows"), ROWS, required=True, repeating=True),),
    texts=(*FORM_TEXTS, *SUMMARY_TEXTS),
    stands_in=IN_BOXES,
    starts_with={"title": ""},
    in_palette=False,
)

ON_TRIAL: Final = (SIMPLE_TABLE, ADD_TO_LIST)
