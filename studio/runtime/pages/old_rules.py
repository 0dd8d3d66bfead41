"""The frame in which rules of older apps (RuleHandler.js) run: no origin, no cookies, no network, no way out.

As with an app's own elements (own_code.py, decision 0010) the page of the frame is handed with the policy
`sandbox`. The code runs in a worker that the frame makes, so that code without an end does not stop the form.
"""

from dataclasses import dataclass
from typing import Final

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from studio.definition.rules.old_rules import read_old_rules
from studio.runtime.forms.old_rules import POSTED, data_script, old_rules, rules_script
from studio.runtime.forms.state import FormState
from studio.runtime.pages.room import address, environment, this_app
from studio.web.assets import asset

_POLICY: Final = (
    "sandbox allow-scripts",
    "default-src 'none'",
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
)


@dataclass(frozen=True, slots=True)
class OldRulesPart:
    """What a page gives the browser: the frame's address, the rules, what they read, what was said."""

    source: str
    rules: Markup
    data: Markup
    said: str


def old_rules_of(state: FormState) -> OldRulesPart | None:
    """The old rules of a form for its page; None where it has none."""
    old = old_rules(state)
    if old is None or state.within is not None:
        return None
    source = address("old_rules", layout_set=state.layout_set.id)
    said = request.form.get(POSTED, "")
    return OldRulesPart(source, rules_script(state, old), data_script(state, old), said)


def frame(layout_set: str) -> ResponseReturnValue:
    """The page of the frame, with the code of one form's rules."""
    app = this_app()
    found = app.definition.layout_set(layout_set)
    code = read_old_rules(app.definition, found).code if found else ""
    if not code:
        abort(404)
    html = render_template("runtime/old_rules.html", code=code, boot=asset("old_rules_frame.js"))
    answer = Response(html)
    answer.headers["Content-Security-Policy"] = _policy(app.preview is not None)
    return answer


def _policy(in_preview: bool) -> str:
    """What the frame may do. Only the page around it may frame it, and Studio around a preview."""
    origin = request.host_url.rstrip("/")
    around = [origin, environment().studio_origin] if in_preview else [origin]
    return "; ".join([*_POLICY, f"script-src {origin}/assets/", f"frame-ancestors {' '.join(around)}"])
