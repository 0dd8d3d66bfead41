"""Bundles are named by their content."""

from studio.definition.bundle import bundle_id, manifest
from studio.definition.files import MemoryFiles


def test_equal_files_are_one_bundle_whatever_their_order() -> None:
    one = manifest(MemoryFiles({"a": b"1", "b": b"2"}))
    two = manifest(MemoryFiles({"b": b"2", "a": b"1"}))
    assert one == two
    assert bundle_id(one) == bundle_id(dict(reversed(one.items())))


def test_another_byte_or_another_path_is_another_bundle() -> None:
    ids = {
        bundle_id(manifest(MemoryFiles(content)))
        for content in ({"a": b"1"}, {"a": b"2"}, {"b": b"1"}, {}, {"a": b"1", "b": b""})
    }
    assert len(ids) == 5
