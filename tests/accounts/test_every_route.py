"""Every address of Studio as every role: who comes in is what the view declares, and nobody else."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from studio import demo
from studio.accounts.guards import needs_sign_in, required_right
from studio.accounts.rights import Grant, Role, allows
from studio.accounts.token_guards import needs_token
from studio.web.guards import declared, is_open

CAME_IN = 418
NOBODY = demo.DemoPerson("", "nobody", "has not signed in")

# Enough to build any address. A route with an argument that is not named here gets "x" or 1.
VALUES = {"org": "ttd", "app": "example", "environment": "test", "user_name": "kari"}


@pytest.fixture(autouse=True)
def _stop_behind_the_guards(app: Flask) -> None:
    """Answer for the view once every guard has let the request through, so that nothing is done."""
    app.config["WTF_CSRF_ENABLED"] = False
    stopping: list[bool] = []
    app.extensions["test.stopping"] = stopping
    app.before_request(lambda: ("came in", CAME_IN) if stopping else None)


@pytest.mark.parametrize("person", [NOBODY, *demo.PEOPLE], ids=lambda person: person.name)
def test_everybody_gets_exactly_as_far_as_their_roles_go(
    app: Flask, client_of: Callable[..., FlaskClient], person: demo.DemoPerson
) -> None:
    client = client_of(person.user_name or None)
    app.extensions["test.stopping"].append(True)

    wrong = []
    for org in ("ttd", "demo", "unknown"):
        for endpoint, method, address, arguments in _requests(app, org):
            answer = client.open(address, method=method)
            expected = _expected(app.view_functions[endpoint], person, arguments)
            if _outcome(answer) != expected:
                wrong.append(f"{method} {address} ({endpoint}): {_outcome(answer)}, expected {expected}")

    assert wrong == []


def test_every_view_declares_who_may_come_in(app: Flask) -> None:
    undeclared = [name for name, view in app.view_functions.items() if declared(view) is None]

    assert undeclared == []


def test_what_is_open_to_all_is_a_short_list(app: Flask) -> None:
    is_public = {name for name, view in app.view_functions.items() if is_open(view)}

    assert is_public == {
        "assets.file",
        "health.health",
        "sign_in.index",
        "sign_in.sign_in",
        "sign_in.language",
    }


def test_a_view_without_a_declaration_is_closed_to_everybody(
    app: Flask, client_of: Callable[..., FlaskClient]
) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")

    assert client_of(None).get("/forgotten").status_code == 403
    assert client_of("anne").get("/forgotten").status_code == 403


def _requests(app: Flask, org: str) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Every rule with every method: (endpoint, method, address, arguments)."""
    urls = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        arguments = {name: _value(rule, name) for name in rule.arguments}
        if "org" in arguments:
            arguments["org"] = org
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            address = urls.build(rule.endpoint, arguments, method=method)
            yield rule.endpoint, method, address, arguments | (rule.defaults or {})


def _value(rule: Rule, name: str) -> Any:
    if name in VALUES:
        return VALUES[name]
    return 1 if type(rule._converters[name]).__name__ == "IntegerConverter" else "x"


def _expected(view: Callable[..., Any], person: demo.DemoPerson, arguments: dict[str, Any]) -> str:
    if is_open(view):
        return "comes in"
    if needs_token(view):
        return "401 UNAUTHORIZED"  # a session is no token
    if person is NOBODY:
        return "to sign-in"
    right = required_right(view)
    if right is None:
        assert needs_sign_in(view)
        return "comes in"
    org, environment = arguments.get("org"), arguments.get("environment")
    if org is not None and (org == "unknown" or not _may_see(person, org)):
        return "not there"
    allowed = allows(_grants(person), right, org, environment, administrator=person.administrator)
    return "comes in" if allowed else "forbidden"


def _may_see(person: demo.DemoPerson, org: str) -> bool:
    return person.administrator or org in person.roles


def _grants(person: demo.DemoPerson) -> list[Grant]:
    return [Grant(org, role) for org, roles in person.roles.items() for role in roles] + [
        Grant(org, Role.DEPLOYER, environment) for org in person.roles for environment in person.deploys_to
    ]


def _outcome(answer: Any) -> str:
    if answer.status_code == 302 and answer.location.startswith("/sign-in"):
        return "to sign-in"
    return {CAME_IN: "comes in", 403: "forbidden", 404: "not there"}.get(answer.status_code, answer.status)
