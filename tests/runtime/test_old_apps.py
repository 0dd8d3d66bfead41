"""Apps from before the folder App, served from the bundle that a deployment makes of them."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from form_journeys import Serve, begin, page, sign_in

from studio.definition.files import folder_files
from studio.delivery.bundling import BundledFiles, bundle_of

OLD_APPS = (
    "historic-v4-v7/ttd/abandon-task",
    "historic-v4-v7/tdd/dynamic-options-2",
    "historic-v4-v7/tdd/dynamic-options-pdf",
    "backend/api-tests/tdd/contributer-restriction",
    "real/forer-legeerklaering",
)


@pytest.mark.parametrize("folder", OLD_APPS)
def test_the_first_page_of_an_old_app_opens(
    folder: str, serve_app: Serve, client: FlaskClient, vectors: Path
) -> None:
    bundle = bundle_of(folder_files(vectors / "apps" / folder))
    address = serve_app(BundledFiles(bundle), "gammel")
    sign_in(client)
    shown = begin(client, address)
    assert shown.status_code == 200, shown.text
    assert page(shown).select("form.form [data-component]")
