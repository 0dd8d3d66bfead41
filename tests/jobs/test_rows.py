"""Rows as a queue, with two who want the same one, in a real database."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ColumnElement, create_engine, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from studio.database import engine_options
from studio.jobs.rows import hold, take


class Base(DeclarativeBase):
    """The tables of this test."""


class Errand(Base):
    __tablename__ = "errand"
    id: Mapped[int] = mapped_column(primary_key=True)
    runner: Mapped[str | None]
    is_asked_anew: Mapped[bool] = mapped_column(default=False)


def free() -> ColumnElement[bool]:
    return Errand.runner.is_(None)


@pytest.fixture
def sessions(tmp_path: Path) -> Iterator[tuple[Session, Session]]:
    """Two that have nothing in common but the database, which lets the second wait for no time at all."""
    url = f"sqlite:///{tmp_path / 'errands.db'}"
    hasty: Any = engine_options(url)
    hasty["connect_args"] |= {"timeout": 0}
    engines = create_engine(url, **engine_options(url)), create_engine(url, **hasty)
    Base.metadata.create_all(engines[0])
    with Session(engines[0]) as first, Session(engines[1]) as second:
        second.connection().exec_driver_sql("PRAGMA busy_timeout = 0")
        second.commit()
        first.add_all([Errand(id=1), Errand(id=2)])
        first.commit()
        yield first, second
    for engine in engines:
        engine.dispose()


def test_each_row_is_taken_once_in_order_and_then_none(sessions: tuple[Session, Session]) -> None:
    first, second = sessions
    assert take(first, Errand.id, free(), Errand.id, runner="a") == 1
    assert take(second, Errand.id, free(), Errand.id, runner="b") == 2
    assert take(first, Errand.id, free(), Errand.id, runner="a") is None
    assert first.get_one(Errand, 2).runner == "b"


def test_a_row_that_is_somebody_elses_is_not_held(sessions: tuple[Session, Session]) -> None:
    first, second = sessions
    take(first, Errand.id, free(), Errand.id, runner="a")
    assert hold(second, Errand, Errand.runner == "b") is None


def test_nobody_asks_between_a_look_at_a_held_row_and_what_follows_from_it(
    sessions: tuple[Session, Session],
) -> None:
    first, second = sessions
    asks = update(Errand).where(Errand.id == 1).values(is_asked_anew=True)
    take(first, Errand.id, free(), Errand.id, runner="a")
    stale = first.get_one(Errand, 1)
    assert not stale.is_asked_anew
    first.commit()
    second.execute(asks)
    second.commit()

    held = hold(first, Errand, Errand.runner == "a")

    assert held is not None
    assert held.is_asked_anew
    with pytest.raises(OperationalError, match="locked"):
        second.execute(asks)
    second.rollback()
    held.runner = None
    first.commit()
    second.execute(asks)
