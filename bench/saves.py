"""What a save in the background costs the server: CPU of the thread that answers, in ms.

The runtime answers in the process that measures, so that other work on the machine counts little. One answer
is changed each time; "nothing kept" is the same for a process that sees the page for the first time. The
floor, in the same run, is the health page.
"""

import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from flask.testing import FlaskClient

from bench._figures import table
from bench.standard_form import standard_data, standard_form
from studio import create_runtime
from studio.config import read_settings
from studio.database import clock
from studio.database.migrations import migrate
from studio.definition.bundle import bundle_id, manifest
from studio.definition.templates import new_app
from studio.runtime.forms import remembered
from studio.runtime.served import Delivered, bundles, serve

# (fields, fields a page)
SIZES: Final = ((10, 50), (50, 50), (1000, 50), (1000, 1000))
TIMES: Final = 20
_TOLD: Final = re.compile(r'data-is="(\w+)"[^>]*? id="c-([^"]+)"|data-same="c-([^"]+)" data-to="c-([^"]+)"')


def measure() -> dict[str, Any]:
    """{"fields, a page": {"save", "opened", "nothing kept", "floor": {"lowest", "median"}}}."""
    figures: dict[str, Any] = {}
    for count, per_page in SIZES:
        with _filling_in(count, per_page) as (client, address):
            figures[f"{count}, {per_page} a page"] = _figures(client, address, min(count, per_page))
    names = ["save", "opened", "nothing kept", "floor"]
    lines = [
        [size, *(f"{each[name]['lowest']} / {each[name]['median']}" for name in names)]
        for size, each in figures.items()
    ]
    print(table(["fields (lowest / median)", *names], lines))
    return figures


def _figures(client: FlaskClient, address: str, fields: int) -> dict[str, Any]:
    data = {name: str(value) for name, value in standard_data(fields).items()}
    client.post(address, data={**data, "do": "save"}, headers={"X-Form-Save": "1"})
    shown = _shown(client.get(address).text, {})
    times: dict[str, list[float]] = {"save": [], "opened": [], "nothing kept": [], "floor": []}

    def save(answer: str) -> None:
        nonlocal shown
        told = "\n".join(f"{'-' if key == 'field1x' else digest} {key}" for key, digest in shown.items())
        sent = {"do": "save", "f1": answer, ":parts": told}
        answered = client.post(address, data=sent, headers={"X-Form-Save": "1"})
        shown = _shown(answered.text, shown)

    for number in range(TIMES):
        times["save"].append(_cpu(lambda: save(str(number))))  # noqa: B023 - called at once
        times["opened"].append(_cpu(lambda: client.get(address)))
        times["floor"].append(_cpu(lambda: client.get("/health")))
    for _ in range(TIMES // 4):
        kept, remembered.PAGES = remembered.PAGES, remembered.KeptPages(remembered.MOST)  # type: ignore[misc]  # a Final: kept pages are put aside to measure without them
        times["nothing kept"].append(_cpu(lambda: save("0")))
        remembered.PAGES = kept  # type: ignore[misc]  # a Final: they are put back
    return {
        name: {"lowest": round(min(each), 1), "median": round(statistics.median(each), 1)}
        for name, each in times.items()
    }


def _shown(answer: str, before: dict[str, str]) -> dict[str, str]:
    """What a browser shows after an answer: key of a part -> its digest."""
    shown, keys = dict[str, str](), list(before)
    for digest, key, first, last in _TOLD.findall(answer):
        if key:
            shown[key] = digest
        else:
            shown |= {each: before[each] for each in keys[keys.index(first) : keys.index(last) + 1]}
    return shown


def _cpu(act: Callable[[], object]) -> float:
    start = time.thread_time()
    act()
    return (time.thread_time() - start) * 1000


@contextmanager
def _filling_in(fields: int, per_page: int) -> Iterator[tuple[FlaskClient, str]]:
    """Somebody who has begun the standard form, and the address of its first page."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        settings = read_settings({"STUDIO_DATA": folder})
        for environment in settings.environments:
            (Path(folder) / environment.name).mkdir(exist_ok=True)
            migrate(environment.database_url, "runtime")
        app = create_runtime(settings, "test")
        app.config["WTF_CSRF_ENABLED"] = False
        files = standard_form("ttd", "form", fields, new_app("form", "ttd", {"nb": "Form"}), per_page)
        with app.app_context():
            entries = manifest(files)
            for path, sha256 in entries.items():
                bundles().put_blob(sha256, files[path])
            bundles().put_bundle(entries)
            serve("ttd", "form", Delivered("bench", 1, bundle_id(entries), "bench"), clock.now())
        client = app.test_client()
        client.post("/sign-in", data={"person": "20001", "next": "/"})
        [party] = re.findall(r'name="party"[^>]*? value="(\d+)"', client.get("/ttd/form/").text)[:1]
        begun = client.post("/ttd/form/instances", data={"party": party}, follow_redirects=True)
        yield client, begun.request.path
