"""What a new component of each type looks like, so that the browser can show one before the server has it."""

import json
from dataclasses import dataclass, replace
from typing import Final

from studio.definition.components import palette
from studio.definition.layouts import read_layout
from studio.features.layouts.naming import component_id
from studio.features.layouts.workplace import Workplace

# In front of the type: the id that a specimen is drawn with, until the browser gives it one of its own.
STAND_IN: Final = "specimen-of-"


@dataclass(frozen=True, slots=True)
class Specimen:
    """A new component as the canvas draws it, chosen. `name` is the first id that is free for it."""

    name: str
    html: str


def specimens(work: Workplace) -> dict[str, Specimen]:
    """By the name of the type: every one that is in the palette."""
    names = [kind.name for _group, _heading, kinds in palette() for kind in kinds]
    taken = work.place.all_ids
    return {
        name: Specimen(component_id(name, taken), str(html))
        for name, html in zip(names, _drawn(work), strict=True)
    }


def _drawn(work: Workplace) -> list[str]:
    """The components of the palette in its order, each drawn as if it were all there is on the page."""
    made = [
        kind.new(f"{STAND_IN}{kind.name}", work.app.generation)
        for _group, _heading, kinds in palette()
        for kind in kinds
    ]
    content = json.dumps({"data": {"layout": made}}).encode()
    page = replace(work.page, layout=read_layout(lambda: content, f"specimens {work.app.generation}"))
    pages = tuple(page if other is work.page else other for other in work.layout_set.pages)
    canvas = replace(
        work.canvas,
        layout_set=replace(work.layout_set, pages=pages),
        page=page,
        selected=frozenset(component.id for component in page.components),
    )
    return [str(canvas.fragment(component, 1)) for component in page.components]
