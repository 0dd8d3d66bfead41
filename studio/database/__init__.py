"""SQLAlchemy base, types, sessions and the clock."""

from studio.database.connections import (
    RuntimeModel,
    StudioModel,
    engine_options,
    runtime_db,
    session_outside_requests,
    studio_db,
)
from studio.database.types import ROW_NUMBERS, UtcDateTime

__all__ = [
    "ROW_NUMBERS",
    "RuntimeModel",
    "StudioModel",
    "UtcDateTime",
    "engine_options",
    "runtime_db",
    "session_outside_requests",
    "studio_db",
]
