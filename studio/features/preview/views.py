"""HTTP of the preview: the draft is handed to the first environment, whose runtime shows it as it is."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, requires
from studio.definition.app import app_definition
from studio.definition.sentences import Sentence
from studio.delivery import push_preview
from studio.delivery.problems import DeliveryProblem
from studio.features import open_draft
from studio.web import render, translate

bp = Blueprint("preview", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class Shown:
    """A draft that the runtime shows at `url`; or why it cannot (`problem`).

    `page` ("layout set/page") is the page to open, "" for where the preview stands.
    """

    url: str
    problem: str = ""
    page: str = ""

    def address(self, *, again: bool = False) -> str:
        """Where the form is shown, at its page; with `again`, emptied. "" where it cannot be shown."""
        wanted = {"page": self.page} if self.page else {}
        query = urlencode(wanted | ({"again": "1"} if again else {}))
        return f"{self.url}?{query}" if self.url and query else self.url


@bp.get("/<org>/<app>/preview")
@requires(Right.VIEW)
def index(org: str, app: str) -> ResponseReturnValue:
    """The preview on a page of its own. Without JavaScript it is brought up to date by reloading."""
    draft = open_draft(org, app)
    title = app_definition(draft.files).title("nb")
    again = request.args.get("again") == "1"
    shown = _handed_over(org, app)
    return render(
        "preview/page.html",
        org=org,
        app=app,
        app_title=title,
        shown=shown,
        source=shown.address(again=again),
        phrases=_phrases(),
    )


@bp.get("/<org>/<app>/preview/beside")
@requires(Right.VIEW)
def beside(org: str, app: str) -> ResponseReturnValue:
    """The preview as a part of another page; it asks for the draft to be handed over by itself."""
    shown = Shown("", page=request.args.get("page", ""))
    return render("preview/_preview.html", org=org, app=app, shown=shown, source="", phrases=_phrases())


@bp.post("/<org>/<app>/preview")
@requires(Right.VIEW)
def push(org: str, app: str) -> ResponseReturnValue:
    """Hand the draft over as it is now: {"url"}, or 503 {"detail"} where the runtime does not take it."""
    shown = _handed_over(org, app)
    if shown.problem:
        return jsonify(detail=shown.problem), 503
    return jsonify(url=shown.url)


def _handed_over(org: str, app: str) -> Shown:
    draft = open_draft(org, app)
    try:
        url = push_preview(draft.files, org, app, draft.person, draft.branch)
        return Shown(url, page=request.args.get("page", ""))
    except DeliveryProblem as problem:
        return Shown("", _words(problem.sentence, problem.remedy))


def _words(sentence: Sentence, remedy: Sentence | None) -> str:
    return " ".join(translate(part) for part in (sentence, remedy) if part is not None)


def _phrases() -> dict[str, str]:
    return {
        "failed": gettext("The runtime does not answer, so the form cannot be shown. Try again in a moment.")
    }
