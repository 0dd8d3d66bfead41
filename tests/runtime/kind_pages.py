"""A page with a few components, as views and as HTML, without a server."""

from datetime import date
from typing import Any

from bs4 import BeautifulSoup
from builders import app, field

from studio.runtime.forms.building import page_view
from studio.runtime.forms.render import Mode, render_page
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import ComponentView, Issue, PageView

RESOURCES = "/ttd/app/wwwroot/"


def form_state(
    *components: dict[str, Any],
    data: dict[str, Any] | None = None,
    issues: tuple[Issue, ...] = (),
    design: bool = False,
    instance: dict[str, Any] | None = None,
    typed: dict[str, str] | None = None,
    opened: frozenset[str] = frozenset(),
    language: str = "nb",
    actions: dict[str, bool] | None = None,
    read_only: bool = False,
    **arguments: Any,
) -> FormState:
    """The state of an app whose first page holds the components. `arguments` are those of builders.app."""
    definition = app(pages={"Page": components, "Next": (field("more"),)}, **arguments)
    return FormState(
        definition,
        definition.layout_sets[0],
        language,
        {"model": data or {}},
        date(2026, 1, 31),
        instance=instance,
        issues=issues,
        typed=typed or {},
        open_rows=opened,
        design=design,
        actions=actions or {},
        read_only=read_only,
        resources=RESOURCES,
    )


def page(*components: dict[str, Any], **more: Any) -> PageView:
    """The view of the first page."""
    return page_view(form_state(*components, **more), "Page")


def view(*components: dict[str, Any], **more: Any) -> ComponentView:
    """The view of the first component."""
    return page(*components, **more).components[0]


def html(*components: dict[str, Any], mode: Mode = "fill", **more: Any) -> BeautifulSoup:
    """The first page as HTML. Needs the fixture `words`."""
    return BeautifulSoup(render_page(page(*components, **more), mode), "lxml")
