"""Favourites."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "dashboard_1"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = "dashboard"
depends_on: str | Sequence[str] | None = "accounts_1"


def upgrade() -> None:
    op.create_table(
        "favourite",
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("org", sa.String, nullable=False),
        sa.Column("app", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "org", "app", name="pk_favourite"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_favourite_person_id", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("favourite")
