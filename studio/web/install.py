"""Everything that a Flask application of this house shares, put on it in one call."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from flask import Flask, request
from flask_wtf import CSRFProtect
from htmx_flask import Htmx
from jinja2 import StrictUndefined

from studio.web import assets, health
from studio.web.dates import install_dates
from studio.web.errors import install_errors
from studio.web.guards import install_default_deny
from studio.web.headers import install_headers
from studio.web.language import install_language
from studio.web.log_lines import configure_log
from studio.web.routes import LateRule

# Of a form without its files: bytes, and fields where it is sent in parts. Two bytes can be a field, which
# takes a hundred in memory; so this is what one request can make of us.
LARGEST_FORM: Final = 2 * 1024 * 1024
MOST_FIELDS: Final = 5_000


def _system() -> str:
    return "auto"


def _none() -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class WebOptions:
    """What differs between Studio and a runtime."""

    secret_key: str
    cookie: str  # name of the session cookie; cookies are shared by all ports of a host
    secure: bool  # whether people come by https
    frames: Sequence[str] = ()  # origins shown inside our pages
    framed_by: Sequence[str] = ()  # origins that show our pages inside theirs
    max_upload: int = 64 * 1024 * 1024
    language: Callable[[], str | None] = field(default=_none)
    theme: Callable[[], str] = field(default=_system)


csrf = CSRFProtect()


def _measure_form() -> None:
    # Flask counts what comes in parts; a form in one piece is read whole, however many fields it holds.
    if request.mimetype == "application/x-www-form-urlencoded":
        limits = (request.max_content_length, request.max_form_memory_size)
        request.max_content_length = min(each for each in limits if each is not None)


def install_web(app: Flask, options: WebOptions) -> None:
    """Sessions, CSRF, headers, languages, errors, assets, templates and default-deny."""
    configure_log()
    app.url_rule_class = LateRule
    app.config.update(
        SECRET_KEY=options.secret_key,
        # With this prefix, browsers take the cookie from no other host, not even from one below our own.
        SESSION_COOKIE_NAME=f"__Host-{options.cookie}" if options.secure else options.cookie,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=options.secure,
        MAX_CONTENT_LENGTH=options.max_upload,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=MOST_FIELDS,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session; a designer's page stays open for days
        WTF_CSRF_SSL_STRICT=options.secure,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset=assets.asset, color_scheme=options.theme)
    Htmx(app)
    install_headers(app, options.frames, options.framed_by)
    install_language(app, options.language)
    install_dates(app)
    app.before_request(_measure_form)
    install_default_deny(app)
    csrf.init_app(app)
    install_errors(app)
    app.register_blueprint(assets.bp)
    app.register_blueprint(health.bp)
