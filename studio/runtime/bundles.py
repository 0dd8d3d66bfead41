"""Where an environment keeps the files of the apps it serves: blobs by SHA-256, manifests by their own hash.

Everything here is immutable and written once, so nothing is ever invalidated and handing over the same
thing twice does nothing. The store is a folder on disk or, by URL, an object store.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from studio.definition.bundle import bundle_id as id_of
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import Files, UnsafePath, safe_path
from studio.definition.sentences import N_, Sentence

MOST_FILES: Final = 20_000
# What reading and writing raise where the disk or the object store itself fails.
StoreFailure: Final = (OSError, BaseError)
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_CACHED_BUNDLES: Final = 2_000


class Refused(DomainError):
    """What was handed over is not what it says it is. Nothing was kept."""


class BlobsMissing(DomainError):
    """A manifest names blobs that were never handed over; `blobs` are their SHA-256."""

    def __init__(self, blobs: list[str]) -> None:
        super().__init__(
            Sentence(N_("%(count)s files of the app have not been received yet."), {"count": len(blobs)})
        )
        self.blobs = blobs


class CorruptBlob(DomainError):
    """A stored blob no longer has its hash. It has been removed, so that the next deploy brings it again."""


class BundleFiles(Files):
    """The files of one bundle. Content is named by SHA-256 here, and the whole by the bundle's id."""

    def __init__(self, store: "BundleStore", bundle: str, manifest: Mapping[str, str]) -> None:
        self._store = store
        self._manifest = manifest
        self.bundle_id = bundle

    def __getitem__(self, path: str) -> bytes:
        return self._store.blob(self._manifest[path])

    def __contains__(self, path: object) -> bool:
        return path in self._manifest

    def __iter__(self) -> Iterator[str]:
        return iter(self._manifest)

    def __len__(self) -> int:
        return len(self._manifest)

    def blob_id(self, path: str) -> str:
        """The SHA-256 (64 hex digits) from the manifest: known without reading the file."""
        return self._manifest[path]

    @property
    def tree_id(self) -> str:
        """The bundle's id."""
        return self.bundle_id


class BundleStore:
    """Blobs and manifests of one environment. Safe to use from many threads and processes at once."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._known: set[str] = set()
        self.files = lru_cache(_CACHED_BUNDLES)(self._files)

    @classmethod
    def at(cls, place: Path | str) -> "BundleStore":
        """The store in a folder (made where it is missing), or at a URL such as s3://bucket/prefix."""
        if isinstance(place, str) and "://" in place:
            return cls(from_url(place))
        return cls(LocalStore(Path(place), mkdir=True))

    def missing(self, manifest: Mapping[str, str]) -> list[str]:
        """SHA-256 of the blobs that `manifest` names and this store does not have, sorted."""
        return sorted(blob for blob in set(manifest.values()) if not self._has(blob))

    def put_blob(self, sha256: str, data: bytes) -> None:
        """Keep `data` under its hash. Raises Refused where the two do not fit together."""
        if hashlib.sha256(data).hexdigest() != sha256:
            raise Refused(Sentence(N_("A file was changed on its way here. Deploy again.")))
        obstore.put(self._store, _blob_place(sha256), data)
        self._known.add(sha256)

    def put_bundle(self, manifest: Mapping[str, str]) -> str:
        """Keep a manifest and return the bundle's id. Raises Refused or BlobsMissing."""
        check_manifest(manifest)
        missing = self.missing(manifest)
        if missing:
            raise BlobsMissing(missing)
        bundle = id_of(manifest)
        if not self._has_place(_bundle_place(bundle)):
            text = json.dumps(dict(sorted(manifest.items())), ensure_ascii=False, indent=0)
            obstore.put(self._store, _bundle_place(bundle), text.encode())
        return bundle

    def blob(self, sha256: str) -> bytes:
        """The bytes with this hash. Raises NotThere, or CorruptBlob where the disk lost them."""
        data = self._read(_blob_place(sha256))
        if hashlib.sha256(data).hexdigest() != sha256:
            self._known.discard(sha256)
            obstore.delete(self._store, _blob_place(sha256))
            raise CorruptBlob(Sentence(N_("A stored file of the app is damaged. Deploy the app again.")))
        return data

    def verify(self, bundle_id: str) -> None:
        """Read every file of a bundle. Raises NotThere or CorruptBlob where one is missing or damaged."""
        files = self.files(bundle_id)
        for path in files:
            files[path]

    def _files(self, bundle_id: str) -> BundleFiles:
        """The files of a bundle, from a cache. Raises NotThere where there is no such bundle."""
        if not _SHA256.fullmatch(bundle_id):
            raise NotThere(Sentence(N_("There is no such bundle.")))
        return BundleFiles(self, bundle_id, json.loads(self._read(_bundle_place(bundle_id))))

    def _read(self, place: str) -> bytes:
        try:
            return bytes(obstore.get(self._store, place).bytes())
        except FileNotFoundError as missing:
            raise NotThere(
                Sentence(N_("A stored file of the app is missing. Deploy the app again."))
            ) from missing

    def _has(self, sha256: str) -> bool:
        if sha256 not in self._known and self._has_place(_blob_place(sha256)):
            self._known.add(sha256)
        return sha256 in self._known

    def _has_place(self, place: str) -> bool:
        try:
            obstore.head(self._store, place)
        except FileNotFoundError:
            return False
        return True


def check_manifest(manifest: Mapping[str, object]) -> None:
    """Raise Refused where a manifest is too large, or holds a path or hash that is none."""
    if not manifest or len(manifest) > MOST_FILES:
        raise Refused(
            Sentence(
                N_("A bundle has from 1 to %(most)s files, not %(count)s."),
                {"most": MOST_FILES, "count": len(manifest)},
            )
        )
    for path, blob in manifest.items():
        try:
            safe_path(path)
        except UnsafePath as unsafe:
            raise Refused(Sentence(N_("The path %(path)s is not allowed."), {"path": path})) from unsafe
        if not isinstance(blob, str) or not _SHA256.fullmatch(blob):
            raise Refused(Sentence(N_("The file %(path)s has no valid hash."), {"path": path}))


def is_sha256(text: str) -> bool:
    """Whether `text` is a SHA-256 in lower-case hex."""
    return _SHA256.fullmatch(text) is not None


def _blob_place(sha256: str) -> str:
    return f"blobs/{sha256[:2]}/{sha256}"


def _bundle_place(bundle: str) -> str:
    return f"bundles/{bundle[:2]}/{bundle}.json"
