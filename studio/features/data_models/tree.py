"""The visible part of the tree as HTML, and the fewest fragments that make one state of it into another."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from flask import current_app
from markupsafe import Markup

from studio.features.data_models.outline import Item
from studio.features.data_models.rows import opened_at_first
from studio.features.data_models.workplace import Workplace

_ARRANGE: Final = Markup('<template data-op="arrange" data-target="in-{}" data-order="{}">{}</template>\n')


@dataclass(frozen=True, eq=False)
class Tree:
    """What is seen of a model: the opened branches of the model, or of the type that is being looked at."""

    work: Workplace
    address: str  # of the editor's page, for links

    @cached_property
    def top(self) -> Item:
        """The model or type whose tree is shown."""
        return self.work.outline.top_of(self.work.selected)

    @cached_property
    def opened(self) -> frozenset[str]:
        """The ids of the open branches: those that somebody opened, and the way to what is chosen."""
        asked = self.work.spot.opened
        opened = opened_at_first(self.work.outline, self.top) if asked is None else asked
        around = {self.top.id, *(item.id for item in self.work.selected.above)}
        return opened | around | ({self.work.selected.id} if asked is None else set())

    @cached_property
    def _macros(self) -> Any:
        context = {
            "address": self.address,
            "language": self.work.language,
            "selected": self.work.selected.key,
        }
        return current_app.jinja_env.get_template("data_models/_tree.html").make_module(context)

    def children(self, item: Item) -> tuple[Item, ...]:
        """What is seen inside an item."""
        return self.work.outline.children(item) if item.id in self.opened else ()

    def html(self) -> Markup:
        """The whole tree."""
        return _markup(self._macros.tree(self.top, self.branch(self.top), not self.children(self.top)))

    @cached_property
    def rows(self) -> Mapping[str, Markup]:
        """Id -> the row of every item that is seen."""
        return {item.id: self._row(item) for item in self._seen(self.top)}

    def _seen(self, item: Item) -> Iterator[Item]:
        yield item
        for child in self.children(item):
            yield from self._seen(child)

    def _row(self, item: Item) -> Markup:
        return _markup(self._macros.row(self.work.rows.row(item), item.id in self.opened))

    def branch(self, item: Item) -> Markup:
        """An item with everything that is seen inside it."""
        inside = Markup("").join(self.branch(child) for child in self.children(item))
        return _markup(self._macros.branch(item, self.rows[item.id], inside))

    def inside(self, item: Item) -> Markup:
        """What is inside an item, for a branch that is being opened."""
        children = self.work.outline.children(item)
        rows = Markup("").join(self._macros.branch(child, self._row(child), "") for child in children)
        return _markup(self._macros.inside(item, rows))


def _markup(made: Any) -> Markup:
    """What a macro has made; everything in it was escaped there."""
    if not isinstance(made, Markup):
        raise TypeError
    return made


@dataclass(frozen=True)
class TreeDifference:
    """From one state of a tree to the next."""

    old: Tree
    new: Tree

    def html(self) -> str:
        """The fragments, in the words of lib/fragments.js."""
        if self.old.top.key != self.new.top.key or self._changes_shape(self.new.top):
            return str(self.new.html())
        return "".join(self._fragments(self.new.top))

    def _fragments(self, item: Item) -> Iterator[str]:
        if self.old.rows.get(item.id) != self.new.rows[item.id]:
            yield self.new.rows[item.id]
        was, now = self._ids(self.old, item), self._ids(self.new, item)
        children = self.new.children(item)
        # A branch without anything in it has no list to put anything into, so such a child comes whole.
        fresh = [child for child in children if child.id not in was or self._changes_shape(child)]
        if was != now or fresh:
            order = json.dumps([f"at-{name}" for name in now])
            made = Markup("").join(self.new.branch(child) for child in fresh)
            yield str(_ARRANGE.format(item.id, order, made))
        redrawn = {child.id for child in fresh}
        for child in children:
            if child.id not in redrawn:
                yield from self._fragments(child)

    def _changes_shape(self, item: Item) -> bool:
        return bool(self._ids(self.old, item)) != bool(self._ids(self.new, item))

    @staticmethod
    def _ids(tree: Tree, item: Item) -> list[str]:
        there = tree.work.outline.find(item.key)
        return [child.id for child in tree.children(there)] if there else []
