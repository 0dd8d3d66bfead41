"""Rows that are the queue: how one of them is taken, and later ended, by one process alone."""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, column, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, scoped_session

Job = TypeVar("Job")


def take(
    session: Session | scoped_session[Any],
    key: "InstrumentedAttribute[Any]",
    free: ColumnElement[bool],
    order: "InstrumentedAttribute[Any]",
    **claim: Any,
) -> Any | None:
    """The `key` of the first row that is `free`, with the values of `claim` from now on; commits.

    None where no row is free, or another process was faster: of two that update the same row, one finds it
    free no longer.
    """
    found = session.scalar(select(key).where(free).order_by(order).limit(1))
    if found is None:
        return None
    taken: Any = session.execute(update(key.class_).where(key == found, free).values(**claim))
    session.commit()
    return found if taken.rowcount else None


def hold(session: Session | scoped_session[Any], job: type[Job], mine: ColumnElement[bool]) -> Job | None:
    """The row that is `mine`, which nobody else changes until the next commit; None where it is no longer.

    It is written, as it is, before it is read: SQLite has no SELECT FOR UPDATE, and keeps others out from the
    first write on.
    """
    held: Any = session.execute(update(job).where(mine).values(runner=column("runner")))
    if not held.rowcount:
        return None
    return session.scalar(select(job).where(mine).execution_options(populate_existing=True))
