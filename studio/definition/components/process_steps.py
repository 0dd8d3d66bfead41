"""Component types for the steps of the process after filling in: signing and payment."""

from typing import Final

from studio.definition.components.declaring import IN_BOXES, prop, text
from studio.definition.components.properties import DESCRIPTION, EVERY, HELP, SUMMARY, SUMMARY_TEXTS, TITLE
from studio.definition.components.shapes import TEXT, MapShape
from studio.definition.components.types import ComponentType, TextSlot
from studio.definition.sentences import N_, Sentence

_SUMMARY_TITLE: Final = text(
    "summaryTitle", N_("Title in summaries"), N_("Used instead of the title in a summary."), advanced=True
)
_LIST_TEXTS: Final = (TITLE, DESCRIPTION, HELP, _SUMMARY_TITLE)


def _own(key: str, label: str, help_text: str) -> TextSlot:
    """A text that has a good standard wording."""
    return text(key, label, help_text, advanced=True)


SIGNEE_LIST: Final = ComponentType(
    name="SigneeList",
    group="process",
    icon="PersonGroup",
    label=Sentence(N_("List of signatories")),
    help=Sentence(N_("Who is to sign, and who has signed.")),
    properties=EVERY,
    texts=_LIST_TEXTS,
    stands_in=IN_BOXES,
)
SIGNING_DOCUMENT_LIST: Final = ComponentType(
    name="SigningDocumentList",
    group="process",
    icon="FileText",
    label=Sentence(N_("Documents to sign")),
    help=Sentence(N_("The documents that the signature is for.")),
    properties=EVERY,
    texts=_LIST_TEXTS,
    stands_in=IN_BOXES,
)
SIGNING_ACTIONS: Final = ComponentType(
    name="SigningActions",
    group="process",
    icon="PencilWriting",
    label=Sentence(N_("Signing")),
    help=Sentence(N_("The place to sign, and what comes after signing.")),
    properties=EVERY,
    texts=(
        text("checkboxLabel", N_("What is agreed to"), N_("The text beside the checkbox before signing.")),
        text("checkboxDescription", N_("Explanation of the agreement"), N_("A sentence under the checkbox.")),
        text("signingButton", N_("Sign button"), N_("What is written on the button that signs.")),
        _own("awaitingSignaturePanelTitle", N_("Title before signing"), N_("Shown to one who has to sign.")),
        _own(
            "noActionRequiredPanelTitleHasSigned",
            N_("Title after signing"),
            N_("Shown to one who has signed."),
        ),
        _own(
            "noActionRequiredPanelDescriptionHasSigned",
            N_("Text after signing"),
            N_("Shown to one who has signed."),
        ),
        _own(
            "noActionRequiredPanelTitleNotSigned",
            N_("Title for others"),
            N_("Shown to one who has nothing to sign."),
        ),
        _own(
            "noActionRequiredPanelDescriptionNotSigned",
            N_("Text for others"),
            N_("Shown to one who has nothing to sign."),
        ),
        _own(
            "noActionRequiredButton",
            N_("Button when all is done"),
            N_("The text of the button that leads to the inbox."),
        ),
        _own(
            "awaitingOtherSignaturesPanelTitle",
            N_("Title while waiting"),
            N_("Shown while others have still to sign."),
        ),
        _own(
            "awaitingOtherSignaturesPanelDescriptionSigned",
            N_("Text while waiting, signed"),
            N_("Shown to the sender who has signed, while others have not."),
        ),
        _own(
            "awaitingOtherSignaturesPanelDescriptionNotSigning",
            N_("Text while waiting, not signing"),
            N_("Shown to the sender who is not to sign, while others have not."),
        ),
        _own("submitPanelTitle", N_("Title when all have signed"), N_("Shown to one who can submit.")),
        _own("submitPanelDescription", N_("Text when all have signed"), N_("Shown to one who can submit.")),
        _own("submitButton", N_("Submit button"), N_("The text of the button that submits.")),
        _own("errorPanelTitle", N_("Title of a failure"), N_("Shown when something went wrong.")),
        _own("errorPanelDescription", N_("Text of a failure"), N_("Shown when something went wrong.")),
        _own(
            "rejectModalTriggerButton",
            N_("Reject button"),
            N_("The text of the button that asks about rejecting."),
        ),
        _own(
            "rejectModalTitle",
            N_("Title of the question about rejecting"),
            N_("The heading of the window that asks."),
        ),
        _own(
            "rejectModalDescription",
            N_("Text of the question about rejecting"),
            N_("What it means to reject."),
        ),
        _own("rejectModalButton", N_("Button that rejects"), N_("The text of the button that does it.")),
        _own(
            "rejectModalCloseButton",
            N_("Button that does not reject"),
            N_("The text of the button that closes the window."),
        ),
    ),
    stands_in=IN_BOXES,
)
PAYMENT: Final = ComponentType(
    name="Payment",
    group="process",
    icon="Wallet",
    label=Sentence(N_("Payment")),
    help=Sentence(N_("What is to be paid, and the way to pay.")),
    properties=(*EVERY, *SUMMARY),
    texts=(TITLE, DESCRIPTION, *SUMMARY_TEXTS),
)
PAYMENT_DETAILS: Final = ComponentType(
    name="PaymentDetails",
    group="process",
    icon="SackKroner",
    label=Sentence(N_("Payment details")),
    help=Sentence(N_("What will have to be paid, while the form is being filled in.")),
    properties=(
        prop(
            "mapping",
            MapShape(TEXT, keys="field"),
            N_("Worked out again"),
            N_("Fields that the price depends on; it is worked out again when one of them changes."),
        ),
        *EVERY,
    ),
    texts=(TITLE, DESCRIPTION),
    stands_in=IN_BOXES,
)

PROCESS_STEPS: Final = (SIGNING_ACTIONS, SIGNEE_LIST, SIGNING_DOCUMENT_LIST, PAYMENT, PAYMENT_DETAILS)
