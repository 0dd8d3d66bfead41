"""Components once more: duplicated beside themselves, or pasted from elsewhere."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, ClassVar

from studio.definition import references
from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.components import add, noun_of, outermost
from studio.definition.changes.content import set_text
from studio.definition.changes.naming_ids import fresh_id
from studio.definition.changes.placing import place_of
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.json_text.scanning import split_pointer
from studio.definition.layouts import Component, LayoutSet, claims
from studio.definition.naming import component_noun, page_name
from studio.definition.sentences import N_, Sentence

Raw = dict[str, Any]


@register
@dataclass(frozen=True)
class DuplicateComponents(Change):
    """Each component once more, right behind itself, with everything in it, under new ids."""

    kind: ClassVar[str] = "duplicate_components"
    layout_set: str
    page: str
    ids: tuple[str, ...]

    def edit(self, copy: WorkingCopy) -> None:
        for original in outermost(copy.page(self.layout_set, self.page), self.ids):
            page, component = copy.component(self.layout_set, self.page, original.id)
            siblings = page.roots
            if component.parent_id is not None:
                _, parent = copy.component(self.layout_set, self.page, component.parent_id)
                siblings = parent.children
            group = [dict(part.raw) for part in sorted(component.walk(), key=place_of)]
            paste(copy, self.layout_set, self.page, component.parent_id, siblings.index(component) + 1, group)

    def sentence(self, app: AppDefinition) -> Sentence:
        page = page_name(app, self.page)
        if len(self.ids) != 1:
            message = N_("%(count)s components on page *%(page)s* were duplicated")
            return Sentence(message, {"count": len(self.ids), "page": page})
        values: dict[str, str | int | Sentence] = {
            "what": noun_of(app, self.layout_set, self.ids[0]),
            "page": page,
        }
        return Sentence(N_("%(what)s on page *%(page)s* was duplicated"), values)


@register
@dataclass(frozen=True)
class PasteComponents(Change):
    """Components from elsewhere, as a list that also holds what is in them.

    Ids that are taken become fresh ones, everywhere in what is pasted; texts that carry the id of their
    component are copied along under the new id.
    """

    kind: ClassVar[str] = "paste_components"
    layout_set: str
    page: str
    parent: str | None
    index: int
    components: tuple[Mapping[str, Any], ...]

    def edit(self, copy: WorkingCopy) -> None:
        if not self.components:
            raise DomainError(Sentence(N_("There is nothing to paste.")))
        pasted = [dict(raw) for raw in self.components]
        paste(copy, self.layout_set, self.page, self.parent, self.index, pasted)

    def sentence(self, app: AppDefinition) -> Sentence:
        page = page_name(app, self.page)
        if len(self.components) != 1:
            message = N_("%(count)s components were pasted on page *%(page)s*")
            return Sentence(message, {"count": len(self.components), "page": page})
        raw = self.components[0]
        component = Component(str(raw.get("id", "")), str(raw.get("type", "")), raw, "")
        values: dict[str, str | int | Sentence] = {"what": component_noun(app, component), "page": page}
        return Sentence(N_("%(what)s was pasted on page *%(page)s*"), values)


def paste(
    copy: WorkingCopy, layout_set: str, page: str, parent: str | None, index: int, group: list[Raw]
) -> Mapping[str, Raw]:
    """Write components, outermost and inner ones, under free ids: id in `group` -> what was written."""
    for raw in group:
        if not isinstance(raw.get("id"), str) or not raw["id"] or not isinstance(raw.get("type"), str):
            raise DomainError(Sentence(N_("A component needs an id and a type.")))
    new_ids = _new_ids(copy.layout_set(layout_set), [raw["id"] for raw in group])
    renamed = [_renamed(copy, raw, new_ids) for raw in group]
    inner = {claim.id for raw in renamed for claim in claims(raw)}
    place = index
    for raw in renamed:
        if raw["id"] not in inner:
            add(copy, layout_set, page, parent, place, raw)
            place += 1
            for child in _inside(raw, renamed):
                _write_behind(copy, layout_set, page, raw["id"], child)
    return {raw["id"]: made for raw, made in zip(group, renamed, strict=True)}


def _write_behind(copy: WorkingCopy, layout_set: str, page_name_: str, holder_id: str, raw: Raw) -> None:
    """Write an inner component behind all that its outermost holder has so far; its holder names it."""
    page, holder = copy.component(layout_set, page_name_, holder_id)
    copy.insert(page.path, "/data/layout", max(place_of(part) for part in holder.walk()) + 1, raw)


def _inside(raw: Raw, group: list[Raw]) -> Iterator[Raw]:
    """What a component holds, at any depth; each once, also where ids go round in a circle."""
    by_id = {part["id"]: part for part in group}
    seen = {raw["id"]}
    waiting = [raw]
    while waiting:
        for claim in claims(waiting.pop(0)):
            child = by_id.get(claim.id)
            if child is not None and claim.id not in seen:
                seen.add(claim.id)
                waiting.append(child)
                yield child


def _new_ids(layout_set: LayoutSet, ids: Iterable[str]) -> dict[str, str]:
    taken = {component.id for _, component in layout_set.components()}
    found: dict[str, str] = {}
    for old in ids:
        if old in found:
            raise DomainError(Sentence(N_("The id %(id)s is there twice in what is pasted."), {"id": old}))
        found[old] = fresh_id(old, taken)
        taken.add(found[old])
    return found


def _renamed(copy: WorkingCopy, raw: Raw, new_ids: Mapping[str, str]) -> Raw:
    """The component under its new id, naming the others under theirs; with texts of its own."""
    made, old_id = with_ids(raw, new_ids), raw["id"]
    if made["id"] != old_id:
        _copy_texts(copy, made, old_id, made["id"])
    return made


def with_ids(raw: Mapping[str, Any], new_ids: Mapping[str, str]) -> Raw:
    """A component under its new id, naming the others under theirs."""
    changed = {old: new for old, new in new_ids.items() if old != new}
    made = deepcopy(dict(raw))
    places = [
        (reference, new) for old, new in changed.items() for reference in references.in_component(raw, old)
    ]
    for reference, new in places:
        _rename_in(made, reference, new)
    made["id"] = new_ids.get(raw["id"], raw["id"])
    return made


def _rename_in(raw: Raw, reference: references.Reference, new: str) -> None:
    *way, last = split_pointer(reference.pointer)
    holder: Any = raw
    for part in way:
        holder = holder[int(part)] if isinstance(holder, list) else holder[part]
    if reference.where == "key":
        holder[new] = holder.pop(last)
    elif isinstance(holder, list):
        holder[int(last)] = reference.prefix + new
    else:
        holder[last] = reference.prefix + new


def _copy_texts(copy: WorkingCopy, raw: Raw, old_id: str, new_id: str) -> None:
    """Texts made for the component ("name.title") get a copy; texts that several share stay shared."""
    named = raw.get("textResourceBindings")
    named = named if isinstance(named, dict) else {}
    whole_id = re.compile(rf"(?<![A-Za-z0-9]){re.escape(old_id)}(?![A-Za-z0-9])")
    for slot, key in list(named.items()):
        new_key = whole_id.sub(lambda _: new_id, key) if isinstance(key, str) else key
        if new_key == key:
            continue
        found = [(language, copy.app.texts(language).get(key)) for language in copy.app.languages]
        for language, resource in found:
            if resource is not None and new_key not in copy.app.texts(language):
                set_text(copy, language, new_key, resource.value)
        if any(resource for _, resource in found):
            named[slot] = new_key
