"""Places where pull requests are tried: asking for one, giving it up, and what there is of them.

Whoever asks only writes what is wanted; place_work sees to it, and to what comes after.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from studio.accounts import Person
from studio.definition.sentences import N_, Sentence
from studio.reviews.models import PullRequest
from studio.reviews.place_models import PlaceState, ReviewPlace
from studio.reviews.place_room import places
from studio.reviews.problems import NotNow
from studio.reviews.requests import AnySession
from studio.reviews.threads import demand_may_comment


def place_of(session: AnySession, pull_request: PullRequest) -> ReviewPlace | None:
    """The place of a pull request, if it has one."""
    return session.scalar(
        select(ReviewPlace).where(
            ReviewPlace.org == pull_request.org,
            ReviewPlace.app == pull_request.app,
            ReviewPlace.number == pull_request.number,
        )
    )


def places_of(session: AnySession, org: str, app: str) -> list[ReviewPlace]:
    """The places of an app, by number."""
    query = select(ReviewPlace).where(ReviewPlace.org == org, ReviewPlace.app == app)
    return list(session.scalars(query.order_by(ReviewPlace.number)))


def ask_for_place(session: AnySession, pull_request: PullRequest, person: Person, now: datetime) -> None:
    """Have a pull request tried, once more where that failed, and commit.

    Raises NotAllowed, and NotNow where it is not open or the organisation has as many as it may.
    """
    demand_may_comment(person, pull_request)
    if not pull_request.is_open:
        raise NotNow(Sentence(N_("This pull request is not open any more.")))
    there = place_of(session, pull_request)
    if there is None:
        _demand_room(session, pull_request.org)
        there = ReviewPlace(
            org=pull_request.org,
            app=pull_request.app,
            number=pull_request.number,
            person=person.name,
            asked_at=now,
            used_at=now,
            state=PlaceState.WAITING,
            next_at=now,
        )
        session.add(there)
    elif there.state == PlaceState.ENDING:
        raise NotNow(Sentence(N_("What was tried before is being taken away. Try again in a moment.")))
    elif there.state == PlaceState.FAILED:
        there.state, there.tried = PlaceState.WAITING, ""
    there.used_at = there.next_at = now
    try:
        session.commit()
    except IntegrityError:  # somebody else asked at the same moment, and that will do
        session.rollback()
    places().wake()


def give_up_place(session: AnySession, pull_request: PullRequest, person: Person, now: datetime) -> None:
    """Have it taken away with all that was filled in there, and commit. Raises NotAllowed."""
    demand_may_comment(person, pull_request)
    there = place_of(session, pull_request)
    if there is not None:
        there.state, there.next_at = PlaceState.ENDING, now
        session.commit()
        places().wake()


def _demand_room(session: AnySession, org: str) -> None:
    """Raise NotNow where the organisation has as many places as it may have."""
    most = places().limits.most
    query = select(ReviewPlace).where(ReviewPlace.org == org, ReviewPlace.state != PlaceState.ENDING)
    there = list(session.scalars(query.order_by(ReviewPlace.used_at)))
    if most == 0:
        raise NotNow(Sentence(N_("Pull requests are not tried in this Studio: it is switched off.")))
    if len(there) >= most:
        words = N_(
            "The organisation tries %(count)s pull requests already, which is as many as it may. Stop one "
            "first, such as number %(number)s of %(app)s, which has not been used for longest."
        )
        raise NotNow(Sentence(words, {"count": len(there), "number": there[0].number, "app": there[0].app}))
