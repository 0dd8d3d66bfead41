"""Where the pictures of an app are used: components that show one, texts and styles that name one.

Source of the places: components.md on Image, Audio and Video (`src` by language; the app's own files begin
with wwwroot).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.content_cache import ContentCache
from studio.definition.layouts import Component, LayoutSet, Page

_OWN: Final = re.compile(r"(?:/|\./)?wwwroot/([^?#]+)", re.IGNORECASE)
_HOLDERS: Final = ("image", "audio", "video")
_ALTERNATIVE: Final = "altTextImg"
_USES: Final[ContentCache["Mapping[str, tuple[PictureUse, ...]]"]] = ContentCache(16)


@dataclass(frozen=True, slots=True)
class PictureUse:
    """A component that shows a picture, and in which languages."""

    path: str  # inside wwwroot
    layout_set: LayoutSet
    page: Page
    component: Component
    languages: tuple[str, ...]


def uses_by_picture(app: AppDefinition) -> Mapping[str, tuple[PictureUse, ...]]:
    """Path inside wwwroot -> the components that show it, also of pictures that are not there."""
    return _USES.get(app.files.tree_id, lambda: _by_picture(app))


def alternative_text(app: AppDefinition, component: Component) -> Mapping[str, str]:
    """Language -> what is read out instead of a picture; "" where nothing is."""
    key = component.text_key(_ALTERNATIVE)
    languages = app.languages or ("nb",)
    found = {each: app.texts(each).get(key) if key else None for each in languages}
    if key and not any(found.values()):
        return dict.fromkeys(languages, key)  # what is no key is the text itself
    return {language: resource.value if resource else "" for language, resource in found.items()}


def mentioned(app: AppDefinition, path: str) -> bool:
    """Whether anything of the app names the file of a picture: a form, a text, a style, the process."""
    name = PurePosixPath(path).name.encode()
    own = app.paths.resource(path)
    return any(name in app.files[each] for each in app.files if each != own and _can_name(each))


def source_of(component: Component) -> Mapping[str, Any]:
    """Language -> address of the file that a component shows."""
    for holder in _HOLDERS:
        held = component.raw.get(holder)
        sources = held.get("src") if isinstance(held, Mapping) else None
        if isinstance(sources, Mapping):
            return sources
    return {}


def own_path(address: Any) -> str | None:
    """The path inside wwwroot that an address names; None for one of the web."""
    match = _OWN.fullmatch(address.strip()) if isinstance(address, str) else None
    return match[1] if match else None


def _by_picture(app: AppDefinition) -> Mapping[str, tuple[PictureUse, ...]]:
    found: defaultdict[str, list[PictureUse]] = defaultdict(list)
    for use in _uses(app):
        found[use.path].append(use)
    return {path: tuple(uses) for path, uses in found.items()}


def _uses(app: AppDefinition) -> Iterator[PictureUse]:
    for layout_set in app.layout_sets:
        for page, component in layout_set.components():
            shown: defaultdict[str, list[str]] = defaultdict(list)
            for language, address in source_of(component).items():
                path = own_path(address)
                if path:
                    shown[path].append(str(language))
            for path, languages in shown.items():
                yield PictureUse(path, layout_set, page, component, tuple(languages))


def _can_name(path: str) -> bool:
    return path.lower().endswith((".json", ".css", ".js", ".html", ".xml", ".bpmn", ".svg", ".cshtml"))
