"""Importing apps: what comes in is what was given, byte for byte; what may not come in leaves nothing."""

import io
import os
import stat
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from history_edits import KARI, NOW, SMALL_APP

from studio.history import outside
from studio.history.errors import AlreadyThere
from studio.history.importing import ImportRefused, Limits, from_folder, from_git_url, from_zip, import_app
from studio.history.names import InvalidName
from studio.history.repositories import Repositories
from tests.zip_files import zeros, zipped

APP_FILE = "App/config/applicationmetadata.json"


def nothing_is_left(repositories: Repositories) -> bool:
    return not [path for path in repositories.root.rglob("*") if path.is_file()] and repositories.all() == []


@pytest.mark.parametrize(
    "path",
    [
        "../evil",
        "App/../../evil",
        "/etc/passwd",
        "App\\..\\..\\evil",
        "C:\\x\\..\\..\\evil",
        "App//x",
        "App/./x",
    ],
)
def test_a_path_that_leaves_the_app_is_refused(repositories: Repositories, path: str) -> None:
    with pytest.raises(ImportRefused, match="not allowed"):
        import_app(repositories, zipped({APP_FILE: b"{}", path: b"x"}), "ttd", "app", KARI, NOW)
    assert nothing_is_left(repositories)


def test_a_symbolic_link_in_a_zip_is_refused(repositories: Repositories) -> None:
    stream = zipped({APP_FILE: b"{}", "App/link": b"/etc/passwd"}, App__link=stat.S_IFLNK | 0o777)
    with pytest.raises(ImportRefused, match="App/link"):
        import_app(repositories, stream, "ttd", "app", KARI, NOW)
    assert nothing_is_left(repositories)


def test_ten_gigabytes_of_zeros_stop_at_the_limit(repositories: Repositories) -> None:
    with pytest.raises(ImportRefused, match="larger than"):
        import_app(repositories, zeros(APP_FILE, 10_000_000_000), "ttd", "app", KARI, NOW)
    assert nothing_is_left(repositories)


def test_many_files_that_are_together_too_large_stop_at_the_limit() -> None:
    files = {APP_FILE: b"{}"} | {f"App/{number}": bytes(1000) for number in range(100)}
    with pytest.raises(ImportRefused, match="larger than"):
        from_zip(zipped(files), Limits(total=50_000))


def test_a_hundred_thousand_files_are_too_many(repositories: Repositories) -> None:
    with pytest.raises(ImportRefused, match="too many"):
        import_app(
            repositories,
            zipped({APP_FILE: b"{}"} | {f"App/{number}": b"" for number in range(100_000)}),
            "ttd",
            "app",
            KARI,
            NOW,
        )
    assert nothing_is_left(repositories)


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", b"PK\5\6" + bytes(18), b"PK\3\4" + bytes(100)])
def test_what_is_no_zip_is_refused(repositories: Repositories, data: bytes) -> None:
    with pytest.raises(ImportRefused):
        import_app(repositories, io.BytesIO(data), "ttd", "app", KARI, NOW)
    assert nothing_is_left(repositories)


def test_a_damaged_zip_is_refused() -> None:
    data = bytearray(zipped({APP_FILE: os.urandom(5000)}).getvalue())
    data[200] ^= 0xFF
    with pytest.raises(ImportRefused, match="damaged"):
        from_zip(io.BytesIO(data))


def test_strange_names_are_kept(repositories: Repositories) -> None:
    names = [
        "App/\"quoted'.json",
        "App/😀.json",
        "App/<script>alert(1)</script>/x",
        "App/æøå.txt",
        "App/-rf",
        "App/a b",
    ]
    files = {APP_FILE: b"{}"} | {name: name.encode() for name in names}
    repository = import_app(repositories, zipped(files), "ttd", "app", KARI, NOW)
    assert dict(repository.files()) == files


def test_the_folder_around_the_app_is_taken_away() -> None:
    files = from_zip(zipped({f"my-app-main/{path}": data for path, data in SMALL_APP.items()}))
    assert dict(files) == SMALL_APP


def test_git_and_macos_folders_are_left_out() -> None:
    extra = {".git/config": b"x", "__MACOSX/App/._x": b"x", "App/sub/.git/HEAD": b"x"}
    assert dict(from_zip(zipped(SMALL_APP | extra))) == SMALL_APP


@pytest.mark.parametrize("folder", ["", "my-app-main/"])
def test_an_old_app_without_the_folder_app_comes_in_as_it_lies(folder: str) -> None:
    old = {path.removeprefix("App/"): data for path, data in SMALL_APP.items()}
    assert dict(from_zip(zipped({folder + path: data for path, data in old.items()}))) == old
    alone = {"config/applicationmetadata.json": b"{}"}
    assert dict(from_zip(zipped({folder + path: data for path, data in alone.items()}))) == alone


def test_without_app_it_is_no_app(repositories: Repositories) -> None:
    with pytest.raises(ImportRefused, match="App"):
        import_app(repositories, zipped({"README.md": b"x", "app/x": b""}), "ttd", "app", KARI, NOW)
    assert nothing_is_left(repositories)


def test_broken_files_come_in_as_they_are(repositories: Repositories) -> None:
    broken = {
        APP_FILE: b"{",
        "App/config/process/process.bpmn": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x",
        "App/x": bytes([0, 255]),
    }
    assert dict(import_app(repositories, zipped(broken), "ttd", "app", KARI, NOW).files()) == broken


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (["App/Page.json", "App/page.json"], "capital"),
        (["App/x", "App/x/y"], "folder"),
        (["App/" + "x" * 250], "long"),
        (["App/" + "/".join(["long-folder"] * 40)], "long"),
    ],
)
def test_paths_that_other_systems_cannot_hold_are_refused(paths: list[str], said: str) -> None:
    with pytest.raises(ImportRefused, match=said):
        from_zip(zipped({APP_FILE: b"{}"} | dict.fromkeys(paths, b"")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_refused() -> None:
    stream = zipped({APP_FILE: b"{}"})
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(APP_FILE, b"[]")
    stream.seek(0)
    with pytest.raises(ImportRefused, match="twice"):
        from_zip(stream)


def test_a_taken_or_impossible_name_leaves_what_was_there(repositories: Repositories) -> None:
    import_app(repositories, zipped(SMALL_APP), "ttd", "app", KARI, NOW)
    with pytest.raises(AlreadyThere):
        import_app(repositories, zipped({APP_FILE: b"[]"}), "ttd", "app", KARI, NOW)
    for name in ("../app", "App", "a", "-x", "x" * 70, "a/b", "", "a.git", ".trash"):
        with pytest.raises(InvalidName):
            import_app(repositories, zipped(SMALL_APP), "ttd", name, KARI, NOW)
    assert repositories.all() == [("ttd", "app")]
    assert dict(repositories.open("ttd", "app").files()) == SMALL_APP


def test_links_and_pipes_in_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "App").mkdir()
    (tmp_path / "App" / "link").symlink_to("/etc/passwd")
    with pytest.raises(ImportRefused, match="link"):
        from_folder(tmp_path)
    (tmp_path / "App" / "link").unlink()
    os.mkfifo(tmp_path / "App" / "pipe")
    with pytest.raises(ImportRefused, match="pipe"):
        from_folder(tmp_path)
    (tmp_path / "App" / "pipe").unlink()
    (tmp_path / "App" / "folder-link").symlink_to("/etc")
    with pytest.raises(ImportRefused, match="folder-link"):
        from_folder(tmp_path)


def git_tree_of(folder: Path, scratch: Path) -> str:
    """The tree that Git itself makes of a folder."""
    env = {**os.environ, "GIT_DIR": str(scratch), "GIT_WORK_TREE": str(folder)}
    subprocess.run(["git", "init", "-q", "--bare", str(scratch)], check=True)
    plain = [
        "-c",
        "core.autocrlf=false",
        "-c",
        "core.excludesFile=/dev/null",
        "-c",
        "core.attributesFile=/dev/null",
    ]
    (scratch / "info").mkdir(exist_ok=True)
    (scratch / "info" / "attributes").write_text("* -text -filter -ident\n", "utf-8")
    subprocess.run(["git", *plain, "add", "-Af", "."], check=True, env=env, cwd=folder)
    written = subprocess.run(["git", "write-tree"], check=True, env=env, capture_output=True, text=True)
    return written.stdout.strip()


@pytest.mark.conformance
def test_every_real_app_comes_in_byte_for_byte(
    vectors: Path, repositories: Repositories, tmp_path: Path
) -> None:
    folders = [folder for kind in sorted((vectors / "apps").iterdir()) for folder in _apps(kind)]
    assert len(folders) > 20
    for number, folder in enumerate(folders):
        repository = import_app(repositories, folder, "ttd", f"app-{number}", KARI, NOW)
        assert repository.head().tree_id == git_tree_of(folder, tmp_path / f"git-{number}"), folder


def _apps(kind: Path) -> Iterator[Path]:
    """The folders at or one below `kind` with App/ in them."""
    for folder in [kind, *sorted(path for path in kind.iterdir() if path.is_dir())]:
        if (folder / "App").is_dir():
            yield folder


def test_executable_files_stay_executable(repositories: Repositories, tmp_path: Path) -> None:
    folder = tmp_path / "source"
    (folder / "App").mkdir(parents=True)
    (folder / "App" / "run.sh").write_text("#!/bin/sh\n", "utf-8")
    (folder / "App" / "run.sh").chmod(0o755)
    repository = import_app(repositories, folder, "ttd", "app", KARI, NOW)
    assert repository.head().tree_id == git_tree_of(folder, tmp_path / "scratch")


@pytest.mark.parametrize(
    "url",
    [
        "ext::sh -c touch% /tmp/x", "file:///etc", "/etc", "--upload-pack=touch x", "-x", "git://example.org/x",
        "https://-oProxyCommand=x/y", "ssh://-oProxyCommand=x/y", "ssh://-x@example.org/y",
        "https://example.org/a b", "https:///x", "",
        "http://[::1", "https://example.org:x/y", "https://example.org/x?y", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_an_address_that_git_would_run_or_read_from_disk_is_refused(
    repositories: Repositories, url: str
) -> None:
    with pytest.raises(outside.OutsideError, match="https://"):
        from_git_url(repositories, url, "ttd", "app")
    assert nothing_is_left(repositories)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.0.0.1", "[::1]", "169.254.169.254", "[::ffff:127.0.0.1]", "0.0.0.0"],
)
def test_a_server_in_a_private_network_is_refused(repositories: Repositories, host: str) -> None:
    with pytest.raises(outside.OutsideError, match="private"):
        from_git_url(repositories, f"https://{host}/x.git", "ttd", "app")
