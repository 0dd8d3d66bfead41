"""Run by Alembic; the work is in studio.database.migrations."""

from studio.database.migrations import run_migrations

run_migrations()
