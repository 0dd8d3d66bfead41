"""Component types that show rows and columns: grid, list with selection."""

from typing import Final

from studio.definition.components.cells import ROWS_OF_CELLS
from studio.definition.components.choosing import CHOSEN_OR_NOT, DELETION, ROW_OF_CHOICE
from studio.definition.components.declaring import IN_BOXES, prop
from studio.definition.components.option_sources import QUERY_PARAMETERS, SECURE
from studio.definition.components.properties import (
    ANSWER_TEXTS,
    EVERY,
    LABEL_SETTINGS,
    LABEL_TEXTS,
    LABELLED_ANSWER,
    MAPPING,
    SUMMARY,
    SUMMARY_TEXTS,
)
from studio.definition.components.shapes import TEXT, ListShape, MapShape, Number, ObjectShape, Reference
from studio.definition.components.types import ComponentType
from studio.definition.sentences import N_, Sentence

GRID_TYPE: Final = ComponentType(
    name="Grid",
    group="table",
    icon="Table",
    label=Sentence(N_("Grid")),
    help=Sentence(N_("A table with texts, labels and components in its cells.")),
    properties=(
        prop(
            "rows",
            ROWS_OF_CELLS,
            N_("Rows"),
            N_("The rows of the table, each with its cells."),
            required=True,
        ),
        *EVERY,
        *SUMMARY,
        LABEL_SETTINGS,
    ),
    texts=(*LABEL_TEXTS, *SUMMARY_TEXTS),
    children_in="rows",
    takes="Table",
    stands_in=IN_BOXES,
    starts_with={"rows": [{"header": True, "cells": [None, None]}, {"cells": [None, None]}]},
)
_LIST_COLUMN: Final = Reference("column")
LIST: Final = ComponentType(
    name="List",
    group="table",
    icon="BulletList",
    label=Sentence(N_("List with selection")),
    help=Sentence(N_("A table from a source outside the form, of which the person chooses rows.")),
    properties=(
        prop(
            "dataListId",
            TEXT,
            N_("Source"),
            N_("The name of the list in the app's code."),
            required=True,
        ),
        prop(
            "tableHeaders",
            MapShape(Reference("text")),
            N_("Columns"),
            N_("The columns that are shown, each with its heading."),
            required=True,
        ),
        prop(
            "tableHeadersMobile",
            ListShape(_LIST_COLUMN),
            N_("Columns on phones"),
            N_("The columns that are shown on small screens."),
            advanced=True,
        ),
        prop(
            "sortableColumns",
            ListShape(_LIST_COLUMN),
            N_("Columns to sort by"),
            N_("The columns that the person can sort by."),
        ),
        prop(
            "pagination",
            ObjectShape(
                (
                    prop(
                        "alternatives",
                        ListShape(Number(minimum=1)),
                        N_("Choices"),
                        N_("The numbers of rows that the person can choose among."),
                        required=True,
                    ),
                    prop(
                        "default",
                        Number(minimum=1),
                        N_("Rows at first"),
                        N_("How many rows are shown from the start."),
                        required=True,
                    ),
                )
            ),
            N_("Pages of rows"),
            N_("Splits a long table into pages."),
        ),
        prop(
            "summaryBinding",
            TEXT,
            N_("Shown in summaries"),
            N_("The column whose value is shown in summaries."),
            advanced=True,
        ),
        prop(
            "bindingToShowInSummary",
            TEXT,
            N_("Shown in summaries (older name)"),
            N_("The column whose value is shown in summaries."),
            advanced=True,
            deprecated=True,
        ),
        DELETION,
        SECURE,
        QUERY_PARAMETERS,
        MAPPING,
        *LABELLED_ANSWER,
    ),
    bindings=(ROW_OF_CHOICE, CHOSEN_OR_NOT),
    open_bindings=True,
    texts=ANSWER_TEXTS,
    stands_in=IN_BOXES,
    starts_with={"dataListId": "", "tableHeaders": {}},
)
TABLES: Final = (GRID_TYPE, LIST)
