"""Served apps and previews."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from studio.database import UtcDateTime

revision: str = "served_0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = ("served",)
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "served_app",
        sa.Column("org", sa.String(), nullable=False),
        sa.Column("app", sa.String(), nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("bundle_id", sa.String(64), nullable=False),
        sa.Column("deployed_at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("org", "app", name="pk_served_app"),
    )
    op.create_table(
        "preview_app",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("org", sa.String(), nullable=False),
        sa.Column("app", sa.String(), nullable=False),
        sa.Column("bundle_id", sa.String(64), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_preview_app"),
    )


def downgrade() -> None:
    op.drop_table("preview_app")
    op.drop_table("served_app")
