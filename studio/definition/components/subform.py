"""The subform: a form of its own inside a form."""

from typing import Final

from studio.definition.components.declaring import prop, switch, text
from studio.definition.components.properties import (
    DESCRIPTION,
    EVERY,
    FORM,
    FORM_TEXTS,
    SUMMARY,
    SUMMARY_TEXTS,
    TITLE,
)
from studio.definition.components.shapes import TEXT, Alternatives, ListShape, ObjectShape, Reference
from studio.definition.components.types import ComponentType
from studio.definition.sentences import N_, Sentence

_CONTENT_DEFAULT: Final = prop(
    "default", Reference("text"), N_("When empty"), N_("Shown where there is no value.")
)
SUBFORM: Final = ComponentType(
    name="Subform",
    group="table",
    icon="FilePlus",
    label=Sentence(N_("Subform")),
    help=Sentence(N_("A form of its own that the person can fill in several times.")),
    properties=(
        prop(
            "layoutSet",
            Reference("layout set"),
            N_("Form"),
            N_("The form that is filled in."),
            required=True,
        ),
        prop(
            "tableColumns",
            ListShape(
                ObjectShape(
                    (
                        prop(
                            "headerContent",
                            Reference("text"),
                            N_("Heading"),
                            N_("The heading of the column."),
                            required=True,
                        ),
                        prop(
                            "cellContent",
                            Alternatives(
                                (
                                    ObjectShape(
                                        (
                                            prop(
                                                "query",
                                                Reference("field"),
                                                N_("Field"),
                                                N_("The field of the subform whose value is shown."),
                                                required=True,
                                            ),
                                            _CONTENT_DEFAULT,
                                        ),
                                        label=Sentence(N_("A field")),
                                    ),
                                    ObjectShape(
                                        (
                                            prop(
                                                "value",
                                                TEXT,
                                                N_("Value"),
                                                N_("The text, or the rule that works it out."),
                                                required=True,
                                                expression_allowed=True,
                                            ),
                                            _CONTENT_DEFAULT,
                                        ),
                                        label=Sentence(N_("A rule")),
                                    ),
                                )
                            ),
                            N_("Content"),
                            N_("What the cells of the column show."),
                            required=True,
                        ),
                    )
                )
            ),
            N_("Columns"),
            N_("What is shown of each filled-in form."),
            required=True,
        ),
        switch("showAddButton", N_("Add button"), N_("Whether forms can be added."), default=True),
        switch("showDeleteButton", N_("Delete button"), N_("Whether forms can be deleted."), default=True),
        prop(
            "entryDisplayName",
            TEXT,
            N_("Name of a form"),
            N_("What each filled-in form is called."),
            expression_allowed=True,
        ),
        prop(
            "summaryDelimiter",
            TEXT,
            N_("Between name and number"),
            N_("What stands between the title and the name in summaries."),
            default=" — ",
            advanced=True,
        ),
        *FORM,
        *EVERY,
        *SUMMARY,
    ),
    texts=(
        TITLE,
        DESCRIPTION,
        text("addButton", N_("Add button"), N_("The text of the button that adds a form.")),
        text(
            "tableEditButton",
            N_("Edit button"),
            N_("The text of the button that opens a form."),
            advanced=True,
        ),
        *FORM_TEXTS,
        *SUMMARY_TEXTS,
    ),
    stands_in=frozenset({"Accordion", "Cards"}),
    starts_with={"layoutSet": "", "tableColumns": []},
)
