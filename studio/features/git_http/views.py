"""HTTP of Git: the smart protocol, signed in by access tokens. The protocol itself is Git's own work."""

from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Final

import pygit2
from flask import Blueprint, Response, g, request
from flask_babel import force_locale
from werkzeug.exceptions import HTTPException
from werkzeug.wsgi import get_input_stream

from studio.accounts import Right
from studio.accounts.signing_in import TooManyAttempts
from studio.accounts.token_guards import current_token, demand_by_token, requires_token
from studio.accounts.tokens import Scope, TokenRefused
from studio.database import studio_db
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence
from studio.features import repositories
from studio.features.git_http.backend import Answer, BackendFailed, Body, Call, Exchange
from studio.features.git_http.fetching import hidden_want, read_request, refusal_of
from studio.features.git_http.gate import TooBusy
from studio.features.git_http.pushing import push_answer, push_call
from studio.features.git_http.room import git_room
from studio.history import maintenance
from studio.history.refs import branch_moved
from studio.web import translate
from studio.web.branch_address import about_whole_apps
from studio.web.install import csrf

FETCH: Final = "git-upload-pack"
PUSH: Final = "git-receive-pack"
_PASSED_ON: Final = ("Content-Type", "Content-Encoding", "Git-Protocol")
_STATUS: Final[dict[type[DomainError], int]] = {
    TokenRefused: 401,
    NotThere: 404,
    TooManyAttempts: 429,
    TooBusy: 429,
}
_NOT_ALLOWED: Final = Sentence(N_("You may not do this with this app. Ask an owner of the organisation."))
_FAILED: Final = Sentence(N_("Git gave no answer. Try again, or tell whoever looks after Studio."))

bp = Blueprint("git_http", __name__)
about_whole_apps(bp)
# A token is no cookie: no page of another site can send it.
csrf.exempt(bp)


@bp.get("/<org>/<app>.git/info/refs")
@requires_token(Right.VIEW, Scope.READ)
def refs(org: str, app: str) -> Response:
    """Which branches and tags there are, for fetching or pushing."""
    service = request.args.get("service", "")
    if service == PUSH:
        demand_by_token(Right.SHARE, Scope.WRITE, org)
    elif service != FETCH:
        return _plain(403, Sentence(N_("This needs a Git that speaks the smart protocol.")))
    return _exchange(org, app, "info/refs", service)


@bp.post(f"/<org>/<app>.git/{FETCH}")
@requires_token(Right.VIEW, Scope.READ)
def fetch(org: str, app: str) -> Response:
    """Hand out objects."""
    return _exchange(org, app, FETCH, FETCH)


@bp.post(f"/<org>/<app>.git/{PUSH}")
@requires_token(Right.SHARE, Scope.WRITE)
def push(org: str, app: str) -> Response:
    """Take objects in, and move branches and tags."""
    return _exchange(org, app, PUSH, PUSH)


def _exchange(org: str, app: str, what: str, service: str) -> Response:
    room, repository = git_room(), repositories().open(org, app)
    if service == PUSH and repository.archived_at is not None:
        return _plain(403, Sentence(N_("This app is archived. Take it into use in Studio before you push.")))
    person = current_token().person
    call = Call(
        root=repositories().root,
        path=f"/{org}/{app}.git/{what}",
        method=request.method,
        query=f"service={service}" if what == "info/refs" else "",
        person=person.user_name,
        headers={name: request.headers[name] for name in _PASSED_ON if name in request.headers},
        hooks=room.hooks,
    )
    body: Body = get_input_stream(request.environ, max_content_length=None)
    if what == FETCH:
        asked = read_request(body, call.headers.pop("Content-Encoding", ""))
        hidden = hidden_want(pygit2.Repository(str(repository.folder)), asked.getvalue())
        if hidden is not None:
            return Response(refusal_of(hidden), mimetype=f"application/x-{FETCH}-result")
        body = asked
    with _in_language():
        if what == PUSH:
            call = push_call(call, person, org, app, room.limits)
        # Whoever waits, or fetches for minutes, holds no connection to the database meanwhile.
        studio_db.session.remove()
        with ExitStack() as stack:
            stack.enter_context(room.gate.turn(call.person))
            exchange = Exchange(call, body, room.idle)
            stack.callback(exchange.close)
            try:
                status, headers = exchange.head()
            except BackendFailed:
                return _plain(500, _FAILED)
            chunks = push_answer(exchange, room.limits) if what == PUSH else exchange.chunks()
            if what == PUSH:
                stack.callback(branch_moved.send, repository.folder.resolve())
                stack.callback(maintenance.after_push, repository.folder)
            return Response(Answer(chunks, stack.pop_all().close), status, headers, direct_passthrough=True)


# ── what goes wrong, in words that Git shows as they are ──


def _domain_error(error: DomainError) -> Response:
    status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 422)
    answer = _plain(status, error.sentence)
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Basic realm="Studio", charset="UTF-8"'
    if isinstance(error, TooBusy):
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _http_error(error: HTTPException) -> Response:
    return _plain(
        error.code or 500, getattr(error, "sentence", _NOT_ALLOWED if error.code == 403 else _FAILED)
    )


bp.register_error_handler(DomainError, _domain_error)
bp.register_error_handler(HTTPException, _http_error)


def _plain(status: int, sentence: Sentence) -> Response:
    with _in_language():
        return Response(f"{translate(sentence)}\n", status, mimetype="text/plain")


def _in_language() -> AbstractContextManager[None]:
    """The language that the person has chosen in Studio; else what their Git asks for."""
    token = g.get("access_token")
    chosen = token.person.language if token is not None else None
    return force_locale(chosen) if chosen else nullcontext()
