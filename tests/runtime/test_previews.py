"""Drafts in the runtime, as their designer sees them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from form_journeys import page, send

from studio.database import clock, runtime_db
from studio.definition.app import AppDefinition
from studio.definition.bundle import bundle_id, manifest
from studio.definition.files import Files, MemoryFiles
from studio.definition.templates import new_app
from studio.runtime.served import PreviewApp, bundles, show_preview
from studio.runtime.storage import Instance

ADDRESS = "/preview/secret/ttd/kontakt/"
CONTACT = new_app("kontakt", "ttd", {"nb": "Kontakt"}, "contact")

Show = Callable[[Files], None]


@pytest.fixture
def show(runtime: Flask) -> Show:
    """Hands over a draft of ttd/kontakt."""

    def put(files: Files) -> None:
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

    return put


def changed(path: str, old: str, new: str) -> Files:
    content = CONTACT[path].decode()
    assert old in content
    return MemoryFiles(dict(CONTACT) | {path: content.replace(old, new).encode()})


def instances(runtime: Flask) -> list[Instance]:
    with runtime.app_context():
        return list(runtime_db.session.query(Instance))


def layout_set() -> tuple[str, list[str]]:

    found = AppDefinition(CONTACT).layout_sets[0]
    return found.id, [each.name for each in found.pages]


def test_a_draft_opens_in_its_form_and_never_among_real_ones(
    client: FlaskClient, runtime: Flask, show: Show
) -> None:
    show(CONTACT)
    first = client.get(ADDRESS, follow_redirects=True)
    assert first.request.path.startswith(f"{ADDRESS}instance/"), "nobody signs in or chooses a party"
    assert "frame-ancestors http://127.0.0.1" in first.headers["Content-Security-Policy"]
    shown = page(first)
    assert shown.find(attrs={"name": "fullName"}) is not None
    assert shown.select(".public-test") == []
    assert shown.select('form[action*="sign-out"]') == []
    assert client.get(first.request.path.removeprefix("/preview/secret")).status_code == 404
    assert client.get("/preview/guessed/ttd/kontakt/").status_code == 404
    assert [each.preview for each in instances(runtime)] == ["secret"]


def test_what_was_written_stays_while_the_draft_changes(
    client: FlaskClient, runtime: Flask, show: Show
) -> None:
    show(CONTACT)
    first = client.get(ADDRESS, follow_redirects=True)
    send(client, first, "save", fullName="Vennlig Fjellrev")
    show(changed("App/config/texts/resource.nb.json", "Om deg", "Om deg selv"))
    again = client.get(ADDRESS, follow_redirects=True)
    assert again.request.path == first.request.path
    assert page(again).find(attrs={"name": "fullName"})["value"] == "Vennlig Fjellrev"
    emptied = client.get(f"{ADDRESS}?again=1", follow_redirects=True)
    assert page(emptied).find(attrs={"name": "fullName"})["value"] == ""
    assert len(instances(runtime)) == 1, "begun again is begun instead"


def test_a_draft_opens_at_the_page_that_is_asked_for(client: FlaskClient, show: Show) -> None:
    show(CONTACT)
    name, pages = layout_set()
    for wanted in pages:
        shown = client.get(f"{ADDRESS}?page={name}/{wanted}", follow_redirects=True)
        assert shown.request.path.endswith(f"/{wanted}")
    for nothing in (f"{name}/gone", "gone/gone", "%00", "/"):
        shown = client.get(f"{ADDRESS}?page={nothing}", follow_redirects=True)
        assert shown.request.path.endswith(f"/{pages[0]}")


def test_a_draft_whose_model_or_process_changes_is_shown_all_the_same(
    client: FlaskClient, runtime: Flask, show: Show
) -> None:
    show(CONTACT)
    first = client.get(ADDRESS, follow_redirects=True)
    send(client, first, "save", fullName="Vennlig Fjellrev")
    show(changed("App/models/model.schema.json", '"fullName"', '"wholeName"'))
    assert client.get(ADDRESS, follow_redirects=True).status_code == 200
    show(changed("App/config/process/process.bpmn", "Task_1", "Task_9"))
    moved = client.get(ADDRESS, follow_redirects=True)
    assert "Task_9" in moved.request.path
    assert moved.status_code in {200, 404}
    show(CONTACT)
    assert client.get(ADDRESS, follow_redirects=True).status_code == 200


def test_previews_that_are_more_than_a_day_old_are_swept_up_when_another_begins(
    client: FlaskClient, runtime: Flask, show: Show
) -> None:
    show(CONTACT)
    client.get(ADDRESS, follow_redirects=True)
    with runtime.app_context():
        (old,) = runtime_db.session.query(Instance)
        old.preview, old.last_changed = "other", clock.now() - timedelta(days=2)
        runtime_db.session.commit()
        gone = old.id
    client.get(ADDRESS, follow_redirects=True)
    left = instances(runtime)
    assert len(left) == 1
    assert left[0].id != gone
