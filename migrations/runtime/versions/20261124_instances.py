"""Instances, their data elements and their history."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from studio.database import UtcDateTime

revision: str = "instances_0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = ("instances",)
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "instance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("org", sa.String(), nullable=False),
        sa.Column("app", sa.String(), nullable=False),
        sa.Column("preview", sa.String(), nullable=True),
        sa.Column("release", sa.String(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.JSON(), nullable=False),
        sa.Column("process", sa.JSON(), nullable=False),
        sa.Column("is_archived", sa.Boolean(), nullable=False),
        sa.Column("archived", UtcDateTime(), nullable=True),
        sa.Column("is_soft_deleted", sa.Boolean(), nullable=False),
        sa.Column("soft_deleted", UtcDateTime(), nullable=True),
        sa.Column("presentation_texts", sa.JSON(), nullable=False),
        sa.Column("data_values", sa.JSON(), nullable=False),
        sa.Column("created", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("last_changed", UtcDateTime(), nullable=False),
        sa.Column("last_changed_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_instance"),
    )
    op.create_index("ix_instance_preview", "instance", ["preview"])
    op.create_index("ix_instance_active", "instance", ["org", "app", "party_id", "is_archived"])
    op.create_index("ix_instance_archived", "instance", ["org", "app", "archived"])
    op.create_table(
        "data_element",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("data_type", sa.String(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("created", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("last_changed", UtcDateTime(), nullable=False),
        sa.Column("last_changed_by", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name="fk_data_element_instance_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_data_element"),
    )
    op.create_index("ix_data_element_instance_id", "data_element", ["instance_id"])
    op.create_table(
        "instance_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("event_type", sa.String(), nullable=False),
        sa.Column("created", UtcDateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("data_id", sa.Uuid(), nullable=True),
        sa.Column("process", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name="fk_instance_event_instance_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_instance_event"),
    )
    op.create_index("ix_instance_event_instance_id", "instance_event", ["instance_id"])


def downgrade() -> None:
    op.drop_table("instance_event")
    op.drop_table("data_element")
    op.drop_table("instance")
