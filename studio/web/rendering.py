"""Whole pages, the parts of them that htmx asks for, and the headers by which an answer steers htmx."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue


def is_htmx() -> bool:
    """Whether htmx made this request (and not the browser itself, for a whole page)."""
    return bool(request.htmx)  # type: ignore[attr-defined]  # of the extension


def render(template: str, /, block: str | None = None, **context: Any) -> str:
    """A page; or with `block` only that block of it, with all that the page imports at its top."""
    if block is None:
        return render_template(template, **context)
    current_app.update_template_context(context)
    page = current_app.jinja_env.get_template(template)
    inside = page.new_context(context)
    # The first step of a page runs its imports and finds its parents; the page itself is not needed.
    steps = page.root_render_func(inside)
    next(steps, None)
    steps.close()  # type: ignore[attr-defined]  # a generator, as Jinja compiles it
    return "".join(inside.blocks[block][0](inside))


def hx(
    body: ResponseReturnValue = "",
    *,
    status: int | None = None,
    trigger: str | Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    **instructions: str,
) -> Response:
    """An answer that tells htmx what to do next: hx(html, retarget="#panel", push_url="/x", trigger="saved").

    Each instruction becomes the HX- header of its name: redirect, location, push_url, replace_url, refresh,
    reswap, retarget, reselect.
    """
    response: Response = make_response(body)
    if status is not None:
        response.status_code = status
    for name, value in instructions.items():
        response.headers[f"HX-{name.replace('_', '-').title()}"] = value
    if trigger is not None:
        response.headers["HX-Trigger"] = trigger if isinstance(trigger, str) else json.dumps(trigger)
    response.headers.extend(headers or {})
    return response
