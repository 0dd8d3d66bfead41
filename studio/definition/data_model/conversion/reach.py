"""What a particle can bring with it: the names of its elements, and whether it can be empty."""

from typing import Final

from lxml import etree

from studio.definition.data_model.conversion.definitions import Definitions
from studio.definition.data_model.conversion.elements import name_of
from studio.definition.data_model.conversion.occurrences import ONCE, Occurs, occurs
from studio.definition.data_model.xsd_documents import XS
from studio.definition.sentences import N_, Sentence

ELEMENT: Final = f"{XS}element"
GROUP: Final = f"{XS}group"
CHOICE: Final = f"{XS}choice"
ANY: Final = f"{XS}any"
INSIDE: Final = (ELEMENT, GROUP, CHOICE, f"{XS}sequence", f"{XS}all", ANY)
_MAX_DEPTH: Final = 200


def members(definitions: Definitions, part: etree._Element) -> list[etree._Element]:
    """The elements that can stand in place of the one that is referred to, with that one; else none."""
    if not part.get("ref"):
        return []
    head = definitions.target("element", part, part.get("ref", ""))
    others = definitions.substitutes.get(head, [])
    return [] if not others else [one for one in (head, *others) if one.get("abstract") != "true"]


def stands_in_choice(part: etree._Element) -> bool:
    """Whether a part is an alternative that was written as one."""
    parent = part.getparent()
    return parent is not None and parent.tag == CHOICE


class Reach:
    """Answers remembered for each group: groups of groups would otherwise be walked again and again."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self._empty: dict[etree._Element, bool] = {}
        self._names: dict[etree._Element, frozenset[str]] = {}

    def can_be_empty(self, part: etree._Element, depth: int = 0) -> bool:
        """Whether a particle or named group accepts nothing at all."""
        self._refuse_circles(part, depth)
        if occurs(self.definitions.documents, part).low == 0:
            return True
        if part.tag in (ELEMENT, ANY):
            return False
        if part.tag == GROUP and part.get("ref"):
            target = self._target(part)
            if target not in self._empty:
                self._empty[target] = self.can_be_empty(target, depth + 1)
            return self._empty[target]
        inside = (self.can_be_empty(child, depth + 1) for child in part.iterchildren(*INSIDE))
        return any(inside) if part.tag == CHOICE else all(inside)

    def alternative_can_be_empty(self, part: etree._Element) -> bool:
        """The same of an alternative of a choice. A choice inside it counts as if it came once."""
        if part.tag == CHOICE:
            return any(self.can_be_empty(child) for child in part.iterchildren(*INSIDE))
        return stands_in_choice(part) and self.can_be_empty(part)

    def names(self, part: etree._Element, depth: int = 0) -> frozenset[str]:
        """The names of all elements that a particle or named group can bring."""
        self._refuse_circles(part, depth)
        if part.tag == ELEMENT:
            return frozenset(map(name_of, members(self.definitions, part) or [part]))
        if part.tag == GROUP and part.get("ref"):
            target = self._target(part)
            if target not in self._names:
                self._names[target] = self.names(target, depth + 1)
            return self._names[target]
        return frozenset[str]().union(*(self.names(child, depth + 1) for child in part.iterchildren(*INSIDE)))

    def lists(self, part: etree._Element, outer: Occurs = ONCE, depth: int = 0) -> dict[str, bool]:
        """The names of the elements that a particle or type holds itself, and whether each can repeat."""
        self._refuse_circles(part, depth)
        total = outer.times(occurs(self.definitions.documents, part))
        if part.tag == ELEMENT:
            return {name_of(part): total.repeats}
        if part.tag == GROUP and part.get("ref"):
            return self.lists(self._target(part), total, depth + 1)
        found: dict[str, bool] = {}
        for child in part.iterchildren(*INSIDE):
            for name, repeats in self.lists(child, total, depth + 1).items():
                found[name] = repeats or name in found
        return found

    def _target(self, part: etree._Element) -> etree._Element:
        return self.definitions.target("group", part, part.get("ref", ""))

    def _refuse_circles(self, part: etree._Element, depth: int) -> None:
        if depth > _MAX_DEPTH:
            sentence = Sentence(N_("The groups contain one another without end. Make one of them a type."))
            raise self.definitions.documents.broken(part, sentence)
