"""Suggestions in comments, and what happened leads to the thread that it happened in."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "reviews_0004"
down_revision: str | None = "reviews_0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("comment") as table:
        table.add_column(sa.Column("suggestion", sa.JSON()))
        table.add_column(sa.Column("used_commit", sa.String(40)))
        table.add_column(sa.Column("used_by_id", sa.Integer()))
        table.add_column(sa.Column("used_by", sa.String(), nullable=False, server_default=""))
        table.create_foreign_key(
            "fk_comment_used_by_id", "person", ["used_by_id"], ["id"], ondelete="SET NULL"
        )
    with op.batch_alter_table("comment") as table:
        table.alter_column("used_by", server_default=None)
    with op.batch_alter_table("pull_request_event") as table:
        table.add_column(sa.Column("thread_id", sa.Integer()))
        table.create_foreign_key(
            "fk_pull_request_event_thread_id",
            "comment_thread",
            ["thread_id"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    with op.batch_alter_table("pull_request_event") as table:
        table.drop_constraint("fk_pull_request_event_thread_id", type_="foreignkey")
        table.drop_column("thread_id")
    with op.batch_alter_table("comment") as table:
        table.drop_constraint("fk_comment_used_by_id", type_="foreignkey")
        for name in ("used_by", "used_by_id", "used_commit", "suggestion"):
            table.drop_column(name)
