"""The two databases: Studio's own, and the one that each runtime environment has.

A table is a class on StudioModel or RuntimeModel; queries go through `studio_db.session` or
`runtime_db.session`.
"""

import sqlite3
from typing import Any, Final

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData, create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import NullPool

_NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_BUSY_SECONDS: Final = 10


class StudioModel(DeclarativeBase):
    """Base of the tables in Studio's database."""

    metadata = MetaData(naming_convention=_NAMES)


class RuntimeModel(DeclarativeBase):
    """Base of the tables in the database of a runtime environment."""

    metadata = MetaData(naming_convention=_NAMES)


studio_db: Final = SQLAlchemy(metadata=StudioModel.metadata)
runtime_db: Final = SQLAlchemy(metadata=RuntimeModel.metadata)


def engine_options(url: str) -> dict[str, Any]:
    """Options for create_engine. On SQLite, a transaction takes the write lock at its first write."""
    if url.startswith("sqlite"):
        return {"connect_args": {"isolation_level": "IMMEDIATE", "timeout": _BUSY_SECONDS}}
    return {"pool_pre_ping": True}


def session_outside_requests(url: str) -> Session:
    """A session of the database at `url`, for commands."""
    return Session(create_engine(url, poolclass=NullPool, **engine_options(url)))


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: object, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
