"""The modules of an app's logic, imported from memory: there is no file system to import them from."""

import importlib
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import BuiltinImporter, FrozenImporter, ModuleSpec
from importlib.util import spec_from_loader
from types import CodeType, ModuleType
from typing import Any, Final

_PACKAGES: Final = ("logic", "logic.options")


class AppModules(MetaPathFinder):
    """`modules` is name ("logic.tax") -> (path, source). A broken source is one when it is used."""

    def __init__(self, modules: Mapping[str, Sequence[str]]) -> None:
        self._paths = {name: path for name, (path, _) in modules.items()}
        self.sources = {path: source for _, (path, source) in modules.items()}
        self._codes: dict[str, CodeType | BaseException] = {
            name: _compiled(source, path) for name, (path, source) in modules.items()
        }

    def install(self) -> None:
        """Be where imports look from now on; what Python has loaded before stays there."""
        sys.meta_path[:] = [self, BuiltinImporter, FrozenImporter]
        sys.path.clear()

    def function(self, module: str, name: str) -> Callable[..., Any]:
        """A function of a module, which is imported now. Raises whatever importing it raises."""
        found: Callable[..., Any] = getattr(importlib.import_module(module), name)
        return found

    def find_spec(self, fullname: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """For importlib: the app's modules and nothing else."""
        if fullname in self._codes:
            return spec_from_loader(fullname, _Loader(self._codes[fullname]), origin=self._paths[fullname])
        if fullname in _PACKAGES:
            return ModuleSpec(fullname, _Loader(None), is_package=True)
        return None


class _Loader(Loader):
    def __init__(self, code: CodeType | BaseException | None) -> None:
        self._code = code

    def exec_module(self, module: ModuleType) -> None:
        if isinstance(self._code, BaseException):
            raise self._code
        if self._code is not None:
            exec(self._code, module.__dict__)  # noqa: S102 - what this process is for


def _compiled(source: str, path: str) -> CodeType | BaseException:
    """The code of a source, or why there is none."""
    try:
        return compile(source, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return error
