"""The branch of an app in the address: /<org>/<app>@<branch>/…; without an @ it is the main branch.

Routes know nothing of it. The branch is taken out of the argument `app` before a view (and its guard) sees
it, and put back into every address of the same app that is made in the same request. A "/" in the branch's
name is written ":", which no ref of Git may hold (git-check-ref-format), so that the name can be read back.
"""

from typing import Any, Final

from flask import Blueprint, Flask, current_app, g, has_request_context, request

_MARK: Final = "@"
_EXTENSION: Final = "studio.branch_address"


class _Addresses:
    def __init__(self, default: str) -> None:
        self.default = default
        self.whole_app: set[str] = set()


def install_branch_addresses(app: Flask, default: str) -> None:
    """Read and write branches in addresses; `default` is the branch that needs no mention."""
    app.extensions[_EXTENSION] = _Addresses(default)
    app.url_value_preprocessor(_take_out)
    app.url_defaults(_put_back)


def about_whole_apps(bp: Blueprint) -> None:
    """Declare that the pages of `bp` are about an app with all its branches: their addresses name none."""
    bp.record_once(lambda state: state.app.extensions[_EXTENSION].whole_app.add(bp.name))


def current_branch() -> str:
    """The branch that the address of this request names, or else the main branch."""
    return str(g.get("branch") or current_app.extensions[_EXTENSION].default)


def is_about_whole_app() -> bool:
    """Whether this request is for a page about an app with all its branches."""
    return request.blueprint in current_app.extensions[_EXTENSION].whole_app


def on_branch(app: str, branch: str) -> str:
    """The argument `app` of url_for for a page of the app on that branch, whichever this request is on."""
    return f"{app}{_MARK}{branch.replace('/', ':')}"


def _split(segment: str) -> tuple[str, str]:
    app, _, branch = segment.partition(_MARK)
    return app, branch.replace(":", "/")


def _take_out(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "org" in values and _MARK in values.get("app", ""):
        values["app"], g.branch = _split(values["app"])
    if values and "app" in values:
        g.branch_of = (values.get("org"), values["app"])


def _put_back(endpoint: str, values: dict[str, Any]) -> None:
    app = values.get("app")
    if not isinstance(app, str) or "org" not in values:
        return
    here: _Addresses = current_app.extensions[_EXTENSION]
    branch = ""
    if _MARK in app:
        app, branch = _split(app)
    elif has_request_context() and g.get("branch_of") == (values["org"], app):
        branch = g.get("branch", "")
    is_default = branch in ("", here.default) or endpoint.partition(".")[0] in here.whole_app
    values["app"] = app if is_default else on_branch(app, branch)
