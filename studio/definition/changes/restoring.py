"""Things as they were in another state of the app: a component, a page, files.

Each is an edit of the app as it is now. What else has changed since stays.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, ClassVar

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, read_file_content, register
from studio.definition.changes.content import as_json, set_texts
from studio.definition.changes.copying import paste
from studio.definition.changes.moving import MoveComponents
from studio.definition.changes.page_order import enter_in_order
from studio.definition.changes.pages import RemovePage
from studio.definition.changes.placing import place_of
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import changed_paths
from studio.definition.json_text import same
from studio.definition.json_text.values import strings_in
from studio.definition.layouts import Component, LayoutSet, Page, claims
from studio.definition.naming import component_noun, page_name
from studio.definition.sentences import N_, Sentence

Raw = dict[str, Any]


@register
@dataclass(frozen=True)
class RestoreComponent(Change):
    """A component with all that was in it becomes what it was, where it was among its neighbours.

    `components` are the component itself and then what was in it; `around` are the ids of those that stood
    beside it, in order, with its own among them. Components that came into it since stay. `texts` is
    language -> key -> value.
    """

    kind: ClassVar[str] = "restore_component"
    layout_set: str
    page: str
    parent: str | None
    around: tuple[str, ...]
    components: tuple[Mapping[str, Any], ...]
    texts: Mapping[str, Any] = field(default_factory=dict)

    def edit(self, copy: WorkingCopy) -> None:
        parts = [deepcopy(dict(raw)) for raw in self.components]
        if not parts or not all(isinstance(raw.get("id"), str) and raw["id"] for raw in parts):
            raise DomainError(Sentence(N_("A component needs an id and a type.")))
        copy.page(self.layout_set, self.page)
        _restore_texts(copy, self.texts)
        restored = _Parts(copy, self.layout_set, self.page, {raw["id"]: raw for raw in parts})
        restored.put_back(parts[0]["id"], self.parent, self.around)

    def sentence(self, app: AppDefinition) -> Sentence:
        raw = self.components[0] if self.components else {}
        component = Component(str(raw.get("id", "")), str(raw.get("type", "")), raw, "")
        values: dict[str, str | int | Sentence] = {
            "what": component_noun(app, component),
            "page": page_name(app, self.page),
        }
        return Sentence(N_("%(what)s on page *%(page)s* became as it was"), values)


class _Parts:
    """Components on their way back: those that are there are made what they were, the others written."""

    def __init__(self, copy: WorkingCopy, layout_set: str, page: str, raws: Mapping[str, Raw]) -> None:
        self._copy = copy
        self._layout_set = layout_set
        self._page = page
        self._raws = raws

    def put_back(self, name: str, parent: str | None, around: Iterable[str]) -> None:
        order = list(around)
        if self._find(name) is None:
            group = [self._raws[each] for each in self._missing_under(name)]
            written = {raw["id"] for raw in group}
            for raw in group:
                self._leave_to_others(raw, written)
            holder = self._holder(parent)
            paste(
                self._copy,
                self._layout_set,
                self._page,
                holder.id if holder else None,
                self._index(name, holder, order),
                group,
            )
            return
        self._to_its_place(name, parent, order)
        self._properties(name)
        inside = [claim for claim in claims(self._raws[name]) if claim.id in self._raws]
        children = [claim.id for claim in inside if claim.pointer.startswith("/children/")]
        for claim in inside:
            if claim.id in children:
                self.put_back(claim.id, name, children)
            elif self._find(claim.id) is None:
                # Its place names it again already; it only has to be written.
                for raw in [self._raws[each] for each in self._missing_under(claim.id)]:
                    self._write_behind(name, raw)
            else:
                self._properties(claim.id)

    def _find(self, name: str) -> tuple[Page, Component] | None:
        return self._copy.layout_set(self._layout_set).find(name)

    def _missing_under(self, name: str) -> list[str]:
        """The component and all in it that is not there any more, outer ones first."""
        found, waiting = [name], [name]
        while waiting:
            for claim in claims(self._raws[waiting.pop(0)]):
                if claim.id in self._raws and claim.id not in found and self._find(claim.id) is None:
                    found.append(claim.id)
                    waiting.append(claim.id)
        return found

    def _leave_to_others(self, raw: Raw, written: set[str]) -> None:
        """What lay in it and lies elsewhere by now stays there."""
        inside = raw.get("children")
        if isinstance(inside, list):
            kept = {claim.pointer for claim in claims(raw) if claim.id in written or not self._find(claim.id)}
            raw["children"] = [child for place, child in enumerate(inside) if f"/children/{place}" in kept]

    def _holder(self, parent: str | None) -> Component | None:
        page = self._copy.page(self._layout_set, self._page)
        return page.component(parent) if parent else None

    def _siblings(self, holder: Component | None) -> list[str]:
        page = self._copy.page(self._layout_set, self._page)
        return [part.id for part in (holder.children if holder else page.roots)]

    def _index(self, name: str, holder: Component | None, order: list[str]) -> int:
        """Behind the nearest that stood before it, else in front of the nearest that stood behind it."""
        here = [each for each in self._siblings(holder) if each != name]
        at = order.index(name) if name in order else len(order)
        for before in reversed(order[:at]):
            if before in here:
                return here.index(before) + 1
        return next((here.index(behind) for behind in order[at + 1 :] if behind in here), len(here))

    def _to_its_place(self, name: str, parent: str | None, order: list[str]) -> None:
        found = self._find(name)
        if found is None:
            return
        page, component = found
        holder = self._holder(parent)
        parent_now = holder.id if holder else None
        if page.name == self._page and component.parent_id == parent_now:
            here = [each for each in self._siblings(holder) if each in order]
            at, then = here.index(name) if name in here else 0, order.index(name) if name in order else 0
            if set(here[:at]) == {each for each in order[:then] if each in here}:
                return
        elif parent is not None and holder is None:
            return  # what it lay in is gone; where it is now is as good
        index = self._index(name, holder, order)
        MoveComponents(self._layout_set, page.name, (name,), self._page, parent_now, index).edit(self._copy)

    def _properties(self, name: str) -> None:
        """Every property but the list of what is inside, which is put back one by one."""
        then = self._raws[name]
        for key in dict.fromkeys((*then, *self._raw_now(name))):
            page, component = self._there(name)
            now, pointer = component.raw, f"{component.pointer}/{_escaped(key)}"
            if key in ("id", "children") or same(then.get(key), now.get(key)):
                continue
            if key in then:
                self._copy.set(page.path, pointer, then[key])
            else:
                self._copy.delete(page.path, pointer)

    def _there(self, name: str) -> tuple[Page, Component]:
        found = self._find(name)
        if found is None:
            raise NotThere(Sentence(N_("The component %(id)s does not exist any more."), {"id": name}))
        return found

    def _raw_now(self, name: str) -> Mapping[str, Any]:
        return self._there(name)[1].raw

    def _write_behind(self, name: str, raw: Raw) -> None:
        page, holder = self._there(name)
        last = max(place_of(part) for part in holder.walk())
        self._copy.insert(page.path, "/data/layout", last + 1, raw)


@register
@dataclass(frozen=True)
class RestorePage(Change):
    """A page becomes what it was, at `index` in the order if it is not in it any more; with its texts."""

    kind: ClassVar[str] = "restore_page"
    layout_set: str
    page: str
    content: bytes | None
    index: int | None = None
    texts: Mapping[str, Any] = field(default_factory=dict)

    def edit(self, copy: WorkingCopy) -> None:
        layout_set = copy.layout_set(self.layout_set)
        there = layout_set.page(self.page)
        if self.content is None:
            RemovePage(self.layout_set, self.page).edit(copy)
            return
        copy.write(there.path if there else copy.app.paths.page(layout_set.folder, self.page), self.content)
        if self.index is not None and self.page not in layout_set.order:
            enter_in_order(copy, layout_set, self.page, self.index)
        _restore_texts(copy, self.texts)

    def sentence(self, app: AppDefinition) -> Sentence:
        return Sentence(N_("Page *%(page)s* became as it was"), {"page": page_name(app, self.page)})

    def to_dict(self) -> dict[str, Any]:
        return {**super().to_dict(), "content": as_json(self.content)}


@register
@dataclass(frozen=True)
class RestoreFiles(Change):
    """Files become what they were: path -> content (as in SetFile), null for what was not there."""

    kind: ClassVar[str] = "restore_files"
    files: Mapping[str, Any]

    def edit(self, copy: WorkingCopy) -> None:
        for path, content in self.files.items():
            try:
                data = read_file_content(content)
            except (TypeError, ValueError) as error:
                values = {"kind": self.kind, "name": path}
                raise DomainError(
                    Sentence(N_("The change %(kind)s has a wrong value for %(name)s."), values)
                ) from error
            if data is not None or copy.exists(path):
                copy.write(path, data)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        if len(self.files) == 1:
            return Sentence(N_("The file %(path)s became as it was"), {"path": next(iter(self.files))})
        return Sentence(N_("%(count)s files became as they were"), {"count": len(self.files)})


def component_as_in(then: AppDefinition, layout_set: str, component: str) -> RestoreComponent:
    """The change that makes a component what it was in `then`; raises NotThere."""
    forms = _forms(then, layout_set)
    found = forms.find(component)
    if found is None:
        raise NotThere(Sentence(N_("There was no component %(id)s then."), {"id": component}))
    page, part = found
    holder = page.component(part.parent_id) if part.parent_id else None
    around = tuple(each.id for each in (holder.children if holder else page.roots))
    parts = tuple(part.walk())
    texts = _texts_in(then, parts)
    raws = tuple(each.raw for each in parts)
    return RestoreComponent(layout_set, page.name, part.parent_id, around, raws, texts)


def page_as_in(then: AppDefinition, layout_set: str, page: str) -> RestorePage:
    """The change that makes a page what it was in `then`: also gone, if it was not there."""
    forms = then.layout_set(layout_set)
    found = forms.page(page) if forms else None
    if forms is None or found is None:
        return RestorePage(layout_set, page, None)
    index = forms.order.index(page) if page in forms.order else None
    texts = _texts_in(then, found.components, [page])
    return RestorePage(layout_set, page, then.files[found.path], index, texts)


def file_as_in(then: AppDefinition, path: str) -> RestoreFiles:
    """The change that makes a file what it was in `then`: also gone, if it was not there."""
    return RestoreFiles({path: as_json(then.files.get(path))})


def app_as_in(then: AppDefinition, now: AppDefinition) -> RestoreFiles:
    """The change that makes all of `now` what it was in `then`."""
    paths = sorted(changed_paths(now.files, then.files))
    return RestoreFiles({path: as_json(then.files.get(path)) for path in paths})


def _forms(app: AppDefinition, layout_set: str) -> LayoutSet:
    found = app.layout_set(layout_set)
    if found is None:
        raise NotThere(Sentence(N_("The form %(name)s does not exist any more."), {"name": layout_set}))
    return found


def _texts_in(
    app: AppDefinition, parts: Iterable[Component], more: Iterable[str] = ()
) -> dict[str, dict[str, str]]:
    keys = {*more, *(text for part in parts for text in strings_in(part.raw))}
    return {
        code: {key: found.value for key in sorted(keys) if (found := app.texts(code).get(key))}
        for code in app.languages
    }


def _restore_texts(copy: WorkingCopy, texts: Mapping[str, Any]) -> None:
    """Texts say what they said, in the languages that the app still has."""
    for code, values in texts.items():
        if code in copy.app.languages and isinstance(values, Mapping):
            said = {key: value for key, value in values.items() if isinstance(value, str)}
            set_texts(copy, code, said)


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
