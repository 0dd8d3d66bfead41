"""Databases with all their tables, or with demo people too: made once in each process of tests, then copied.

That the tables are made from nothing, and from what is older, is tested in tests/database.
"""

import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher

from studio.accounts.passwords import Passwords
from studio.database import session_outside_requests
from studio.database.migrations import Which, migrate
from studio.demo import create_demo

# When the demo people came.
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
# Real argon2, with enough work for a test.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def with_tables(data: Path) -> Path:
    """Put what Studio and the test environment would make at their first start into a data folder."""
    database(data / "studio.db", "studio")
    database(data / "test" / "runtime.db", "runtime")
    return data


def with_demo(data: Path) -> Path:
    """The same, with the demo people and organisations; their passwords are kept by QUICK."""
    data.mkdir(parents=True, exist_ok=True)
    (data / "studio.db").write_bytes(_new_with_demo())
    return with_tables(data)


def database(file: Path, which: Which) -> str:
    """The address of a database in this file; with nothing but tables, where it is not there yet."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_new(which))
    return f"sqlite:///{file}"


@cache
def _new(which: Which) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "new.db"
        migrate(f"sqlite:///{file}", which)
        return file.read_bytes()


@cache
def _new_with_demo() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "new.db"
        with session_outside_requests(database(file, "studio")) as session:
            create_demo(session, Passwords(QUICK), NOW)
            session.commit()
        return file.read_bytes()
