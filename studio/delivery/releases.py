"""Releases: made from the shared state of an app when its check finds no errors, and never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from studio.database import ROW_NUMBERS, studio_db
from studio.definition.app import app_definition
from studio.definition.checks import check
from studio.definition.comparison import describe
from studio.definition.errors import NotThere
from studio.definition.findings import Finding
from studio.definition.sentences import N_, Sentence
from studio.delivery.bundling import Bundle, BundledFiles, bundle_of
from studio.delivery.models import Release
from studio.delivery.problems import CheckFailed
from studio.delivery.room import Delivery


@dataclass(frozen=True, slots=True)
class Order:
    """What a release is to be made of, and for whom."""

    org: str
    app: str
    commit: str
    person: str
    message: str


def release(org: str, app: str, version: int) -> Release:
    """The release of that number; raises NotThere."""
    wanted = select(Release).where(Release.org == org, Release.app == app, Release.version == version)
    found = studio_db.session.scalar(wanted) if version in ROW_NUMBERS else None
    if found is None:
        raise NotThere(
            Sentence(N_("There is no release %(version)s of %(app)s."), {"version": version, "app": app})
        )
    return found


def releases(org: str, app: str, limit: int = 50) -> Sequence[Release]:
    """The releases of an app, newest first."""
    wanted = select(Release).where(Release.org == org, Release.app == app)
    return studio_db.session.scalars(wanted.order_by(Release.version.desc()).limit(limit)).all()


def latest_release(org: str, app: str) -> Release | None:
    """The newest release of an app, or None before the first."""
    return next(iter(releases(org, app, limit=1)), None)


@dataclass(frozen=True, slots=True)
class News:
    """What the next release would bring. `last` is the newest release so far."""

    last: Release | None
    is_new: bool
    changes: tuple[Sentence, ...]


def news(delivery: Delivery, org: str, app: str) -> News:
    """What has been shared since the last release."""
    last = latest_release(org, app)
    bundle = bundle_of(delivery.repositories.open(org, app).files())
    if last is None or bundle.id == last.bundle_id:
        return News(last, last is None, ())
    before = app_definition(delivery.store.files(last.bundle_id))
    return News(last, True, tuple(describe(before, app_definition(BundledFiles(bundle)))))


def checked(delivery: Delivery, order: Order) -> tuple[Bundle, tuple[Finding, ...]]:
    """The bundle of a commit and what the check has to say; raises CheckFailed where that is an error."""
    files = delivery.repositories.open(order.org, order.app).files(order.commit)
    findings = check(app_definition(files))
    errors = tuple(finding for finding in findings if finding.severity == "error")
    if errors:
        raise CheckFailed(errors)
    return bundle_of(files), findings


def make_release(
    delivery: Delivery, order: Order, bundle: Bundle, findings: tuple[Finding, ...], now: datetime
) -> Release:
    """The release with this bundle: the newest where nothing has changed since, else a new one."""
    keep_bundle(delivery, bundle)
    while True:
        last = latest_release(order.org, order.app)
        if last is not None and last.bundle_id == bundle.id:
            return last
        made = Release(
            org=order.org,
            app=order.app,
            version=last.version + 1 if last else 1,
            commit=order.commit,
            bundle_id=bundle.id,
            made_at=now,
            person=order.person,
            message=order.message,
            changes=_changes(delivery, last, bundle),
            findings=findings,
        )
        try:
            with studio_db.session.begin_nested():
                studio_db.session.add(made)
        except IntegrityError:
            continue  # somebody else took the number at this moment
        return made


def keep_bundle(delivery: Delivery, bundle: Bundle) -> None:
    """Write a bundle into the store of releases, once."""
    for blob in delivery.store.missing(bundle.manifest):
        delivery.store.put_blob(blob, bundle.blob(blob))
    delivery.store.put_bundle(bundle.manifest)


def _changes(delivery: Delivery, last: Release | None, bundle: Bundle) -> tuple[Sentence, ...]:
    if last is None:
        return ()
    before = app_definition(delivery.store.files(last.bundle_id))
    return tuple(describe(before, app_definition(delivery.store.files(bundle.id))))
