"""Edits of pages: add, rename, move, delete, hide."""

from dataclasses import replace

from studio.definition.changes import (
    AddPage,
    MovePage,
    RemovePage,
    RenamePage,
    SetPageChecks,
    SetPageHidden,
    SetPagePrinted,
    SetPdfPage,
    SetText,
)
from studio.definition.sentences import N_, Sentence
from studio.features.layouts.commands.place import Asked, Form, Place
from studio.features.layouts.naming import page_name
from studio.features.layouts.page_checks import level_at


def page_add(place: Place, form: Form) -> Asked:
    """A new page at the end; it gets buttons that lead on where the other pages have them."""
    names = [page.name for page in place.layout_set.pages]
    name = form.get("value", "").strip() or page_name("side", names)
    change = AddPage(place.layout_set.id, name)
    return Asked(change, say=Sentence(N_("The page %(page)s was added."), {"page": name}), page=name)


def page_rename(place: Place, form: Form) -> Asked:
    """A new name for a page; what points at it follows."""
    old, new = form.get("name", ""), form.get("value", "").strip()
    if old == new:
        return Asked(None)
    here = place.page.name
    return Asked(RenamePage(place.layout_set.id, old, new), page=new if old == here else here)


def page_move(place: Place, form: Form) -> Asked:
    """A page to another place in the order."""
    index = form.get("index", 0, type=int)
    said = Sentence(N_("The page %(page)s was moved."), {"page": form.get("name", "")})
    return Asked(MovePage(place.layout_set.id, form.get("name", ""), index), say=said)


def page_remove(place: Place, form: Form) -> Asked:
    """A page goes away; the editor shows the one beside it."""
    gone = form.get("name", "")
    rest = [page.name for page in place.layout_set.pages if page.name != gone]
    here = place.page.name if place.page.name != gone else next(iter(rest), "")
    return Asked(RemovePage(place.layout_set.id, gone), page=here, say=Sentence(N_("The page was deleted.")))


def page_hidden(place: Place, form: Form) -> Asked:
    """A page is left out of the form, or taken in again."""
    return Asked(SetPageHidden(place.layout_set.id, form.get("name", ""), form.get("value", "") == "true"))


def page_printed(place: Place, form: Form) -> Asked:
    """A page is left out of the PDF, or taken in again."""
    left_out = form.get("value", "") == "true"
    return Asked(SetPagePrinted(place.layout_set.id, form.get("name", ""), not left_out))


def page_pdf(place: Place, form: Form) -> Asked:
    """The PDF is made of a page, or of all of them again."""
    return Asked(SetPdfPage(place.layout_set.id, form.get("name", ""), form.get("value", "") == "true"))


def page_checks(place: Place, form: Form) -> Asked:
    """What is checked when people go on: from a page, in the form or in all forms (`level`)."""
    layout_set, page = level_at(form.get("level", ""), place.layout_set.id, form.get("name", ""))
    change = SetPageChecks(layout_set, page, form.get("value", ""))
    if "chosen" in form:
        change = replace(change, errors=tuple(form.getlist("errors")))
    return Asked(change)


def page_title(place: Place, form: Form) -> Asked:
    """What people see as the page's name: the text whose key is the page's name (app-format.md, 2)."""
    return Asked(SetText(place.language, place.page.name, form.get("value", "").strip()))
