"""What of an app is handed to a runtime: the app itself each file by its SHA-256."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from studio.definition.bundle import bundle_id
from studio.definition.files import Files
from studio.definition.paths import paths_of

# In an app from before it had the folder App, these at the top are the app.
_FOLDERS: Final = ("config", "logic", "models", "options", "ui", "wwwroot")
_MOST_KNOWN: Final = 500_000

# Git's blob id -> SHA-256. Both name the same bytes for ever, so this is never wrong, only large.
_known: dict[str, str] = {}


class BundledFiles(Files):
    """The files of a bundle that is not stored yet, named as a store names them: by SHA-256."""

    def __init__(self, bundle: "Bundle") -> None:
        self._bundle = bundle

    def __getitem__(self, path: str) -> bytes:
        return self._bundle.blob(self._bundle.manifest[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._bundle.manifest)

    def __len__(self) -> int:
        return len(self._bundle.manifest)

    def blob_id(self, path: str) -> str:
        """The SHA-256 of the file, as in the store."""
        return self._bundle.manifest[path]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files that a runtime needs, by content. `manifest` is path -> SHA-256, sorted by path."""

    manifest: Mapping[str, str]
    id: str
    files: Files = field(repr=False)  # that it was made of
    _paths: Mapping[str, str] = field(repr=False)

    def blob(self, sha256: str) -> bytes:
        """The content with this hash; raises KeyError where the bundle has none."""
        return self.files[self._paths[sha256]]


def bundle_of(files: Files) -> Bundle:
    """The bundle of an app, or of a bundle's files. A file is only read where its hash is not known yet."""
    manifest = {path: _sha256(files, path) for path in _paths(files)}
    return Bundle(manifest, bundle_id(manifest), files, {blob: path for path, blob in manifest.items()})


def _paths(files: Files) -> list[str]:
    root = paths_of(files).root
    if root:
        return files.under(root)
    return sorted(path for folder in _FOLDERS for path in files.under(folder))


def _sha256(files: Files, path: str) -> str:
    blob = files.blob_id(path)
    known = _known.get(blob)
    if known is None:
        known = hashlib.sha256(files[path]).hexdigest()
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[blob] = known
    return known
