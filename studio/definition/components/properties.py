"""The properties that several component types share, and short ways to write properties and slots."""

from typing import Any, Final

from studio.definition.components.types import (
    BindingSlot,
    Choice,
    Property,
    PropertyKind,
    TextSlot,
)
from studio.definition.sentences import N_, Sentence


def prop(name: str, kind: PropertyKind, label: str, help_text: str, **more: Any) -> Property:
    """A property; `label` and `help_text` are marked with N_ where they are written."""
    return Property(name, kind, Sentence(label), Sentence(help_text), **more)


def flag(name: str, label: str, help_text: str, **more: Any) -> Property:
    """A yes-or-no property that may also be an expression; `default` is no unless told otherwise."""
    return prop(name, "boolean", label, help_text, **{"default": False, "expression_allowed": True} | more)


def switch(name: str, label: str, help_text: str, **more: Any) -> Property:
    """A yes-or-no property that has to be written out: no expressions."""
    return flag(name, label, help_text, **{"expression_allowed": False} | more)


def text(key: str, label: str, help_text: str, *, advanced: bool = False) -> TextSlot:
    """A text slot."""
    return TextSlot(key, Sentence(label), Sentence(help_text), advanced)


def slot(key: str, label: str, kinds: frozenset[str], **more: Any) -> BindingSlot:
    """A binding slot."""
    return BindingSlot(key, Sentence(label), kinds, **more)


def choices(**labels: str) -> tuple[Choice, ...]:
    """Choices as value=label."""
    return tuple(Choice(value, Sentence(label)) for value, label in labels.items())


def plain_choices(*values: str | int) -> tuple[Choice, ...]:
    """Choices that are shown as they are written in the file (units, sizes, tokens of HTML)."""
    return tuple(Choice(value, Sentence("%(value)s", {"value": value})) for value in values)


_WIDTHS: Final = ("auto", *range(1, 13))


def _widths() -> tuple[Property, ...]:
    help_text = N_("How many of the twelve columns are used: a number from 1 to 12, or auto.")
    labels = {
        "xs": N_("On phones"),
        "sm": N_("On large phones"),
        "md": N_("On tablets"),
        "lg": N_("On large screens"),
    }
    return tuple(
        prop(name, "choice", label, help_text, default="auto", choices=plain_choices(*_WIDTHS))
        for name, label in labels.items()
    )


_BREAKS: Final = choices(auto=N_("Where it fits"), always=N_("Always"), avoid=N_("Keep together if possible"))

HIDDEN: Final = flag("hidden", N_("Hidden"), N_("Leave the component out, always or when a condition holds."))
GRID: Final = prop(
    "grid",
    "object",
    N_("Width"),
    N_("How much of the width of the page the component takes."),
    properties=(
        *_widths(),
        prop(
            "labelGrid",
            "object",
            N_("Width of the label"),
            N_("The label's part of the width."),
            properties=_widths(),
        ),
        prop(
            "innerGrid",
            "object",
            N_("Width of the field"),
            N_("The field's part of the width."),
            properties=_widths(),
        ),
        prop(
            "validationGrid",
            "object",
            N_("Width of error messages"),
            N_("The error messages' part of the width."),
            properties=_widths(),
        ),
    ),
)
PAGE_BREAK: Final = prop(
    "pageBreak",
    "object",
    N_("Page break in PDF"),
    N_("Where the PDF may begin a new page."),
    advanced=True,
    properties=(
        prop(
            "breakBefore",
            "choice",
            N_("Before the component"),
            N_("Whether the component begins on a new page."),
            default="auto",
            choices=_BREAKS,
            expression_allowed=True,
        ),
        prop(
            "breakAfter",
            "choice",
            N_("After the component"),
            N_("Whether what comes next begins on a new page."),
            default="auto",
            choices=_BREAKS,
            expression_allowed=True,
        ),
    ),
)
EVERY: Final = (HIDDEN, GRID, PAGE_BREAK)

REMOVE_WHEN_HIDDEN: Final = flag(
    "removeWhenHidden",
    N_("Remove the answer when hidden"),
    N_("Whether what was entered is deleted on submission if the component is hidden then."),
    default=None,
    advanced=True,
)

MASKS: Final = choices(
    Schema=N_("The data model's rules"),
    Component=N_("The component's own rules"),
    Expression=N_("The app's rules"),
    CustomBackend=N_("Rules in the app's code"),
    Required=N_("Missing answers"),
    AllExceptRequired=N_("Everything but missing answers"),
    All=N_("Everything"),
)
SHOW_VALIDATIONS: Final = prop(
    "showValidations",
    "choices",
    N_("Errors shown at once"),
    N_("Which errors are shown while the person fills in, before going on."),
    choices=MASKS,
    advanced=True,
)
FORM: Final = (
    flag("required", N_("Required"), N_("The person has to answer before going on.")),
    flag("readOnly", N_("Read-only"), N_("The answer is shown but cannot be changed.")),
    SHOW_VALIDATIONS,
)
FORM_TEXTS: Final = (
    text("tableTitle", N_("Heading in tables"), N_("Used instead of the title in a table."), advanced=True),
    text("shortName", N_("Short name"), N_("Used in the message about a missing answer."), advanced=True),
    text(
        "requiredValidation",
        N_("Message about a missing answer"),
        N_("The whole message when a required answer is missing."),
        advanced=True,
    ),
)

SUMMARY: Final = (
    switch(
        "renderAsSummary",
        N_("Show as summary"),
        N_("Shows the answer as text instead of a field."),
        advanced=True,
    ),
    flag(
        "forceShowInSummary",
        N_("Always in summaries"),
        N_("Shown in summaries even when it is empty and empty fields are left out."),
        advanced=True,
    ),
)
SUMMARY_TEXTS: Final = (
    text(
        "summaryTitle", N_("Title in summaries"), N_("Used instead of the title in a summary."), advanced=True
    ),
    text(
        "summaryAccessibleTitle",
        N_("Title for screen readers in summaries"),
        N_("Read out for the button that changes the answer."),
        advanced=True,
    ),
)

LABEL_SETTINGS: Final = prop(
    "labelSettings",
    "object",
    N_("Label"),
    N_("How the label is shown."),
    advanced=True,
    properties=(
        switch(
            "optionalIndicator",
            N_("Mark as optional"),
            N_("Writes “optional” after the label when an answer is not required."),
            default=None,
        ),
    ),
)
LABEL_TEXTS: Final = (
    text("title", N_("Label"), N_("The question, or the name of the field.")),
    text("description", N_("Description"), N_("A sentence under the label.")),
    text("help", N_("Help text"), N_("Shown when the person asks for help.")),
)

MAPPING: Final = prop(
    "mapping",
    "map",
    N_("Mapping"),
    N_("Fields whose values are sent along. Use query parameters in new forms."),
    advanced=True,
    deprecated=True,
)
BUTTON: Final = (
    prop(
        "size",
        "choice",
        N_("Size"),
        N_("How large the button is."),
        default="md",
        choices=choices(sm=N_("Small"), md=N_("Medium"), lg=N_("Large")),
    ),
    prop(
        "textAlign",
        "choice",
        N_("Text alignment"),
        N_("Where the text is inside the button."),
        default="center",
        choices=choices(left=N_("Left"), center=N_("Center"), right=N_("Right")),
        advanced=True,
    ),
    switch("fullWidth", N_("Full width"), N_("The button is as wide as the page."), default=None),
    prop(
        "position",
        "choice",
        N_("Position"),
        N_("Where the button is on the page."),
        choices=choices(left=N_("Left"), center=N_("Center"), right=N_("Right")),
        advanced=True,
    ),
)
