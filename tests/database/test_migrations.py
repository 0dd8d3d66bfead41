"""Both databases come up from nothing, agree with the models, and go down again."""

import importlib
import pkgutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

import studio
from studio.database import UtcDateTime
from studio.database.migrations import FOLDER, Which, alembic_config, migrate
from studio.database.versions import heads

BOTH: list[Which] = ["studio", "runtime"]


@pytest.fixture(autouse=True, scope="module")
def _all_models() -> None:
    """Every module that declares tables."""
    for module in pkgutil.walk_packages(studio.__path__, "studio."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


@pytest.mark.parametrize("which", BOTH)
def test_a_new_database_has_the_tables_of_the_models(tmp_path: Path, which: Which) -> None:
    url = f"sqlite:///{tmp_path}/folder/new.db"

    assert migrate(url, which)
    command.check(alembic_config(url, which))

    assert not migrate(url, which)


@pytest.mark.parametrize("which", BOTH)
def test_a_database_that_is_behind_in_one_room_is_brought_up(tmp_path: Path, which: Which) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    migrate(url, which)
    chain = "reviews" if which == "studio" else "instances"
    command.downgrade(alembic_config(url, which), f"{chain}@-1")

    assert migrate(url, which)

    command.check(alembic_config(url, which))
    assert not migrate(url, which)


@pytest.mark.parametrize("which", BOTH)
def test_the_newest_versions_are_known_without_alembic(which: Which) -> None:
    asked = ScriptDirectory.from_config(alembic_config("", which))

    assert heads(FOLDER / which) == set(asked.get_heads())


def test_a_version_that_is_written_in_another_way_is_left_to_alembic(tmp_path: Path) -> None:
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "first.py").write_text('revision: str = "one"\ndown_revision = None\n')
    assert heads(tmp_path) == {"one"}

    (tmp_path / "versions" / "second.py").write_text("revision, down_revision = 'two', 'one'\n")

    assert heads(tmp_path) == {"one", "second.py"}


@pytest.mark.parametrize("which", BOTH)
def test_what_came_up_goes_down(tmp_path: Path, which: Which) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    migrate(url, which)

    command.downgrade(alembic_config(url, which), "base")

    with sqlite3.connect(f"{tmp_path}/new.db") as connection:
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    connection.close()
    assert tables <= {"alembic_version", "sqlite_sequence"}


def test_sqlite_waits_for_its_lock_and_keeps_references(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/new.db")

    with engine.connect() as connection:
        answers = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        ]
    engine.dispose()

    assert answers == ["wal", 1, 10_000]


def test_a_time_without_a_zone_is_refused_and_others_come_back_in_utc() -> None:
    kind = UtcDateTime()
    noon = datetime(2026, 11, 24, 12, tzinfo=timezone(timedelta(hours=1)))

    kept = kind.process_bind_param(noon, None)  # type: ignore[arg-type]  # no dialect is asked

    assert kept == datetime(2026, 11, 24, 11, tzinfo=UTC)
    # Databases give moments without a zone, and no dialect is asked here.
    assert kind.process_result_value(datetime(2026, 11, 24, 11), None) == noon  # type: ignore[arg-type]  # noqa: DTZ001
    with pytest.raises(ValueError, match="zone"):
        kind.process_bind_param(datetime(2026, 11, 24, 12), None)  # type: ignore[arg-type]  # noqa: DTZ001


def test_processes_that_start_at_once_migrate_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    code = f"from studio.database.migrations import migrate; migrate({url!r}, 'studio')"

    starts = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]

    assert [start.wait() for start in starts] == [0, 0, 0]
    assert not migrate(url, "studio")
