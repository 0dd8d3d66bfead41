"""The branch in the shell: which one the page is on, and the same page on others."""

from dataclasses import dataclass
from typing import Final

from flask import request, url_for

from studio.definition.errors import NotThere
from studio.features import repositories
from studio.features.branches.blueprint import bp
from studio.history.repository import MAIN
from studio.web.branch_address import current_branch, is_about_whole_app, on_branch

_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """A branch, and where this page is on it."""

    name: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Picker:
    """The branch that the page is on, and those near at hand: main, this one, and then by name."""

    current: str
    choices: tuple[Choice, ...]
    more: int


@bp.app_template_global()
def branch_picker(org: str, app: str) -> Picker | None:
    """For the shell of pages about an app; None where the page is about no branch."""
    if is_about_whole_app() or request.endpoint is None:
        return None
    try:
        names = repositories().open(org, app).branches()
    except NotThere:
        return None
    current = current_branch()
    order = sorted(names, key=lambda name: (name != MAIN, name != current, name))
    choices = tuple(
        Choice(name, _same_page(org, app, name), is_current=name == current) for name in order[:_MOST]
    )
    return Picker(current, choices, len(names) - len(choices))


def _same_page(org: str, app: str, branch: str) -> str:
    """This page on another branch where it needs no more than the app; otherwise the front page there."""
    plain = request.method == "GET" and set(request.view_args or {}) == {"org", "app"}
    endpoint = request.endpoint if plain and request.endpoint else "overview.index"
    return url_for(endpoint, org=org, app=on_branch(app, branch))
