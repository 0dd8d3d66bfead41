"""Attachments: their bytes lie in the file store, and they have tags."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "instances_0002"
down_revision: str | None = "instances_0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("data_element") as table:
        table.add_column(sa.Column("stored_as", sa.String(), nullable=True))
        table.add_column(sa.Column("content_hash", sa.String(), nullable=True))
        table.add_column(sa.Column("tags", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(
            sa.Column("file_scan_result", sa.String(), nullable=False, server_default="NotApplicable")
        )


def downgrade() -> None:
    op.execute("DELETE FROM data_element WHERE stored_as IS NOT NULL")
    with op.batch_alter_table("data_element") as table:
        for name in ("file_scan_result", "tags", "content_hash", "stored_as"):
            table.drop_column(name)
