"""An app as a whole: everything in its files, parsed when asked for and remembered by content.

A broken file never raises here. It is a finding; what it would have given is empty, and the rest stays
usable.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final, Literal

from studio.definition import json_text, process
from studio.definition.content_cache import ContentCache
from studio.definition.data_model import DataModel
from studio.definition.errors import DomainError
from studio.definition.files import Files
from studio.definition.findings import Finding, Place
from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.layouts.finding_sets import SetFinder
from studio.definition.metadata import DataType, Metadata, read_metadata
from studio.definition.options import Option, read_options
from studio.definition.paths import Paths, paths_of, stem
from studio.definition.process import Process
from studio.definition.sentences import N_, Sentence
from studio.definition.texts import TextReader, Texts

__all__ = ["AppDefinition", "Component", "Generation", "LayoutSet", "Page", "app_definition"]

Generation = Literal["v8", "v9"]

# Texts are written in bokmål first; the platform falls back to it.
_LANGUAGE_ORDER: Final = ("nb", "nn", "en")
_MAJOR_VERSION: Final = re.compile(rb'Altinn\.App\.(?:Core|Api)"\s+Version="(\d+)\.')


class _Broken:
    """A file that is not JSON."""

    def __init__(self, error: json_text.BrokenJson) -> None:
        self.error = error


_JSON: Final[ContentCache[Any]] = ContentCache(4000)
_MODELS: Final[ContentCache[DataModel]] = ContentCache(500)
_PROCESSES: Final[ContentCache[Process | DomainError]] = ContentCache(500)
_TEXTS: Final[ContentCache[Texts]] = ContentCache(500)
_READERS: Final[ContentCache[TextReader]] = ContentCache(100)
_APPS: Final[ContentCache["AppDefinition"]] = ContentCache(64)


class AppDefinition:
    """What an app is, read from its files."""

    def __init__(self, files: Files) -> None:
        self.files = files

    @cached_property
    def paths(self) -> Paths:
        """Where things lie in this app."""
        return paths_of(self.files)

    @cached_property
    def generation(self) -> Generation:
        """ "v9" where every task has its folder, "v8" for everything older."""
        paths = self.paths
        if paths.layout_sets in self.files:
            return "v8"
        if any(layout_set.folder != paths.ui for layout_set in self.layout_sets):
            return "v9"
        version = _MAJOR_VERSION.search(self.files[paths.project]) if paths.project in self.files else None
        return "v8" if self.layout_sets or (version is not None and int(version[1]) < 9) else "v9"

    @cached_property
    def metadata(self) -> Metadata:
        return read_metadata(self.json(self.paths.metadata))

    @cached_property
    def layout_sets(self) -> tuple[LayoutSet, ...]:
        return SetFinder(self.files, self.paths, self.metadata, self.json).sets()

    def layout_set(self, layout_set_id: str) -> LayoutSet | None:
        """The layout set with this id."""
        return next((found for found in self.layout_sets if found.id == layout_set_id), None)

    def layout_set_for_task(self, task_id: str) -> LayoutSet | None:
        """The layout set whose pages are shown in a task."""
        return next((found for found in self.layout_sets if task_id in found.tasks), None)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages the app has texts in: bokmål, nynorsk, English, then others by their code."""
        found = {language for path in self.files if (language := self.paths.language(path))}
        known = [language for language in _LANGUAGE_ORDER if language in found]
        return (*known, *sorted(found.difference(known)))

    def texts(self, language: str) -> Texts:
        """The texts of a language; no texts where it has no file or a broken one."""
        path = self.paths.texts(language)
        if path not in self.files:
            return Texts(language)
        return _TEXTS.get(f"{language}:{self.files.blob_id(path)}", lambda: self._read_texts(language, path))

    def _read_texts(self, language: str, path: str) -> Texts:
        """By the reader that has read the file before this edit, where there is one."""
        reader = _READERS.get(f"{self.metadata.id}:{language}", lambda: TextReader(language))
        return reader.read(self.json(path))

    @cached_property
    def option_ids(self) -> tuple[str, ...]:
        """The ids of the option lists that are files of the app."""
        prefix = self.paths.options_folder + "/"
        found = self.files.under(self.paths.options_folder)
        return tuple(
            stem(path) for path in found if path.endswith(".json") and "/" not in path.removeprefix(prefix)
        )

    def options(self, option_id: str) -> tuple[Option, ...] | None:
        """The options in a list; None where the app has no such file or a broken one."""
        value = self.json(self.paths.options(option_id)) if option_id in self.option_ids else None
        return read_options(value) if isinstance(value, list) else None

    def data_list(self, list_id: str) -> tuple[Mapping[str, Any], ...] | None:
        """The rows of a data list; None where the app has no such file or a broken one."""
        path = self.paths.data_list(list_id)
        value = self.json(path) if path in self.files else None
        if not isinstance(value, list):
            return None
        return tuple(row for row in value if isinstance(row, Mapping))

    @cached_property
    def process(self) -> Process | None:
        """The process; None where it is missing or broken."""
        found = self._process()
        return found if isinstance(found, Process) else None

    def model(self, data_type_id: str) -> DataModel | None:
        """The data model of a data type; None where it has no schema or a broken one."""
        path = self.schema_path(data_type_id)
        value = self.json(path) if path else None
        if path is None or not isinstance(value, dict):
            return None
        data_type = self.metadata.data_type(data_type_id)
        class_ref = data_type.class_ref if data_type else None
        return _MODELS.get(f"{class_ref}:{self.files.blob_id(path)}", lambda: DataModel(value, class_ref))

    def schema_path(self, data_type_id: str) -> str | None:
        """The schema file of a data type, named for its id or (older) its class; None where there is none."""
        data_type = self.metadata.data_type(data_type_id)
        names = [data_type_id] if data_type is None else [data_type_id, data_type.id, _class_name(data_type)]
        return next((path for name in names if (path := self.paths.schema(name)) in self.files), None)

    def json(self, path: str) -> Any:
        """The parsed content of a JSON file, shared by all: never to be altered. None: missing or broken."""
        value = self._parsed(path)
        return None if isinstance(value, _Broken) else value

    def title(self, language: str) -> str:
        """The app's name: the text `appName`, else the title in its metadata, else its id."""
        for key in ("appName", "ServiceName"):
            if (found := self.texts(language).get(key)) and found.value:
                return found.value
        titles = self.metadata.title
        return titles.get(language) or next(iter(titles.values()), "") or self.metadata.id

    def page(self, layout_set_id: str, name: str) -> Page | None:
        """A page by its layout set and name."""
        layout_set = self.layout_set(layout_set_id)
        return layout_set.page(name) if layout_set else None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What could not be read, file by file."""
        return tuple(self._findings())

    def _findings(self) -> Iterator[Finding]:
        pages = {page.path: page for layout_set in self.layout_sets for page in layout_set.pages}
        for path in self._own_json_files(pages):
            page = pages.get(path)
            if page is not None:
                if page.broken:
                    yield page.broken
            elif isinstance(value := self._parsed(path), _Broken):
                yield _broken("broken-json", path, value.error)
        found = self._process()
        if isinstance(found, DomainError):
            yield _broken("broken-process", self.paths.process, found)

    def _own_json_files(self, pages: Mapping[str, Page]) -> Iterator[str]:
        """The JSON files that Studio or the runtime reads."""
        paths = self.paths
        folders = (paths.options_folder, paths.option_sources_folder, paths.models_folder)
        named = {paths.metadata, paths.layout_sets, paths.footer, paths.settings(paths.ui), *pages}
        named.add(paths.logic_settings)
        named.update(layout_set.settings_path for layout_set in self.layout_sets)
        for path in sorted(self.files):
            if (
                path in named
                or paths.language(path)
                or (path.endswith(".json") and path.rpartition("/")[0] in folders)
            ):
                yield path

    def _parsed(self, path: str) -> Any:
        if path not in self.files:
            return None
        return _JSON.get(self.files.blob_id(path), lambda: _parse(self.files[path]))

    def _process(self) -> Process | DomainError | None:
        path = self.paths.process
        if path not in self.files:
            return None
        return _PROCESSES.get(self.files.blob_id(path), lambda: _parse_process(self.files[path]))


def app_definition(files: Files) -> AppDefinition:
    """The definition of these files; the same one for the same content, so that nothing is parsed twice."""
    found = _APPS.get(files.tree_id, lambda: AppDefinition(files))
    # Equal content; but the files seen first may lie in a repository that is gone by now.
    found.files = files
    return found


def _parse(data: bytes) -> Any:
    try:
        return json_text.parse(data)
    except json_text.BrokenJson as error:
        return _Broken(error)


def _parse_process(data: bytes) -> Process | DomainError:
    try:
        return process.parse(data)
    except DomainError as error:
        return error


def _broken(code: str, path: str, error: DomainError) -> Finding:
    line = getattr(error, "line", None)
    remedy = Sentence(N_("Correct the file in the code view."))
    return Finding(code, "error", Place(path, line), error.sentence, remedy)


def _class_name(data_type: DataType) -> str:
    return (data_type.class_ref or data_type.id).rpartition(".")[2]
