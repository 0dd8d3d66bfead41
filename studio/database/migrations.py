"""Bring a database to the tables that the code expects. One chain of Alembic versions per room, in one folder
per database (migrations/studio, migrations/runtime)."""

from pathlib import Path
from typing import Any, Final, Literal

from alembic import command, context
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, make_url, pool

from studio.database.connections import RuntimeModel, StudioModel, engine_options

Which = Literal["studio", "runtime"]

FOLDER: Final = Path(__file__).parents[2] / "migrations"
METADATA: Final[dict[Which, MetaData]] = {"studio": StudioModel.metadata, "runtime": RuntimeModel.metadata}


def migrate(url: str, which: Which) -> bool:
    """Upgrade the database at `url`; true if anything had to be done. Many processes may call it at once."""
    database = make_url(url)
    if database.get_backend_name() == "sqlite" and database.database:
        Path(database.database).parent.mkdir(parents=True, exist_ok=True)
    config = alembic_config(url, which)
    if _is_current(config, url):
        return False
    command.upgrade(config, "heads")
    return True


def alembic_config(url: str, which: Which) -> Config:
    """The Alembic configuration of one database; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER / which))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    config.attributes["metadata"] = METADATA[which]
    return config


def _is_current(config: Config, url: str) -> bool:
    engine = create_engine(url, poolclass=pool.NullPool, **_without_pool(url))
    with engine.connect() as connection:
        there = MigrationContext.configure(connection).get_current_heads()
    versions = ScriptDirectory.from_config(config).revision_map
    return not any(versions.iterate_revisions("heads", there, implicit_base=True))


def run_migrations() -> None:
    """Called by migrations/*/env.py: run the versions in one transaction, under the write lock."""
    url: str = context.config.attributes["url"]
    engine = create_engine(url, poolclass=pool.NullPool, **_without_pool(url))
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # Two processes that start at once: the second waits here, then finds nothing to do.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7246015)")
        context.configure(
            connection=connection,
            target_metadata=context.config.attributes["metadata"],
            render_as_batch=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


def _without_pool(url: str) -> dict[str, Any]:
    return {key: value for key, value in engine_options(url).items() if key != "pool_pre_ping"}
