"""The words that forms have of themselves, and the ids under which apps name and replace them.

Where an app has a text with the id of one of the platform's own, it is said in the place of ours; an app that
names such an id without having a text gets ours (app-format.md, 2).
"""

from collections.abc import Mapping
from typing import Any, Final

import flask_babel
from flask import g, has_app_context
from markupsafe import escape

from studio.definition.app import AppDefinition
from studio.definition.content_cache import ContentCache
from studio.definition.sentences import N_
from studio.runtime.forms.markup import plain

# Id of the platform -> our words, and what stands for "{0}", "{1}" ... in them.
_BUILT_IN: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "actions.confirm": (N_("Confirm"), ()),
    "actions.instantiate": (N_("Begin"), ()),
    "actions.reject": (N_("Reject"), ()),
    "actions.sign": (N_("Sign"), ()),
    "address_component.address": (N_("Street address"), ()),
    "address_component.care_of": (N_("C/O or other additional address"), ()),
    "address_component.house_number": (N_("Dwelling number"), ()),
    "address_component.post_place": (N_("Place"), ()),
    "address_component.zip_code": (N_("Postal code"), ()),
    "backend.validation_errors.required": (N_("You must fill this in."), ("name",)),
    "confirm.body": (
        N_("This is what you have answered. When you confirm, it is sent in and can no longer be changed."),
        ("app",),
    ),
    "confirm.button_text": (N_("Confirm and send in"), ()),
    "confirm.title": (N_("Look through and confirm"), ()),
    "feedback.body": (
        N_("Your form is being dealt with. You can come back later to see how it went."),
        (),
    ),
    "form_filler.address": (N_("Street address"), ()),
    "form_filler.back_to_summary": (N_("Back to the summary"), ()),
    "form_filler.careOf": (N_("C/O or other additional address"), ()),
    "form_filler.error_report_header": (N_("One thing has to be corrected before you can go on"), ()),
    "form_filler.error_required": (N_("You must fill this in."), ("name",)),
    "form_filler.file_uploader_list_delete": (N_("Delete"), ()),
    "form_filler.file_uploader_upload": (N_("Attach"), ()),
    "form_filler.houseNumber": (N_("Dwelling number"), ()),
    "form_filler.postPlace": (N_("Place"), ()),
    "form_filler.required_description": (N_("Fields marked with * must be filled in."), ()),
    "form_filler.summary_item_change": (N_("Change"), ()),
    "form_filler.zipCode": (N_("Postal code"), ()),
    "general.add": (N_("Add"), ()),
    "general.add_new": (N_("Add new"), ()),
    "general.back": (N_("Previous"), ()),
    "general.cancel": (N_("Cancel"), ()),
    "general.choose": (N_("Choose …"), ()),
    "general.close": (N_("Close"), ()),
    "general.delete": (N_("Delete"), ()),
    "general.done": (N_("Done"), ()),
    "general.download": (N_("Download"), ()),
    "general.edit": (N_("Edit"), ()),
    "general.edit_alt": (N_("Edit"), ()),
    "general.empty_summary": (N_("Not answered"), ()),
    "general.log_out": (N_("Sign out"), ()),
    "general.next": (N_("Next"), ()),
    "general.optional": (N_("(optional)"), ()),
    "general.print_button_text": (N_("Print / save as PDF"), ()),
    "general.progress": (N_("Page %(number)s of %(count)s"), ("number", "count")),
    "general.save": (N_("Save"), ()),
    "general.save_and_close": (N_("Save and close"), ()),
    "general.save_and_next": (N_("Save and open next"), ()),
    "general.search": (N_("Search"), ()),
    "general.submit": (N_("Send in"), ()),
    "helptext.button_title": (N_("Help"), ()),
    "image_upload_component.crop_area": (N_("The part that is used"), ()),
    "likert.left_column_default_header_text": (N_("Question"), ()),
    "list_component.nextPage": (N_("Next"), ()),
    "list_component.previousPage": (N_("Previous"), ()),
    "navigation.form_pages": (N_("Pages of the form"), ()),
    "organisation_lookup.org_name": (N_("Name"), ()),
    "organisation_lookup.orgnr_label": (N_("Organisation number"), ()),
    "pdfPreview.defaultButtonText": (N_("Show as a PDF"), ()),
    "person_lookup.name_label": (N_("Name"), ()),
    "person_lookup.ssn_label": (N_("National identity number"), ()),
    "person_lookup.surname_label": (N_("Last name"), ()),
    "receipt.body": (
        N_(
            "Your form has been received. You need not do anything more now. "
            "You will hear from us if something is missing."
        ),
        (),
    ),
    "receipt.date_sent": (N_("Date sent"), ()),
    "receipt.receipt": (N_("Receipt"), ()),
    "receipt.receiver": (N_("Receiver"), ()),
    "receipt.ref_num": (N_("Reference number"), ()),
    "receipt.sender": (N_("Sender"), ()),
    "receipt.title": (N_("The form has been sent in"), ()),
    "receipt.title_submitted": (N_("What you sent"), ()),
    "soft_validation.info_title": (N_("Information"), ()),
    "soft_validation.success_title": (N_("Correct"), ()),
    "soft_validation.warning_title": (N_("Warning"), ()),
    "validation_errors.enum": (N_("Choose one of the allowed values."), ()),
    "validation_errors.formatMaximum": (N_("The latest allowed value is {0}."), ()),
    "validation_errors.formatMinimum": (N_("The earliest allowed value is {0}."), ()),
    "validation_errors.max": (N_("The number must be at most {0}."), ()),
    "validation_errors.maxItems": (N_("There can be at most {0}."), ()),
    "validation_errors.maxLength": (N_("Write at most {0} characters."), ()),
    "validation_errors.min": (N_("The number must be at least {0}."), ()),
    "validation_errors.minItems": (N_("Add at least {0}."), ()),
    "validation_errors.minLength": (N_("Write at least {0} characters."), ()),
    "validation_errors.pattern": (N_("The answer is not in the right form."), ()),
    "validation_errors.required": (N_("You must fill this in."), ("name",)),
}
BUILT_IN_IDS: Final = frozenset(_BUILT_IN)
_OWN: Final[ContentCache[Mapping[str, str]]] = ContentCache(500)


def built_in(key: str) -> str | None:
    """Our words for an id of the platform, with "{0}" for what they leave open; None for any other id."""
    if key not in _BUILT_IN:
        return None
    words, names = _BUILT_IN[key]
    values = {name: f"{{{place}}}" for place, name in enumerate(names)}
    return str(flask_babel.gettext(words, **values))


def speak_for(app: AppDefinition, language: str) -> None:
    """Say in this request what the app puts in the place of our words."""
    g.own_words = _OWN.get(f"{app.files.tree_id}:{language}", lambda: _own_words(app, language))


def _own_words(app: AppDefinition, language: str) -> Mapping[str, str]:
    """Our words -> the app's, as a format of the same values. Texts with variables are left out."""
    found: dict[str, str] = {}
    for key, (words, names) in _BUILT_IN.items():
        text = app.texts(language).get(key)
        if text is None or text.variables or words in found:
            continue
        format_ = text.value.replace("%", "%%")
        for place, name in enumerate(names):
            format_ = format_.replace(f"{{{place}}}", f"%({name})s")
        found[words] = format_
    return found


def _own(words: str) -> str | None:
    found: Mapping[str, str] = g.get("own_words", {}) if has_app_context() else {}
    return found.get(words)


def gettext(words: str, **values: Any) -> str:
    """Our words, or the app's in their place, with the values in them."""
    own = _own(words)
    return own % values if own is not None else str(flask_babel.gettext(words, **values))


# For templates, which put the values in themselves, and take what they are given here for safe. An app's text
# is words alone, because it can stand in an attribute as well.


def format_of(words: str) -> str:
    """Our words, or the app's in their place, with room for values."""
    own = _own(words)
    return str(flask_babel.gettext(words)) if own is None else str(escape(plain(own)))


def plural_format_of(one: str, many: str, number: int) -> str:
    """The same for words that depend on a number; an app has one text for all of them."""
    own = _own(one)
    return str(flask_babel.ngettext(one, many, number)) if own is None else str(escape(plain(own)))
