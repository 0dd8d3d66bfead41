"""Code that an app brings for its own components: wwwroot/custom-js and custom-css (app-format.md, 5).

Scripts that config/assets.json names come first, as the platform loads them, but only those that are files of
the app: code from elsewhere is never run.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.app import AppDefinition

SCRIPTS: Final = "custom-js"
STYLES: Final = "custom-css"
_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {SCRIPTS: (".js", ".mjs"), STYLES: (".css",)}


@dataclass(frozen=True, slots=True)
class OwnScript:
    """A script of the app. `path` is inside wwwroot: "custom-js/calendar.js"."""

    path: str
    is_module: bool = False


def own_scripts(app: AppDefinition) -> tuple[OwnScript, ...]:
    """The app's scripts in the order they run."""
    named = tuple(_named(app))
    paths = {script.path for script in named}
    rest = (OwnScript(path, path.endswith(".mjs")) for path in _in_folder(app, SCRIPTS) if path not in paths)
    return (*named, *rest)


def own_styles(app: AppDefinition) -> tuple[str, ...]:
    """The app's style sheets, as paths inside wwwroot."""
    return tuple(_in_folder(app, STYLES))


def own_code(app: AppDefinition, path: str) -> bytes | None:
    """The content of a script or a style sheet of the app; None for every other file."""
    folder, _, rest = path.partition("/")
    if not rest or not path.endswith(_ENDINGS.get(folder, ())) or ".." in path.split("/"):
        return None
    return app.files.get(app.paths.resource(path))


def _in_folder(app: AppDefinition, folder: str) -> list[str]:
    prefix = app.paths.resource("")
    inside = (name.removeprefix(prefix) for name in app.files if name.startswith(f"{prefix}{folder}/"))
    return sorted(path for path in inside if path.endswith(_ENDINGS[folder]))


def _named(app: AppDefinition) -> Iterator[OwnScript]:
    """The scripts of config/assets.json that are the app's own."""
    assets: Any = app.json(f"{app.paths.root}config/assets.json")
    given = assets.get("scripts") if isinstance(assets, dict) else None
    seen = set[str]()
    for script in given if isinstance(given, list) else ():
        url = script.get("url") if isinstance(script, dict) else None
        at = url.find(f"{SCRIPTS}/") if isinstance(url, str) and "//" not in url else -1
        path = str(url)[at:] if at >= 0 else ""
        if path and path not in seen and own_code(app, path) is not None:
            seen.add(path)
            yield OwnScript(path, script.get("type") == "module")
