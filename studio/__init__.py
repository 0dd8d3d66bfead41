"""A designer and a runtime for digital public services, where every app is a Git repository of plain files.

The two factories import their rooms when they are called: whoever needs one room, such as a test of the
definition, does not load all of them.
"""

# ruff: noqa: PLC0415 - see above

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from argon2 import PasswordHasher
    from flask import Flask

    from studio.config import EnvironmentSettings, Settings
    from studio.notices.smtp import MailServer
    from studio.runtime.option_lists import KeptSecret

FEATURES: Final = (
    "sign_in",
    "dashboard",
    "overview",
    "layouts",
    "data_models",
    "texts",
    "options",
    "library",
    "resources",
    "rules",
    "code",
    "preview",
    "sharing",
    "branches",
    "pull_requests",
    "history",
    "presence",
    "deploys",
    "admin",
    "account",
    "notices",
    "tokens",
    "remotes",
    "git_http",
)


def create_app(settings: "Settings | None" = None, hasher: "PasswordHasher | None" = None) -> "Flask":
    """Studio. Without settings they are read from the environment; `hasher` is how passwords are kept."""
    import os

    from flask import Flask

    from studio.accounts.install import install_accounts, language_choice, theme_choice
    from studio.config import read_settings
    from studio.database import engine_options, studio_db
    from studio.database.migrations import migrate
    from studio.history.repository import MAIN
    from studio.web import WebOptions, install_web
    from studio.web.branch_address import install_branch_addresses
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
    install_branch_addresses(app, default=MAIN)
    install_navigation(app)
    install_accounts(app, [each.name for each in settings.environments], hasher)
    _hand_out(app, settings)
    app.register_blueprint(import_module("studio.showing_changes").bp)
    for name in FEATURES:
        app.register_blueprint(import_module(f"studio.features.{name}").bp)
    return app


def create_runtime(settings: "Settings", name: str) -> "Flask":
    """The runtime of the environment `name`. Raises KeyError where there is no such environment."""
    from flask import Flask

    from studio.database import engine_options, runtime_db
    from studio.database.migrations import migrate
    from studio.runtime.install import RuntimeOptions, install_runtime
    from studio.web import WebOptions, install_web

    environment = settings.environment(name)
    migrate(environment.database_url, "runtime")
    app = Flask("studio.runtime", static_folder=None, template_folder="templates")
    app.config.update(
        SQLALCHEMY_DATABASE_URI=environment.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(environment.database_url),
    )
    runtime_db.init_app(app)
    install_web(
        app,
        WebOptions(
            secret_key=f"{settings.secret_key}:{name}",
            cookie=f"runtime_{name}_session",
            secure=environment.origin.startswith("https:"),
        ),
    )
    install_runtime(
        app,
        RuntimeOptions(
            name=name,
            key=environment.key,
            files=environment.files,
            origin=environment.origin,
            studio_origin=settings.origin,
            sign_in=environment.sign_in,
            virus_scanner=settings.virus_scanner,
            app_logic=settings.app_logic,
            fetch_servers=environment.fetch_servers,
            secrets=_kept_secrets(environment),
            lists=settings.lists,
        ),
    )
    return app


def _kept_secrets(environment: "EnvironmentSettings") -> "Mapping[str, KeptSecret]":
    """What the environment sends to servers, by name."""
    from studio.runtime.option_lists import KeptSecret

    return {
        name: KeptSecret(each.server, each.value, each.apps) for name, each in environment.secrets.items()
    }


def _hand_out(app: "Flask", settings: "Settings") -> None:
    """Give the screens what they work on: the repositories, and the environments to deliver to."""
    from datetime import timedelta

    from studio.delivery.environments import Environment, Environments
    from studio.delivery.install import install_delivery
    from studio.features import repositories
    from studio.features.git_http.room import install_git_http
    from studio.features.options import standard_lists, trials
    from studio.features.rules import hook_runner
    from studio.history.push_checks import PushLimits
    from studio.history.repositories import Repositories
    from studio.notices.install import install_notices
    from studio.outside_remotes.install import install_outside_remotes
    from studio.reviews.install import install_reviews
    from studio.reviews.place_room import PlaceLimits
    from studio.reviews.place_work import install_review_places
    from studio.runtime.logic.runner import Runner
    from studio.runtime.option_lists import OptionLists
    from studio.services.standard_lists import StandardLists

    here = Repositories(settings.repositories)
    repositories.give(app, here)
    environments = Environments(
        Environment(
            name=each.name,
            origin=each.origin,
            management_origin=f"http://{settings.host}:{each.port}",
            key=each.key,
        )
        for each in settings.environments
    )
    standard_lists.give(app, StandardLists(settings.lists))
    reached = {each.name: (each.fetch_servers, _kept_secrets(each)) for each in settings.environments}
    trials.give(app, {name: OptionLists(*given) for name, given in reached.items()})
    servers = frozenset[str]().union(*(each.fetch_servers for each in settings.environments))
    hook_runner.give(app, Runner(settings.app_logic, "studio", servers))
    install_delivery(app, environments, here, settings.data / "releases")
    install_git_http(app, settings.data / "git-hooks", PushLimits(pack=settings.largest_push))
    install_outside_remotes(
        app, here, settings.remotes_key, settings.git_hosts, PushLimits(pack=settings.largest_push)
    )
    install_review_places(app, PlaceLimits(settings.review_places, timedelta(days=settings.review_days)))
    install_reviews(app, here, settings.chromium)
    install_notices(app, _mail_server(settings), settings.origin)


def _mail_server(settings: "Settings") -> "MailServer | None":
    """What e-mails are handed to."""
    from studio.notices.smtp import MailServer

    mail = settings.mail
    if mail is None:
        return None
    return MailServer(mail.host, mail.port, mail.security, mail.user, mail.password, mail.sender)
