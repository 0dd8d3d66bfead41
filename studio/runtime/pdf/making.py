"""The PDF of an instance: of the forms of some tasks, or of one entry of a subform."""

from collections.abc import Iterable
from dataclasses import replace

from flask_babel import force_locale, format_datetime, gettext

from studio.definition.errors import NotThere
from studio.definition.layouts import LayoutSet
from studio.runtime.attachments import attachments, element_of
from studio.runtime.context import Served
from studio.runtime.forms.entries import Entry
from studio.runtime.forms.language import interface_of
from studio.runtime.forms.page_settings import page_setting
from studio.runtime.forms.state import FormState, entry_state
from studio.runtime.instances import Acting
from studio.runtime.pdf.content import Attached, content_of
from studio.runtime.pdf.document import Answer, Document, Part
from studio.runtime.pdf.typesetting import typeset
from studio.runtime.reading import form_to_read
from studio.runtime.storage import Instance


def pdf_of_tasks(
    served: Served, instance: Instance, tasks: Iterable[str], language: str, acting: Acting
) -> bytes:
    """The forms of the tasks, one after the other; of all tasks with a form where none is named."""
    app = served.definition
    named = [found for task in tasks if (found := app.layout_set_for_task(task)) is not None]
    wanted = named or [each for each in app.layout_sets if each.kind == "task"]
    held = {element.data_type for element in instance.elements}
    forms = [
        form_to_read(served, instance, each, language, acting.now.date())
        for each in {found.id: found for found in wanted}.values()
        if each.data_type in held
    ]
    with force_locale(interface_of(language)):
        parts = [part for form in forms for part in content_of(form, _attached(instance))]
        return _pdf(
            instance, forms[0] if forms else _any_form(served, instance, language, acting), acting, parts
        )


def pdf_of_entry(
    served: Served, instance: Instance, layout_set: LayoutSet, entry: Entry, language: str, acting: Acting
) -> bytes:
    """One entry of a subform."""
    form = form_to_read(served, instance, layout_set, language, acting.now.date())
    state = replace(entry_state(form, layout_set, entry), read_only=True)
    with force_locale(interface_of(language)):
        return _pdf(instance, state, acting, content_of(state, _attached(instance)))


def file_name(state: FormState, text_key: str) -> str:
    """The name of a PDF: a text of the app, else the app's name (process.md, 6)."""
    given = state.text(text_key).strip() if text_key else ""
    name = given if given and given != text_key else state.app.title(state.language)
    return name if name.lower().endswith(".pdf") else f"{name}.pdf"


def _attached(instance: Instance) -> Attached:
    def content(identity: str) -> bytes | None:
        element = element_of(instance, identity)
        if element is None:
            return None
        try:
            return attachments().content(element)
        except NotThere:
            return None

    return content


def _any_form(served: Served, instance: Instance, language: str, acting: Acting) -> FormState:
    return form_to_read(served, instance, served.definition.layout_sets[0], language, acting.now.date())


def _pdf(instance: Instance, form: FormState, acting: Acting, parts: Iterable[Part]) -> bytes:
    title = form.app.title(form.language)
    owner, moment = instance.owner, instance.archived or acting.now
    name = str((owner.get("party") or {}).get("name") or "")
    number = owner.get("personNumber") or owner.get("organisationNumber") or ""
    made = format_datetime(moment, "dd.MM.yyyy HH:mm")
    facts = (
        Answer(gettext("Sent for"), ", ".join(text for text in (name, str(number)) if text)),
        Answer(gettext("Date"), made),
        Answer(gettext("Reference"), instance.reference),
    )
    footer = ("" if _hides_name(form) else title, made, instance.reference)
    return typeset(
        Document(
            title=title,
            language=form.language,
            author=name,
            footer=" · ".join(text for text in footer if text),
            parts=(*facts, *parts),
        ),
        acting.now,
    )


def _hides_name(form: FormState) -> bool:
    """What `hideAppNameInPdf` says, of the form or else of all forms (app-format.md, 6.3)."""
    given = page_setting(form.app, form.layout_set, "hideAppNameInPdf")
    return form.form.page("").flag_value("hideAppNameInPdf", given or False, default=False)
