"""Every shared app that may be deployed: filled in, walked to its receipt, and fetched by its owner."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from lxml import etree

from studio import create_runtime
from studio.config import read_settings
from studio.database import clock
from studio.definition.app import AppDefinition
from studio.definition.bundle import bundle_id, manifest
from studio.definition.checks import has_errors
from studio.definition.data_model import from_xml, read_xsd, to_json
from studio.definition.files import Files, folder_files
from studio.runtime import form_data
from studio.runtime.handoff import OwnerPass, sign
from studio.runtime.management import environment_key
from studio.runtime.served import Delivered, bundles, serve
from tests.conformance.form_filler import Filler, Stuck
from tests.real_apps import parametrize_apps

pytestmark = [pytest.mark.conformance, pytest.mark.slow]

# What the rules of an app ask for beyond its data model: field -> text.
ANSWERS: Final[Mapping[str, Mapping[str, str]]] = {}

# Apps that nobody can finish here, and why. Words that the page says follow.
_NO_BUTTON: Final = ("its page has no button to go on with", r"\(200\)")
_STATELESS: Final = ("it begins without an instance", "cannot be carried out here yet")
_OPTIONS: Final = ("the options of a required choice are made by code of the app", "You must fill this in")
_FORK: Final = ("code of the app chooses the way at a fork", "Fork")
UNFINISHED: Final[Mapping[str, tuple[str, str]]] = {
    "backend/analyzers-testapp": _NO_BUTTON,
    "backend/api-tests/tdd/contributer-restriction": _NO_BUTTON,
    "backend/integration-basic": _NO_BUTTON,
    "historic-v4-v7/tdd/dynamic-options-pdf": _OPTIONS,
    "historic-v4-v7/ttd/abandon-task": _FORK,
    "template/v8": _NO_BUTTON,
    "template/v9": _NO_BUTTON,
    "test-apps-v8/anonymous-stateless-app": _STATELESS,
    "test-apps-v8/expression-validation-test": _OPTIONS,
    "test-apps-v8/frontend-test": _FORK,
    "test-apps-v9/anonymous-stateless-app": _STATELESS,
    "test-apps-v9/expression-validation-test": _OPTIONS,
}
# Apps that the check stops for a step which this person's way through the process does not reach.
FINISHED_ALL_THE_SAME: Final = {"test-apps-v9/process-transition-test"}
# Documents without what the XSD demands: only a component that is not shown yet (Address) asks for it.
INCOMPLETE: Final = {"modell1", "modell2"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    parametrize_apps(metafunc)


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = create_runtime(read_settings({"STUDIO_DATA": str(tmp_path_factory.mktemp("submitting"))}), "test")
    app.config.update(WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    return app


def put(runtime: Flask, files: Files, name: str) -> None:
    with runtime.app_context():
        entries = manifest(files)
        for path, sha256 in entries.items():
            bundles().put_blob(sha256, files[path])
        bundles().put_bundle(entries)
        serve("ttd", name, Delivered("r1", 1, bundle_id(entries), "deployer"), clock.now())


def test_an_app_is_filled_in_sent_and_handed_to_its_owner(
    app_folder: Path, vectors: Path, runtime: Flask
) -> None:
    place = app_folder.relative_to(vectors / "apps").as_posix()
    files = folder_files(app_folder)
    app = AppDefinition(files)
    if has_errors(app) and place not in FINISHED_ALL_THE_SAME:
        pytest.skip("has errors, so it cannot be deployed")
    name = place.replace("/", "-").lower()
    put(runtime, files, name)
    client = runtime.test_client()
    client.post("/sign-in", data={"person": "20001"})
    client.get("/language/en")
    start = BeautifulSoup(client.get(f"/ttd/{name}/").text, "html.parser")
    party = start.select("[name=party]")[0]["value"]
    first = client.post(f"/ttd/{name}/instances", data={"party": party}, follow_redirects=True)
    filler = Filler(client, app, ANSWERS.get(place, {}))
    if place in UNFINISHED:
        with pytest.raises(Stuck, match=UNFINISHED[place][1]):
            filler.finish(first)
        return
    assert "sent in" in filler.finish(first).text
    _fetched(runtime, app, place, name)


def _fetched(runtime: Flask, app: AppDefinition, place: str, name: str) -> None:
    """Fetch the submission as the owner: XML by the app's XSD, and JSON that says the same."""
    with runtime.app_context():
        given = sign(environment_key(), OwnerPass("eva", "Eva Berg", "ttd", name))
    owner = runtime.test_client()
    owner.get(f"/owner/enter?pass={given}")
    answer = owner.get(f"/ttd/{name}/owner/submissions.zip")
    documents = zipfile.ZipFile(io.BytesIO(answer.data))
    names = [each for each in documents.namelist() if each.endswith(".xml")]
    assert names
    for path in names:
        document = documents.read(path)
        data_type = Path(path).stem
        model = app.model(data_type)
        assert model is not None
        told = json.loads(documents.read(path.removesuffix("xml") + "json"))
        xsd = form_data.xsd_of(app, data_type)
        read = from_xml(model, document, xsd)
        assert told == json.loads(to_json(read))
        assert "altinnRowId" not in json.dumps(told)
        if xsd is not None and data_type not in INCOMPLETE:
            schema = read_xsd(xsd).validator
            assert schema.validate(etree.fromstring(document)), f"{place} {data_type} {schema.error_log}"
