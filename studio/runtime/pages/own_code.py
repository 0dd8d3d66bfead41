"""The app's own element, in a frame that has no rights: no origin, no cookies, no network, no way out.

The page of the frame is handed with the policy `sandbox`, so that it has no origin either where somebody
opens its address. All it can do is speak with the form around it, which takes texts for the component's own
bindings. The app's scripts are handed to such frames alone: a page of this site would run one as its own.
"""

import json
from typing import Final

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from studio.definition.own_code import SCRIPTS, STYLES, own_code, own_scripts, own_styles
from studio.runtime.forms.kinds.custom import is_tag
from studio.runtime.pages.room import address, environment, form_language, this_app
from studio.web.assets import asset

_CACHED: Final = "public, max-age=300"
_POLICY: Final = (
    "sandbox allow-scripts",
    "default-src 'none'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
)


def frame(tag: str) -> ResponseReturnValue:
    """The page of the frame, which makes one element with this name."""
    app = this_app()
    scripts = own_scripts(app.definition)
    if not is_tag(tag) or not scripts:
        abort(404)
    html = render_template(
        "runtime/own_element.html",
        tag=tag,
        lang=form_language(),
        scripts=[(_code(script.path), script.is_module) for script in scripts],
        styles=[_code(path) for path in own_styles(app.definition)],
        boot=asset("custom_element.js"),
        texts=json.dumps(_texts()),
    )
    answer = Response(html)
    answer.headers["Content-Security-Policy"] = _policy(app.preview is not None)
    return answer


def file(folder: str, path: str) -> ResponseReturnValue:
    """A script or style sheet of the app, for its frames alone."""
    content = own_code(this_app().definition, f"{folder}/{path}")
    if content is None or request.headers.get("Sec-Fetch-Site") in {"same-origin", "same-site"}:
        abort(404)
    kind = "text/css" if path.endswith(".css") else "text/javascript"
    answer = Response(content, mimetype=kind)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = _CACHED
    answer.headers["Vary"] = "Sec-Fetch-Site"
    return answer


def _code(path: str) -> str:
    folder, _, rest = path.partition("/")
    return address("own_code", folder=folder, path=rest)


def _texts() -> dict[str, str]:
    texts = this_app().definition.texts(form_language())
    return {each.id: each.value for each in texts}


def _policy(in_preview: bool) -> str:
    """What the frame may do. Only the page around it may frame it, and Studio around a preview."""
    origin = request.host_url.rstrip("/")
    code, style = (f"{origin}{_code(f'{folder}/x')[:-1]}" for folder in (SCRIPTS, STYLES))
    around = [origin, environment().studio_origin] if in_preview else [origin]
    return "; ".join(
        [
            *_POLICY,
            f"script-src {code} {origin}/assets/",
            f"style-src {style} {origin}/assets/ 'unsafe-inline'",
            f"font-src data: {origin}/assets/",
            f"frame-ancestors {' '.join(around)}",
        ]
    )
