"""Apps that a pull request is tried in, beside those that are in use."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "served_0003"
down_revision: str | None = "served_0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("served_app", sa.Column("reviewed", sa.String(), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM served_app WHERE reviewed IS NOT NULL")
    with op.batch_alter_table("served_app") as table:
        table.drop_column("reviewed")
