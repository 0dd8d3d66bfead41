"""What the pages of images show: each picture with its uses, and what is the matter with it."""

from dataclasses import dataclass

from studio.definition.app import AppDefinition
from studio.definition.changes import Change, SetProperty, SetText
from studio.definition.errors import NotThere
from studio.definition.images import (
    Picture,
    PictureUse,
    alternative_text,
    mentioned,
    pictures,
    uses_by_picture,
)
from studio.definition.images.uses import source_of
from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.sentences import N_, Sentence


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture, the components that show it, and whether anything names it at all."""

    picture: Picture
    uses: tuple[PictureUse, ...]
    is_mentioned: bool
    lacks_alternative: bool


@dataclass(frozen=True, slots=True)
class Wanting:
    """A component that a picture is chosen for."""

    layout_set: LayoutSet
    page: Page
    component: Component


def shown(app: AppDefinition) -> tuple[Shown, ...]:
    """Every picture of the app, by path."""
    uses = uses_by_picture(app)
    return tuple(_shown(app, each, uses.get(each.path, ())) for each in pictures(app))


def shown_one(app: AppDefinition, path: str) -> Shown:
    """The picture at a path inside wwwroot. Raises NotThere."""
    for each in pictures(app):
        if each.path == path:
            return _shown(app, each, uses_by_picture(app).get(path, ()))
    raise NotThere(Sentence(N_("There is no picture %(path)s any more."), {"path": path}))


def wanting(app: AppDefinition, layout_set: str, page: str, component: str) -> Wanting | None:
    """The component that an address names; None where it is none that shows a picture."""
    found_set = app.layout_set(layout_set)
    found_page = found_set.page(page) if found_set else None
    found = found_page.component(component) if found_page else None
    if found_set is None or found_page is None or found is None or found.type != "Image":
        return None
    return Wanting(found_set, found_page, found)


def choosing(app: AppDefinition, chosen: Wanting, path: str) -> Change:
    """Show a picture in a component, in every language that it names one for."""
    sources = source_of(chosen.component)
    languages = dict.fromkeys([*map(str, sources), "nb"] if sources else app.languages or ("nb",))
    source = dict.fromkeys(languages, f"wwwroot/{path}")
    return SetProperty(
        chosen.layout_set.id, chosen.page.name, chosen.component.id or "", "/image/src", source
    )


def describing(app: AppDefinition, chosen: Wanting, texts: dict[str, str]) -> list[Change]:
    """Say what is read out instead of a picture; a component without a text for it gets one."""
    component = chosen.component
    key = component.text_key("altTextImg")
    changes: list[Change] = []
    known = bool(key) and any(key in app.texts(each) for each in app.languages)
    if not known or key is None:
        key = f"{component.id}.alternative"
        changes.append(
            SetProperty(
                chosen.layout_set.id,
                chosen.page.name,
                component.id or "",
                "/textResourceBindings/altTextImg",
                key,
            )
        )
    changes += [SetText(language, key, text) for language, text in texts.items() if text or known]
    return changes


def _shown(app: AppDefinition, picture: Picture, uses: tuple[PictureUse, ...]) -> Shown:
    lacks = any(
        use.component.type == "Image" and not all(alternative_text(app, use.component).values())
        for use in uses
    )
    return Shown(picture, uses, bool(uses) or mentioned(app, picture.path), lacks)
