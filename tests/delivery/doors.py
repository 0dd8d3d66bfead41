"""A real runtime door on a real port, and Studio's side of it: what tests of delivery stand on."""

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from studio.database import engine_options, runtime_db, studio_db
from studio.database.clock import now
from studio.definition.changes import Composite, SetFile
from studio.definition.files import Files
from studio.delivery.client import ManagementClient
from studio.delivery.environments import Environment, Environments
from studio.delivery.install import install_delivery
from studio.delivery.models import Deployment
from studio.delivery.room import Delivery
from studio.history.commits import Author
from studio.history.repositories import Repositories
from studio.jobs.worker import Worker
from studio.runtime import management
from studio.runtime.attachments import Attachments, attachments
from studio.runtime.bundles import BundleStore
from studio.runtime.management import environment_key
from studio.runtime.reviewed import are_tried
from studio.runtime.scanning import scanner_at
from studio.runtime.served import bundles, served_app
from studio.web.guards import install_default_deny, open_to_all
from tests.migrated import database

KEY = "the-key-of-an-environment-in-a-test"


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_request(self, *_args: object) -> None:
        pass


class Door:
    """A runtime that can be stopped and started on the same port. Counts what is asked of it."""

    def __init__(self, folder: Path, name: str, port: int = 0, key: str = KEY) -> None:
        self.name = name
        self.folder = folder
        self.key = key
        self.calls: list[str] = []
        self.opens_with = 200
        self.before_call: Callable[[str], None] = lambda _call: None
        self.app = self._app()
        self._server: BaseWSGIServer | None = None
        self.port = port
        self.start()

    def _app(self) -> Flask:
        url = database(self.folder / "runtime.db", "runtime")
        app = Flask(f"runtime-{self.name}")
        app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=engine_options(url))
        runtime_db.init_app(app)
        app.before_request(self._note)
        install_default_deny(app)
        bundles.give(app, BundleStore.at(self.folder / "files"))
        attachments.give(app, Attachments.at(self.folder / "attachments", scanner_at("")))
        are_tried.give(app, self.name == "test")
        environment_key.give(app, self.key)
        app.register_blueprint(management.bp)

        @app.get("/<org>/<app>/")
        @open_to_all
        def start(org: str, app: str) -> tuple[str, int]:
            return ("here it is", self.opens_with) if served_app(org, app) else ("", 404)

        return app

    def _note(self) -> None:
        call = f"{request.method} {request.path}"
        self.calls.append(call)
        self.before_call(call)

    def start(self) -> None:
        _wait_until_free(self.port)
        self._server = make_server("127.0.0.1", self.port, self.app, threaded=True, request_handler=Quiet)
        self.port = self._server.port
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def environment(self) -> Environment:
        origin = f"http://127.0.0.1:{self.port}"
        return Environment(self.name, origin, origin, self.key)

    def close(self) -> None:
        """Stop for good."""
        self.stop()
        with self.app.app_context():
            runtime_db.engine.dispose()

    def serves(self, org: str, app: str) -> str | None:
        """The bundle in use, or None."""
        with self.app.app_context():
            row = served_app(org, app)
            return row.bundle_id if row else None


def _wait_until_free(port: int) -> None:
    """A door that opens again may find that a connection of another test has its port, for a moment."""
    until = time.monotonic() + 10
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                if time.monotonic() > until:
                    raise
            else:
                return
        time.sleep(0.05)


@dataclass(frozen=True)
class Doors:
    test: Door
    production: Door


class NoWork:
    """Nothing to do."""

    def claim(self, _runner: str) -> None:
        return None

    def is_empty(self) -> bool:
        return True


def delivery_with(environments: Environments, repositories: Repositories | None = None) -> Delivery:
    """Delivery for tests that make no releases, unless they give repositories."""
    return Delivery(
        environments=environments,
        repositories=repositories or Repositories(Path("/nowhere")),
        store=BundleStore.at("memory:///"),
        clients={each.name: ManagementClient(each) for each in environments},
        worker=Worker(NoWork()),
    )


class Studio:
    """Studio's side: a database, repositories, and delivery to two doors."""

    def __init__(self, folder: Path, doors: Doors) -> None:
        self.folder = folder
        self.doors = doors
        self.repositories = Repositories(folder / "repos")
        self.url = database(folder / "studio.db", "studio")
        self.app = Flask("studio")
        self.app.config.update(
            SQLALCHEMY_DATABASE_URI=self.url, SQLALCHEMY_ENGINE_OPTIONS=engine_options(self.url)
        )
        studio_db.init_app(self.app)
        self.delivery = install_delivery(
            self.app,
            [doors.test.environment, doors.production.environment],
            self.repositories,
            folder / "releases",
        )

    def share(self, files: Files, message: str = "Share") -> None:
        """Make the app, or put `files` on its main branch as somebody who shares them."""
        author = Author("Kari Lunde", "kari@example.org")
        if not self.repositories.exists("ttd", "moving"):
            self.repositories.create("ttd", "moving", files, author, message, now())
            return
        draft = self.repositories.open("ttd", "moving").draft("kari")
        change = Composite(
            tuple(SetFile(path, files[path]) for path in files if draft.files.get(path) != files[path])
        )
        draft.apply(change, draft.revision, author, now())
        draft.share(message, author, now())

    def wait_for(self, deployment: Deployment) -> Deployment:
        """The deployment after it has ended."""
        number = deployment.id
        for _ in range(600):
            studio_db.session.rollback()
            row = studio_db.session.get_one(Deployment, number, populate_existing=True)
            if not row.is_unfinished:
                return row
            threading.Event().wait(0.02)
        raise AssertionError(f"Deployment {number} does not end.")

    def close(self) -> None:
        self.delivery.worker.stop()
        for client in self.delivery.clients.values():
            client.close()
        studio_db.engine.dispose()
