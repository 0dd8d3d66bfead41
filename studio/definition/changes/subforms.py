"""A form of its own for a Subform component: what it is kept in, its folder and its first page, all at once.

Sources of what a subform needs: app-format.md 1.1 (data types) and 6.1-6.4 (layout sets), components.md 6.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from studio.definition.app import AppDefinition, LayoutSet
from studio.definition.changes.change import Change, register
from studio.definition.changes.content import set_text
from studio.definition.changes.data_models import ImportModel
from studio.definition.changes.data_models.names import RESERVED_WORDS, refuse_taken
from studio.definition.changes.naming_ids import fresh_id
from studio.definition.changes.pages import AddPage
from studio.definition.changes.placing import LIST
from studio.definition.changes.properties import SetProperty
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.data_model import new_model
from studio.definition.errors import DomainError
from studio.definition.field_names import field_name
from studio.definition.naming import one_line
from studio.definition.paths import CUSTOM_RECEIPT, ONLY_SET
from studio.definition.portable_paths import why_not_on_windows
from studio.definition.sentences import N_, Sentence

# The text of the button that leads back; in other languages than these it is English.
_DONE: Final[Mapping[str, str]] = {"nb": "Ferdig", "nn": "Ferdig", "se": "Gárvvis"}
_DONE_ELSEWHERE: Final = "Done"
_DONE_KEY: Final = ".done"


@register
@dataclass(frozen=True)
class MakeSubform(Change):
    """A Subform component gets a new form, with a data model of its own and one page.

    `name` becomes the id of the form, of its data type and of its page (see `subform_name`); `title` is the
    title of the page in `language`. Any number of entries can be added, and the person goes back by a button.
    """

    kind: ClassVar[str] = "make_subform"
    layout_set: str
    page: str
    component: str
    name: str
    title: str
    language: str

    def edit(self, copy: WorkingCopy) -> None:
        title = self.title.strip()
        if not title:
            raise DomainError(Sentence(N_("Give the new subform a name.")))
        _, component = copy.component(self.layout_set, self.page, self.component)
        if component.type != "Subform":
            words = N_("The component %(id)s is no subform, so it cannot have a form of its own.")
            raise DomainError(Sentence(words, {"id": self.component}))
        refuse_taken(self.name, _taken(copy.app))
        task = _task_of(copy.app, copy.layout_set(self.layout_set))
        model = new_model(self.name)
        schema, xsd = model.schema.decode(), model.xsd.decode()
        ImportModel(self.name, schema, xsd, task=task, minimum=0, maximum=0).edit(copy)
        self._enter(copy)
        AddPage(self.name, self.name).edit(copy)
        set_text(copy, self.language, self.name, title)
        self._lead_back(copy)
        SetProperty(self.layout_set, self.page, self.component, "/layoutSet", self.name).edit(copy)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(N_("The subform *%(title)s* was made"), {"title": one_line(self.title)})

    def _enter(self, copy: WorkingCopy) -> None:
        """Its folder, and what says that it is a subform: layout-sets.json, or else its own settings."""
        paths = copy.app.paths
        settings: dict[str, Any] = {"pages": {"order": []}}
        if copy.exists(paths.layout_sets):
            sets = copy.app.json(paths.layout_sets)["sets"]
            listed = {"id": self.name, "dataType": self.name, "type": "subform"}
            copy.insert(paths.layout_sets, "/sets", len(sets), listed)
        else:
            settings |= {"defaultDataType": self.name, "type": "subform"}
        path = paths.settings(paths.set_folder(self.name))
        copy.write(path, b"{}\n")
        for key, value in settings.items():
            copy.set(path, f"/{key}", value)

    def _lead_back(self, copy: WorkingCopy) -> None:
        key = self.name + _DONE_KEY
        for language in dict.fromkeys((*copy.app.languages, self.language)):
            set_text(copy, language, key, _DONE.get(language, _DONE_ELSEWHERE))
        button = {
            "id": f"{self.name}-done",
            "type": "CustomButton",
            "textResourceBindings": {"title": key},
            "actions": [{"type": "ClientAction", "id": "closeSubform"}],
            "buttonStyle": "primary",
        }
        copy.insert(copy.page(self.name, self.name).path, LIST, 0, button)


def subform_name(app: AppDefinition, title: str) -> str:
    """A free name for a new subform, made from its title: "Mine barn" -> "mineBarn"."""
    wanted = field_name(title, "subform", ())
    stem = wanted if why_not_on_windows(wanted) is None else f"{wanted}Form"
    return fresh_id(stem, (*_taken(app), *RESERVED_WORDS))


def _task_of(app: AppDefinition, layout_set: LayoutSet) -> str:
    """The step of the process in which the entries are filled in: that of the form around them.

    Raises DomainError where a form cannot have subforms.
    """
    if layout_set.id == ONLY_SET and layout_set.folder == app.paths.ui:
        words = N_(
            "The pages of this app lie directly in the folder ui, "
            "where no other form has a place beside them."
        )
        raise DomainError(Sentence(words))
    own = app.metadata.data_type(layout_set.data_type or "")
    task = next(iter(layout_set.tasks), None) or (own.task_id if own else None)
    if task is None:
        words = N_("This form belongs to no step of the process, so nothing that is added to it can be kept.")
        raise DomainError(Sentence(words))
    return task


def _taken(app: AppDefinition) -> Iterator[str]:
    """What a new form cannot be called: its name is that of a folder, a data type, a page and its text.

    A folder that is called like a step of the process would become the form of that step.
    """
    yield from (CUSTOM_RECEIPT, ONLY_SET, "layouts")
    yield from (page.name for found in app.layout_sets for page in found.pages)
    yield from (found.id for found in app.layout_sets)
    yield from (kind.id for kind in app.metadata.data_types)
    yield from (task.id for task in app.process.tasks) if app.process else ()
    for folder, end in ((app.paths.models_folder, "."), (app.paths.ui, "/")):
        yield from (path[len(folder) + 1 :].partition(end)[0] for path in app.files.under(folder))
    for language in app.languages:
        for key in app.texts(language).keys():  # noqa: SIM118 - Texts is no mapping
            yield from (key, key.removesuffix(_DONE_KEY))
