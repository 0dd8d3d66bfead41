"""What stays behind when components go or come: rules about what is gone, fields that two answers share."""

import re
from collections.abc import Collection, Iterator

from studio.definition import references
from studio.definition.app import AppDefinition, Component, LayoutSet, Page
from studio.definition.layouts import Binding


def still_asking(
    app: AppDefinition, layout_set: LayoutSet, gone: Collection[str]
) -> Iterator[tuple[Page, Component | None]]:
    """The components, and the pages (None), that name an id of `gone`, which was in `layout_set`."""
    if not gone:
        return
    names = b"|".join(re.escape(name.encode()) for name in gone)
    named = re.compile(rb"(?<![0-9A-Za-z])(" + names + rb")(?![0-9A-Za-z])").search
    for other in app.layout_sets:
        for page in other.pages:
            if not named(app.files[page.path]):
                continue
            if any(any(references.component_in_page(page.layout.raw, name)) for name in gone):
                yield page, None
            for component in page.components:
                shows = references.shows_set(component.raw, other, layout_set)
                if shows and any(any(references.in_component(component.raw, name)) for name in gone):
                    yield page, component


def shared_fields(layout_set: LayoutSet, fresh: Collection[str]) -> tuple[str, ...]:
    """The fields of the components with the ids `fresh` that also others of the layout set are bound to."""
    ours: set[Binding] = set()
    others: set[Binding] = set()
    parts = [component for _, component in layout_set.components()]
    if not any(part.bindings for part in parts if part.id in fresh):
        return ()
    for part in parts:
        (ours if part.id in fresh else others).update(part.bindings.values())
    return tuple(sorted({binding.field for binding in ours & others}))
