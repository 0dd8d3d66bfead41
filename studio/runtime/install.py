"""Putting a runtime together from its parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from studio.definition.errors import DomainError
from studio.definition.process import ProcessConflict
from studio.definition.sentences import N_, Sentence
from studio.runtime import management
from studio.runtime.attachments import Attachments, attachments
from studio.runtime.bundles import BundleStore
from studio.runtime.context import NotInUse, app_logic, option_lists, register
from studio.runtime.forms import markup
from studio.runtime.handoff import BadPass
from studio.runtime.instances import NotOpen, Outdated
from studio.runtime.logic.failures import HookFailed, HookRefused
from studio.runtime.logic.runner import Mode, Runner
from studio.runtime.making_pdfs import PdfWork
from studio.runtime.option_lists import KeptSecret, OptionLists
from studio.runtime.pages import owner, sign_in
from studio.runtime.pages.addresses import form_blueprint
from studio.runtime.pages.hook_failures import hook_failed
from studio.runtime.pages.limits import limiter
from studio.runtime.pages.not_in_use import not_in_use
from studio.runtime.pages.room import Environment, address, environment, interface_language
from studio.runtime.pdf.jobs import pdf_maker
from studio.runtime.reviewed import are_tried
from studio.runtime.scanning import scanner_at
from studio.runtime.served import bundles
from studio.services.authorization import Forbidden
from studio.services.standard_lists import StandardLists
from studio.services.test_people import TestRegister
from studio.web.errors import answer_with

# How people may sign in here. Both let anyone be any test person; the second must be asked for by name.
PICKING = frozenset({"test-people", "local-demo"})


class NoSignIn(DomainError):
    """The environment does not say how people sign in."""


@dataclass(frozen=True, slots=True)
class RuntimeOptions:
    """What differs between environments. `files` is the folder for blobs, `key` opens the management door,
    `virus_scanner` is the address of ClamAV's daemon, "" for none. `app_logic` says how the Python hooks of
    apps are run, `fetch_servers` which servers they and option lists may be fetched from; `secrets` is what
    option lists send to them, `lists` the folder of standard lists that were fetched anew."""

    name: str
    key: str
    files: Path
    origin: str
    studio_origin: str
    sign_in: str
    virus_scanner: str = ""
    app_logic: Mode = "confined"
    fetch_servers: frozenset[str] = frozenset()
    secrets: Mapping[str, KeptSecret] = field(default_factory=dict, repr=False)
    lists: Path | None = None


def install_runtime(app: Flask, options: RuntimeOptions) -> None:
    """Sign-in, forms, previews, the owner's pages and the management door. Raises NoSignIn."""
    picks = options.sign_in == "local-demo" or (options.sign_in == "test-people" and options.name == "test")
    if not picks:
        raise NoSignIn(
            Sentence(
                N_("People cannot sign in to %(name)s. Set STUDIO_%(setting)s_SIGN_IN."),
                {"name": options.name, "setting": options.name.upper()},
            )
        )
    environment.give(app, Environment(options.name, picks, options.studio_origin))
    are_tried.give(app, options.name == "test")
    register.give(app, TestRegister())
    management.environment_key.give(app, options.key)
    bundles.give(app, BundleStore.at(options.files))
    attachments.give(app, Attachments.at(options.files / "attachments", scanner_at(options.virus_scanner)))
    app_logic.give(app, Runner(options.app_logic, options.name, options.fetch_servers))
    work = PdfWork(app)
    pdf_maker.give(app, work)
    app.before_request(work.open)
    option_lists.give(app, OptionLists(options.fetch_servers, options.secrets, StandardLists(options.lists)))
    app.register_error_handler(HookFailed, hook_failed)
    for kind, status in (
        (Forbidden, 403),
        (BadPass, 403),
        (NotOpen, 409),
        (Outdated, 409),
        (ProcessConflict, 409),
        (HookRefused, 422),
    ):
        answer_with(app, kind, status)
    app.register_error_handler(NotInUse, not_in_use)
    app.extensions["studio.language"] = interface_language
    app.context_processor(sign_in.template_values)
    app.jinja_env.globals["address"] = address
    app.jinja_env.filters.update(inline=markup.inline, plain=markup.plain)
    limiter.init_app(app)
    app.register_blueprint(management.bp)
    app.register_blueprint(owner.bp)
    app.register_blueprint(sign_in.bp)
    app.register_blueprint(form_blueprint("form", "/<org>/<app>", shown_in_studio=False))
    app.register_blueprint(form_blueprint("preview", "/preview/<token>/<org>/<app>", shown_in_studio=True))
