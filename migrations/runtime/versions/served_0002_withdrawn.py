"""Remember apps that were taken out of use, for the sake of what people sent in with them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from studio.database import UtcDateTime

revision: str = "served_0002"
down_revision: str | None = "served_0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("served_app", sa.Column("withdrawn_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM served_app WHERE withdrawn_at IS NOT NULL")
    with op.batch_alter_table("served_app") as table:
        table.drop_column("withdrawn_at")
