"""HTTP of the pages about all rules: the list, and the drawing."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.definition.rules.old_rules import old_rules_of
from studio.features.rules.blueprint import bp
from studio.features.rules.graph import DEPTHS, graph_of
from studio.features.rules.kinds import KINDS
from studio.features.rules.listing import Wish, dependencies, listing
from studio.features.rules.things import read_thing, written
from studio.features.rules.workplace import Workplace, workplace
from studio.web import is_htmx, render
from studio.web.language import current_language

_LONGEST_QUERY = 200


@bp.get("/<org>/<app>/rules")
@requires(Right.VIEW)
def index(org: str, app: str) -> ResponseReturnValue:
    """All rules of the app."""
    work = _here(org, app)
    wish = Wish(
        request.args.get("q", "").strip()[:_LONGEST_QUERY],
        request.args.get("kind", ""),
        "field" if request.args.get("by") == "field" else "page",
    )
    context = {
        **frame(work, "list"),
        "wish": wish,
        "found": listing(work, wish),
        "kinds": KINDS,
        "old_rules": sum(len(each.rules) for each in old_rules_of(work.app)),
    }
    return render("rules/list.html", "found" if is_htmx() else None, **context)


@bp.get("/<org>/<app>/rules/graph")
@requires(Right.VIEW)
def graph(org: str, app: str) -> ResponseReturnValue:
    """What decides about what, as a drawing and as a list."""
    work = _here(org, app)
    around = read_thing(request.args.get("around", ""), work.things)
    depth = request.args.get("depth", "2")
    steps = int(depth) if depth in {str(known) for known in DEPTHS} else 2
    known = sorted(
        {thing for a, b, _ in work.things.links for thing in (a, b)},
        key=lambda thing: work.things.label(thing).casefold(),
    )
    decided_by, decides = dependencies(work, around) if around else ([], [])
    return render(
        "rules/graph.html",
        **frame(work, "graph"),
        graph=graph_of(work, around, steps),
        around=around,
        depth=steps,
        known=[(written(thing), work.things.label(thing), work.things.kind(thing)) for thing in known],
        chosen=written(around) if around else "",
        label=work.things.label(around) if around else "",
        place=work.things.address(org, app, around) if around else "",
        decided_by=decided_by,
        decides=decides,
    )


def frame(work: Workplace, tab: str) -> dict[str, Any]:
    """What every page of the screen needs."""
    return {
        "org": work.org,
        "app": work.app_name,
        "app_title": work.app.title(current_language()) or work.app_name,
        "tab": tab,
        "has_old_rules": bool(old_rules_of(work.app)),
    }


def _here(org: str, app: str) -> Workplace:
    return workplace(org, app, request.args.get("lang", "") or current_language())
