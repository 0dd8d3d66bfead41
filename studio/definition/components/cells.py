"""Rows of cells: the content of a grid, and the fixed rows of a repeating group."""

from typing import Final

from studio.definition.components.declaring import prop, switch
from studio.definition.components.properties import COLUMN_LOOK
from studio.definition.components.shapes import (
    Alternatives,
    ListShape,
    Nothing,
    Number,
    ObjectShape,
    Reference,
)
from studio.definition.sentences import N_, Sentence

_STYLE: Final = (
    *COLUMN_LOOK,
    prop(
        "columnOptions",
        ObjectShape(COLUMN_LOOK),
        N_("Look of the column"),
        N_("Holds for the whole column when it is set in the first row."),
        advanced=True,
    ),
    prop(
        "cellStyle",
        ObjectShape(
            (
                prop(
                    "colSpan",
                    Number(minimum=1),
                    N_("Columns taken"),
                    N_("How many columns the cell goes across."),
                    expression_allowed=True,
                ),
            )
        ),
        N_("Look of the cell"),
        N_("What is particular about this one cell."),
        advanced=True,
    ),
)
_CELL: Final = Alternatives(
    (
        ObjectShape(
            (
                prop(
                    "component",
                    Reference("component"),
                    N_("Component"),
                    N_("The component that stands in the cell."),
                ),
                *_STYLE,
            ),
            label=Sentence(N_("Component")),
        ),
        ObjectShape(
            (
                prop("text", Reference("text"), N_("Text"), N_("The text of the cell."), required=True),
                prop("help", Reference("text"), N_("Help text"), N_("Shown when the person asks for help.")),
                *_STYLE,
            ),
            label=Sentence(N_("Text")),
        ),
        ObjectShape(
            (
                prop(
                    "labelFrom",
                    Reference("component"),
                    N_("Label of"),
                    N_("The component whose label stands in the cell."),
                    required=True,
                ),
                *_STYLE,
            ),
            label=Sentence(N_("Label of a component")),
        ),
        Nothing(),
    )
)
ROWS_OF_CELLS: Final = ListShape(
    ObjectShape(
        (
            switch("header", N_("Heading row"), N_("The cells of the row are headings.")),
            switch("readOnly", N_("Read-only"), N_("The row is shown as answers that cannot be changed.")),
            prop(
                "columnOptions",
                ObjectShape(COLUMN_LOOK),
                N_("Look of the columns"),
                N_("Width and alignment of the columns."),
                advanced=True,
            ),
            prop("cells", ListShape(_CELL), N_("Cells"), N_("What stands in the row."), required=True),
        )
    )
)
