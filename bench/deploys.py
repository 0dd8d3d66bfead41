"""From the press of the button to an app in use, in an environment that already serves many apps.

A real runtime process and Studio's own workers on real databases. Every sample is a change of one text,
shared and deployed. `check` is the app check with the release; `live` is everything after it, up to the first
page having been opened. The floor is one request to the runtime that does nothing. All times in ms.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from bench._figures import spread, table
from bench._stack import free_ports
from studio import create_app, create_runtime
from studio.config import Settings, read_settings
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.changes import SetText
from studio.definition.templates import new_app
from studio.delivery import delivery, deployments
from studio.delivery.models import Deployment, State
from studio.delivery.previews import push_preview
from studio.history.commits import Author
from studio.supervisor import Service, Supervisor

APPS = 200
SAMPLES = 20
AUTHOR = Author("Bench", "bench@example.org")


def measure() -> dict[str, Any]:
    """Spreads of the parts of a deployment and of a preview, with APPS apps in use before."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        settings = _settings(Path(folder))
        with _runtime(settings), create_app(settings).app_context():
            return _measure(settings)


def _measure(settings: Settings) -> dict[str, Any]:
    began = time.perf_counter()
    for number in range(APPS):
        _share_new(f"app-{number}")
        _deployed(f"app-{number}")
    first = (time.perf_counter() - began) / APPS * 1000
    rows = [_sample(number) for number in range(SAMPLES)]
    previews = [_preview(number) for number in range(SAMPLES)]
    with httpx.Client(base_url=settings.environment("test").origin, trust_env=False) as http:
        floor = [_ping(http) for _ in range(SAMPLES)]
    delivery().worker.stop()
    figures = {
        "check": spread([check for check, _live in rows]),
        "live": spread([live for _check, live in rows]),
        "preview after an edit": spread(previews),
        "floor": spread(floor),
    }
    print(table(["ms", "median", "p95", "max"], [[name, *each.values()] for name, each in figures.items()]))
    return {"apps in use": APPS, "first deploy of a new app, mean": round(first, 1), **figures}


def _sample(number: int) -> tuple[float, float]:
    """(check, live) of one deployment in ms."""
    name = f"app-{number * (APPS // SAMPLES)}"
    _share_text(name, f"Title {number}")
    row = _deployed(name)
    at = {event.step: event.at for event in deployments.events(row.id)}
    check = (at["bundle"] - row.asked_at).total_seconds() * 1000
    live = (at["done"] - at["bundle"]).total_seconds() * 1000
    return check, live


def _preview(number: int) -> float:
    repository = delivery().repositories.open("bench", "app-1")
    draft = repository.draft("bench")
    draft.apply(SetText("nb", "appName", f"Draft {number}"), draft.revision, AUTHOR, now())
    began = time.perf_counter()
    push_preview(draft.files, "bench", "app-1", "bench", "main")
    return (time.perf_counter() - began) * 1000


def _ping(http: httpx.Client) -> float:
    began = time.perf_counter()
    http.get("/health")
    return (time.perf_counter() - began) * 1000


def _share_new(name: str) -> None:
    files = new_app(name, "bench", {"nb": name}, "contact")
    delivery().repositories.create("bench", name, files, AUTHOR, "Make the app", now())


def _share_text(name: str, text: str) -> None:
    draft = delivery().repositories.open("bench", name).draft("bench")
    draft.apply(SetText("nb", "appName", text), draft.revision, AUTHOR, now())
    draft.share(text, AUTHOR, now())


def _deployed(name: str) -> Deployment:
    number = deployments.deploy("bench", name, "Bench", "", now()).id
    while True:
        studio_db.session.rollback()
        row = studio_db.session.get_one(Deployment, number, populate_existing=True)
        if not row.is_unfinished:
            break
        time.sleep(0.005)
    if row.state != State.DONE:
        raise SystemExit(f"{name} was not deployed: {row.cause}")
    return row


def _settings(folder: Path) -> Settings:
    studio, test, production = free_ports(3)
    return read_settings(
        {
            "STUDIO_DATA": str(folder),
            "STUDIO_PORT": str(studio),
            "STUDIO_TEST_PORT": str(test),
            "STUDIO_PRODUCTION_PORT": str(production),
        }
    )


@contextmanager
def _runtime(settings: Settings) -> Iterator[None]:
    test = settings.environment("test")
    service = Service(
        name="the test environment",
        host=settings.host,
        port=test.port,
        port_setting="STUDIO_TEST_PORT",
        make=partial(create_runtime, settings, "test"),
    )
    with Supervisor([service], print):
        yield
