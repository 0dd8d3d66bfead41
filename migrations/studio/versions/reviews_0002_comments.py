"""Comments in threads. What was a review that only comments is one now: a thread about the whole."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from studio.database import UtcDateTime

revision: str = "reviews_0002"
down_revision: str | None = "reviews_0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "comment_thread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pull_request_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("head", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("resolved_at", UtcDateTime()),
        sa.Column("resolved_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_comment_thread"),
        sa.ForeignKeyConstraint(
            ["pull_request_id"],
            ["pull_request.id"],
            name="fk_comment_thread_pull_request_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_comment_thread_pull_request_id", "comment_thread", ["pull_request_id"])
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("edited_at", UtcDateTime()),
        sa.Column("removed_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["comment_thread.id"], name="fk_comment_thread_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_comment_person_id", ondelete="SET NULL"
        ),
    )
    op.create_index("ix_comment_thread_id", "comment", ["thread_id"])
    _comments_of_reviews(op.get_bind())


def _comments_of_reviews(bind: sa.Connection) -> None:
    review, thread, comment = (
        sa.Table(name, sa.MetaData(), autoload_with=bind) for name in ("review", "comment_thread", "comment")
    )
    for row in bind.execute(sa.select(review).where(review.c.verdict == "comment")).mappings().all():
        made = bind.execute(
            thread.insert().values(
                pull_request_id=row["pull_request_id"],
                subject={"kind": "whole"},
                fingerprint="e3b0c44298fc1c149afbf4c8996fb924",
                quote="",
                head=row["head"],
                at=row["at"],
                resolved_by="",
            )
        ).inserted_primary_key
        bind.execute(
            comment.insert().values(
                thread_id=made[0] if made else None,
                person_id=row["person_id"],
                person_name=row["person_name"],
                text=row["text"],
                at=row["at"],
            )
        )
    bind.execute(review.delete().where(review.c.verdict == "comment"))
    # The time line says that somebody commented; the words are in the thread, where they can be taken back.
    event = sa.Table("pull_request_event", sa.MetaData(), autoload_with=bind)
    for row in bind.execute(sa.select(event.c.id, event.c.sentence).where(event.c.kind == "reviewed")).all():
        if row.sentence["message"] == "commented":
            bind.execute(event.update().where(event.c.id == row.id).values(kind="commented", text=""))


def downgrade() -> None:
    op.drop_table("comment")
    op.drop_table("comment_thread")
