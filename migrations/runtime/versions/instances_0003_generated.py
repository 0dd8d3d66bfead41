"""Documents that the process made: which step made each."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "instances_0003"
down_revision: str | None = "instances_0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("data_element", sa.Column("generated_from", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("data_element") as table:
        table.drop_column("generated_from")
