"""Buttons that carry out actions: one of the process, or a sequence of the app's own."""

from typing import Final

from studio.definition.components.declaring import AS_BUTTON, choices, const, plain_choices, prop, text
from studio.definition.components.properties import BUTTON_STYLE, BUTTON_TEXT, EVERY, PAGES_AND_ERRORS
from studio.definition.components.shapes import (
    TEXT,
    Alternatives,
    Enumeration,
    ListShape,
    ObjectShape,
    Property,
    Reference,
)
from studio.definition.components.types import ComponentType
from studio.definition.sentences import N_, Sentence

_VALIDATION: Final = prop(
    "validation",
    PAGES_AND_ERRORS,
    N_("Check first"),
    N_("What has to be right before the action is carried out."),
)


def _action(action: str, label: str, *more: Property) -> ObjectShape:
    """An action in the browser; `label` is its name."""
    return ObjectShape(
        (
            prop("type", const("ClientAction", N_("In the form")), N_("Kind"), _KIND_HELP, required=True),
            prop("id", const(action, label), N_("Action"), N_("What is done."), required=True),
            *more,
            _VALIDATION,
        ),
        label=Sentence(label),
    )


_KIND_HELP: Final = N_("Whether it is done in the form or by the app's code.")
_TO_PAGE: Final = prop(
    "metadata",
    ObjectShape(
        (prop("page", Reference("page"), N_("Page"), N_("The page that is opened."), required=True),)
    ),
    N_("Where to"),
    N_("The page that is opened."),
    required=True,
)
_IN_CODE: Final = ObjectShape(
    (
        prop("type", const("ServerAction", N_("In the app's code")), N_("Kind"), _KIND_HELP, required=True),
        prop(
            "id",
            TEXT,
            N_("Action"),
            N_("The name of the action in the process and in the app's code."),
            required=True,
        ),
        _VALIDATION,
    ),
    label=Sentence(N_("An action of the app's code")),
)
CUSTOM_BUTTON: Final = ComponentType(
    name="CustomButton",
    group="navigation",
    icon="Lightning",
    label=Sentence(N_("Custom button")),
    help=Sentence(N_("A button that carries out one action or several in a row.")),
    properties=(
        prop(
            "actions",
            ListShape(
                Alternatives(
                    (
                        _action("nextPage", N_("To the next page")),
                        _action("previousPage", N_("To the previous page")),
                        _action("navigateToPage", N_("To a certain page"), _TO_PAGE),
                        _action("closeSubform", N_("Close the subform")),
                        _IN_CODE,
                    )
                )
            ),
            N_("Actions"),
            N_("What the button does, one thing after the other."),
            required=True,
        ),
        prop(
            "buttonStyle",
            Enumeration(
                choices(
                    primary=N_("Main button"),
                    secondary=N_("Secondary button"),
                    tertiary=N_("Discreet button"),
                )
            ),
            N_("Look"),
            N_("How much the button stands out."),
            default="secondary",
        ),
        prop(
            "buttonColor",
            Enumeration(
                choices(
                    first=N_("The usual colour"),
                    second=N_("Neutral"),
                    success=N_("Success"),
                    danger=N_("Danger"),
                )
            ),
            N_("Colour"),
            N_("The colour of the button."),
            advanced=True,
        ),
        prop(
            "buttonSize",
            Enumeration(
                (
                    *choices(sm=N_("Small"), md=N_("Medium"), lg=N_("Large")),
                    *plain_choices("small", "medium", "large"),
                )
            ),
            N_("Size"),
            N_("How large the button is."),
            advanced=True,
        ),
        *EVERY,
    ),
    texts=(
        BUTTON_TEXT,
        text(
            "tableTitle", N_("Heading in tables"), N_("Used instead of the title in a table."), advanced=True
        ),
    ),
    stands_in=AS_BUTTON,
    starts_with={"actions": [{"type": "ClientAction", "id": "nextPage"}]},
)
ACTION_BUTTON: Final = ComponentType(
    name="ActionButton",
    group="navigation",
    icon="CheckmarkCircle",
    label=Sentence(N_("Action button")),
    help=Sentence(N_("A button that carries out an action of the process, like confirming or rejecting.")),
    properties=(
        prop(
            "action",
            Enumeration(
                choices(
                    confirm=N_("Confirm"),
                    sign=N_("Sign"),
                    reject=N_("Reject"),
                    instantiate=N_("Starts a new form"),
                )
            ),
            N_("Action"),
            N_("What the button does."),
            required=True,
        ),
        BUTTON_STYLE,
        *EVERY,
    ),
    texts=(BUTTON_TEXT,),
    stands_in=AS_BUTTON,
    starts_with={"action": "confirm", "buttonStyle": "primary"},
)

ACTIONS: Final = (ACTION_BUTTON, CUSTOM_BUTTON)
