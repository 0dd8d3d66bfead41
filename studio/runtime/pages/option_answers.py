"""Option lists as JSON, at the addresses where clients of the platform ask for them (app-api.md 2.2).

A list that a component keeps for those who may read its instance (`secure`), and one that is fetched with a
secret, are answered inside an instance only.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue
from flask_limiter import RequestLimit
from werkzeug.exceptions import NotFound

from studio.database import clock
from studio.definition.app import AppDefinition
from studio.definition.expressions.errors import OptionsNotThere
from studio.definition.option_lists import uses_of_list
from studio.definition.option_sources import Secret, source_at, sources_of
from studio.definition.options.narrowing import is_wanted
from studio.runtime.forms.hooks import Asking
from studio.runtime.pages.forms import open_instance, state_of
from studio.runtime.pages.limits import OPTIONS, limiter
from studio.runtime.pages.room import current_person, form_language, this_app
from studio.runtime.storage import Instance, instance_json

_LANGUAGE: Final = "language"
# What a provider of the platform says that it has used; ours say nothing, and clients look for the header.
_PARAMETERS: Final = "Altinn-DownstreamParameters"
_MEMBERS: Final = ("description", "helpText", "tags")


def _too_often(_limit: RequestLimit) -> Response:
    said = "This address asks for lists too often. Try again in a minute."
    return _problem(HTTPStatus.TOO_MANY_REQUESTS, "Too Many Requests", said)


@limiter.limit(OPTIONS, on_breach=_too_often)
def of_app(option_id: str) -> ResponseReturnValue:
    """A list as everybody sees it: ?language=nb, and everything else is asked of the list."""
    if _is_guarded(this_app().definition, option_id):
        said = "The list is only answered inside an instance."
        return _problem(HTTPStatus.NOT_FOUND, "Not Found", said)
    return _answer(option_id, Asking(_language()))


@limiter.limit(OPTIONS, on_breach=_too_often)
def of_instance(party: int, guid: UUID, option_id: str) -> ResponseReturnValue:
    """A list as those who may read the instance see it. Raises NotThere and Forbidden."""
    if current_person() is None:
        return _problem(HTTPStatus.UNAUTHORIZED, "Unauthorized", "Sign in first.")
    return _answer(option_id, _asking_in(open_instance(party, guid)))


def _asking_in(instance: Instance) -> Asking:
    """What a hook is told: of a task without a form, the instance alone."""
    try:
        asking = state_of(instance).asking
    except NotFound:
        return Asking(_language(), instance=instance_json(instance))
    return Asking(_language(), asking.data_type, asking.models, asking.instance)


def _answer(option_id: str, asking: Asking) -> Response:
    asked = {name: text for name, text in request.args.items() if name != _LANGUAGE}
    try:
        found = _options(option_id, asking, asked)
    except OptionsNotThere:
        said = "The list cannot be had now."
        return _problem(HTTPStatus.SERVICE_UNAVAILABLE, "Service Unavailable", said)
    if found is None:
        return _problem(HTTPStatus.NOT_FOUND, "Not Found", "The app has no such list.")
    answer = jsonify([_said(option) for option in found])
    answer.headers[_PARAMETERS] = ""
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _options(option_id: str, asking: Asking, asked: Mapping[str, str]) -> Sequence[Mapping[str, Any]] | None:
    """The options in the order of the list; what the form asks of it narrows it here too."""
    app = this_app()
    if option_id not in app.definition.option_ids:
        return app.hooks(current_person(), clock.now()).options(asking, option_id, asked)
    content = app.definition.json(app.definition.paths.options(option_id))
    listed = content if isinstance(content, list) else []
    return [option for option in listed if isinstance(option, Mapping) and is_wanted(option, asked)]


def _said(option: Mapping[str, Any]) -> dict[str, Any]:
    """An option as clients know it: what it does not say is left out, its value keeps its type."""
    said = {name: option[name] for name in _MEMBERS if option.get(name)}
    return {"value": option.get("value"), "label": option.get("label") or "", **said}


def _is_guarded(app: AppDefinition, option_id: str) -> bool:
    if any(use.component and use.component.raw.get("secure") is True for use in uses_of_list(app, option_id)):
        return True
    path = sources_of(app).get(option_id) if option_id not in app.option_ids else None
    source = source_at(app, path).source if path else None
    return source is not None and any(isinstance(value, Secret) for value in source.headers.values())


def _language() -> str:
    wanted = request.args.get(_LANGUAGE, "")
    return wanted if wanted in this_app().definition.languages else form_language()


def _problem(status: HTTPStatus, title: str, detail: str) -> Response:
    answer = jsonify(title=title, detail=detail, status=status.value)
    answer.status_code = status
    answer.mimetype = "application/problem+json"
    return answer
