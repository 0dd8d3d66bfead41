"""Component types that sum up what a person has answered."""

from collections.abc import Iterator
from typing import Final

from studio.definition.components.declaring import IN_BOXES, choices, const, plain_choices, prop, switch, text
from studio.definition.components.properties import EVERY
from studio.definition.components.shapes import (
    Alternatives,
    Enumeration,
    ListShape,
    ObjectShape,
    Property,
    Reference,
)
from studio.definition.components.types import ComponentType
from studio.definition.sentences import N_, Sentence

_ID_HELP: Final = N_("The name of the page, or the id of the component.")
_TASK: Final = prop(
    "taskId",
    Reference("task"),
    N_("Step"),
    N_("The step of the process to show, if it is another one."),
    advanced=True,
)
_KIND: Final = (N_("Kind"), N_("How much is summed up."))
_TARGETS: Final = (
    ObjectShape(
        (prop("type", const("layoutSet", N_("The whole form")), *_KIND, required=True), _TASK),
        label=Sentence(N_("The whole form")),
    ),
    ObjectShape(
        (
            prop("type", const("page", N_("One page")), *_KIND, required=True),
            prop("id", Reference("page"), N_("Page or component"), _ID_HELP, required=True),
            _TASK,
        ),
        label=Sentence(N_("One page")),
    ),
    ObjectShape(
        (
            prop("type", const("component", N_("One component")), *_KIND),
            prop("id", Reference("component"), N_("Page or component"), _ID_HELP, required=True),
            _TASK,
        ),
        label=Sentence(N_("One component")),
    ),
)
_COMMON: Final = (
    switch("hidden", N_("Left out"), N_("Leaves it out of the summary."), default=None),
    prop(
        "emptyFieldText",
        Reference("text"),
        N_("Text when empty"),
        N_("Shown where nothing has been answered."),
    ),
)
# What the platform's documentation tells of besides, and its schema does not know.
_DOCUMENTED: Final = (
    switch("forceShow", N_("Always shown"), N_("Shown even when it is empty."), default=None),
    switch("isCompact", N_("Compact"), N_("Puts questions and answers closer together."), default=None),
)
_AS_LIST: Final = prop(
    "displayType",
    Enumeration(choices(list=N_("As a list"), string=N_("On one line"))),
    N_("Several choices"),
    N_("How several choices are shown."),
)


def _as_table(default: str) -> Property:
    return prop(
        "display",
        Enumeration(choices(table=N_("As a table"), full=N_("Row by row, with everything"))),
        N_("Rows"),
        N_("How rows are shown."),
        default=default,
    )


_PLAIN_TYPES: Final = (
    "Address",
    "Date",
    "Datepicker",
    "Divider",
    "Dropdown",
    "Group",
    "Heading",
    "ImageUpload",
    "Input",
    "Likert",
    "List",
    "Map",
    "Number",
    "Option",
    "OrganizationLookup",
    "Paragraph",
    "Payment",
    "PersonLookup",
    "RadioButtons",
    "Tabs",
    "Text",
    "TextArea",
    "TimePicker",
)
# What an exception can say depends on the type of what it is about.
_BY_TYPE: Final = (
    ((), _PLAIN_TYPES),
    ((_AS_LIST,), ("Checkboxes", "MultipleSelect")),
    (
        (
            switch(
                "hideEmptyRows",
                N_("Leave out empty rows"),
                N_("Leaves out rows without answers."),
                default=None,
            ),
        ),
        ("Grid",),
    ),
    ((_as_table("full"),), ("RepeatingGroup",)),
    ((_as_table("table"),), ("Subform",)),
)


def _overrides() -> Iterator[ObjectShape]:
    for more, types in _BY_TYPE:
        yield ObjectShape(
            (
                prop(
                    "componentId",
                    Reference("component"),
                    N_("Component"),
                    N_("The component that is shown differently."),
                    required=True,
                ),
                *_COMMON,
                *more,
            ),
            label=Sentence(N_("One component")),
            older=_DOCUMENTED,
        )
        yield ObjectShape(
            (
                prop(
                    "componentType",
                    Enumeration(plain_choices(*types)),
                    N_("Type"),
                    N_("The type of component that is shown differently."),
                    required=True,
                ),
                *_COMMON,
                *more,
            ),
            label=Sentence(N_("A type of component")),
            older=_DOCUMENTED,
        )
    yield ObjectShape(
        (
            prop(
                "pageId",
                Reference("page"),
                N_("Page"),
                N_("The page that is shown differently."),
                required=True,
            ),
            switch("hidden", N_("Left out"), N_("Leaves it out of the summary.")),
        ),
        label=Sentence(N_("One page")),
    )


_OVERRIDES: Final = tuple(_overrides())
SUMMARY2: Final = ComponentType(
    name="Summary2",
    group="summary",
    icon="Receipt",
    label=Sentence(N_("Summary")),
    help=Sentence(N_("What the person has answered, on a page or in the whole form.")),
    properties=(
        prop(
            "target",
            Alternatives(_TARGETS),
            N_("What is summed up"),
            N_("The whole form, one page or one component."),
            default={"type": "layoutSet"},
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
            ListShape(Alternatives(_OVERRIDES)),
            N_("Exceptions"),
            N_("How single pages, components or types are shown differently."),
            advanced=True,
        ),
        *EVERY,
    ),
    starts_with={"target": {"type": "layoutSet"}},
    stands_in=frozenset({"Cards", "Tabs"}),
)
SUMMARY_TYPE: Final = ComponentType(
    name="Summary",
    group="summary",
    icon="Files",
    label=Sentence(N_("Summary (older kind)")),
    help=Sentence(N_("What was answered in one component. The newer summary does more.")),
    properties=(
        prop(
            "componentRef",
            Reference("component"),
            N_("Component"),
            N_("The component that is summed up."),
            required=True,
        ),
        switch(
            "largeGroup", N_("Large group"), N_("Shows a repeating group row by row instead of as a list.")
        ),
        prop(
            "excludedChildren",
            ListShape(Reference("component")),
            N_("Left out"),
            N_("Components in the group that are not shown."),
            advanced=True,
        ),
        prop(
            "display",
            ObjectShape(
                (
                    switch(
                        "hideChangeButton",
                        N_("Without change button"),
                        N_("Leaves out the button that goes back to the answer."),
                    ),
                    switch("hideValidationMessages", N_("Without errors"), N_("Leaves out error messages.")),
                    switch(
                        "useComponentGrid",
                        N_("Width of the component"),
                        N_("Takes the width that the component has."),
                    ),
                    switch("hideBottomBorder", N_("Without line"), N_("Leaves out the line below.")),
                    switch(
                        "nextButton",
                        N_("Next button"),
                        N_("Shows a button back to the summary after a change."),
                    ),
                )
            ),
            N_("Look"),
            N_("What is shown around the answer."),
            advanced=True,
        ),
        *EVERY,
    ),
    texts=(
        text(
            "returnToSummaryButtonTitle",
            N_("Back to the summary"),
            N_("The text of the button back to the summary."),
        ),
    ),
    stands_in=IN_BOXES,
    starts_with={"componentRef": ""},
    in_palette=False,
)

SUMMARISING: Final = (SUMMARY2, SUMMARY_TYPE)
