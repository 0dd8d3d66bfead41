"""Plain names for the component types outside the catalogue, which Studio keeps as they are."""

from typing import Final

from studio.definition.sentences import N_, Sentence

_NAMES: Final = {
    "Accordion": N_("Accordion"),
    "AccordionGroup": N_("Group of accordions"),
    "ActionButton": N_("Action button"),
    "Address": N_("Address"),
    "AddToList": N_("Add to list"),
    "AttachmentList": N_("List of attachments"),
    "Audio": N_("Sound"),
    "ButtonGroup": N_("Group of buttons"),
    "Cards": N_("Cards"),
    "Custom": N_("Custom component"),
    "CustomButton": N_("Custom button"),
    "Date": N_("Shown date"),
    "FileUpload": N_("File upload"),
    "FileUploadWithTag": N_("File upload with tags"),
    "Grid": N_("Grid"),
    "IFrame": N_("Embedded page"),
    "Image": N_("Image"),
    "ImageUpload": N_("Image upload"),
    "InstanceInformation": N_("Information about the submission"),
    "InstantiationButton": N_("Start button"),
    "Likert": N_("Likert scale"),
    "LikertItem": N_("Row of a Likert scale"),
    "Link": N_("Link"),
    "List": N_("List with selection"),
    "Map": N_("Map"),
    "NavigationBar": N_("Navigation bar"),
    "Number": N_("Shown number"),
    "Option": N_("Shown option"),
    "OrganizationLookup": N_("Organisation lookup"),
    "OrganisationLookup": N_("Organisation lookup"),
    "Payment": N_("Payment"),
    "PaymentDetails": N_("Payment details"),
    "PDFPreviewButton": N_("PDF preview"),
    "PersonLookup": N_("Person lookup"),
    "PrintButton": N_("Print button"),
    "SigneeList": N_("List of signatories"),
    "SigningActions": N_("Signing"),
    "SigningDocumentList": N_("Documents to sign"),
    "SimpleTable": N_("Simple table"),
    "Subform": N_("Subform"),
    "Summary": N_("Summary (older kind)"),
    "Tabs": N_("Tabs"),
    "Text": N_("Shown text"),
    "TimePicker": N_("Time"),
    "Video": N_("Video"),
    # Types of older generations that are still found in apps.
    "AttachmentListComponent": N_("List of attachments"),
    "AddressComponent": N_("Address"),
    "GroupComponent": N_("Group"),
}


def known_elsewhere(name: str) -> Sentence | None:
    """The plain name of a component type outside the catalogue; None for a name nobody knows."""
    label = _NAMES.get(name)
    return Sentence(label) if label else None


def names_known_elsewhere() -> tuple[str, ...]:
    """All such names, in alphabetical order of the English spelling."""
    return tuple(sorted(_NAMES, key=str.casefold))
