"""What this environment serves: one row an app, and one row a draft that somebody is looking at."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from studio.database import RuntimeModel, UtcDateTime, runtime_db
from studio.definition.app import AppDefinition, app_definition
from studio.definition.sentences import N_, Sentence
from studio.runtime.bundles import BundleStore, Refused
from studio.web.parts import Part

bundles: Part[BundleStore] = Part("bundles")


class ServedApp(RuntimeModel):
    """An app that people can use here, at one release; or could use until `withdrawn_at`.

    `reviewed` is the app that it would be, for one that a pull request is tried in (reviewed.py).
    """

    __tablename__ = "served_app"

    org: Mapped[str] = mapped_column(String, primary_key=True)
    app: Mapped[str] = mapped_column(String, primary_key=True)
    release: Mapped[str]
    version: Mapped[int]
    bundle_id: Mapped[str] = mapped_column(String(64))
    deployed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reviewed: Mapped[str | None]


class PreviewApp(RuntimeModel):
    """A person's draft of an app, reachable by an address that cannot be guessed."""

    __tablename__ = "preview_app"

    token: Mapped[str] = mapped_column(String, primary_key=True)
    org: Mapped[str]
    app: Mapped[str]
    bundle_id: Mapped[str] = mapped_column(String(64))
    person: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What delivery says about an app that it hands over."""

    release: str
    version: int
    bundle_id: str
    by: str


def served_app(org: str, app: str) -> ServedApp | None:
    """The app that is served under this name, or None."""
    row = known_app(org, app)
    return None if row is None or row.withdrawn_at else row


def known_app(org: str, app: str) -> ServedApp | None:
    """The app that is served under this name or was until it was taken out of use, or None."""
    return runtime_db.session.get(ServedApp, (org, app))


def served_apps() -> list[ServedApp]:
    """All apps that this environment serves, by name; not those that are only tried."""
    in_use = select(ServedApp).where(ServedApp.withdrawn_at.is_(None), ServedApp.reviewed.is_(None))
    return list(runtime_db.session.scalars(in_use.order_by(ServedApp.org, ServedApp.app)))


def preview_app(token: str) -> PreviewApp | None:
    """The draft behind a preview address, or None."""
    return runtime_db.session.get(PreviewApp, token)


def definition(bundle_id: str) -> AppDefinition:
    """The app in a bundle, read once and remembered. Raises NotThere."""
    return app_definition(bundles().files(bundle_id))


def serve(org: str, app: str, delivered: Delivered, now: datetime) -> ServedApp:
    """Serve an app at a release from this moment on. Doing it twice is doing it once.

    Raises Refused where a pull request is tried under that name.
    """
    row = known_app(org, app) or ServedApp(org=org, app=app)
    if row.reviewed:
        words = N_("A pull request of %(app)s is tried under this name.")
        raise Refused(Sentence(words, {"app": row.reviewed}))
    same = (row.release, row.bundle_id) == (delivered.release, delivered.bundle_id)
    if not same or row.withdrawn_at:
        row.release, row.version, row.bundle_id = delivered.release, delivered.version, delivered.bundle_id
        row.deployed_at, row.by, row.withdrawn_at = now, delivered.by, None
        runtime_db.session.add(row)
    runtime_db.session.commit()
    return row


def withdraw(org: str, app: str, now: datetime) -> None:
    """Stop serving an app. What people have begun and sent in stays, and stays readable."""
    row = served_app(org, app)
    if row is not None:
        row.withdrawn_at = now
    runtime_db.session.commit()


def show_preview(draft: PreviewApp) -> None:
    """Let the address of `draft.token` show this draft from now on."""
    runtime_db.session.merge(draft)
    runtime_db.session.commit()
