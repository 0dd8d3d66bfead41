"""People, organisations and memberships."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from studio.database.types import UtcDateTime

revision: str = "accounts_1"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = "accounts"
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("user_name", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("password_hash", sa.String, nullable=False),
        sa.Column("session_key", sa.String, nullable=False),
        sa.Column("is_administrator", sa.Boolean, nullable=False),
        sa.Column("language", sa.String),
        sa.Column("theme", sa.String, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("failed_attempts", sa.Integer, nullable=False),
        sa.Column("locked_until", UtcDateTime),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("user_name", name="uq_person_user_name"),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("short_name", sa.String, nullable=False),
        sa.Column("title_nb", sa.String, nullable=False),
        sa.Column("title_nn", sa.String, nullable=False),
        sa.Column("title_en", sa.String, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("short_name", name="uq_organisation_short_name"),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("organisation_id", sa.Integer, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("environment", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_membership_person_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_membership_organisation_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint(
            "person_id",
            "organisation_id",
            "role",
            "environment",
            name="uq_membership_person_id_organisation_id_role_environment",
        ),
    )
    op.create_index("ix_membership_person_id", "membership", ["person_id"])
    op.create_index("ix_membership_organisation_id", "membership", ["organisation_id"])


def downgrade() -> None:
    op.drop_table("membership")
    op.drop_table("organisation")
    op.drop_table("person")
