"""Who may come in is declared on every view; a view without a declaration answers 403 to everybody."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

View = TypeVar("View", bound=Callable[..., Any])
# Given the route's arguments, raises (or answers) where the request may not come in.
Guard = Callable[[dict[str, Any]], ResponseReturnValue | None]

# What a request may hold (bytes) where anybody may send one: a form with a name and a password.
FROM_STRANGERS: Final = 64 * 1024

_ATTRIBUTE: Final = "__studio_guard__"


def declare(guard: Guard) -> Callable[[View], View]:
    """A decorator that puts `guard` before a view. It goes below the route decorator."""

    def decorate(view: View) -> View:
        setattr(view, _ATTRIBUTE, guard)
        return view

    return decorate


def declared(view: Callable[..., Any]) -> Guard | None:
    """The guard that was declared on a view."""
    return getattr(view, _ATTRIBUTE, None)


def _everybody(_arguments: dict[str, Any]) -> None:
    return None


def open_to_all(view: View) -> View:
    """Declare that a view is for everybody, signed in or not."""
    return declare(_everybody)(view)


def is_open(view: Callable[..., Any]) -> bool:
    """Whether a view was declared open to all."""
    return declared(view) is _everybody


def install_default_deny(app: Flask) -> None:
    """Ask the view's guard before each request. An address without a view goes on, to answer 404 or 405."""
    app.before_request(_ask_the_guard)


def _ask_the_guard() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    view = current_app.view_functions[request.endpoint]
    guard = declared(view)
    if guard is None:
        raise Forbidden
    if is_open(view):
        request.max_content_length = min(FROM_STRANGERS, request.max_content_length or FROM_STRANGERS)
    return guard(request.view_args or {})
