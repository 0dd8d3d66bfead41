"""Taking components away, with what was about nothing else than them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from studio.definition import references
from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.components import noun_of, outermost
from studio.definition.changes.examples import forget_component
from studio.definition.changes.file_types import drop_file_type
from studio.definition.changes.placing import LIST, place_of, unclaim
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class RemoveComponents(Change):
    """Components go away, with everything in them.

    They leave the lists of children, the columns of tables and the lists of what is not printed; summaries of
    just one of them go too. Rules that read them stay: the app check names those.
    """

    kind: ClassVar[str] = "remove_components"
    layout_set: str
    page: str
    ids: tuple[str, ...]

    def edit(self, copy: WorkingCopy) -> None:
        remove(copy, self.layout_set, self.page, self.ids)

    def sentence(self, app: AppDefinition) -> Sentence:
        page = page_name(app, self.page)
        if len(self.ids) != 1:
            message = N_("%(count)s components were removed from page *%(page)s*")
            return Sentence(message, {"count": len(self.ids), "page": page})
        values: dict[str, str | int | Sentence] = {
            "what": noun_of(app, self.layout_set, self.ids[0]),
            "page": page,
        }
        return Sentence(N_("%(what)s was removed from page *%(page)s*"), values)


def remove(copy: WorkingCopy, layout_set: str, page_name_: str, ids: Iterable[str]) -> None:
    """Take away components and all in them. Raises NotThere."""
    page = copy.page(layout_set, page_name_)
    gone = outermost(page, ids)
    unclaim(copy, layout_set, page_name_, {component.id for component in gone})
    parts = sorted((part for component in gone for part in component.walk()), key=place_of, reverse=True)
    copy.delete_elements(page.path, LIST, {place_of(part) for part in parts})
    for part in parts:
        forget(copy, layout_set, part.id)
        drop_file_type(copy, part.raw)


def forget(copy: WorkingCopy, layout_set_id: str, component_id: str) -> None:
    """Take away what is about nothing else than a component that is gone."""
    layout_set = copy.layout_set(layout_set_id)
    forget_component(copy, layout_set_id, component_id)
    _drop(copy, layout_set.settings_path, references.component_in_settings(layout_set.settings, component_id))
    rules_path = copy.app.paths.rule_configuration(layout_set.folder)
    _drop(copy, rules_path, references.component_in_rules(copy.app.json(rules_path), component_id))
    named = re.compile(rb"(?<![0-9A-Za-z])" + re.escape(component_id.encode()) + rb"(?![0-9A-Za-z])").search
    for other in copy.app.layout_sets:
        naming = {page.name for page in other.pages if named(copy.app.files[page.path])}
        if not naming:
            continue
        for page, component in reversed([place for place in other.components() if place[0].name in naming]):
            if not references.shows_set(component.raw, other, layout_set):
                continue
            found = list(references.in_component(component.raw, component_id))
            if (
                component.id
                and component.type == "Summary2"
                and any(one.pointer == "/target/id" for one in found)
            ):
                remove(copy, other.id, page.name, [component.id])
                continue
            removable = (one for one in found if one.removable)
            _drop(copy, page.path, removable, component.pointer)


def _drop(copy: WorkingCopy, path: str, found: Iterable[references.Reference], before: str = "") -> None:
    for reference in reversed(list(found)):
        if reference.removable:
            copy.delete(path, before + reference.pointer)
