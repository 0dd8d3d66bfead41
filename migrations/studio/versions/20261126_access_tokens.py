"""Access tokens, and people that are bots of an organisation."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from studio.database.types import UtcDateTime

revision: str = "accounts_2"
down_revision: str | None = "accounts_1"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "access_token",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("beginning", sa.String, nullable=False),
        sa.Column("scope", sa.String, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("expires_at", UtcDateTime, nullable=False),
        sa.Column("last_used_at", UtcDateTime),
        sa.Column("revoked_at", UtcDateTime),
        sa.PrimaryKeyConstraint("id", name="pk_access_token"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_access_token_person_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("secret_hash", name="uq_access_token_secret_hash"),
    )
    op.create_index("ix_access_token_person_id", "access_token", ["person_id"])
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("bot_of_id", sa.Integer))
        person.create_foreign_key(
            "fk_person_bot_of_id", "organisation", ["bot_of_id"], ["id"], ondelete="CASCADE"
        )
        person.create_index("ix_person_bot_of_id", ["bot_of_id"])


def downgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.drop_index("ix_person_bot_of_id")
        person.drop_constraint("fk_person_bot_of_id", type_="foreignkey")
        person.drop_column("bot_of_id")
    op.drop_table("access_token")
