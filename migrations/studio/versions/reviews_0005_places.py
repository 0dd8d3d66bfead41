"""Places where pull requests are tried."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from studio.database import UtcDateTime

revision: str = "reviews_0005"
down_revision: str | None = "reviews_0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "review_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("org", sa.String(), nullable=False),
        sa.Column("app", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("commit", sa.String(40)),
        sa.Column("target", sa.String(40)),
        sa.Column("bundle_id", sa.String(64)),
        sa.Column("tried", sa.String(), nullable=False),
        sa.Column("cause", sa.JSON()),
        sa.Column("remedy", sa.JSON()),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("runner", sa.String()),
        sa.Column("heartbeat_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_review_place"),
        sa.UniqueConstraint("org", "app", "number", name="uq_review_place_org_app_number"),
    )
    op.create_index("ix_review_place_next_at", "review_place", ["next_at"])


def downgrade() -> None:
    op.drop_table("review_place")
