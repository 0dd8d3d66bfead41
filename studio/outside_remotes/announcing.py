"""Owners are told where an outside remote does not work, and only where it is for them to see to it."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import object_session

from studio.accounts import Right
from studio.accounts.service import people_who_may
from studio.definition.sentences import Sentence
from studio.notices.telling import News, tell
from studio.outside_remotes.models import OutsideRemote

# A server that does not answer is often there again in a moment: these tries are made before anybody is told.
PATIENCE: Final = 3


def announce_problem(
    remote: OutsideRemote, before: Sentence | None, *, may_pass: bool, now: datetime
) -> None:
    """Tell the owners of `remote.problem`, once; `before` is the one of the last talk. The caller commits."""
    session = object_session(remote)
    is_news = remote.attempts == PATIENCE if may_pass else remote.problem != before
    if session is None or remote.problem is None or not is_news:
        return
    owners = people_who_may(session, Right.MANAGE_ORGANISATION, remote.org)
    news = News(
        kind="outside_remote",
        org=remote.org,
        app=remote.app,
        title=remote.address,
        endpoint="remotes.index",
        values={"org": remote.org, "app": remote.app},
        sentence=remote.problem,
    )
    tell(session, [owner.id for owner in owners], news, now)
