"""Two states of an app, as checks are given them."""

from datetime import date
from pathlib import Path
from typing import Any

from studio.definition.app import app_definition
from studio.definition.changes import Change
from studio.definition.files import Files, MemoryFiles
from studio.definition.templates import new_app
from studio.history.commits import Author
from studio.reviews.outcomes import Material

KARI = Author("Kari Lunde", "kari@example.org")
TODAY = date(2026, 11, 26)


def contact(*languages: str) -> Files:
    """A form of two pages, in these of its three languages; in all where none is named."""
    files = new_app("kontakt", "ttd", {"nb": "Kontakt oss"}, "contact")
    texts = app_definition(files).paths.texts
    gone = {texts(each) for each in ("nb", "nn", "en") if languages and each not in languages}
    return MemoryFiles({path: files[path] for path in files if path not in gone})


def changed(files: Files, *changes: Change) -> Files:
    """The files after some edits."""
    for change in changes:
        content = {path: files[path] for path in files}
        for path, new in change.apply(app_definition(files)).items():
            if new is None:
                del content[path]
            else:
                content[path] = new
        files = MemoryFiles(content)
    return files


def material(before: Files, after: Files, program: Path | None = None, **more: Any) -> Material:
    """The two states as material."""
    return Material(before, after, TODAY, program, **more)
