"""The editor's page and its parts, as HTML."""

import json
from typing import Any

from flask import url_for
from flask_babel import gettext

from studio.definition.app import AppDefinition
from studio.definition.changes import is_printed, pdf_page
from studio.definition.components import GROUPS, palette
from studio.definition.naming import page_name
from studio.definition.option_sources import STANDARD_LISTS, list_ids, sources_of
from studio.definition.sentences import N_, Sentence
from studio.features.layouts.difference import Difference
from studio.features.layouts.faults import faults_of
from studio.features.layouts.finding import search
from studio.features.layouts.option_choices import option_choices
from studio.features.layouts.page_checks import checks_of
from studio.features.layouts.page_grouping import groups_shown
from studio.features.layouts.panel import Panel, panel_of
from studio.features.layouts.phrases import field_kinds, phrases, shortcuts
from studio.features.layouts.rules_said import RulesSaid, Where, of_component, of_page
from studio.features.layouts.selecting import Selection, selection_of
from studio.features.layouts.workplace import Workplace
from studio.web import render, translate
from studio.web.editing import Answer
from studio.web.language import current_language, language_name

_TEMPLATE = "layouts/editor.html"


def whole_page(work: Workplace, answer: Answer | None = None) -> str:
    """The editor."""
    return render(
        _TEMPLATE,
        **_context(work, answer or Answer()),
        **_frame(work),
        canvas=work.canvas.html(),
    )


def without_pages(org: str, app: str, definition: AppDefinition) -> str:
    """What stands in the place of the editor where there is nothing to edit yet."""
    title = definition.title(current_language()) or app
    sets = definition.layout_sets
    return render("layouts/no_pages.html", org=org, app=app, app_title=title, layout_sets=sets)


def changed_parts(work: Workplace, answer: Answer, before: Workplace | None, *, later: bool = False) -> str:
    """What differs from `before` (None: unknown, so everything): canvas, page list, panel, state.

    `later`: without the panel, which the browser asks for when it has drawn the rest.
    """
    context = _context(work, answer, panel=not later)
    parts = [render(_TEMPLATE, block="state", **context)]
    difference = Difference(before.app, before.page, work.canvas) if before else None
    if difference is None or difference.too_odd:
        parts.append(render(_TEMPLATE, block="canvas", **context, canvas=work.canvas.html()))
    else:
        parts.append(str(difference.html()))
    if before is None or _page_rows(before) != _page_rows(work):
        parts.append(render(_TEMPLATE, block="pages", **context))
    if not later:
        parts.append(render(_TEMPLATE, block="panel", **context))
    return "\n".join(parts)


def found_part(work: Workplace) -> str:
    """What a search found, alone."""
    return render(_TEMPLATE, block="found", **_context(work, Answer(), panel=False))


def panel_part(work: Workplace, answer: Answer | None = None) -> str:
    """The panel alone."""
    return render(_TEMPLATE, block="panel", **_context(work, answer or Answer()))


def state_part(work: Workplace, answer: Answer) -> str:
    """What is said beside the parts, alone."""
    return render(_TEMPLATE, block="state", **_context(work, answer, panel=False))


def address(work: Workplace, endpoint: str, page: str | None = None, **more: Any) -> str:
    """The address of a view for this page."""
    return url_for(
        f"layouts.{endpoint}",
        org=work.org,
        app=work.app_name,
        layout_set=work.layout_set.id,
        page=page or work.page.name,
        **more,
    )


def _page_rows(work: Workplace) -> list[tuple[Any, ...]]:
    """What the list of pages shows."""
    printed = pdf_page(work.layout_set)
    groups = groups_shown(work.app, work.layout_set, work.language)
    return [
        *((shown.title, shown.group.pages) for shown in groups),
        *(
            (
                page.name,
                _page_said(work, page.name),
                page.hidden,
                page.in_order,
                page.broken is None,
                page.name == printed,
            )
            for page in work.layout_set.pages
        ),
    ]


def _context(work: Workplace, answer: Answer, *, panel: bool = True) -> dict[str, Any]:
    """What every part needs; what only the panel shows is left out where there is none."""
    names = [page.name for page in work.layout_set.pages]
    groups = groups_shown(work.app, work.layout_set, work.language)
    return {
        "shell": "app_shell.html",
        "org": work.org,
        "app": work.app_name,
        "layout_set": work.layout_set,
        "page": work.page,
        "page_place": names.index(work.page.name),
        "page_text": _page_text(work),
        "page_said": lambda name: _page_said(work, name),
        "page_consequences": _consequences(work),
        "page_printed": is_printed(work.layout_set, work.page.name),
        "pdf_page": pdf_page(work.layout_set),
        "page_checks": checks_of(work.app, work.layout_set, work.page) if panel else (),
        "page_groups": groups,
        "page_group": next((shown for shown in groups if work.page.name in shown.group.pages), None),
        "page_faults": faults_of(work.page) if panel else None,
        "language": work.language,
        "revision": work.revision,
        "selected": list(work.chosen),
        "panel": _panel(work) if panel else None,
        "selection": _selection(work) if panel else None,
        "together": json.dumps(work.chosen) if len(work.chosen) > 1 else "",
        "search": search(work.app, work.find, (work.layout_set.id, work.page.name)) if work.find else None,
        "more": work.more,
        "rules": _rules(work) if panel else None,
        "option_ids": list_ids(work.app),
        "option_choices": option_choices(work.app),
        "own_lists": work.app.option_ids,
        "fetched_lists": sources_of(work.app),
        "standard_lists": STANDARD_LISTS,
        "kind_names": field_kinds(),
        "answer": answer,
        "take_address": address(work, "take", lang=work.language, selected=list(work.chosen)),
        "bring_address": _bring_address(work),
        "edits_address": address(work, "edits", lang=work.language),
        "address_of": lambda name: address(work, "page", name, lang=work.language),
        "address_with": lambda ids: address(work, "page", lang=work.language, selected=list(ids)),
        "address_in": lambda layout_set, page, **more: _address_in(work, layout_set, page, **more),
    }


def _frame(work: Workplace) -> dict[str, Any]:
    """What only the whole page needs."""
    return {
        "app_title": work.app.title(current_language()) or work.app_name,
        "page_title": gettext("%(page)s in %(set)s", page=work.page.name, set=work.layout_set.id),
        "page_address": address(work, "page"),
        "specimens_address": address(work, "new_ones", lang=work.language),
        "start_address": url_for("layouts.index", org=work.org, app=work.app_name),
        "preview_address": _preview_address(work),
        "layout_sets": [found for found in work.app.layout_sets if found.pages],
        "languages": [(code, language_name(code)) for code in work.app.languages or (work.language,)],
        "palette": _palette(),
        "phrases": phrases(),
        "shortcuts": shortcuts(),
    }


def _palette() -> list[dict[str, Any]]:
    return [
        {
            "name": group,
            "label": translate(GROUPS[group]),
            "entries": [
                {
                    "type": kind.name,
                    "icon": kind.icon,
                    "label": translate(kind.label),
                    "help": translate(kind.help),
                    "words": f"{translate(kind.label)} {translate(kind.help)} {kind.name}".lower(),
                }
                for kind in kinds
            ],
        }
        for group, _heading, kinds in palette()
    ]


def _panel(work: Workplace) -> Panel | None:
    component = work.page.component(work.chosen[0]) if len(work.chosen) == 1 else None
    return panel_of(work.app, work.layout_set, component, work.language) if component else None


def _rules(work: Workplace) -> RulesSaid:
    """What the rules of what the panel shows do."""
    where = Where(work.org, work.app_name, work.app, work.layout_set, work.page, work.language)
    component = work.page.component(work.chosen[0]) if len(work.chosen) == 1 else None
    return of_component(where, component) if component is not None else of_page(where)


def _selection(work: Workplace) -> Selection | None:
    chosen = [found for name in work.chosen if (found := work.page.component(name)) is not None]
    return selection_of(work.app, work.layout_set, work.page, chosen) if chosen else None


def _address_in(work: Workplace, layout_set: str, page: str, **more: Any) -> str:
    """The address of a page of any layout set of the app."""
    return url_for(
        "layouts.page",
        org=work.org,
        app=work.app_name,
        layout_set=layout_set,
        page=page,
        lang=work.language,
        **more,
    )


def _page_said(work: Workplace, name: str) -> str:
    """What people see as a page's name: in the language being edited, else in another, else its own."""
    found = work.app.texts(work.language).get(name)
    return found.value if found and found.value else page_name(work.app, name)


def _page_text(work: Workplace) -> str:
    found = work.app.texts(work.language).get(work.page.name)
    return found.value if found else ""


def _consequences(work: Workplace) -> str:
    """What is asked before a page is deleted."""
    count = len(work.page.components)
    sentence = Sentence(
        N_("Delete the page %(page)s and its %(count)s components? Undo brings them back."),
        {"page": work.page.name, "count": count},
    )
    return translate(sentence)


def _bring_address(work: Workplace) -> str:
    page = f"{work.layout_set.id}/{work.page.name}"
    return url_for("layouts.bring", org=work.org, app=work.app_name, page=page)


def _preview_address(work: Workplace) -> str:
    page = f"{work.layout_set.id}/{work.page.name}"
    return url_for("preview.beside", org=work.org, app=work.app_name, page=page)


__all__ = [
    "address",
    "changed_parts",
    "found_part",
    "panel_part",
    "state_part",
    "whole_page",
    "without_pages",
]
