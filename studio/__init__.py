"""A designer and a runtime for digital public services, where every app is a Git repository of plain files.

The two factories import their rooms when they are called: whoever needs one room, such as a test of the
definition, does not load all of them.
"""

# ruff: noqa: PLC0415 - see above

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argon2 import PasswordHasher
    from flask import Flask

    from studio.config import Settings

FEATURES: Final = (
    "sign_in",
    "dashboard",
    "overview",
    "layouts",
    "preview",
    "sharing",
    "deploys",
    "admin",
    "account",
)


def create_app(settings: "Settings | None" = None, hasher: "PasswordHasher | None" = None) -> "Flask":
    """Studio. Without settings they are read from the environment; `hasher` is how passwords are kept."""
    import os

    from flask import Flask

    from studio.accounts.install import install_accounts, language_choice, theme_choice
    from studio.config import read_settings
    from studio.database import engine_options, studio_db
    from studio.database.migrations import migrate
    from studio.web import WebOptions, install_web
    from studio.web.navigation import install_navigation

    settings = settings or read_settings(os.environ)
    migrate(settings.database_url, "studio")
    app = Flask(__name__, static_folder=None)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
    )
    studio_db.init_app(app)
    install_web(
        app,
        WebOptions(
            secret_key=settings.secret_key,
            cookie="studio_session",
            secure=settings.origin.startswith("https:"),
            frames=[environment.origin for environment in settings.environments],
            language=language_choice,
            theme=theme_choice,
        ),
    )
    install_navigation(app)
    install_accounts(app, hasher)
    _hand_out_repositories(app, settings)
    for name in FEATURES:
        spec = find_spec(f"studio.features.{name}")
        if spec is not None and spec.origin is not None:
            try:
                app.register_blueprint(import_module(f"studio.features.{name}").bp)
            except (ImportError, AttributeError, SyntaxError) as error:  # until every screen is in place
                app.logger.warning("The screen %s is left out: %s", name, error)
    return app


def _hand_out_repositories(app: "Flask", settings: "Settings") -> None:
    from studio import history
    from studio.features import repositories

    if hasattr(history, "Repositories"):
        repositories.give(app, history.Repositories(settings.repositories))
