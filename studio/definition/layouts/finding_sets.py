"""Which layout sets an app has. Three generations: layout-sets.json (v8), a folder for each task with its own
Settings.json (v9), and the oldest apps with their pages directly under ui/."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from studio.definition.files import Files
from studio.definition.layouts.layout_set import Kind, LayoutSet, page_order
from studio.definition.layouts.page import Page, read_layout
from studio.definition.metadata import Metadata
from studio.definition.paths import CUSTOM_RECEIPT, ONLY_SET, Paths, stem

# Gives the parsed content of a JSON file; None where it is missing or broken.
Read = Callable[[str], Any]


class SetFinder:
    """Finds the layout sets of one app."""

    def __init__(self, files: Files, paths: Paths, metadata: Metadata, read: Read) -> None:
        self.files = files
        self.paths = paths
        self.metadata = metadata
        self.read = read

    def sets(self) -> tuple[LayoutSet, ...]:
        """Every layout set, in the order of layout-sets.json, else by the name of the folder."""
        if self.paths.layout_sets in self.files:
            return tuple(self._listed_sets())
        folders = self._folders_with_settings()
        if folders:
            return tuple(_subforms_marked([self._folder_set(name) for name in folders]))
        return tuple(self._only_set())

    def _listed_sets(self) -> Iterator[LayoutSet]:
        document = self.read(self.paths.layout_sets)
        listed = document.get("sets") if isinstance(document, dict) else None
        seen = set()
        for raw in listed if isinstance(listed, list) else []:
            name = raw.get("id") if isinstance(raw, dict) else None
            if isinstance(name, str) and name and "/" not in name and name not in seen:
                seen.add(name)
                yield self._listed_set(name, raw)

    def _listed_set(self, name: str, raw: Mapping[str, Any]) -> LayoutSet:
        tasks = raw.get("tasks")
        tasks = tuple(task for task in tasks if isinstance(task, str)) if isinstance(tasks, list) else ()
        kind = self._kind(name, raw.get("type"), tasks)
        tasks = () if kind == "receipt" else tasks
        data_type = raw.get("dataType") if isinstance(raw.get("dataType"), str) else None
        return self._set(name, self.paths.set_folder(name), kind, tasks, data_type)

    def _folder_set(self, name: str) -> LayoutSet:
        folder = self.paths.set_folder(name)
        settings = self.read(self.paths.settings(folder))
        settings = settings if isinstance(settings, dict) else {}
        kind = self._kind(name, settings.get("type"), (name,))
        data_type = settings.get("defaultDataType")
        return self._set(
            name,
            folder,
            kind,
            (name,) if kind == "task" else (),
            data_type if isinstance(data_type, str) else None,
        )

    def _only_set(self) -> Iterator[LayoutSet]:
        folder = self.paths.ui
        pages = self.files.under(self.paths.layouts_folder(folder))
        if pages or self.paths.single_layout in self.files:
            forms = [kind for kind in self.metadata.data_types if kind.is_form]
            tasks = tuple(dict.fromkeys(kind.task_id for kind in forms if kind.task_id))
            yield self._set(ONLY_SET, folder, "task", tasks, None)

    def _kind(self, name: str, written: Any, tasks: tuple[str, ...]) -> Kind:
        if written == "subform":
            return "subform"
        if CUSTOM_RECEIPT in (*tasks, name):
            return "receipt"
        if name == self.metadata.on_entry or not tasks:
            return "stateless"
        return "task"

    def _folders_with_settings(self) -> list[str]:
        prefix = self.paths.ui + "/"
        found = set()
        for path in self.files.under(self.paths.ui):
            name, _, rest = path.removeprefix(prefix).partition("/")
            if rest == "Settings.json" and name != "layouts":
                found.add(name)
        return sorted(found)

    def _set(
        self, name: str, folder: str, kind: Kind, tasks: tuple[str, ...], data_type: str | None
    ) -> LayoutSet:
        settings_path = self.paths.settings(folder)
        settings = self.read(settings_path)
        settings = settings if isinstance(settings, dict) else {}
        order = page_order(settings)
        return LayoutSet(
            name,
            data_type or self._data_type_of(tasks),
            tasks,
            kind,
            folder,
            tuple(self._pages(name, folder, order)),
            settings,
            settings_path,
            order,
        )

    def _data_type_of(self, tasks: tuple[str, ...]) -> str | None:
        """Where a set names no data type: the form of its task, else the app's first form."""
        forms = [kind for kind in self.metadata.data_types if kind.is_form]
        of_task = [kind for kind in forms if kind.task_id in tasks]
        return next((kind.id for kind in (*of_task, *forms)), None)

    def _pages(self, layout_set: str, folder: str, order: tuple[str, ...]) -> Iterator[Page]:
        prefix = self.paths.layouts_folder(folder) + "/"
        by_name = {
            stem(path): path
            for path in self.files.under(self.paths.layouts_folder(folder))
            if path.endswith(".json") and "/" not in path.removeprefix(prefix)
        }
        if not by_name and folder == self.paths.ui and self.paths.single_layout in self.files:
            by_name = {stem(self.paths.single_layout): self.paths.single_layout}
        ordered = [name for name in order if name in by_name]
        others = [name for name in by_name if name not in order]
        for name in (*ordered, *others):
            path = by_name[name]
            # Without any order every page counts, as in the oldest apps.
            in_order = name in order or not order
            layout = read_layout(partial(self.files.__getitem__, path), self.files.blob_id(path))
            yield Page(name, path, layout_set, in_order, layout)


def _subforms_marked(sets: list[LayoutSet]) -> Iterator[LayoutSet]:
    """A folder that a Subform component shows is a subform, also where its settings do not say so."""
    shown = {
        component.raw.get("layoutSet")
        for layout_set in sets
        for _, component in layout_set.components()
        if component.type == "Subform"
    }
    for layout_set in sets:
        is_subform = layout_set.kind == "task" and layout_set.id in shown
        yield replace(layout_set, kind="subform", tasks=()) if is_subform else layout_set
