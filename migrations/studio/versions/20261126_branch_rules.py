"""Rules for the branches of apps."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from studio.database.types import UtcDateTime

revision: str = "history_1"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = ("history",)
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "branch_rule",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("org", sa.String, nullable=False),
        sa.Column("app", sa.String, nullable=False),
        sa.Column("pattern", sa.String, nullable=False),
        sa.Column("by_review", sa.Boolean, nullable=False),
        sa.Column("approvals", sa.Integer, nullable=False),
        sa.Column("checks", sa.JSON, nullable=False),
        sa.Column("owners_may_pass", sa.Boolean, nullable=False),
        sa.Column("may_force", sa.Boolean, nullable=False),
        sa.Column("may_delete", sa.Boolean, nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_branch_rule"),
        sa.UniqueConstraint("org", "app", "pattern", name="uq_branch_rule_org_app_pattern"),
    )


def downgrade() -> None:
    op.drop_table("branch_rule")
