"""Checks of pages: that the order and the files agree, and that ids are given once."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.checks.places import Placing, finding
from studio.definition.components import component_type
from studio.definition.findings import Finding, Place
from studio.definition.layouts import Component, LayoutSet, Page, claims
from studio.definition.references import Reference, page_in_settings
from studio.definition.sentences import N_, Sentence


def check_pages(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """Every page of every form."""
    for layout_set in app.layout_sets:
        yield from _order(placing, layout_set)
        yield from _ids(placing, layout_set)
        for page in layout_set.pages:
            yield from _children(placing, page)
    for task in app.process.tasks if app.process else ():
        shown = app.layout_set_for_task(task.id) if task.type == "data" else None
        if shown is not None:
            yield from _way_on(shown)


def _way_on(layout_set: LayoutSet) -> Iterator[Finding]:
    """Whether a person who has filled in a form can send it in."""
    shown = [page for page in layout_set.pages if page.in_order and page.broken is None]
    if not any(page.components for page in shown):
        return  # nothing is made yet
    if any(_sends(one) for page in shown for one in page.components):
        return
    page = shown[-1]
    sentence = Sentence(N_("No page of %(form)s has a button that sends it in."), {"form": layout_set.id})
    remedy = N_("Put a button on the last page.")
    place = Place(page.path, 1, layout_set=layout_set.id, page=page.name)
    yield finding("no-way-on", "warning", place, sentence, remedy)


# What takes a person out of a form. NavigationButtons lead from page to page: on the last one only back.
_SEND: Final = frozenset({"Button", "ActionButton", "CustomButton"})


def _sends(component: Component) -> bool:
    """Whether a button may send the form in: a Button in its usual mode, an action, or code of the app."""
    kind, raw = component_type(component.type), component.raw
    if kind is None or kind.name not in _SEND or raw.get("hidden") is True:
        return False
    if kind.name == "CustomButton":
        actions = raw.get("actions")
        listed = [one for one in actions if isinstance(one, dict)] if isinstance(actions, list) else []
        return any(one.get("type") == "ServerAction" for one in listed)
    return kind.name != "Button" or raw.get("mode", "submit") == "submit"


def _order(placing: Placing, layout_set: LayoutSet) -> Iterator[Finding]:
    for name in layout_set.order:
        if layout_set.page(name) is None:
            found = page_in_settings(layout_set.settings, name)
            place = placing.settings(layout_set, next(found, Reference("")).pointer)
            sentence = Sentence(N_("The order of pages names %(page)s, which has no file."), {"page": name})
            yield finding(
                "missing-page",
                "warning",
                place,
                sentence,
                N_("Add the page or take it out of the order."),
            )
    pages = layout_set.settings.get("pages")
    printed = pages.get("pdfLayoutName") if isinstance(pages, dict) else None
    for page in layout_set.pages:
        if not page.in_order and page.name != printed:
            place = Place(page.path, 1, layout_set=layout_set.id, page=page.name)
            sentence = Sentence(
                N_("The page %(page)s is in no order and is never shown."), {"page": page.name}
            )
            yield finding(
                "page-not-in-order", "warning", place, sentence, N_("Put it into the order or remove it.")
            )


def _ids(placing: Placing, layout_set: LayoutSet) -> Iterator[Finding]:
    first: dict[str, Page] = {}
    for page, component in layout_set.components():
        if not component.id:
            sentence = Sentence(
                N_("A component of the type %(type)s has no id."), {"type": component.type or "–"}
            )
            yield finding(
                "component-without-id",
                "error",
                placing.component(page, component),
                sentence,
                N_("Give it an id."),
            )
        elif component.id in first:
            sentence = Sentence(
                N_("The id %(id)s is used twice; it is also on the page %(page)s."),
                {"id": component.id, "page": first[component.id].name},
            )
            yield finding(
                "repeated-id",
                "error",
                placing.component(page, component, "/id"),
                sentence,
                N_("Give one of them another id."),
            )
        first.setdefault(component.id, page)


def _children(placing: Placing, page: Page) -> Iterator[Finding]:
    holders: dict[str, Component] = {}
    for component in page.components:
        for claim in claims(component.raw):
            # Lines are only looked for where something is wrong: forms can hold thousands of claims.
            place = partial(placing.component, page, component, claim.pointer)
            values = {"id": claim.id, "holder": component.called}
            if page.component(claim.id) is None:
                sentence = Sentence(N_("%(holder)s holds %(id)s, which is not on the page."), values)
                yield finding(
                    "missing-child",
                    "warning",
                    place(),
                    sentence,
                    N_("Take it out of the list, or add the component."),
                )
            elif _is_in_itself(page, component, claim.id):
                sentence = Sentence(N_("%(holder)s holds %(id)s, which holds %(holder)s itself."), values)
                if claim.id == component.id:
                    sentence = Sentence(N_("%(holder)s holds itself."), values)
                yield finding("holds-itself", "error", place(), sentence, N_("Take it out of the list."))
            elif claim.id in holders:
                values["other"] = holders[claim.id].id
                sentence = Sentence(
                    N_("%(id)s lies both in %(other)s and in %(holder)s; only the first counts."), values
                )
                yield finding(
                    "claimed-twice", "warning", place(), sentence, N_("Take it out of one of them.")
                )
            elif _is_cut_off(page, component, claim.id):
                sentence = Sentence(
                    N_("%(id)s lies too deep in other components to be shown in %(holder)s."), values
                )
                yield finding("nested-too-deep", "warning", place(), sentence, N_("Move it further out."))
            holders.setdefault(claim.id, component)


def _is_cut_off(page: Page, holder: Component, claimed: str) -> bool:
    """Whether what the holder claims stands by itself, as there are too many containers around it."""
    child = page.component(claimed)
    return child is not None and child.parent_id is None and page.component(holder.id) is holder


def _is_in_itself(page: Page, holder: Component, claimed: str) -> bool:
    """Whether what the holder claims is the holder itself, or something that the holder lies in."""
    above: str | None = holder.id
    while above is not None:
        if above == claimed:
            return True
        found = page.component(above)
        above = found.parent_id if found else None
    return False
