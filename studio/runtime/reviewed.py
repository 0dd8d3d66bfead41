"""Apps as pull requests would make them: each under a name of its own, with test data that goes away with it.

Such a place is served as any app is, so that forms and programs meet it as they would meet the app. Its name,
"skjema--pr-7" for pull request 7 of the app "skjema", keeps its data apart from that of the app.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select

from studio.database import runtime_db
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.runtime.attachments import attachments
from studio.runtime.served import Delivered, ServedApp, known_app
from studio.runtime.storage import Instance
from studio.web.parts import Part

_MARK: Final = "--pr-"

# Whether this environment is for trying: the test environment is, and no other one.
are_tried: Part[bool] = Part("pull_requests_are_tried")


class NotAPlace(DomainError):
    """The name belongs to an app of its own."""


def place_name(app: str, number: int) -> str:
    """What pull request `number` of an app is called here, in addresses too."""
    return f"{app}{_MARK}{number}"


def show(org: str, app: str, number: int, delivered: Delivered, now: datetime) -> ServedApp:
    """Serve a bundle as pull request `number` of an app from now on; a new place begins without data.

    Raises NotAPlace where an app is served under that name.
    """
    name = place_name(app, number)
    row = known_app(org, name)
    if row is None:
        _empty(org, name)
        row = ServedApp(org=org, app=name, reviewed=app)
    _demand_place(row)
    row.release, row.version, row.bundle_id = delivered.release, delivered.version, delivered.bundle_id
    row.deployed_at, row.by = now, delivered.by
    runtime_db.session.add(row)
    runtime_db.session.commit()
    return row


def throw_away(org: str, app: str, number: int) -> None:
    """Stop serving it, and delete everything that was filled in there. Twice is as once.

    Raises NotAPlace where an app is served under that name.
    """
    name = place_name(app, number)
    row = known_app(org, name)
    if row is not None:
        _demand_place(row)
        # First the door, so that nobody begins anew while the rest goes.
        runtime_db.session.delete(row)
        runtime_db.session.commit()
    _empty(org, name)


def places() -> list[tuple[ServedApp, datetime]]:
    """All of them, with when somebody last wrote there (or it was put there)."""
    newest = (
        select(Instance.org, Instance.app, func.max(Instance.last_changed).label("at"))
        .group_by(Instance.org, Instance.app)
        .subquery()
    )
    rows = runtime_db.session.execute(
        select(ServedApp, newest.c.at)
        .outerjoin(newest, (newest.c.org == ServedApp.org) & (newest.c.app == ServedApp.app))
        .where(ServedApp.reviewed.is_not(None))
        .order_by(ServedApp.org, ServedApp.app)
    )
    return [(row, max(row.deployed_at, at or row.deployed_at)) for row, at in rows]


def _demand_place(row: ServedApp) -> None:
    if row.reviewed is None:
        words = N_("An app of its own is called %(app)s.")
        raise NotAPlace(Sentence(words, {"app": row.app}))


def _empty(org: str, name: str) -> None:
    """Delete what was filled in under a name. The rows first: bytes without a row harm nobody."""
    runtime_db.session.execute(delete(Instance).where(Instance.org == org, Instance.app == name))
    runtime_db.session.commit()
    attachments().forget_all(org, name)
