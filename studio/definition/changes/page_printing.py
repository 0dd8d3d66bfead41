"""Changes of what of a form goes into its PDF (app-format.md, 6.4)."""

from dataclasses import dataclass
from typing import ClassVar

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.page_order import enter_in_order, forget_in_settings
from studio.definition.changes.pages import page_of
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.layouts import LayoutSet
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class SetPagePrinted(Change):
    """A page is in the PDF that is made of all pages, or left out of it."""

    kind: ClassVar[str] = "set_page_printed"
    layout_set: str
    page: str
    printed: bool

    def edit(self, copy: WorkingCopy) -> None:
        page_of(copy, self.layout_set, self.page)
        form = copy.layout_set(self.layout_set)
        listed = _left_out(form)
        without = [name for name in listed if name != self.page]
        if self.printed and len(without) < len(listed):
            _leave_out(copy, form, without)
        elif not self.printed and len(without) == len(listed):
            _leave_out(copy, form, [*listed, self.page])

    def sentence(self, app: AppDefinition) -> Sentence:
        message = N_("Page *%(page)s* is now in the PDF")
        if not self.printed:
            message = N_("Page *%(page)s* is now left out of the PDF")
        return Sentence(message, {"page": page_name(app, self.page)})


@register
@dataclass(frozen=True)
class SetPdfPage(Change):
    """The PDF is made of one page (`used`) that nobody fills in, or of all pages again.

    A page that makes the PDF leaves the order; one that no longer does comes back.
    """

    kind: ClassVar[str] = "set_pdf_page"
    layout_set: str
    page: str
    used: bool

    def edit(self, copy: WorkingCopy) -> None:
        page_of(copy, self.layout_set, self.page)
        form = copy.layout_set(self.layout_set)
        before = pdf_page(form)
        if (before == self.page) is self.used:
            return
        if self.used:
            if not [page for page in form.pages if page.in_order and page.name != self.page]:
                raise DomainError(Sentence(N_("A form needs a page beside the one that its PDF is made of.")))
            _take_out_of_order(copy, form, self.page)
            copy.set(form.settings_path, "/pages/pdfLayoutName", self.page)
        else:
            copy.delete(form.settings_path, "/pages/pdfLayoutName")
        if before and (there := copy.layout_set(self.layout_set)).page(before) and before not in there.order:
            enter_in_order(copy, there, before, None)

    def sentence(self, app: AppDefinition) -> Sentence:
        message = N_("The PDF is now made of page *%(page)s*")
        if not self.used:
            message = N_("The PDF is no longer made of page *%(page)s*")
        return Sentence(message, {"page": page_name(app, self.page)})


def pdf_page(form: LayoutSet) -> str:
    """The name of the page that the PDF is made of; "" where it is made of all of them."""
    pages = form.settings.get("pages")
    named = pages.get("pdfLayoutName") if isinstance(pages, dict) else None
    return named if isinstance(named, str) else ""


def is_printed(form: LayoutSet, page: str) -> bool:
    """Whether a page is in the PDF that is made of all pages."""
    return page not in _left_out(form)


def _left_out(form: LayoutSet) -> list[str]:
    pages = form.settings.get("pages")
    listed = pages.get("excludeFromPdf") if isinstance(pages, dict) else None
    return listed if isinstance(listed, list) else []


def _leave_out(copy: WorkingCopy, form: LayoutSet, names: list[str]) -> None:
    pointer = "/pages/excludeFromPdf"
    if not names:
        copy.delete(form.settings_path, pointer)
        return
    _make_order(copy, form)
    copy.set(form.settings_path, pointer, names)


def _take_out_of_order(copy: WorkingCopy, form: LayoutSet, page: str) -> None:
    _make_order(copy, form)
    forget_in_settings(copy, copy.layout_set(form.id), page)


def _make_order(copy: WorkingCopy, form: LayoutSet) -> None:
    """Write down the order of the pages where none is: a form without settings shows all of them."""
    if not form.order and form.pages:
        enter_in_order(copy, form, form.pages[0].name, 0)
