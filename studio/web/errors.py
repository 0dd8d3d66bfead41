"""One table from what went wrong to the answer: status, and words for the person who asked."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import structlog
from flask import Flask, Response, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from studio.definition.errors import DomainError, NotThere
from studio.definition.files import UnsafePath
from studio.definition.sentences import N_, Sentence
from studio.web.language import translate
from studio.web.log_lines import request_place
from studio.web.rendering import hx, is_htmx, render

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Words:
    """What the page of one status says."""

    title: str
    advice: str


PAGES: Final[dict[int, Words]] = {
    400: Words(N_("This request could not be understood"), N_("Go back, reload the page and try once more.")),
    401: Words(N_("You must sign in"), N_("Sign in, and you come back to where you were.")),
    403: Words(
        N_("You do not have access to this"), N_("Ask an owner of the organisation to give you access.")
    ),
    404: Words(
        N_("We did not find this page"),
        N_("It may have been moved or deleted, or the address may have a typing error."),
    ),
    405: Words(N_("This cannot be done here"), N_("Go back to the page you came from and try again.")),
    409: Words(
        N_("Somebody else was faster"),
        N_("What you changed has been changed in the meantime. Reload and look."),
    ),
    413: Words(N_("This is too large"), N_("Choose a smaller file and try again.")),
    422: Words(N_("This could not be done"), N_("Correct what the message says and try again.")),
    429: Words(N_("Too many attempts"), N_("Wait a little and try again.")),
    500: Words(
        N_("Something went wrong here"), N_("The fault is ours and has been recorded. Try again in a while.")
    ),
}

# The first class that fits counts. Rooms further up add theirs with `answers_with`.
_STATUS: Final[dict[type[Exception], int]] = {
    NotThere: HTTPStatus.NOT_FOUND,
    DomainError: HTTPStatus.UNPROCESSABLE_ENTITY,
    UnsafePath: HTTPStatus.UNPROCESSABLE_ENTITY,
}


def install_errors(app: Flask) -> None:
    """Answer every error with a page, or with a message where htmx or a program asked."""
    for kind, status in _STATUS.items():
        answer_with(app, kind, status)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def answer_with(app: Flask, kind: type[Exception], status: int) -> None:
    """Let `app` answer an exception of this kind with `status`; it says its own `sentence` if it has one."""

    def handle(error: Exception) -> Response:
        sentence = getattr(error, "sentence", None)
        return error_response(status, translate(sentence) if sentence else str(error))

    app.register_error_handler(kind, handle)


def error_response(status: int, message: str = "") -> Response:
    """The answer for an error, in the form that was asked for: page, htmx message or JSON."""
    words = PAGES.get(status) or PAGES[500 if status >= 500 else 400]
    if is_htmx():
        return hx(
            render("errors/message.html", status=status, words=words, message=message),
            status=status,
            retarget="#messages",
            reswap="innerHTML",
        )
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return Response(
            json.dumps(
                {"status": status, "title": gettext(words.title), "detail": message or gettext(words.advice)},
                ensure_ascii=False,
            ),
            status=status,
            mimetype="application/problem+json",
        )
    return Response(render("errors/page.html", status=status, words=words, message=message), status=status)


def _csrf_error(_error: CSRFError) -> Response:
    return error_response(
        400,
        translate(
            Sentence(N_("The page had been open for too long, or in another window. Reload and try again."))
        ),
    )


def _http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return error.response  # type: ignore[return-value]  # what abort(response) was given
    status = error.code or 500
    if status < 400:
        return error.get_response()  # type: ignore[return-value]  # a redirect, such as the one to a closing slash
    return error_response(status)


def _unexpected(error: Exception) -> Response:
    log.error("unexpected error", **request_place(), exc_info=error)
    return error_response(500)
