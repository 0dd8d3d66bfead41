"""A Studio process that deploys one app and waits: for tests that kill it. Arguments: folder, two origins."""

import sys
import threading
from pathlib import Path

from flask import Flask

from studio.database import engine_options, studio_db
from studio.database.clock import now
from studio.delivery import deployments
from studio.delivery.environments import Environment
from studio.delivery.install import install_delivery
from studio.history.repositories import Repositories
from tests.delivery.doors import KEY


def main(folder: Path, test: str, production: str) -> None:
    """Ask for a deployment, and stay until killed."""
    app = Flask("studio")
    url = f"sqlite:///{folder / 'studio.db'}"
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=engine_options(url))
    studio_db.init_app(app)
    environments = [
        Environment("test", test, test, KEY),
        Environment("production", production, production, KEY),
    ]
    install_delivery(app, environments, Repositories(folder / "repos"), folder / "releases")
    with app.app_context():
        deployments.deploy("ttd", "moving", "Kari Lunde", "", now())
        threading.Event().wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
