"""An app while a change is at work on it: edits pile up, and the app can be read as it has become."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from studio.definition import json_text
from studio.definition.app import AppDefinition
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import EditedFiles, Edits, Files, UnsafePath, safe_path
from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.portable_paths import why_not_on_windows
from studio.definition.sentences import N_, Sentence


class WorkingCopy:
    """The files of an app with edits laid over them."""

    def __init__(self, app: AppDefinition) -> None:
        self._before = app
        self._now: AppDefinition | None = app
        self._edits: dict[str, bytes | None] = {}

    @property
    def app(self) -> AppDefinition:
        """The app with all edits so far."""
        if self._now is None:
            self._now = AppDefinition(EditedFiles(self._before.files, self._edits))
        return self._now

    @property
    def edits(self) -> Edits:
        """What is different from the app at the beginning."""
        files = self._before.files
        return {path: data for path, data in self._edits.items() if _at(files, path) != data}

    def exists(self, path: str) -> bool:
        return path in self.app.files

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises NotThere."""
        try:
            return self.app.files[path]
        except KeyError as error:
            raise NotThere(Sentence(N_("The file %(path)s does not exist."), {"path": path})) from error

    def write(self, path: str, data: bytes | None) -> None:
        """Put a file in place of what is there, or take it away.

        Raises DomainError for a path outside the app, and for a new one that Windows cannot have.
        """
        try:
            safe_path(path)
        except UnsafePath as error:
            raise DomainError(
                Sentence(N_("The path %(path)s is not allowed in an app."), {"path": path})
            ) from error
        obstacle = why_not_on_windows(path) if data is not None else None
        if obstacle is not None and not self.exists(path):
            raise DomainError(obstacle)
        self._edits[path] = data
        self._now = None

    def set(self, path: str, pointer: str, value: Any) -> None:
        self._edit(path, lambda data: json_text.set_value(data, pointer, value))

    def insert(
        self, path: str, pointer: str, index_or_key: int | str, value: Any, before: str | None = None
    ) -> None:
        self._edit(path, lambda data: json_text.insert(data, pointer, index_or_key, value, before))

    def insert_all(self, path: str, pointer: str, index: int, values: Sequence[Any]) -> None:
        self._edit(path, lambda data: json_text.insert_all(data, pointer, index, values))

    def edit_elements(self, path: str, pointer: str, edits: Mapping[int, Callable[[bytes], bytes]]) -> None:
        """Edit elements of a list, each as if it were alone there; see json_text.edit_elements."""
        self._edit(path, lambda data: json_text.edit_elements(data, pointer, edits))

    def delete_elements(self, path: str, pointer: str, indices: Collection[int]) -> None:
        self._edit(path, lambda data: json_text.delete_elements(data, pointer, indices))

    def delete(self, path: str, pointer: str) -> None:
        self._edit(path, lambda data: json_text.delete(data, pointer))

    def move(
        self, path: str, pointer: str, to: str, index_or_key: int | str, before: str | None = None
    ) -> None:
        self._edit(path, lambda data: json_text.move(data, pointer, to, index_or_key, before))

    def rename_key(self, path: str, pointer: str, name: str) -> None:
        self._edit(path, lambda data: json_text.rename_key(data, pointer, name))

    def _edit(self, path: str, edited: Callable[[bytes], bytes]) -> None:
        try:
            self.write(path, edited(self.read(path)))
        except json_text.BrokenJson as error:
            values: dict[str, str | int | Sentence] = {"path": path, "problem": error.sentence}
            problem = N_("The file %(path)s cannot be changed before it is corrected: %(problem)s")
            raise DomainError(Sentence(problem, values)) from error

    def layout_set(self, layout_set_id: str) -> LayoutSet:
        """The layout set. Raises NotThere."""
        found = self.app.layout_set(layout_set_id)
        if found is None:
            raise NotThere(
                Sentence(N_("The form %(name)s does not exist any more."), {"name": layout_set_id})
            )
        return found

    def page(self, layout_set_id: str, name: str) -> Page:
        """The page, which can be read. Raises NotThere, and DomainError where its file is broken."""
        page = self.layout_set(layout_set_id).page(name)
        if page is None:
            raise NotThere(Sentence(N_("The page %(name)s does not exist any more."), {"name": name}))
        if page.broken:
            values: dict[str, str | int | Sentence] = {"path": page.path, "problem": page.broken.sentence}
            problem = N_("The file %(path)s cannot be changed before it is corrected: %(problem)s")
            raise DomainError(Sentence(problem, values))
        return page

    def component(self, layout_set_id: str, page_name: str, component_id: str) -> tuple[Page, Component]:
        """The component on its page. Raises NotThere."""
        page = self.page(layout_set_id, page_name)
        component = page.component(component_id)
        if component is None:
            values = {"id": component_id, "page": page_name}
            raise NotThere(Sentence(N_("The component %(id)s is no longer on the page %(page)s."), values))
        return page, component


def _at(files: Files, path: str) -> bytes | None:
    return files.get(path)
