"""A Flask application with everything that pages share, and nothing else."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import DictLoader

from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence
from studio.web import WebOptions, install_web, open_to_all
from studio.web.errors import answer_with


class Clash(DomainError):
    """An error of a room further up."""


@pytest.fixture
def app() -> Iterator[Flask]:
    """The application, with a view for each way to fail at /fail/<how>."""
    app = Flask("pages", static_folder=None)
    install_web(
        app,
        WebOptions(
            secret_key="x" * 32, cookie="pages", secure=False, frames=["http://127.0.0.1:9"], max_upload=1000
        ),
    )
    answer_with(app, Clash, 409)
    app.jinja_loader = DictLoader(
        {
            "document.html": "<html lang={{ current_language() }}>{% block main %}{% endblock %}</html>",
            "error_shell.html": "{% extends 'document.html' %}",
            "macros.html": "{% macro shout(text) %}{{ text | upper }}!{% endmacro %}",
            "page.html": "{% extends 'document.html' %}{% from 'macros.html' import shout %}"
            "{% block main %}<h1>{{ shout(name) }}</h1>"
            "{% block part %}{{ shout(name) }}{% endblock %}{% endblock %}",
        }
    )

    def fail(how: str) -> str:
        raise {
            "domain": DomainError(
                Sentence(N_("A password must have at least %(count)s characters."), {"count": 9})
            ),
            "missing": NotThere(Sentence("There is no <b>page</b>.")),
            "clash": Clash(Sentence("Somebody else was faster.")),
            "bug": RuntimeError("secret detail"),
        }[how]

    app.add_url_rule("/fail/<how>", "fail", open_to_all(fail))
    app.add_url_rule("/form", "form", open_to_all(lambda: "taken"), methods=["GET", "POST"])
    app.add_url_rule("/slash/", "slash", open_to_all(lambda: "there"))
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser of somebody who wants bokmål."""
    return app.test_client()
