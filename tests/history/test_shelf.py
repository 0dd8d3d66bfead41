"""What an organisation keeps for its people: versioned, whole, and no app."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studio.definition.errors import NotThere
from studio.definition.files import MemoryFiles, UnsafePath
from studio.history.commits import Author
from studio.history.errors import AlreadyThere
from studio.history.names import InvalidName
from studio.history.repositories import Repositories
from studio.history.shelf import Shelf

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
KARI = Author("Kari Lunde", "kari@example.org")


def test_what_is_put_on_the_shelf_lies_there_until_it_is_taken_away(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "ttd")
    assert dict(shelf.files) == {}
    assert not shelf.folder.exists()

    shelf.write({"blocks/a.json": b"{}", "blocks/b.json": b"[]"}, KARI, "Two", NOW)
    shelf.write({"blocks/a.json": None}, KARI, "One less", NOW)

    assert dict(Shelf(tmp_path, "ttd").files) == {"blocks/b.json": b"[]"}
    assert [commit.subject for commit in shelf.log()] == ["One less", "Two"]


def test_what_changes_nothing_is_not_written(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "ttd")
    shelf.write({"a": b"1"}, KARI, "First", NOW)
    shelf.write({"a": b"1"}, KARI, "Again", NOW)
    assert len(shelf.log()) == 1


def test_a_shelf_is_no_app(tmp_path: Path) -> None:
    Shelf(tmp_path, "ttd").write({"a": b"1"}, KARI, "First", NOW)
    repositories = Repositories(tmp_path)
    repositories.create("ttd", "real", MemoryFiles({"a": b"1"}), KARI, "Begin", NOW)

    assert repositories.all() == [("ttd", "real")]
    with pytest.raises(NotThere):
        repositories.open("ttd", "-shelf")


@pytest.mark.parametrize("org", ["..", "a/b", "", "-x"])
def test_an_organisation_that_is_none_has_no_shelf(tmp_path: Path, org: str) -> None:
    with pytest.raises(InvalidName):
        Shelf(tmp_path, org)


def test_a_file_outside_is_refused_and_nothing_of_it_is_written(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "ttd")
    with pytest.raises(UnsafePath):
        shelf.write({"ok": b"1", "../outside": b"2"}, KARI, "Out", NOW)
    assert dict(shelf.files) == {}


def test_people_who_put_things_there_at_once_lose_nothing(tmp_path: Path) -> None:
    def put(number: int) -> None:
        Shelf(tmp_path, "ttd").write({f"{number}": b"x"}, KARI, f"Number {number}", NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(put, range(8)))
    assert set(Shelf(tmp_path, "ttd").files) == {str(number) for number in range(8)}


def test_what_is_there_is_not_written_again_where_it_has_to_be_new(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "ttd")
    shelf.write({"lists/a/1.json": b"1"}, KARI, "First", NOW, as_new=True)
    with pytest.raises(AlreadyThere):
        shelf.write({"lists/a/1.json": b"2"}, KARI, "Second", NOW, as_new=True)
    assert shelf.files["lists/a/1.json"] == b"1"
