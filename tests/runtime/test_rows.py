"""Rows of repeating groups, and drafts shown to their designer, without JavaScript."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from form_journeys import begin, page, send, sign_in

from studio.database import clock, runtime_db
from studio.definition.bundle import bundle_id, manifest
from studio.definition.templates import new_app
from studio.runtime.served import PreviewApp, bundles, show_preview
from studio.runtime.storage import Instance

GROUP = "root.arbeidserfaring"


def test_rows_are_added_filled_in_closed_and_deleted(
    client: FlaskClient, served_vector: Callable[[str, str], str], runtime: Flask
) -> None:
    app = served_vector("test-apps-v8/expression-validation-test", "cv")
    sign_in(client)
    first = begin(client, app)
    one = send(client, first, f"add:{GROUP}")
    employer = page(one).select(f'[name="{GROUP}[0].arbeidsgiver"]')
    assert employer, "a new row stands open"
    two = send(client, one, f"add:{GROUP}", **{f"{GROUP}[0].arbeidsgiver": "Fjord AS"})
    closed = send(client, two, f"close:{GROUP}[0]", **{f"{GROUP}[1].arbeidsgiver": "Fjell AS"})
    assert not page(closed).select(f'[name="{GROUP}[0].arbeidsgiver"]')
    assert "Fjord AS" in page(closed).select(".form-cells")[0].text
    left = send(client, closed, f"delete:{GROUP}[0]")
    assert len(page(left).select(".form-row")) == 1
    assert "Fjord AS" not in left.text
    with runtime.app_context():
        (instance,) = runtime_db.session.query(Instance)
        content = instance.elements[0].content
    assert content.count(b"altinnRowId") == 1
    assert b"Fjell AS" in content


def test_a_draft_is_shown_under_its_address_and_never_among_real_forms(
    client: FlaskClient, runtime: Flask
) -> None:
    files = new_app("kontakt", "ttd", {"nb": "Kontakt"}, "contact")
    with runtime.app_context():
        entries = manifest(files)
        for path, sha256 in entries.items():
            bundles().put_blob(sha256, files[path])
        bundles().put_bundle(entries)
        draft = PreviewApp(
            token="secret",
            org="ttd",
            app="kontakt",
            bundle_id=bundle_id(entries),
            person="eva",
            updated_at=clock.now(),
        )
        show_preview(draft)
    start = client.get("/preview/secret/ttd/kontakt/")
    assert start.status_code == 200, "nobody has to sign in to see a draft"
    assert "frame-ancestors http://127.0.0.1" in start.headers["Content-Security-Policy"]
    first = begin(client, "/preview/secret/ttd/kontakt/")
    assert first.request.path.startswith("/preview/secret/ttd/kontakt/instance/")
    assert client.get(first.request.path.removeprefix("/preview/secret")).status_code == 404
    assert client.get("/preview/guessed/ttd/kontakt/").status_code == 404
    with runtime.app_context():
        (instance,) = runtime_db.session.query(Instance)
        assert instance.preview == "secret"


def test_a_real_form_may_not_be_shown_inside_another_page(
    client: FlaskClient, served_vector: Callable[[str, str], str]
) -> None:
    app = served_vector("test-apps-v8/expression-validation-test", "cv")
    sign_in(client)
    assert "frame-ancestors 'none'" in client.get(app).headers["Content-Security-Policy"]
