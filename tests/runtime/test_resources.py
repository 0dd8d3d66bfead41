"""Pictures and other files of an app, as the runtime hands them out."""

import pytest
from builders import app_files
from flask.testing import FlaskClient
from form_journeys import Serve, sign_in

FILES = {
    "App/wwwroot/images/logo.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "App/wwwroot/page.html": b"<script>alert(1)</script>",
}


@pytest.fixture
def at(serve_app: Serve, client: FlaskClient) -> str:
    sign_in(client)
    return serve_app(app_files(more=FILES), "app")


def test_a_drawing_is_shown_and_can_run_nothing(at: str, client: FlaskClient) -> None:
    answer = client.get(f"{at}wwwroot/images/logo.svg")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]


def test_a_page_among_the_files_is_handed_over_and_not_shown(at: str, client: FlaskClient) -> None:
    answer = client.get(f"{at}wwwroot/page.html")
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment"


@pytest.mark.parametrize(
    "path", ["missing.png", "../config/applicationmetadata.json", "%2e%2e/config/applicationmetadata.json"]
)
def test_only_files_below_wwwroot_are_found(at: str, client: FlaskClient, path: str) -> None:
    assert client.get(f"{at}wwwroot/{path}").status_code == 404
