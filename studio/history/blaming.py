"""Who made a component what it is: for each of its properties and texts, the commit that last changed it.

The time line is walked backwards. A page that a commit did not touch costs a comparison of two ids, and one
that was seen before is not read again, so that thousands of commits take a fraction of a second.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.app import app_definition
from studio.definition.comparison.forms import component_places
from studio.definition.content_cache import ContentCache
from studio.definition.files import Files
from studio.definition.json_text import same
from studio.definition.layouts import Component, read_layout
from studio.history.commits import CommitInfo
from studio.history.repository import Repository
from studio.history.timeline import Timeline

# States of a text file that are looked into; who wants to know more than that looks at the time line.
_MOST_STATES: Final = 1000
# Objects whose members are told one by one.
_OPENED: Final = frozenset({"dataModelBindings", "textResourceBindings"})
_LEFT_OUT: Final = frozenset({"id", "children"})
_ID: Final = b'"id"'


@dataclass(frozen=True, slots=True)
class Blame:
    """Who changed one thing last.

    `pointer` is the property's ("/required"), or "" for the component as a whole, which the commit made.
    `value` is what it became, None where it was taken away. `language` is set for what a text says. `merge`
    is the merge that brought the commit to the branch.
    """

    pointer: str
    value: Any
    commit: CommitInfo
    merge: CommitInfo | None = None
    language: str = ""


_KEPT: Final[ContentCache[tuple[Blame, ...]]] = ContentCache(200)


def blame(repository: Repository, line: Timeline, layout_set: str, component: str) -> tuple[Blame, ...]:
    """The changes that made a component what it is, newest first; () where the branch has no such one."""
    if not line.commits:
        return ()
    key = f"{repository.folder} {line.commits[0].id} {layout_set} {component}"
    return _KEPT.get(key, lambda: tuple(_blamed(repository, line, layout_set, component)))


def _blamed(repository: Repository, line: Timeline, layout_set: str, component: str) -> list[Blame]:
    files = repository.files(line.commits[0].id)
    forms = app_definition(files).layout_set(layout_set)
    found = forms.find(component) if forms else None
    if found is None:
        return []
    walk = _Walk(repository, line, layout_set)
    walk.back(found[0].path, found[1])
    order = {commit.id: place for place, commit in enumerate(line.commits)}
    told = [*walk.found, *_texts(repository, line, files, found[1])]
    return sorted(told, key=lambda each: (order[(each.merge or each.commit).id], each.pointer != ""))


class _Walk:
    """Backwards along the line, with what is not settled yet."""

    def __init__(self, repository: Repository, line: Timeline, layout_set: str) -> None:
        self._repository = repository
        self._line = line
        self._layout_set = layout_set
        self.found: list[Blame] = []

    def back(self, path: str, component: Component) -> None:
        """Settle every property of the component, which lies on the page at `path` at the newest commit."""
        open_now = _properties(component.raw)
        gone: set[str] = set()
        commits, blobs = self._line.commits, self._line.blobs(path)
        for place, commit in enumerate(commits):
            last = place + 1 == len(commits)
            if not last and blobs[place] == blobs[place + 1]:
                continue
            earlier = None if last else self._before(commits[place + 1], path, component)
            if earlier is None:
                self._settle(commit, "", component.id, component.id, path)
                for pointer, value in open_now.items():
                    self._settle(commit, pointer, value, component.id, path)
                return
            path_before, before = earlier
            was = _properties(before.raw)
            for pointer in [each for each in open_now if not same(open_now[each], was.get(each))]:
                self._settle(commit, pointer, open_now.pop(pointer), component.id, path)
            for pointer in was.keys() - open_now.keys() - gone - {each.pointer for each in self.found}:
                gone.add(pointer)
                self._settle(commit, pointer, None, component.id, path)
            component = before
            if path_before != path:
                path, blobs = path_before, self._line.blobs(path_before)

    def _before(self, commit: CommitInfo, path: str, component: Component) -> tuple[str, Component] | None:
        """Where the component was at a commit, also on another page or under another id."""
        files = self._repository.files(commit.id)
        here = _on_page(files, path, component.id)
        if here is not None:
            return path, here
        app = app_definition(files)
        for forms in sorted(app.layout_sets, key=lambda each: each.id != self._layout_set):
            found = forms.find(component.id)
            if found is not None:
                return found[0].path, found[1]
        return self._under_another_id(commit, component)

    def _under_another_id(self, commit: CommitInfo, component: Component) -> tuple[str, Component] | None:
        forms = app_definition(self._repository.files(commit.id)).layout_set(self._layout_set)
        places = component_places(forms) if forms else {}
        body = {**component.raw, "id": ""}
        alike = [found for found in places.values() if same({**found[1].raw, "id": ""}, body)]
        return (alike[0][0].path, alike[0][1]) if len(alike) == 1 else None

    def _settle(self, commit: CommitInfo, pointer: str, value: Any, component: str, path: str) -> None:
        inner = self._inside(commit, pointer, value, component, path)
        self.found.append(Blame(pointer, value, inner or commit, commit if inner else None))

    def _inside(
        self, merge: CommitInfo, pointer: str, value: Any, component: str, path: str
    ) -> CommitInfo | None:
        """The commit that a merge brought and that made the change; None for any other commit."""
        for commit in self._line.brought(merge):
            now = _on_page(self._repository.files(commit.id), path, component)
            parents = commit.parents[:1]
            before = _on_page(self._repository.files(parents[0]), path, component) if parents else None
            if _value(now, pointer, component) != _value(before, pointer, component) and same(
                _value(now, pointer, component), value
            ):
                return commit
        return None


def _on_page(files: Files, path: str, component: str) -> Component | None:
    if path not in files:
        return None
    layout = read_layout(lambda: files[path], files.blob_id(path))
    return next((part for part in layout.components if part.id == component), None)


def _value(component: Component | None, pointer: str, component_id: str) -> Any:
    if component is None:
        return None
    return component_id if pointer == "" else _properties(component.raw).get(pointer)


def _properties(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Pointer -> value of everything that a component says of itself."""
    found: dict[str, Any] = {}
    for key, value in raw.items():
        if key in _OPENED and isinstance(value, Mapping):
            found |= {f"/{key}/{name}": inner for name, inner in value.items()}
        elif key not in _LEFT_OUT:
            found[f"/{key}"] = value
    return found


def _texts(repository: Repository, line: Timeline, files: Files, component: Component) -> Iterator[Blame]:
    """Who gave the texts of the component the words that they have."""
    app = app_definition(files)
    slots = component.raw.get("textResourceBindings")
    for slot, key in slots.items() if isinstance(slots, Mapping) else ():
        for code in app.languages if isinstance(key, str) else ():
            resource = app.texts(code).get(key)
            if resource is not None:
                commit = _text(repository, line, app.paths.texts(code), code, key)
                if commit is not None:
                    yield Blame(f"/textResourceBindings/{slot}", resource.value, commit, language=code)


def _text(repository: Repository, line: Timeline, path: str, language: str, key: str) -> CommitInfo | None:
    blobs = (*line.blobs(path), None)
    states = [place for place in range(len(line.commits)) if blobs[place] != blobs[place + 1]]
    for place in states[:_MOST_STATES]:
        commit = line.commits[place]
        now = _TextFile(repository.files(commit.id), path, language)
        if place + 1 == len(line.commits):
            return commit
        before = _TextFile(repository.files(line.commits[place + 1].id), path, language)
        if (here := now.around(key)) and here == before.around(key):
            continue
        if now.value(key) != before.value(key):
            return commit
    return None


@dataclass(frozen=True)
class _TextFile:
    """A file of texts, which is parsed only if it must be."""

    files: Files
    path: str
    language: str

    def around(self, key: str) -> bytes:
        """The bytes from the text before to the text behind: if they are equal, so are the texts."""
        data = self.files.get(self.path, b"")
        named = re.search(_ID + rb"\s*:\s*" + re.escape(json.dumps(key, ensure_ascii=False).encode()), data)
        if named is None:
            return b""
        end = data.find(_ID, named.end())
        return data[max(data.rfind(_ID, 0, named.start()), 0) : end if end >= 0 else len(data)]

    def value(self, key: str) -> str | None:
        """What the text says; None where there is none."""
        found = app_definition(self.files).texts(self.language).get(key)
        return found.value if found else None
