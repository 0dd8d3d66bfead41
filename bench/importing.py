"""Import of every app in the shared vectors (../shared/vectors, or the folder in VECTORS).

The floor, in the same run: `git init`, `git add` and `git commit` of the same folder. All times in ms.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench._figures import table, timed
from studio.history.commits import Author
from studio.history.importing import import_app
from studio.history.repositories import Repositories

VECTORS = Path(os.environ.get("VECTORS") or Path(__file__).parents[2] / "shared" / "vectors")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
AUTHOR = Author("Bench", "bench@example.org")


def measure() -> dict[str, Any]:
    """By app: files, ms, ms of Git itself."""
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        repositories = Repositories(Path(scratch) / "repos")
        for number, folder in enumerate(_apps()):
            name = folder.relative_to(VECTORS / "apps").as_posix()
            copied = Path(shutil.copytree(folder, Path(scratch) / f"copy-{number}"))
            figures[name] = _measure(repositories, copied, f"app-{number}")
            shutil.rmtree(copied)
    rows = [[name, each["files"], each["import"], each["floor"]] for name, each in figures.items()]
    total = [sum(column) for column in list(zip(*rows, strict=True))[1:]] if rows else [0, 0, 0]
    print(table(["app", "files", "import ms", "git ms"], [*rows, ["all", *(round(each) for each in total)]]))
    return figures


def _measure(repositories: Repositories, folder: Path, name: str) -> dict[str, Any]:
    files = sum(1 for place in folder.rglob("*") if place.is_file())
    took = timed(lambda: import_app(repositories, folder, "bench", name, AUTHOR, NOW))
    floor = timed(lambda: _git(folder))
    return {"files": files, "import": round(took, 1), "floor": round(floor, 1)}


def _apps() -> Iterator[Path]:
    if not (VECTORS / "apps").is_dir():
        raise SystemExit(f"There are no apps in {VECTORS}. Name the folder of shared vectors with VECTORS.")
    for folder in sorted((VECTORS / "apps").glob("*/**")):
        is_app = (folder / "App").is_dir() or (folder / "config" / "applicationmetadata.json").is_file()
        if is_app and "App" not in folder.parts:
            yield folder


def _git(folder: Path) -> None:
    who = ["-c", "user.name=b", "-c", "user.email=b@example.org"]
    for arguments in (["init", "-q"], ["add", "-Af", "."], ["commit", "-q", "-m", "Import the app"]):
        subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)
