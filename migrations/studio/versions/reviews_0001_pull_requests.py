"""Pull requests, reviews and what happened in them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from studio.database import UtcDateTime

revision: str = "reviews_0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = ("reviews",)
depends_on: str | Sequence[str] | None = "accounts_1"

_IS_OPEN = sa.text("state = 'open'")


def _of_pull_request(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["pull_request_id"], ["pull_request.id"], name=f"fk_{table}_pull_request_id", ondelete="CASCADE"
    )


def upgrade() -> None:
    op.create_table(
        "pull_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("org", sa.String(), nullable=False),
        sa.Column("app", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer()),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("base", sa.String(40), nullable=False),
        sa.Column("head", sa.String(40), nullable=False),
        sa.Column("merged_commit", sa.String(40)),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_pull_request"),
        sa.UniqueConstraint("org", "app", "number", name="uq_pull_request_org_app_number"),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name="fk_pull_request_author_id", ondelete="SET NULL"
        ),
    )
    op.create_index(
        "ix_pull_request_one_at_a_time",
        "pull_request",
        ["org", "app", "source", "target"],
        unique=True,
        sqlite_where=_IS_OPEN,
        postgresql_where=_IS_OPEN,
    )
    op.create_table(
        "pull_request_reviewer",
        sa.Column("pull_request_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pull_request_id", "person_id", name="pk_pull_request_reviewer"),
        _of_pull_request("pull_request_reviewer"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_pull_request_reviewer_person_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pull_request_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("head", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
        _of_pull_request("review"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_review_person_id", ondelete="SET NULL"
        ),
    )
    op.create_index("ix_review_pull_request_id", "review", ["pull_request_id"])
    op.create_table(
        "pull_request_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pull_request_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("sentence", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("commit", sa.String(40)),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pull_request_event"),
        _of_pull_request("pull_request_event"),
    )
    op.create_index("ix_pull_request_event_pull_request_id", "pull_request_event", ["pull_request_id"])


def downgrade() -> None:
    op.drop_table("pull_request_event")
    op.drop_table("review")
    op.drop_table("pull_request_reviewer")
    op.drop_table("pull_request")
