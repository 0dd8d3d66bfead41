"""Drafts pushed to a real runtime door."""

from collections.abc import Iterator

import pytest
from flask import Flask

from studio.definition.files import EditedFiles, MemoryFiles
from studio.delivery.environments import Environments
from studio.delivery.previews import push_preview
from studio.delivery.problems import RuntimeDown
from studio.delivery.room import delivery
from studio.runtime.served import bundles, preview_app
from tests.delivery.doors import Doors, delivery_with

DRAFT = MemoryFiles({f"App/ui/form/Page{n}.json": b'{"data": {"layout": [%d]}}' % n for n in range(200)})


@pytest.fixture
def studio(doors: Doors) -> Iterator[Flask]:
    app = Flask("studio")
    there = delivery_with(Environments([doors.test.environment, doors.production.environment]))
    delivery.give(app, there)
    with app.app_context():
        yield app
    for client in there.clients.values():
        client.close()


def token_of(address: str) -> str:
    return address.split("/preview/")[1].split("/", maxsplit=1)[0]


@pytest.mark.usefixtures("studio")
def test_a_draft_is_shown_by_the_runtime(doors: Doors) -> None:
    address = push_preview(DRAFT, "skd", "moving", "kari", "main")
    with doors.test.app.app_context():
        shown = preview_app(token_of(address))
        assert shown is not None
        assert dict(bundles().files(shown.bundle_id)) == dict(DRAFT)
        assert (shown.org, shown.app, shown.person) == ("skd", "moving", "kari")


@pytest.mark.usefixtures("studio")
def test_after_one_edit_one_file_is_sent_and_the_address_stays(doors: Doors) -> None:
    address = push_preview(DRAFT, "skd", "moving", "kari", "main")
    doors.test.calls.clear()
    assert (
        push_preview(EditedFiles(DRAFT, {"App/ui/form/Page7.json": b"{}"}), "skd", "moving", "kari", "main")
        == address
    )
    assert sum("/blobs/" in call for call in doors.test.calls) == 1
    with doors.test.app.app_context():
        shown = preview_app(token_of(address))
        assert shown is not None
        assert bundles().files(shown.bundle_id)["App/ui/form/Page7.json"] == b"{}"


@pytest.mark.usefixtures("studio")
def test_each_person_app_and_branch_has_an_address_of_its_own() -> None:
    addresses = {
        push_preview(DRAFT, "skd", app, person, branch)
        for app in ("moving", "tax")
        for person in ("kari", "ola")
        for branch in ("main", "kari/shorter")
    }
    assert len(addresses) == 8


@pytest.mark.usefixtures("studio")
def test_a_draft_never_reaches_production(doors: Doors) -> None:
    push_preview(DRAFT, "skd", "moving", "kari", "main")
    assert doors.production.calls == []


@pytest.mark.usefixtures("studio")
def test_a_preview_without_a_runtime_says_so(doors: Doors) -> None:
    doors.test.stop()
    with pytest.raises(RuntimeDown):
        push_preview(DRAFT, "skd", "moving", "kari", "main")
