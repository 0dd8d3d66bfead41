"""The shared apps, and what Git itself says about them: tree ids and differences."""

import io
import os
import re
import stat
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

_HUNK = re.compile(rb"^@@ -\S+ \+\S+ @@", re.MULTILINE)


def app_folders(vectors: Path) -> list[Path]:
    """Folders that hold an app: in App/ (most), or at the top (historic ones)."""
    root = vectors / "apps"
    with_app = {folder.parent for folder in root.rglob("App") if folder.is_dir()}
    bare = {path.parent.parent for path in root.rglob("config/applicationmetadata.json")}
    return sorted(with_app | {folder for folder in bare if folder.name != "App"})


def no_apps(vectors: Path) -> list[Path]:
    """Repositories that hold something else: data models, resources, content of an organisation."""
    apps = set(app_folders(vectors))
    return sorted(
        folder
        for folder in (vectors / "apps" / "designer-repos").iterdir()
        if folder.is_dir() and folder not in apps
    )


def parametrize_apps(metafunc: pytest.Metafunc, argument: str = "app_folder") -> None:
    """One test for each app, named for its folder."""
    if argument in metafunc.fixturenames:
        vectors = Path(metafunc.config.getoption("--vectors")).resolve()
        folders = app_folders(vectors) if vectors.is_dir() else []
        names = [str(one.relative_to(vectors / "apps")) for one in folders]
        metafunc.parametrize(argument, folders, ids=names)


def plain_files(folder: Path) -> list[Path]:
    """Every file in a folder, in steady order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def zipped(folder: Path, around: str = "") -> io.BytesIO:
    """The folder as a zip file, with its executable bits; `around` is a folder to put around it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in plain_files(folder):
            entry = zipfile.ZipInfo(around + path.relative_to(folder).as_posix())
            entry.create_system = 3
            entry.external_attr = path.stat().st_mode << 16
            archive.writestr(entry, path.read_bytes())
    stream.seek(0)
    return stream


def tree_of(folder: Path, scratch: Path) -> str:
    """The id that Git gives the folder as a tree: its bytes as they lie there, without filters."""
    environ = {**os.environ, "GIT_DIR": str(scratch), "GIT_INDEX_FILE": str(scratch / "scratch-index")}
    (scratch / "scratch-index").unlink(missing_ok=True)
    if not (scratch / "objects").exists():
        _git("init", "--quiet", "--bare", str(scratch))
    paths = plain_files(folder)
    hashed = _git(
        "hash-object",
        "-w",
        "--no-filters",
        "--stdin-paths",
        given="\n".join(map(str, paths)),
        environ=environ,
    )
    lines = [
        f"{_mode(path)} {blob}\t{path.relative_to(folder).as_posix()}"
        for path, blob in zip(paths, hashed.split(), strict=True)
    ]
    _git("update-index", "--add", "--index-info", given="\n".join(lines), environ=environ)
    return _git("write-tree", environ=environ).strip()


def _mode(path: Path) -> str:
    return "100755" if path.stat().st_mode & stat.S_IXUSR else "100644"


def tree_in(repository: Path, commit: str) -> str:
    """The id of the tree of a commit, as Git reads it."""
    return _git("-C", str(repository), "rev-parse", f"{commit}^{{tree}}").strip()


@dataclass(frozen=True)
class Difference:
    """What `git diff` shows between two commits: the files, and the lines that went and came."""

    files: list[str]
    hunks: int
    gone: list[bytes]
    come: list[bytes]


def difference(repository: Path, before: str, after: str) -> Difference:
    """`git diff` without surrounding lines."""
    command = ["git", "-C", str(repository), "diff", "--unified=0", "--no-color", "--text", before, after]
    text = subprocess.run(command, capture_output=True, check=True).stdout
    names = _git("-C", str(repository), "diff", "--name-only", "-z", before, after).split("\0")[:-1]
    start = _HUNK.search(text)
    lines = text[start.start() :].split(b"\n") if start else []
    return Difference(
        names,
        len(_HUNK.findall(text)),
        [line[1:] for line in lines if line.startswith(b"-")],
        [line[1:] for line in lines if line.startswith(b"+")],
    )


def _git(*arguments: str, given: str = "", environ: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        ["git", *arguments], input=given, capture_output=True, check=True, text=True, env=environ
    )
    return done.stdout
