"""Column types that behave alike on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

# What an integer column can hold everywhere. A number from outside that is none of these is not in the table.
ROW_NUMBERS: Final = range(1, 2**31)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Only times with a zone go in; UTC comes out (SQLite itself keeps no zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    # SQLAlchemy tells every type the dialect.
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone cannot be kept.")
        return value.astimezone(UTC)

    # As above.
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
