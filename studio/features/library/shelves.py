"""The library on the shelf of an organisation: publishing, taking away, and which apps have what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from studio.database.clock import now
from studio.definition.app import app_definition
from studio.definition.content_cache import ContentCache
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import Files
from studio.definition.library import (
    Kind,
    Published,
    Taken,
    Version,
    latest,
    path_of_version,
    paths_of_item,
    taken_items,
    versions_of,
    written,
)
from studio.definition.sentences import N_, Sentence
from studio.features import author, repositories
from studio.history.shelf import Shelf

_TAKEN: Final[ContentCache[Mapping[str, Taken]]] = ContentCache(2000)
_LONGEST_TITLE: Final = 100
_LONGEST_NOTE: Final = 1000


@dataclass(frozen=True, slots=True)
class Use:
    """An app that has taken an item, as its main line says."""

    app: str
    title: str
    taken: Taken


def shelf_of(org: str) -> Shelf:
    """The shelf of an organisation."""
    return Shelf(repositories().root, org)


def known_version(files: Files, kind: Kind, item_id: str) -> Version:
    """The newest version of an item. Raises NotThere."""
    found = latest(files, kind, item_id)
    if found is None:
        raise NotThere(Sentence(N_("There is no %(name)s in the library any more."), {"name": item_id}))
    return found


def publish(org: str, version: Version) -> None:
    """Put a version on the shelf. Raises DomainError, AlreadyThere where somebody was faster, and Busy."""
    if not version.title.strip() or len(version.title) > _LONGEST_TITLE or not version.title.isprintable():
        problem = N_("Give it a name of at most %(count)s characters.")
        raise DomainError(Sentence(problem, {"count": _LONGEST_TITLE}))
    if len(version.published.note) > _LONGEST_NOTE:
        problem = N_("What you say about it can have at most %(count)s characters.")
        raise DomainError(Sentence(problem, {"count": _LONGEST_NOTE}))
    path = path_of_version(version.kind, version.id, version.number)
    data = written(version.kind, version.title, version.content, version.published, version.data)
    message = f"Publish version {version.number} of {version.title}"
    shelf_of(org).write({path: data}, author(), message, now(), as_new=True)


def published_now(note: str) -> Published:
    """Published by the signed-in person, now."""
    return Published(author().name, now().isoformat(timespec="seconds"), note)


def take_away(org: str, kind: Kind, item_id: str) -> Version:
    """Take an item off the shelf, which no app may have taken. Raises NotThere, DomainError, Busy."""
    shelf = shelf_of(org)
    gone = known_version(shelf.files, kind, item_id)
    users = uses(org).get(f"{kind}/{item_id}", ())
    if users:
        problem = N_("%(title)s is used in %(apps)s. These apps have to stop following it first.")
        apps = ", ".join(use.title for use in users)
        raise DomainError(Sentence(problem, {"title": gone.title, "apps": apps}))
    edits = dict.fromkeys(paths_of_item(shelf.files, kind, item_id))
    shelf.write(edits, author(), f"Delete {gone.title}", now())
    return gone


def uses(org: str, language: str = "nb") -> Mapping[str, list[Use]]:
    """Key of an item -> the apps of the organisation that have taken it, by what they have shared."""
    found: dict[str, list[Use]] = {}
    for organisation, name in repositories().all():
        if organisation != org:
            continue
        app = app_definition(repositories().open(org, name).files())
        # mypy does not know the default of a lambda's argument.
        for key, taken in _TAKEN.get(app.files.tree_id, lambda app=app: taken_items(app)).items():  # type: ignore[misc]
            if taken.organisation == org:
                found.setdefault(key, []).append(Use(name, app.title(language) or name, taken))
    return found


def every_version(org: str, kind: Kind, item_id: str) -> tuple[Version, ...]:
    """The versions of an item, newest first. Raises NotThere."""
    files = shelf_of(org).files
    known_version(files, kind, item_id)
    return versions_of(files, kind, item_id)
