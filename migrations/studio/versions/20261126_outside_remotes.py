"""Outside remotes of apps."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from studio.database.types import UtcDateTime

revision: str = "outside_remotes_1"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = ("outside_remotes",)
depends_on: str | Sequence[str] | None = ("accounts_1",)


def upgrade() -> None:
    op.create_table(
        "outside_remote",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("org", sa.String, nullable=False),
        sa.Column("app", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("user", sa.String, nullable=False),
        sa.Column("token", sa.String, nullable=False),
        sa.Column("mappings", sa.JSON, nullable=False),
        sa.Column("push_by_itself", sa.Boolean, nullable=False),
        sa.Column("fetch_every", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.Column("due_at", UtcDateTime),
        sa.Column("wants_push", sa.Boolean, nullable=False),
        sa.Column("wants_fetch", sa.Boolean, nullable=False),
        sa.Column("runner", sa.String),
        sa.Column("heartbeat_at", UtcDateTime),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("ended_at", UtcDateTime),
        sa.Column("problem", sa.JSON),
        sa.Column("results", sa.JSON),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_outside_remote_person_id_person", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outside_remote"),
        sa.UniqueConstraint("org", "app", name="uq_outside_remote_org_app"),
    )
    op.create_index("ix_outside_remote_due_at", "outside_remote", ["due_at"])


def downgrade() -> None:
    op.drop_table("outside_remote")
