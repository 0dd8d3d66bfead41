"""Git trees: reading one as Files, and writing edits so that only the trees on their paths are made anew."""

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from threading import Lock
from typing import Final

import pygit2
from pygit2.enums import FileMode

from studio.definition.files import Edits, Files, safe_path
from studio.history.objects import write_blob, write_tree

EMPTY_TREE: Final = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
_FILE_MODES: Final = (FileMode.BLOB, FileMode.BLOB_EXECUTABLE)


class TreeFiles(Files):
    """The files of a Git tree, read when they are asked for.

    Symbolic links and submodules are no files: they are not seen here, and stay untouched in Git.
    """

    def __init__(self, repository: pygit2.Repository, tree_id: str) -> None:
        self._repository = repository
        self._tree_id = tree_id

    @cached_property
    def tree_id(self) -> str:
        """The id that Git gives this folder."""
        return self._tree_id

    @cached_property
    def _blobs(self) -> Mapping[str, str]:
        return _listing(self._repository, self._tree_id)

    def __getitem__(self, path: str) -> bytes:
        blob_id = self._blobs[path]
        known = _large.get(blob_id)
        if known is not None:
            return known
        blob = self._repository[blob_id]
        assert isinstance(blob, pygit2.Blob)  # noqa: S101 - _listing holds blobs only
        return _large.keep(blob_id, blob.data)

    def __contains__(self, path: object) -> bool:
        return path in self._blobs

    def __iter__(self) -> Iterator[str]:
        return iter(self._blobs)

    def __len__(self) -> int:
        return len(self._blobs)

    def blob_id(self, path: str) -> str:
        """The Git blob id, known without reading the file."""
        return self._blobs[path]


class _LargeBlobs:
    """The bytes of the large files that were read or written last, by blob id.

    An edit of one reads it several times, and unpacking takes most of that; small ones are read in no time.
    """

    SMALLEST: Final = 50_000
    MOST: Final = 32_000_000  # bytes in all

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, blob_id: str) -> bytes | None:
        with self._lock:
            if blob_id in self._kept:
                self._kept.move_to_end(blob_id)
            return self._kept.get(blob_id)

    def keep(self, blob_id: str, data: bytes) -> bytes:
        if self.SMALLEST <= len(data) <= self.MOST:
            with self._lock:
                if blob_id not in self._kept:
                    self._kept[blob_id] = data
                    self._bytes += len(data)
                while self._bytes > self.MOST:
                    self._bytes -= len(self._kept.popitem(last=False)[1])
        return data


_large = _LargeBlobs()


class _Listings(dict[str, Mapping[str, str]]):
    """Listings of trees by tree id: path -> blob id. Content-addressed, so never wrong; emptied when it
    grows."""

    LIMIT: Final = 200_000  # paths in all, some 30 MB

    def __init__(self) -> None:
        super().__init__()
        self._paths = 0

    def keep(self, tree_id: str, listing: Mapping[str, str]) -> Mapping[str, str]:
        if self._paths > self.LIMIT:
            self.clear()
            self._paths = 0
        self[tree_id] = listing
        self._paths += len(listing)
        return listing


_listings = _Listings()


def _listing(repository: pygit2.Repository, tree_id: str) -> Mapping[str, str]:
    known = _listings.get(tree_id)
    if known is not None:
        return known
    listing: dict[str, str] = {}
    for entry in _tree(repository, tree_id):
        name = entry.name or ""
        if entry.filemode == FileMode.TREE:
            below = _listing(repository, str(entry.id))
            listing.update((f"{name}/{path}", blob) for path, blob in below.items())
        elif entry.filemode in _FILE_MODES:
            listing[name] = str(entry.id)
    return _listings.keep(tree_id, listing)


def _tree(repository: pygit2.Repository, tree_id: str) -> pygit2.Tree:
    return repository[tree_id].peel(pygit2.Tree)


# A folder of edits: name -> new bytes, None (goes away), or the folder below.
_Folder = dict[str, "bytes | _Folder | None"]


def write_edits(
    repository: pygit2.Repository, tree_id: str, edits: Edits, executable: Collection[str] = ()
) -> str:
    """Write a tree that is `tree_id` with `edits`, and return its id. Untouched folders are not even read.

    A file keeps its mode; a new one is executable if its path is in `executable`. Raises UnsafePath.
    """
    tree = None if tree_id == EMPTY_TREE else _tree(repository, tree_id)
    return str(_write(repository, tree, _nested(edits), frozenset(executable), ""))


def _nested(edits: Edits) -> _Folder:
    root: _Folder = {}
    for path, data in edits.items():
        *folders, name = safe_path(path).split("/")
        place = root
        for folder in folders:
            below = place.setdefault(folder, {})
            if not isinstance(below, dict):
                below = place[folder] = {}  # a file made way for a folder of the same name
            place = below
        if not (data is None and isinstance(place.get(name), dict)):
            place[name] = data
    return root


def _write(
    repository: pygit2.Repository,
    tree: pygit2.Tree | None,
    folder: _Folder,
    executable: frozenset[str],
    prefix: str,
) -> pygit2.Oid:
    builder = repository.TreeBuilder(tree) if tree is not None else repository.TreeBuilder()
    for name, content in folder.items():
        entry: pygit2.Object | None = builder.get(name)
        if isinstance(content, dict):
            below = repository[entry.id] if entry is not None and entry.filemode == FileMode.TREE else None
            child = _write(
                repository,
                below if isinstance(below, pygit2.Tree) else None,
                content,
                executable,
                f"{prefix}{name}/",
            )
            _put_folder(builder, name, child, existed=entry is not None)
        elif content is None:
            if entry is not None and entry.filemode != FileMode.TREE:
                builder.remove(name)
        else:
            mode = _mode(entry, f"{prefix}{name}" in executable)
            blob = write_blob(repository, content)
            _large.keep(str(blob), content)
            builder.insert(name, blob, mode)
    return write_tree(repository, builder)


def _put_folder(builder: pygit2.TreeBuilder, name: str, child: pygit2.Oid, *, existed: bool) -> None:
    """Git keeps no empty folders."""
    if str(child) != EMPTY_TREE:
        builder.insert(name, child, FileMode.TREE)
    elif existed:
        builder.remove(name)


def _mode(entry: pygit2.Object | None, executable: bool) -> FileMode:
    kept = entry is not None and entry.filemode == FileMode.BLOB_EXECUTABLE
    return FileMode.BLOB_EXECUTABLE if kept or executable else FileMode.BLOB
