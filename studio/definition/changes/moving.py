"""Components to another place, however many: the file is read and written once for each step."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from studio.definition import json_text
from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.components import noun_of, outermost
from studio.definition.changes.placing import LIST, claim_children, place_of, root_at, unclaim
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.layouts import Component
from studio.definition.naming import page_name
from studio.definition.rising import longest_rising
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class MoveComponents(Change):
    """Components to another place, where they stand in the order of the page.

    `index` counts the components that stay: the place once the moved ones are lifted. `place` is a part of
    the parent, such as a tab (see `claim_children`).
    """

    kind: ClassVar[str] = "move_components"
    layout_set: str
    page: str
    ids: tuple[str, ...]
    to_page: str
    parent: str | None
    index: int
    place: str = ""

    def edit(self, copy: WorkingCopy) -> None:
        moved = outermost(copy.page(self.layout_set, self.page), self.ids)
        self._refuse_circle(moved)
        copy.page(self.layout_set, self.to_page)
        names = tuple(component.id for component in moved)
        unclaim(copy, self.layout_set, self.page, frozenset(names))
        if self.page != self.to_page:
            self._change_page(copy, names)
        if self.parent is None:
            self._arrange(copy, names)
        else:
            page, parent = copy.component(self.layout_set, self.to_page, self.parent)
            claim_children(copy, page, parent, self.index, names, self.place)

    def _arrange(self, copy: WorkingCopy, names: Sequence[str]) -> None:
        """Write the moved ones together before what they go in front of.

        Those of them that stand there already, in order, stay where they are written.
        """
        page = copy.page(self.layout_set, self.to_page)
        lifted = frozenset(names)
        after = root_at(page, self.index, lifted)
        roots = [root for root in page.roots if root.id not in lifted]
        at = roots.index(after) if after else len(roots)
        behind = place_of(roots[at - 1]) if at else -1
        end = place_of(after) if after else len(page.raw["layout"])
        here = [place_of(found) for name in names if (found := page.component(name)) is not None]
        inside = [place for place in here if behind < place < end]
        kept = {inside[number] for number in longest_rising(inside)}
        if len(kept) == len(here):
            return
        lifted_places = [place for place in here if place not in kept]
        raws = json_text.raw_elements(copy.read(page.path), LIST, lifted_places)
        texts = dict(zip(lifted_places, raws, strict=True))
        copy.delete_elements(page.path, LIST, texts)
        gone = sorted(texts)
        place_now = end - bisect_left(gone, end)
        # From the last to the first, so that what is put in does not move what comes before it.
        for stays, run in groupby(reversed(here), kept.__contains__):
            places = list(run)
            if stays:
                place_now = places[-1] - bisect_left(gone, places[-1])
            else:
                copy.insert_all(page.path, LIST, place_now, [texts[place] for place in reversed(places)])

    def _change_page(self, copy: WorkingCopy, names: Iterable[str]) -> None:
        """Take the components with all in them behind everything on the other page."""
        page = copy.page(self.layout_set, self.page)
        moved = [found for name in names if (found := page.component(name)) is not None]
        places = [place for one in moved for place in sorted(place_of(part) for part in one.walk())]
        texts = json_text.raw_elements(copy.read(page.path), LIST, places)
        copy.delete_elements(page.path, LIST, places)
        target = copy.page(self.layout_set, self.to_page)
        copy.insert_all(target.path, LIST, len(target.raw["layout"]), texts)

    def _refuse_circle(self, moved: Iterable[Component]) -> None:
        if any(part.id == self.parent for component in moved for part in component.walk()):
            raise DomainError(Sentence(N_("A component cannot be moved into itself.")))

    def sentence(self, app: AppDefinition) -> Sentence:
        page = page_name(app, self.to_page)
        if len(self.ids) != 1:
            message = N_("%(count)s components were moved on page *%(page)s*")
            if self.page != self.to_page:
                message = N_("%(count)s components were moved to page *%(page)s*")
            return Sentence(message, {"count": len(self.ids), "page": page})
        message = N_("%(what)s was moved on page *%(page)s*")
        if self.page != self.to_page:
            message = N_("%(what)s was moved to page *%(page)s*")
        return Sentence(message, {"what": noun_of(app, self.layout_set, self.ids[0]), "page": page})
