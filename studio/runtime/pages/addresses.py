"""The addresses of an app's pages: once for the app, once for drafts of it (`/preview/<token>/...`)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from studio.runtime.forms.wording import format_of, plural_format_of
from studio.runtime.pages import (
    entries,
    files,
    fill,
    old_rules,
    option_answers,
    own_code,
    pdf,
    preview,
    resources,
    start,
)
from studio.runtime.pages.room import as_person, environment, in_app
from studio.web.headers import content_security_policy

View = Callable[..., ResponseReturnValue]

_INSTANCE: Final = "/instance/<int:party>/<uuid:guid>"
_ENTRY: Final = "/<task>/<page>/<component>/<uuid:element>/<inner>"
# Method, address, endpoint, view.
ROUTES: Final[tuple[tuple[str, str, str, View], ...]] = (
    ("GET", "/", "start_page", start.start),
    ("GET", "/wwwroot/<path:path>", "resource", resources.show),
    ("POST", "/instances", "begin", start.begin),
    ("GET", f"{_INSTANCE}/", "instance", start.go_to),
    ("POST", f"{_INSTANCE}/delete", "delete", start.delete),
    ("GET", f"{_INSTANCE}/files/<uuid:element>", "file", files.show),
    ("GET", f"{_INSTANCE}/receipt", "receipt", start.receipt),
    ("GET", f"{_INSTANCE}/pdf", "pdf", pdf.show),
    ("POST", f"{_INSTANCE}/pdf", "make_pdf", pdf.make),
    ("GET", f"{_INSTANCE}/<task>/", "task", start.task),
    ("POST", f"{_INSTANCE}/<task>/", "confirm", start.confirm),
    ("GET", f"{_INSTANCE}/<task>/<page>", "page", fill.show),
    ("POST", f"{_INSTANCE}/<task>/<page>", "send", fill.post),
    ("GET", f"{_INSTANCE}{_ENTRY}", "entry", entries.show),
    ("POST", f"{_INSTANCE}{_ENTRY}", "send_entry", entries.post),
)
# The app's own code. It is run without anybody's cookies, so nobody is known by them here. Option lists are
# answered with a status, not with the way to the sign-in.
OPEN_ROUTES: Final[tuple[tuple[str, str, View], ...]] = (
    ("/own-element/<tag>", "own_element", own_code.frame),
    ("/old-rules/<layout_set>", "old_rules", old_rules.frame),
    ("/api/options/<option_id>", "options", option_answers.of_app),
    ("/instances/<int:party>/<uuid:guid>/options/<option_id>", "options_inside", option_answers.of_instance),
    ("/<any('custom-js', 'custom-css'):folder>/<path:path>", "own_code", own_code.file),
)
# Answers that say themselves what may be done with them.
_WITH_OWN_POLICY: Final = frozenset({"resource", "file", "own_element", "own_code", "old_rules"})


def form_blueprint(name: str, prefix: str, shown_in_studio: bool) -> Blueprint:
    """The pages of an app under `prefix`, which has the places <org> and <app>, and in a preview <token>."""
    bp = Blueprint(name, __name__, url_prefix=prefix)
    # Pages around a form say what the app puts in the place of our words as well.
    bp.record_once(
        lambda setup: setup.app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of an extension
            format_of, plural_format_of, newstyle=True
        )
    )
    for method, rule, endpoint, real in ROUTES:
        view = preview.enter if shown_in_studio and endpoint == "start_page" else real
        bp.add_url_rule(rule, endpoint, as_person(_of_this_app(view)), methods=[method])
    for rule, endpoint, view in OPEN_ROUTES:
        bp.add_url_rule(rule, endpoint, in_app(_of_this_app(view)))

    @bp.after_request
    def frames(response: Response) -> Response:
        """Only drafts are shown inside Studio; nobody may put the real form into a page of theirs."""
        framed_by = [environment().studio_origin] if shown_in_studio else []
        if str(request.endpoint).rpartition(".")[2] not in _WITH_OWN_POLICY:
            response.headers["Content-Security-Policy"] = content_security_policy(
                framed_by=framed_by, shown_from=["https:"]
            )
        return response

    return bp


def _of_this_app(view: View) -> View:
    """The view without the names of the app, which `this_app` reads from the address."""

    @wraps(view)
    def call(**arguments: Any) -> ResponseReturnValue:
        for name in ("org", "app", "token"):
            arguments.pop(name, None)
        return view(**arguments)

    return call
