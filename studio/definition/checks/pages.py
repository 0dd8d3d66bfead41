"""Checks of pages: each named page has its file, and each file its place in the order."""

from collections.abc import Iterator

from studio.definition.app import AppDefinition
from studio.definition.checks.places import place_in, place_of
from studio.definition.findings import Finding
from studio.definition.layouts import LayoutSet
from studio.definition.sentences import N_, Sentence


def check_pages(app: AppDefinition) -> Iterator[Finding]:
    """Page order against page files, for every layout set."""
    for layout_set in app.layout_sets:
        yield from _order(app, layout_set)
        yield from _files(app, layout_set)


def _order(app: AppDefinition, layout_set: LayoutSet) -> Iterator[Finding]:
    for name in layout_set.order:
        if layout_set.page(name) is None:
            values = {"page": name, "path": app.paths.page(layout_set.folder, name)}
            sentence = Sentence(
                N_("The page “%(page)s” is in the order of pages, but its file %(path)s is missing."), values
            )
            remedy = Sentence(N_("Add the page, or take it out of the order."))
            place = place_in(app, layout_set.settings_path, "/pages")
            yield Finding("missing-page", "error", place, sentence, remedy)


def _files(app: AppDefinition, layout_set: LayoutSet) -> Iterator[Finding]:
    if not layout_set.pages and layout_set.kind == "task":
        sentence = Sentence(N_("The form %(set)s has no pages."), {"set": layout_set.id})
        yield Finding("no-pages", "error", place_in(app, layout_set.settings_path), sentence)
    settings_pages = layout_set.settings.get("pages")
    aside = settings_pages.get("pdfLayoutName") if isinstance(settings_pages, dict) else None
    for page in layout_set.pages:
        if layout_set.order and not page.in_order and page.name != aside:
            sentence = Sentence(
                N_("The page “%(page)s” is not in the order of pages, so nobody will see it."),
                {"page": page.name},
            )
            yield Finding("page-not-in-order", "warning", place_of(app, layout_set, page), sentence)
