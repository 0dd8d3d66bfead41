"""A new id for a component, everywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from studio.definition import references
from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.components import noun_of, refuse_taken
from studio.definition.changes.examples import follow_component
from studio.definition.changes.naming_ids import VALID_ID
from studio.definition.changes.taken_records import follow_in_blocks
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.layouts import LayoutSet
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class RenameComponent(Change):
    """A component gets another id; children lists, rules, summaries, settings and attachment types follow."""

    kind: ClassVar[str] = "rename_component"
    layout_set: str
    page: str
    component: str
    name: str

    def edit(self, copy: WorkingCopy) -> None:
        page, component = copy.component(self.layout_set, self.page, self.component)
        if self.name == self.component:
            return
        if not VALID_ID.fullmatch(self.name):
            problem = N_(
                "%(id)s cannot be an id: use letters, digits and -, and do not end in - and a number."
            )
            raise DomainError(Sentence(problem, {"id": self.name}))
        layout_set = copy.layout_set(self.layout_set)
        refuse_taken(layout_set, self.name)
        copy.set(page.path, f"{component.pointer}/id", self.name)
        self._follow_in_pages(copy, layout_set)
        settings = references.component_in_settings(layout_set.settings, self.component)
        self._rename(copy, layout_set.settings_path, settings)
        self._follow_in_rules(copy, layout_set)
        follow_component(copy, self.layout_set, self.component, self.name)
        follow_in_blocks(copy, "components", self.component, self.name, self.layout_set)
        self._follow_in_data_types(copy, component.type)

    def _follow_in_pages(self, copy: WorkingCopy, layout_set: LayoutSet) -> None:
        before = copy.app
        for other in before.layout_sets:
            for page in other.pages:
                if other.id == layout_set.id:
                    self._rename(
                        copy, page.path, references.component_in_page(page.raw, self.component), "/data"
                    )
                if self.component.encode() not in before.files[page.path]:
                    continue
                for component in page.components:
                    if references.shows_set(
                        component.raw, other, before.layout_set(layout_set.id) or layout_set
                    ):
                        found = references.in_component(component.raw, self.component)
                        self._rename(copy, page.path, found, component.pointer)

    def _follow_in_rules(self, copy: WorkingCopy, layout_set: LayoutSet) -> None:
        path = copy.app.paths.rule_configuration(layout_set.folder)
        rules = copy.app.json(path)
        for reference in references.component_in_rules(rules, self.component):
            *_, rule, _, key = reference.pointer.split("/")
            named = rules["data"]["conditionalRendering"][rule]["selectedFields"][key]
            copy.set(path, reference.pointer, self.name + named.removeprefix(self.component))

    def _follow_in_data_types(self, copy: WorkingCopy, kind: str) -> None:
        """Attachments lie in a data type that has the id of their component."""
        data_type = copy.app.metadata.data_type(self.component)
        if data_type is None or data_type.is_form or not kind.startswith(("FileUpload", "ImageUpload")):
            return
        if copy.app.metadata.data_type(self.name) is not None:
            raise DomainError(
                Sentence(N_("There is already a data type with the id %(id)s."), {"id": self.name})
            )
        copy.set(copy.app.paths.metadata, f"{data_type.pointer}/id", self.name)

    def _rename(
        self, copy: WorkingCopy, path: str, found: Iterable[references.Reference], before: str = ""
    ) -> None:
        for reference in found:
            pointer = before + reference.pointer
            if reference.where == "key":
                copy.rename_key(path, pointer, self.name)
            else:
                copy.set(path, pointer, reference.prefix + self.name)

    def sentence(self, app: AppDefinition) -> Sentence:
        values: dict[str, str | int | Sentence] = {
            "what": noun_of(app, self.layout_set, self.component),
            "page": page_name(app, self.page),
            "value": self.name,
        }
        return Sentence(N_("%(what)s on page *%(page)s* now has the id %(value)s"), values)
