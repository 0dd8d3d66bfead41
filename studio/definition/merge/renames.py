"""Renames of one side, done on the other sides too before they are compared.

What one side renamed would be gone and something new for a merge by name, and every edit of the other side a
conflict. Done on all sides, by the same Change as in the editors, it is one thing again; and what the other
side has newly written about it names it as it is called now.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import Change, RenameComponent, RenameOptionList, RenamePage, RenameText
from studio.definition.errors import DomainError
from studio.definition.files import EditedFiles, Edits, Files
from studio.definition.layouts import Component, LayoutSet, Page

# A page whose components are for the most part on another, new one was renamed.
_MOST: Final = 0.5
_Finder = Callable[[AppDefinition, AppDefinition], Iterator[Change]]


@dataclass(frozen=True, slots=True)
class Aligned:
    """The three sides with the same names. `edits` turn the given *theirs* into the one that is here."""

    base: Files
    ours: Files
    theirs: Files
    edits: Edits


def aligned(base: Files, ours: Files, theirs: Files) -> Aligned:
    """Do what each side renamed on the two others. What cannot be done there stays as it is."""
    edits: dict[str, bytes | None] = {}
    for renames, of_ours in ((_renames(base, ours), True), (_renames(base, theirs), False)):
        for change in renames:
            other = theirs if of_ours else ours
            done = _done(change, base), _done(change, other)
            if done[0] is None or done[1] is None:
                continue
            base = EditedFiles(base, done[0])
            if of_ours:
                theirs = EditedFiles(theirs, done[1])
                edits |= done[1]
            else:
                ours = EditedFiles(ours, done[1])
    return Aligned(base, ours, theirs, edits)


def _done(change: Change, files: Files) -> Edits | None:
    try:
        return change.apply(app_definition(files))
    except DomainError:
        return None


def _renames(base: Files, side: Files) -> list[Change]:
    """What a side renamed. Looked for only where something is gone and something else is new."""
    before, after = app_definition(base), app_definition(side)
    return [change for find in _FINDERS for change in find(before, after)]


def _pages(before: AppDefinition, after: AppDefinition) -> Iterator[Change]:
    for old, new in _sets(before, after):
        pages = {page.name: page for page in new.pages}
        fresh = [page for page in new.pages if old.page(page.name) is None]
        for page in old.pages:
            if page.name in pages or page.broken:
                continue
            found = next((one for one in fresh if _is_same_page(page, one)), None)
            if found is not None:
                fresh.remove(found)
                yield RenamePage(old.id, page.name, found.name)


def _is_same_page(old: Page, new: Page) -> bool:
    names = {one.id for one in old.components}
    common = {one.id for one in new.components} & names
    return len(common) > _MOST * max(len(names), len(new.components)) if names else not new.components


def _components(before: AppDefinition, after: AppDefinition) -> Iterator[Change]:
    for old, new in _sets(before, after):
        if [page.path for page in old.pages] == [page.path for page in new.pages] and all(
            one.layout is other.layout for one, other in zip(old.pages, new.pages, strict=True)
        ):
            continue
        known, there = _by_id(old), _by_id(new)
        gone = {name: one for name, one in known.items() if name not in there}
        fresh = {name: one for name, one in there.items() if name not in known}
        for name, to in _pairs(gone, fresh, _content):
            yield RenameComponent(old.id, known[name][0], name, to)


def _by_id(layout_set: LayoutSet) -> dict[str, tuple[str, Component]]:
    return {one.id: (page.name, one) for page, one in layout_set.components() if one.id}


def _content(found: tuple[str, Component]) -> str | None:
    """What a component is but for its id; None where that says too little to know it by."""
    raw = found[1].raw
    if not (raw.get("dataModelBindings") or raw.get("textResourceBindings") or raw.get("children")):
        return None
    return _canonical({key: value for key, value in raw.items() if key != "id"})


def _texts(before: AppDefinition, after: AppDefinition) -> Iterator[Change]:
    if all(before.texts(one).resources == after.texts(one).resources for one in before.languages):
        return
    known, there = _by_key(before), _by_key(after)
    gone = {key: values for key, values in known.items() if key not in there}
    fresh = {key: values for key, values in there.items() if key not in known}
    for key, to in _pairs(gone, fresh, lambda values: _canonical(values) if any(values.values()) else None):
        yield RenameText(key, to)


def _by_key(app: AppDefinition) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for language in app.languages:
        for text in app.texts(language):
            found.setdefault(text.id, {})[language] = text.value
    return found


def _lists(before: AppDefinition, after: AppDefinition) -> Iterator[Change]:
    gone, fresh = _blobs(before, after), _blobs(after, before)
    for name, to in _pairs(gone, fresh, str):
        yield RenameOptionList(name, to)


def _blobs(app: AppDefinition, other: AppDefinition) -> dict[str, str]:
    """The option lists that the other does not have, with their content ids."""
    paths = {one: app.paths.options(one) for one in app.option_ids if one not in other.option_ids}
    return {one: app.files.blob_id(path) for one, path in paths.items() if path in app.files}


_FINDERS: Final[tuple[_Finder, ...]] = (_pages, _components, _texts, _lists)


def _sets(before: AppDefinition, after: AppDefinition) -> Iterable[tuple[LayoutSet, LayoutSet]]:
    for old in before.layout_sets:
        new = after.layout_set(old.id)
        if new is not None:
            yield old, new


def _pairs(
    gone: Mapping[str, Any], fresh: Mapping[str, Any], known_by: Callable[[Any], str | None]
) -> Iterator[tuple[str, str]]:
    """What is gone and what is new with the same content, where there is one of each."""
    old: dict[str, list[str]] = {}
    new: dict[str, list[str]] = {}
    for listed, things in ((old, gone), (new, fresh)):
        for name, thing in things.items():
            content = known_by(thing)
            if content is not None:
                listed.setdefault(content, []).append(name)
    for content, names in old.items():
        others = new.get(content, [])
        if len(names) == len(others) == 1:
            yield names[0], others[0]


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
