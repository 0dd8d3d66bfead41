"""Pages of a layout set as they are merged: components by their id, and beside them where each one is.

In the files the place of a component is said three times: by the file it lies in, by its place there, and by
the component that names it as its child. Taken apart, what one side moved and the other edited is both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.layouts.claims import claims

_LAYOUT: Final = "layout"


@dataclass(slots=True)
class Form:
    """Pages by path. `documents` are the files without their components, `orders` the ids in file order.

    `holder_of` is the component that holds another one as its child; None on the page itself.
    """

    documents: dict[str, Any]
    orders: dict[str, list[str]]
    components: dict[str, Mapping[str, Any]]
    page_of: dict[str, str]
    holder_of: dict[str, str | None]

    def page_value(self, path: str) -> Any:
        """The page as it is written in its file."""
        return with_layout(self.documents[path], [self.components[name] for name in self.orders[path]])

    def above(self, name: str) -> list[str]:
        """The component itself and those that it lies in, outwards."""
        found: list[str] = []
        here: str | None = name
        while here is not None and here not in found:
            found.append(here)
            here = self.holder_of.get(here)
        return found


def read_form(documents: Mapping[str, Any]) -> Form | None:
    """Take parsed pages apart; None where one is no page, or a component has no id or is there twice."""
    form = Form({}, {}, {}, {}, {})
    for path, document in documents.items():
        data = document.get("data") if isinstance(document, Mapping) else None
        layout = data.get(_LAYOUT) if isinstance(data, Mapping) else None
        if not isinstance(layout, list):
            return None
        names = [item.get("id") if isinstance(item, Mapping) else None for item in layout]
        if not all(isinstance(name, str) and name not in form.components for name in names):
            return None
        components = dict(zip(map(str, names), layout, strict=True))
        if len(components) < len(layout):
            return None
        form.documents[path] = with_layout(document, [])
        form.orders[path] = list(components)
        form.components |= components
        form.page_of |= dict.fromkeys(components, path)
        form.holder_of |= holders(components)
    return form


def holders(components: Mapping[str, Mapping[str, Any]]) -> dict[str, str | None]:
    """Which component holds which; the first that names a child has it."""
    found: dict[str, str | None] = dict.fromkeys(components)
    for name, raw in components.items():
        for claim in claims(raw):
            if claim.id in found and found[claim.id] is None and claim.id != name:
                found[claim.id] = name
    return found


def with_layout(document: Mapping[str, Any], layout: Sequence[Any]) -> dict[str, Any]:
    """The page with other components in it."""
    return {**document, "data": {**document["data"], _LAYOUT: list(layout)}}


def without_children(raw: Mapping[str, Any], gone: Iterable[str]) -> Mapping[str, Any]:
    """A component that does not name these any more in its list of children."""
    unwanted = frozenset(gone)
    places = {
        int(claim.pointer.removeprefix("/children/"))
        for claim in claims(raw)
        if claim.id in unwanted and claim.pointer.startswith("/children/")
    }
    if not places:
        return raw
    kept = [child for place, child in enumerate(raw["children"]) if place not in places]
    return {**raw, "children": kept}


def with_child(raw: Mapping[str, Any], like: Mapping[str, Any] | None, child: str) -> Mapping[str, Any]:
    """A component that names a child, behind the same one as in `like` where it is named there."""
    written = child
    before: list[Any] = []
    there = like.get("children") if like is not None else None
    for claim in claims(like or {}):
        if claim.id == child and claim.pointer.startswith("/children/") and isinstance(there, list):
            place = int(claim.pointer.removeprefix("/children/"))
            written, before = there[place], there[:place]
    children = list(raw.get("children") or [])
    if written in children:
        return raw
    after = next(
        (children.index(one) + 1 for one in reversed(before) if one in children),
        0 if before else len(children),
    )
    return {**raw, "children": [*children[:after], written, *children[after:]]}
