"""Studio's side of the management door, over real HTTP."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from studio.definition.files import EditedFiles, MemoryFiles
from studio.delivery.bundling import bundle_of
from studio.delivery.client import ManagementClient
from studio.delivery.problems import DoesNotOpen, NotAccepted, RuntimeDown, StorageFull, WrongKey
from tests.delivery.doors import Doors

APP = MemoryFiles(
    {
        "App/config/applicationmetadata.json": b'{"id": "skd/moving"}',
        "App/ui/form/Page1.json": b'{"data": {"layout": []}}',
        "README.md": b"Not for the runtime",
    }
)


@pytest.fixture
def client(doors: Doors) -> Iterator[ManagementClient]:
    client = ManagementClient(doors.test.environment)
    yield client
    client.close()


def activate(client: ManagementClient) -> None:
    client.activate("skd", "moving", release="r-1", version=1, bundle=bundle_of(APP).id, by="Kari")


def test_only_the_app_itself_is_in_the_bundle() -> None:
    assert list(bundle_of(APP).manifest) == ["App/config/applicationmetadata.json", "App/ui/form/Page1.json"]


def test_an_old_app_without_the_folder_has_its_own_folders_in_the_bundle() -> None:
    old = MemoryFiles({"config/applicationmetadata.json": b"{}", "ui/a.json": b"{}", "deploy.sh": b""})
    assert list(bundle_of(old).manifest) == ["config/applicationmetadata.json", "ui/a.json"]


def test_an_app_that_was_handed_over_and_activated_is_served(doors: Doors, client: ManagementClient) -> None:
    assert client.hand_over(bundle_of(APP)) == 2
    activate(client)
    served = client.served("skd", "moving")
    assert served is not None
    assert (served["bundle"], served["release"]) == (bundle_of(APP).id, "r-1")
    assert doors.test.serves("skd", "moving") == bundle_of(APP).id


def test_only_files_that_are_new_are_sent(doors: Doors, client: ManagementClient) -> None:
    client.hand_over(bundle_of(APP))
    doors.test.calls.clear()
    page = b'{"data": {"layout": [{"id": "a"}]}}'
    assert client.hand_over(bundle_of(EditedFiles(APP, {"App/ui/form/Page1.json": page}))) == 1
    assert doors.test.calls == [
        "POST /_management/bundles",
        f"PUT /_management/blobs/{hashlib.sha256(page).hexdigest()}",
        "POST /_management/bundles",
    ]


def test_an_app_that_is_not_served_is_none(client: ManagementClient) -> None:
    assert client.served("skd", "moving") is None


def test_a_withdrawn_app_is_gone(client: ManagementClient) -> None:
    client.hand_over(bundle_of(APP))
    activate(client)
    client.withdraw("skd", "moving")
    assert client.served("skd", "moving") is None


def test_a_runtime_that_does_not_answer_is_said_to_be_down(doors: Doors, client: ManagementClient) -> None:
    doors.test.stop()
    with pytest.raises(RuntimeDown):
        client.hand_over(bundle_of(APP))
    assert not client.is_healthy()


def test_a_runtime_that_was_restarted_is_reached_on_the_first_call(
    doors: Doors, client: ManagementClient
) -> None:
    assert client.is_healthy()
    doors.test.stop()
    doors.test.start()
    assert client.hand_over(bundle_of(APP)) == 2


def test_a_wrong_key_is_said_to_be_wrong_and_not_shown(doors: Doors) -> None:
    environment = replace(doors.test.environment, key="another-key")
    client = ManagementClient(environment)
    with pytest.raises(WrongKey) as error:
        client.hand_over(bundle_of(APP))
    client.close()
    assert "another-key" not in str(error.value)
    assert "another-key" not in repr(environment)


def test_a_full_disk_is_told_apart(doors: Doors, client: ManagementClient) -> None:
    (doors.test.folder / "files" / "blobs").write_bytes(b"a file where a folder must be")
    with pytest.raises(StorageFull):
        client.hand_over(bundle_of(APP))


def test_an_unknown_bundle_is_refused(client: ManagementClient) -> None:
    with pytest.raises(NotAccepted):
        activate(client)


def test_a_file_changed_on_its_way_is_refused(client: ManagementClient) -> None:
    honest = bundle_of(APP)
    files = EditedFiles(APP, {"App/ui/form/Page1.json": b"changed on the way"})
    with pytest.raises(NotAccepted):
        client.hand_over(replace(honest, files=files))


def test_a_start_page_with_an_error_does_not_open(doors: Doors, client: ManagementClient) -> None:
    client.hand_over(bundle_of(APP))
    activate(client)
    client.open_start_page("skd", "moving")
    doors.test.opens_with = 500
    with pytest.raises(DoesNotOpen):
        client.open_start_page("skd", "moving")
