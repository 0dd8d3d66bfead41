"""Deleting an app for good, which takes it being in use nowhere, and its name typed again."""

from datetime import datetime

from flask import current_app
from sqlalchemy import delete

from studio.accounts.service import AnySession
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.delivery.deployments import status
from studio.features.dashboard.models import Favourite
from studio.history.repositories import Repositories
from studio.outside_remotes.settings import forget_remote
from studio.reviews.requests import forget
from studio.web import translate


class InUse(DomainError):
    """The app is in use in an environment."""


def demand_out_of_use(org: str, app: str) -> None:
    """Raises InUse where an environment serves the app: people may be filling it in at this moment."""
    if "deploys.index" not in current_app.view_functions:
        return
    used = [translate(each.environment.title) for each in status(org, app) if each.live or each.unfinished]
    if used:
        message = N_("The app is in use in %(environments)s. Take it out of use there first.")
        raise InUse(Sentence(message, {"environments": ", ".join(used)}))


def delete_app(
    session: AnySession, repositories: Repositories, org: str, app: str, confirmation: str, now: datetime
) -> None:
    """Delete an app. `confirmation` is its name, typed again. Raises InvalidName, NotThere."""
    repositories.delete(org, app, confirmation, now)
    forget(session, org, app)
    forget_remote(session, org, app)
    session.execute(delete(Favourite).where(Favourite.org == org, Favourite.app == app))
    session.commit()
