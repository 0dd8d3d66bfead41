"""Calling those who look after places: something happened, so a place is looked at once that is committed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, event, update
from sqlalchemy.orm import Session, object_session, scoped_session

from studio.reviews.models import PullRequest
from studio.reviews.place_models import PlaceState, ReviewPlace
from studio.reviews.place_room import places


def look_again(pull_request: PullRequest, now: datetime) -> None:
    """Something happened to a pull request."""
    session = object_session(pull_request)
    if session is not None and pull_request.id is not None:
        is_its = (ReviewPlace.number == pull_request.number, *_of(pull_request.org, pull_request.app))
        _change(session, is_its, next_at=now)


def end_places(session: Session | scoped_session[Any], org: str, app: str, now: datetime) -> None:
    """All places of an app that is deleted are taken away."""
    _change(session, _of(org, app), next_at=now, state=PlaceState.ENDING)


def _of(org: str, app: str) -> tuple[ColumnElement[bool], ...]:
    return (ReviewPlace.org == org, ReviewPlace.app == app)


def _change(
    session: Session | scoped_session[Any], which: tuple[ColumnElement[bool], ...], **values: Any
) -> None:
    there: Any = session.execute(update(ReviewPlace).where(*which).values(**values))
    if there.rowcount:
        wake = places().wake
        target = session() if isinstance(session, scoped_session) else session
        event.listen(target, "after_commit", lambda _session: wake(), once=True)
