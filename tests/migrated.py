"""Databases with all their tables, made once for each process of tests and copied from then on.

That the tables are made from nothing, and from what is older, is tested in tests/database.
"""

import tempfile
from functools import cache
from pathlib import Path

from studio.database.migrations import Which, migrate


def with_tables(data: Path) -> Path:
    """Put what Studio and the test environment would make at their first start into a data folder."""
    database(data / "studio.db", "studio")
    database(data / "test" / "runtime.db", "runtime")
    return data


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
