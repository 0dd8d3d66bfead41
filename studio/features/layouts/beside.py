"""A text in all languages, for whoever writes it on the canvas and wants to see the others beside it."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.definition.translation.table import row
from studio.features.layouts.views import PAGE, bp
from studio.features.layouts.workplace import Spot, workplace
from studio.web.language import language_name


@bp.get(f"{PAGE}/beside")
@requires(Right.EDIT)
def beside(org: str, app: str, layout_set: str, page: str) -> ResponseReturnValue:
    """The text in a slot of a component: [{"language", "name", "text"}], one for each language of the app.

    [] where there is no such component, and where the slot holds no key of a text.
    """
    work = workplace(org, app, Spot(layout_set, page, ""))
    component = work.page.component(request.args.get("id", ""))
    key = component.text_key(request.args.get("slot", "")) if component else None
    found = row(work.app, key) if key else None
    languages = work.app.languages if found or key is None else ()
    return jsonify(
        [
            {"language": code, "name": language_name(code), "text": found.text(code) if found else ""}
            for code in languages
            if component is not None
        ]
    )
