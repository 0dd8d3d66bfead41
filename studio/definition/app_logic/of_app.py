"""The logic of an app: all its files together, read once for each content."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.app_logic.interface import Hook
from studio.definition.app_logic.reading import PACKAGE, LogicFile, read_logic_file
from studio.definition.app_logic.settings import LogicSettings, Problem, read_settings
from studio.definition.content_cache import ContentCache

_FILES: Final[ContentCache[LogicFile]] = ContentCache(500)
_LOGIC: Final[ContentCache["AppLogic"]] = ContentCache(200)
_OPTIONS_PACKAGE: Final = f"{PACKAGE}.options"


@dataclass(frozen=True)
class AppLogic:
    """`files` is the name of a module ("logic.tax", "logic.options.towns") -> (its path, the file)."""

    files: Mapping[str, tuple[str, LogicFile]] = field(default_factory=dict)
    settings: LogicSettings = field(default_factory=LogicSettings)

    @cached_property
    def key(self) -> str:
        """Tells this code from every other."""
        digest = hashlib.sha256()
        for name, (path, file) in self.files.items():
            for part in (name, path, file.source):
                digest.update(len(part).to_bytes(8) + part.encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def modules_with(self, hook: Hook) -> tuple[str, ...]:
        """The modules that have a hook, by name."""
        return tuple(name for name, (_, file) in self.files.items() if hook in file.hooks)

    @cached_property
    def option_lists(self) -> Mapping[str, str]:
        """The lists whose options are worked out: id -> module."""
        found = self.modules_with("options")
        return {name.removeprefix(_OPTIONS_PACKAGE + "."): name for name in found}

    @cached_property
    def problems(self) -> tuple[tuple[str, Problem], ...]:
        """(path, problem) of everything that is wrong in the Python files."""
        return tuple((path, problem) for path, file in self.files.values() for problem in file.problems)


def logic_of(app: AppDefinition) -> AppLogic:
    """The logic of an app; without files where it has none."""
    found = dict(_logic_files(app))
    settings_path = app.paths.logic_settings
    if not found and settings_path not in app.files:
        return AppLogic()
    content_id = ":".join(
        f"{path}={app.files.blob_id(path)}" for path in (*found.values(), settings_path) if path in app.files
    )
    return _LOGIC.get(content_id, lambda: _read(app, found))


def _logic_files(app: AppDefinition) -> Iterator[tuple[str, str]]:
    """(module, path) of every Python file of the logic, in order."""
    folder = app.paths.logic_folder + "/"
    for path in sorted(app.files.under(app.paths.logic_folder)):
        inside = path.removeprefix(folder)
        if not inside.endswith(".py") or inside.endswith("__init__.py"):
            continue
        within, _, name = inside.removesuffix(".py").rpartition("/")
        if within in {"", "options"} and name and "." not in name:
            yield f"{_OPTIONS_PACKAGE if within else PACKAGE}.{name}", path


def _read(app: AppDefinition, found: Mapping[str, str]) -> AppLogic:
    files = {
        name: (path, _file(app, path, gives_options=name.startswith(_OPTIONS_PACKAGE + ".")))
        for name, path in found.items()
    }
    return AppLogic(files, read_settings(app.json(app.paths.logic_settings)))


def _file(app: AppDefinition, path: str, *, gives_options: bool) -> LogicFile:
    key = f"{gives_options}:{app.files.blob_id(path)}"
    return _FILES.get(key, lambda: read_logic_file(app.files[path], gives_options=gives_options))
