"""What differs between lists, texts and pictures: what an app has of them, and how it gets them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.changes import Change, SetFile
from studio.definition.changes.library import list_changes, text_changes
from studio.definition.errors import NotThere
from studio.definition.images import arriving
from studio.definition.library import (
    Content,
    Kind,
    Part,
    Version,
    list_content,
    picture_content,
    text_content,
)
from studio.definition.sentences import N_, Sentence

KIND_NAMES: Final[Mapping[Kind, Sentence]] = {
    "lists": Sentence(N_("Option list")),
    "texts": Sentence(N_("Texts")),
    "images": Sentence(N_("Image")),
}
SLOT_NAMES: Final = {
    "label": N_("Label"),
    "description": N_("Description"),
    "helpText": N_("Help"),
    "text": N_("Text"),
    "picture": N_("Image"),
    "tags": N_("Tags"),
}
# Pictures from the library lie in a folder of their own, so that they meet no others.
_PICTURES: Final = "shared/"


def name_in_app(version: Version) -> str:
    """What an item is called in an app that takes it."""
    if version.kind == "images" and version.content:
        return _PICTURES + version.content[0].key
    return version.id


def is_in_app(app: AppDefinition, kind: Kind, name: str, keys: Sequence[str] = ()) -> bool:
    """Whether the app has something of that name; of texts, any of the keys."""
    if kind == "lists":
        return name in app.option_ids
    if kind == "images":
        return app.paths.resource(name) in app.files
    return bool(text_content(app, keys))


def own_content(app: AppDefinition, kind: Kind, name: str, *others: Content) -> Content:
    """What the app has under a name; of texts those that stand in `others`. Raises DomainError.

    Where it has nothing it is empty.
    """
    if not is_in_app(app, kind, name, keys := _keys(others)):
        return ()
    if kind == "lists":
        return list_content(app, name)
    if kind == "images":
        content = picture_content("", app.files[app.paths.resource(name)])[0]
        key = next(iter(keys), name.rpartition("/")[2])
        return (Part(key, key, content.cells),)
    return text_content(app, keys)


def changes_for(
    app: AppDefinition, version: Version, name: str, before: Content, after: Content
) -> tuple[Change, ...]:
    """What makes what the app has under a name say `after`. Raises DomainError."""
    if version.kind == "lists":
        return list_changes(app, name, after)
    if version.kind == "texts":
        return text_changes(app, before, after)
    if after != version.content:
        return ()
    return (SetFile(app.paths.resource(name), version.data),)


def publishable(app: AppDefinition, kind: Kind, name: str, keys: Sequence[str]) -> tuple[Content, bytes]:
    """What an app can publish, with the bytes of a picture. Raises NotThere and DomainError."""
    data, called = b"", ""
    if kind == "lists":
        content = list_content(app, name) if name in app.option_ids else ()
    elif kind == "texts":
        content = tuple(part for part in text_content(app, keys) if part.cells)
    else:
        data = app.files.get(app.paths.resource(name), b"") if name else b""
        if data:
            called, data, _ = arriving(name.rpartition("/")[2], data)
        content = picture_content(called, data) if data else ()
    if not content:
        raise NotThere(Sentence(N_("The app has nothing there that could be published."), {}))
    return content, data


def _keys(contents: Sequence[Content]) -> list[str]:
    def every() -> Iterator[str]:
        for content in contents:
            for part in content:
                yield part.key

    return list(dict.fromkeys(every()))
