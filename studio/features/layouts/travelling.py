"""What taking components away and bringing them have in common."""

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from studio.definition.app import AppDefinition, LayoutSet, Page, app_definition
from studio.definition.components import component_type
from studio.definition.errors import NotThere
from studio.definition.layouts import claims
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence
from studio.definition.snippets import Snippet
from studio.features import open_draft, repositories
from studio.features.layouts.blocks import Blocks
from studio.features.layouts.panel import component_label
from studio.history.shelf import Shelf


def blocks_of(org: str) -> Blocks:
    """The blocks of an organisation."""
    return Blocks(Shelf(repositories().root, org))


def shown_there(org: str, app: str, layout_set: str, page: str, before: set[str]) -> ResponseReturnValue:
    """The page with what is new on it chosen."""
    found = app_definition(open_draft(org, app).files).page(layout_set, page)
    fresh = [one for one in (found.roots if found else ()) if one.id not in before]
    chosen = [component.id for component in fresh]
    return redirect(
        url_for("layouts.page", org=org, app=app, layout_set=layout_set, page=page, selected=chosen)
    )


def page_of(app: AppDefinition, layout_set: str, page: str) -> tuple[LayoutSet, Page]:
    """A page by its names. Raises NotThere."""
    found = app.layout_set(layout_set)
    there = found.page(page) if found else None
    if found is None or there is None:
        raise NotThere(
            Sentence(N_("There is no page %(page)s in %(set)s any more."), {"page": page, "set": layout_set})
        )
    return found, there


def page_choices(app: AppDefinition) -> list[tuple[LayoutSet, Page, str]]:
    """Every page of an app, with what a list of them shows: its title, and its name in the file.

    The step of the process stands in front where there are several.
    """
    sets = [found for found in app.layout_sets if found.pages]
    return [
        (found, page, f"{found.id} / {label}" if len(sets) > 1 else label)
        for found in sets
        for page in found.pages
        for title in [page_name(app, page.name)]
        for label in [page.name if title == page.name else f"{title} ({page.name})"]
    ]


def roots(snippet: Snippet) -> list[dict[str, Any]]:
    """The outermost components of a snippet, as lists show them."""
    inner = {claim.id for raw in snippet.components for claim in claims(raw)}
    return [_shown(raw, snippet) for raw in snippet.components if raw.get("id") not in inner]


def _shown(raw: Any, snippet: Snippet | None = None) -> dict[str, Any]:
    """A component as lists show it: icon, type, and what it says."""
    kind = component_type(str(raw.get("type")))
    bound = raw.get("textResourceBindings")
    key = bound.get("title") if isinstance(bound, dict) else None
    texts = (
        [values[key] for values in snippet.texts.values() if key in values]
        if snippet and isinstance(key, str)
        else []
    )
    return {
        "icon": kind.icon if kind else "Component",
        "label": component_label(str(raw.get("type"))),
        "name": texts[0] if texts else str(raw.get("id", "")),
    }
