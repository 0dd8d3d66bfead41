"""Bringing apps in: from a zip file, a folder or another Git server. Nothing half-imported stays."""

from studio.history.importing.apps import from_git_url, import_app
from studio.history.importing.files import ImportedFiles, from_folder, from_zip
from studio.history.importing.limits import ImportRefused, Limits

__all__ = [
    "ImportRefused",
    "ImportedFiles",
    "Limits",
    "from_folder",
    "from_git_url",
    "from_zip",
    "import_app",
]
