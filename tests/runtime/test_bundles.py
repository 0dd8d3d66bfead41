"""The store of an environment: content by its hash, on a real disk."""

import hashlib
from pathlib import Path

import pytest

from studio.definition.bundle import bundle_id, manifest
from studio.definition.errors import NotThere
from studio.definition.files import MemoryFiles
from studio.runtime.bundles import BlobsMissing, BundleStore, CorruptBlob, Refused

APP = MemoryFiles({"App/config/applicationmetadata.json": b"{}", "App/ui/form/Page1.json": b'{"data":{}}'})


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> BundleStore:
    return BundleStore.at(tmp_path / "files")


def hand_over(store: BundleStore, files: MemoryFiles) -> str:
    for path in files:
        store.put_blob(sha(files[path]), files[path])
    return store.put_bundle(manifest(files))


def test_a_bundle_gives_back_the_files_that_were_handed_over(store: BundleStore) -> None:
    bundle = hand_over(store, APP)
    assert bundle == bundle_id(manifest(APP))
    assert dict(store.files(bundle)) == dict(APP)


def test_another_process_finds_what_this_one_stored(store: BundleStore, tmp_path: Path) -> None:
    bundle = hand_over(store, APP)
    other = BundleStore.at(tmp_path / "files")
    assert other.missing(manifest(APP)) == []
    assert dict(other.files(bundle)) == dict(APP)


def test_equal_files_have_equal_ids_without_being_read(store: BundleStore) -> None:
    files = store.files(hand_over(store, APP))
    assert files.blob_id("App/ui/form/Page1.json") == sha(APP["App/ui/form/Page1.json"])
    assert files.tree_id == bundle_id(manifest(APP))


def test_only_blobs_that_are_not_there_are_missing(store: BundleStore) -> None:
    first, second = (sha(APP[path]) for path in APP)
    store.put_blob(first, APP["App/config/applicationmetadata.json"])
    assert store.missing(manifest(APP)) == [second]


def test_a_bundle_is_not_kept_before_all_its_blobs_are(store: BundleStore) -> None:
    with pytest.raises(BlobsMissing) as error:
        store.put_bundle(manifest(APP))
    assert error.value.blobs == sorted(sha(APP[path]) for path in APP)
    with pytest.raises(NotThere):
        store.files(bundle_id(manifest(APP)))


def test_content_under_a_wrong_hash_is_refused_and_not_kept(store: BundleStore) -> None:
    with pytest.raises(Refused):
        store.put_blob(sha(b"one"), b"another")
    assert store.missing({"App/a": sha(b"one")}) == [sha(b"one")]


@pytest.mark.parametrize(
    "path", ["../secret", "/etc/passwd", "App/../../x", "App/.git/config", "a\\b", "", "App//x"]
)
def test_a_manifest_with_a_path_that_leaves_the_app_is_refused(store: BundleStore, path: str) -> None:
    store.put_blob(sha(b"x"), b"x")
    with pytest.raises(Refused):
        store.put_bundle({path: sha(b"x")})


@pytest.mark.parametrize("blob", ["", "abc", "../../etc/passwd", "A" * 64, sha(b"x") + "\n"])
def test_a_manifest_with_something_else_than_a_hash_is_refused(store: BundleStore, blob: str) -> None:
    with pytest.raises(Refused):
        store.put_bundle({"App/a": blob})


def test_an_empty_manifest_is_refused(store: BundleStore) -> None:
    with pytest.raises(Refused):
        store.put_bundle({})


@pytest.mark.parametrize("bundle", ["0" * 64, "..", "../../blobs", ""])
def test_a_bundle_that_was_never_handed_over_is_not_there(store: BundleStore, bundle: str) -> None:
    with pytest.raises(NotThere):
        store.files(bundle)


def test_a_damaged_blob_is_noticed_and_brought_again_by_the_next_deploy(
    store: BundleStore, tmp_path: Path
) -> None:
    bundle = hand_over(store, APP)
    damaged = sha(APP["App/ui/form/Page1.json"])
    (tmp_path / "files" / "blobs" / damaged[:2] / damaged).write_bytes(b'{"dat')
    with pytest.raises(CorruptBlob):
        store.verify(bundle)
    assert store.missing(manifest(APP)) == [damaged]
    hand_over(store, APP)
    store.verify(bundle)


def test_a_store_can_be_named_by_url() -> None:
    store = BundleStore.at("memory:///")
    assert dict(store.files(hand_over(store, APP))) == dict(APP)
