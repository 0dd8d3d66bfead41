"""Checks of pull requests as rows that are worked off, and the pictures that they took."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from studio.database import UtcDateTime

revision: str = "reviews_0003"
down_revision: str | None = "reviews_0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "check_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pull_request_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("head", sa.String(40), nullable=False),
        sa.Column("base", sa.String(40), nullable=False),
        sa.Column("in_browser", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("summary", sa.JSON()),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime()),
        sa.Column("ended_at", UtcDateTime()),
        sa.Column("runner", sa.String()),
        sa.Column("heartbeat_at", UtcDateTime()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_check_run"),
        sa.ForeignKeyConstraint(
            ["pull_request_id"],
            ["pull_request.id"],
            name="fk_check_run_pull_request_id",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "pull_request_id", "name", "head", "base", name="uq_check_run_pull_request_id_name_head_base"
        ),
        sa.UniqueConstraint("seat", name="uq_check_run_seat"),
    )
    op.create_index("ix_check_run_state", "check_run", ["state"])
    op.create_table(
        "check_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_run_id", sa.Integer(), nullable=False),
        sa.Column("layout_set", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("fate", sa.String(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("pixels", sa.Integer(), nullable=False),
        sa.Column("before", sa.LargeBinary()),
        sa.Column("after", sa.LargeBinary()),
        sa.Column("difference", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name="pk_check_picture"),
        sa.ForeignKeyConstraint(
            ["check_run_id"], ["check_run.id"], name="fk_check_picture_check_run_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_check_picture_check_run_id", "check_picture", ["check_run_id"])


def downgrade() -> None:
    op.drop_table("check_picture")
    op.drop_table("check_run")
