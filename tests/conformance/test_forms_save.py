"""Every app of the vectors that can be begun: each page is opened, sent back as it is, and kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from studio import create_runtime
from studio.config import read_settings
from studio.database import clock
from studio.definition.app import AppDefinition
from studio.definition.bundle import bundle_id, manifest
from studio.definition.files import Files, folder_files
from studio.runtime.served import Delivered, bundles, serve

pytestmark = [pytest.mark.conformance, pytest.mark.slow]


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = create_runtime(read_settings({"STUDIO_DATA": str(tmp_path_factory.mktemp("runtime"))}), "test")
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["RATELIMIT_ENABLED"] = False
    return app


def put(runtime: Flask, files: Files, name: str) -> None:
    with runtime.app_context():
        entries = manifest(files)
        for path, sha256 in entries.items():
            bundles().put_blob(sha256, files[path])
        bundles().put_bundle(entries)
        serve("ttd", name, Delivered("r1", 1, bundle_id(entries), "deployer"), clock.now())


def app_folders(vectors: Path) -> Iterator[tuple[str, Path]]:
    for place in sorted((vectors / "apps").rglob("applicationmetadata.json")):
        folder = place.parent.parent
        folder = folder.parent if folder.name == "App" else folder
        yield "-".join(folder.relative_to(vectors / "apps").parts).lower(), folder


def test_every_page_of_every_app_that_can_be_begun_is_kept(vectors: Path, runtime: Flask) -> None:
    client = runtime.test_client()
    client.post("/sign-in", data={"person": "20001"})
    failures: list[str] = []
    begun = pages = 0
    for name, folder in app_folders(vectors):
        files = folder_files(folder)
        app = AppDefinition(files)
        put(runtime, files, name)
        start = client.get(f"/ttd/{name}/")
        parties = BeautifulSoup(start.text, "html.parser").select("[name=party]")
        if start.status_code != 200 or not parties:
            continue
        first = client.post(f"/ttd/{name}/instances", data={"party": parties[0]["value"]})
        if first.status_code != 303:
            failures += [f"{name} does not begin: {first.status_code}"] if first.status_code >= 500 else []
            continue
        begun += 1
        shown = client.get(first.location, follow_redirects=True)
        task = shown.request.path.split("/")[-2]
        layout_set = app.layout_set_for_task(task)
        for page in layout_set.pages if layout_set else ():
            address = f"{first.location}{task}/{page.name}"
            opened = client.get(address)
            if opened.status_code == 404:
                continue  # hidden
            pages += 1
            fields = BeautifulSoup(opened.text, "html.parser").select("form.form [name]")
            sent = {field["name"]: field.get("value", "") for field in fields if field.name == "input"}
            kept = client.post(address, data={**sent, "do": "save"})
            if opened.status_code != 200 or kept.status_code != 200:
                failures.append(f"{name} {page.name}: {opened.status_code}, {kept.status_code}")
    assert failures == []
    assert begun > 20
    assert pages > 40
