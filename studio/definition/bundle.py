"""Bundles: the files of an app under the hash of their manifest; equal apps are one bundle everywhere."""

import hashlib
from collections.abc import Mapping

from studio.definition.files import Files


def manifest(files: Files) -> dict[str, str]:
    """Path -> SHA-256 (64 hex digits) of every file, sorted by path."""
    return {path: hashlib.sha256(files[path]).hexdigest() for path in sorted(files)}


def bundle_id(entries: Mapping[str, str]) -> str:
    """The SHA-256 (64 hex digits) that names a manifest; the order of its entries does not matter."""
    digest = hashlib.sha256()
    for path in sorted(entries):
        digest.update(f"{entries[path]} {path}\n".encode())
    return digest.hexdigest()
