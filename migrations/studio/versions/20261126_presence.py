"""Who is in which app at this moment."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from studio.database import UtcDateTime

revision: str = "presence_1"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = ("presence",)
depends_on: str | Sequence[str] | None = "accounts_1"


def upgrade() -> None:
    op.create_table(
        "presence",
        sa.Column("org", sa.String(), nullable=False),
        sa.Column("app", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("org", "app", "branch", "person_id", name="pk_presence"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_presence_person_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_presence_seen_at", "presence", ["seen_at"])


def downgrade() -> None:
    op.drop_table("presence")
