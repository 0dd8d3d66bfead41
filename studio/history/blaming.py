"""Who made a component what it is: for each of its properties and texts, the commit that last changed it.

The time line is walked backwards along the commits that touched the page, and a page that was seen before is
not read again, so that thousands of commits take a fraction of a second.
"""

import json
import re
from collections import deque
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
# Objects that may begin between a component and its id, where that is not written first.
_NESTED: Final = 20
_DECODER: Final = json.JSONDecoder()
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
        commits, places = self._line.commits, deque(self._line.places(path))
        while places:
            place = places.popleft()
            commit, last = commits[place], place + 1 == len(commits)
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
                path = path_before
                places = deque(each for each in self._line.places(path) if each > place)

    def _before(self, commit: CommitInfo, path: str, component: Component) -> tuple[str, Component] | None:
        """Where the component was at a commit, also on another page or under another id."""
        here = _on_page(self._line, commit, path, component.id)
        if here is not None:
            return path, here
        app = app_definition(self._repository.files(commit.id))
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
            now = _on_page(self._line, commit, path, component)
            parent = self._repository.commit(commit.parents[0]) if commit.parents else None
            before = _on_page(self._line, parent, path, component) if parent else None
            if _value(now, pointer, component) != _value(before, pointer, component) and same(
                _value(now, pointer, component), value
            ):
                return commit
        return None


def _on_page(line: Timeline, commit: CommitInfo, path: str, component: str) -> Component | None:
    blob = line.blob(commit, path)
    if blob is None:
        return None
    data = line.read(blob)
    raw = _written(data, component)
    if raw is not None:
        return Component(component, raw["type"], raw, "")
    layout = read_layout(lambda: data, blob)
    return next((part for part in layout.components if part.id == component), None)


def _written(data: bytes, component: str) -> dict[str, Any] | None:
    """The component as a page's file has it, read without the rest of the page; None where that cannot be."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    named = re.search(r'"id"\s*:\s*' + re.escape(json.dumps(component, ensure_ascii=False)), text)
    start = named.start() if named else 0
    for _ in range(_NESTED):
        start = text.rfind("{", 0, start)
        if start < 0:
            return None
        try:
            raw, _end = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if raw.get("id") == component:
            return raw if isinstance(raw.get("type"), str) else None
    return None


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
                commit = _Words(repository, line, code, app.paths.texts(code), key).written()
                if commit is not None:
                    yield Blame(f"/textResourceBindings/{slot}", resource.value, commit, language=code)


@dataclass(frozen=True)
class _Words:
    """What one text says over time. Files of texts are large, and are parsed only if they must be."""

    repository: Repository
    line: Timeline
    language: str
    path: str
    key: str

    def written(self) -> CommitInfo | None:
        """The commit that gave the text the words that it has now."""
        named = re.compile(_ID + rb"\s*:\s*" + re.escape(json.dumps(self.key, ensure_ascii=False).encode()))
        commits, now = self.line.commits, None
        for place in self.line.places(self.path)[:_MOST_STATES]:
            if place + 1 == len(commits):
                return commits[place]
            now = now if now is not None else self._around(commits[place], named)
            before = self._around(commits[place + 1], named)
            if not (now and now == before) and self._value(commits[place]) != self._value(commits[place + 1]):
                return commits[place]
            now = before
        return None

    def _around(self, commit: CommitInfo, named: "re.Pattern[bytes]") -> bytes:
        """The bytes from the text before to the text behind: if they are equal, so are the texts."""
        blob = self.line.blob(commit, self.path)
        data = self.line.read(blob) if blob else b""
        found = named.search(data)
        if found is None:
            return b""
        end = data.find(_ID, found.end())
        return data[max(data.rfind(_ID, 0, found.start()), 0) : end if end >= 0 else len(data)]

    def _value(self, commit: CommitInfo) -> str | None:
        found = app_definition(self.repository.files(commit.id)).texts(self.language).get(self.key)
        return found.value if found else None
