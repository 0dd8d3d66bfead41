"""HTTP of trying a pull request in the test runtime: asking for it, seeing how far it is, and stopping."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, requires
from studio.database import studio_db
from studio.database.clock import now
from studio.delivery.room import delivery
from studio.features.pull_requests.blueprint import bp
from studio.features.pull_requests.workplace import Workplace, at
from studio.reviews import places
from studio.reviews.place_models import PlaceState, ReviewPlace
from studio.reviews.place_room import places as keepers
from studio.reviews.problems import NotAllowed, NotNow
from studio.reviews.threads import may_comment
from studio.web import translate

_ONE = "/<org>/<app>/pull-requests/<int:number>"


@dataclass(frozen=True, slots=True)
class Trying:
    """What the page shows of it. `days` is how long it is kept without use, `may` whether one may ask.

    `is_ending`: it is taken away, or will be as soon as somebody sees that its pull request is over.
    """

    place: ReviewPlace | None
    address: str
    target: str
    days: int
    may: bool
    is_ending: bool

    @property
    def is_unsettled(self) -> bool:
        """Whether it is about to be otherwise."""
        return self.place is not None and (self.is_ending or self.place.state == PlaceState.WAITING)


def trying_of(work: Workplace) -> Trying | None:
    """What there is to show; None where there is nothing, and nothing to be asked for."""
    one, limits = work.pull_request, keepers().limits
    there = places.place_of(studio_db.session, one)
    may = one.is_open and limits.most > 0 and may_comment(work.person, one.org)
    if there is None and not may:
        return None
    address = delivery().environments[0].review_address(one.org, one.app, one.number)
    is_ending = there is not None and (there.state == PlaceState.ENDING or not one.is_open)
    return Trying(there, address, one.target, limits.kept.days, may, is_ending)


@bp.get(f"{_ONE}/trying")
@requires(Right.VIEW)
def trying(org: str, app: str, number: int) -> ResponseReturnValue:
    """The part of the page about it, for htmx."""
    shown = trying_of(at(org, app, number))
    if shown is None:
        return ""
    keepers().wake()
    place = {"org": org, "app": app, "number": number}
    return render_template("pull_requests/_trying.html", trying=shown, place=place)


@bp.post(f"{_ONE}/trying")
@requires(Right.VIEW)
def try_it(org: str, app: str, number: int) -> ResponseReturnValue:
    """Have it made ready."""
    work = at(org, app, number)
    try:
        places.ask_for_place(studio_db.session, work.pull_request, work.person, now())
    except (NotAllowed, NotNow) as problem:
        if isinstance(problem, NotAllowed):
            raise
        studio_db.session.rollback()
        flash(translate(problem.sentence), "danger")
    return _back(org, app, number)


@bp.post(f"{_ONE}/trying/stop")
@requires(Right.VIEW)
def stop_trying(org: str, app: str, number: int) -> ResponseReturnValue:
    """Have it taken away, with what was filled in."""
    work = at(org, app, number)
    places.give_up_place(studio_db.session, work.pull_request, work.person, now())
    flash(gettext("What was filled in there is being deleted."), "success")
    return _back(org, app, number)


def _back(org: str, app: str, number: int) -> ResponseReturnValue:
    return redirect(url_for("pull_requests.show", org=org, app=app, number=number, _anchor="trying"))
