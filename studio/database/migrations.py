"""Bring a database to the tables that the code expects. One chain of Alembic versions per room, in one folder
per database (migrations/studio, migrations/runtime).

Alembic is imported where a database must be upgraded: most starts find that there is nothing to do.
"""

# ruff: noqa: PLC0415 - see above

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import MetaData, create_engine, inspect, make_url, pool, text

from studio.database.connections import RuntimeModel, StudioModel, engine_options
from studio.database.versions import heads

if TYPE_CHECKING:
    from alembic.config import Config

Which = Literal["studio", "runtime"]

FOLDER: Final = Path(__file__).parents[2] / "migrations"
METADATA: Final[dict[Which, MetaData]] = {"studio": StudioModel.metadata, "runtime": RuntimeModel.metadata}
_VERSIONS: Final = "alembic_version"  # Alembic's table


def migrate(url: str, which: Which) -> bool:
    """Upgrade the database at `url`; true if anything had to be done. Many processes may call it at once."""
    database = make_url(url)
    if database.get_backend_name() == "sqlite" and database.database:
        Path(database.database).parent.mkdir(parents=True, exist_ok=True)
    there = _versions_there(url)
    return there != heads(FOLDER / which) and _upgrade(alembic_config(url, which), there)


def _versions_there(url: str) -> frozenset[str]:
    engine = create_engine(url, poolclass=pool.NullPool, **_without_pool(url))
    with engine.connect() as connection:
        if not inspect(connection).has_table(_VERSIONS):
            return frozenset()
        return frozenset(connection.scalars(text(f"SELECT version_num FROM {_VERSIONS}")))  # noqa: S608 - a name of ours


def _upgrade(config: "Config", there: frozenset[str]) -> bool:
    """Whether Alembic, too, finds that something is missing; then it is there afterwards."""
    from alembic import command
    from alembic.script import ScriptDirectory

    versions = ScriptDirectory.from_config(config).revision_map
    if not any(versions.iterate_revisions("heads", tuple(there), implicit_base=True)):
        return False
    command.upgrade(config, "heads")
    return True


def alembic_config(url: str, which: Which) -> "Config":
    """The Alembic configuration of one database; there is no alembic.ini."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER / which))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    config.attributes["metadata"] = METADATA[which]
    return config


def run_migrations() -> None:
    """Called by migrations/*/env.py: run the versions in one transaction, under the write lock."""
    from alembic import context

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
