"""SQLAlchemy base, types, sessions and the clock."""

from studio.database.connections import RuntimeModel, StudioModel, engine_options, runtime_db, studio_db
from studio.database.types import UtcDateTime

__all__ = ["RuntimeModel", "StudioModel", "UtcDateTime", "engine_options", "runtime_db", "studio_db"]
