"""Copying an app under a new name: its shared history comes along, and its files say who it is now."""

from datetime import datetime
from typing import Final

from studio.definition.changes import Composite, SetFile
from studio.definition.files import Edits, Files
from studio.definition.json_text import BrokenJson, parse, set_value
from studio.definition.paths import paths_of
from studio.definition.sentences import N_, Sentence
from studio.features.dashboard.service import check_name
from studio.history.commits import Author
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from studio.web import translate

# The draft in which the copy gets its new name. No person is called this: it has a space.
_COPIER: Final = "the copier"

AppId = tuple[str, str]  # organisation, name


def copy_app(
    repositories: Repositories, source: AppId, target: AppId, author: Author, now: datetime
) -> Repository:
    """Create the app `target` of `source`. Raises CannotMake, NotThere, AlreadyThere."""
    check_name(repositories, *target)
    repository = repositories.copy(source, *target)
    draft = repository.draft(_COPIER)
    edits = renamed(draft.files, source, target)
    change = Composite(tuple(SetFile(path, data) for path, data in edits.items()))
    draft.apply(change, draft.revision, author, now)
    if draft.is_changed:
        message = translate(Sentence(N_("Copied from %(app)s"), {"app": "/".join(source)}))
        draft.share(message, author, now)
    return repository


def renamed(files: Files, source: AppId, target: AppId) -> Edits:
    """The files that spell the app's name, with the new one: its metadata, and what its policy is about."""
    paths = paths_of(files)
    edits: dict[str, bytes | None] = {}
    if paths.metadata in files:
        edits[paths.metadata] = _metadata(files[paths.metadata], target)
    if paths.policy in files:
        edits[paths.policy] = _policy(files[paths.policy], source, target)
    return edits


def _metadata(data: bytes, target: AppId) -> bytes:
    try:
        known = parse(data)
    except BrokenJson:
        return data  # the app check says so; a copy is as broken as what it was made of
    for key, value in {"id": "/".join(target), "org": target[0]}.items():
        if isinstance(known, dict) and key in known:
            data = set_value(data, f"/{key}", value)
    return data


def _policy(data: bytes, source: AppId, target: AppId) -> bytes:
    """The policy as text: elsewhere in it, everything stays as it was written."""
    replaced = {
        f">{source[0]}<": f">{target[0]}<",
        f">{source[1]}<": f">{target[1]}<",
        f"app_{'_'.join(source)}:": f"app_{'_'.join(target)}:",
    }
    for old, new in replaced.items():
        data = data.replace(old.encode(), new.encode())
    return data
