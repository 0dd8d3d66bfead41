"""What of a page the browser works out by itself while somebody writes: which expressions, what they read.

The browser gets the components that its rules are about as a small layout of the same shape, and the data
that they read. A rule is left to the server where it reads something that is not known beforehand, or that
only the server knows (docs/reference/expressions.md). Everything here follows from the app's files alone,
but for the data: it is worked out once.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from markupsafe import Markup

from studio.definition.data_model import Field
from studio.definition.expressions import FormTree, Node, is_expression
from studio.definition.expressions.rows import split
from studio.definition.rules import Calculation, Validations
from studio.runtime.forms.filters import Options, filterable
from studio.runtime.forms.masks import sources_of
from studio.runtime.forms.page_fields import checks_of, worked_out
from studio.runtime.forms.page_reads import Needs, Place, Reads, Texts, without_indexes
from studio.runtime.forms.small_layout import FLAGS, OPTIONS, TEXT, small_layout

# Types that show a value which an expression gives.
_SHOWING: Final = frozenset({"Text", "Number", "Date"})


@dataclass(frozen=True, slots=True)
class OwnRules:
    """What an app says about the fields of the form's data type, its texts, and its lists of options."""

    validations: Validations = field(default_factory=Validations)
    calculations: tuple[Calculation, ...] = ()
    field_of: Callable[[str], Field | None] = lambda _path: None
    texts: Texts = field(default_factory=Texts)
    options: Callable[[str], Options | None] = lambda _list: None


NOTHING_OWN: Final = OwnRules()


@dataclass(frozen=True)
class PageRules:
    """The rules of one page.

    `follows` is component id -> the properties that the browser follows: flags, "text.title", "value",
    "options".
    `pages` is the small layout as JSON: [{name, hidden?, components}]. `fields` are the fields that the rules
    read, (data type, path without indexes); `facts` what they ask around the form, (function, argument).
    `checks` is path -> what its answer must keep, `worked` what is worked out (page_fields.py), and `texts`
    are the keys of the texts that the browser fills in. `ways` are the pages that come and go with answers
    on this one.
    """

    follows: Mapping[str, frozenset[str]]
    pages: Sequence[Mapping[str, Any]]
    fields: frozenset[Place]
    facts: frozenset[tuple[str, str]]
    checks: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    worked: Sequence[Mapping[str, Any]] = ()
    texts: frozenset[str] = frozenset()
    ways: frozenset[str] = frozenset()

    def of(self, component_id: str) -> frozenset[str]:
        """The properties of a component that the browser follows."""
        return self.follows.get(component_id, frozenset())

    @cached_property
    def _paths(self) -> Mapping[str, Mapping[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for data_type, path in self.fields:
            part = found.setdefault(data_type, {})
            for name, _ in split(path):
                part = part.setdefault(name, {})
            part[""] = True
        return found

    def read(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The part of the form data (data type -> JSON) that the rules read, and nothing else."""
        return {
            data_type: _part(data.get(data_type) or {}, paths) for data_type, paths in self._paths.items()
        }


NO_RULES: Final = PageRules({}, (), frozenset(), frozenset())


def page_rules(tree: FormTree, page: str, default_type: str, own: OwnRules = NOTHING_OWN) -> PageRules:
    """The rules of the page `page` of a form whose paths are in `default_type`."""
    return _Page(tree, page, default_type, own).rules()


class _Page:
    """Finds what of a page the browser can follow."""

    def __init__(self, tree: FormTree, page: str, default_type: str, own: OwnRules) -> None:
        self._tree = tree
        self._default = default_type
        self._own = own
        self._reads = Reads(tree, default_type, own.texts)
        self._needs = Needs()
        self._follows: dict[str, set[str]] = {}
        nodes = [node for node in tree.nodes.values() if node.page == page]
        self._nodes = [node for node in nodes if not _is_summary(node)]
        self._shared = _bound_twice(nodes, default_type)
        # What is written into on this page.
        self._written = _Fields(place for node in self._nodes for place in _bindings(node, default_type))

    def rules(self) -> PageRules:
        """What the browser gets."""
        calculations = self._that_change()
        changing = _Fields([*self._written, *((self._default, path) for path in calculations)])
        for node in self._nodes:
            self._flags(node)
            self._texts(node, changing)
            self._options(node, changing)
        ways = frozenset(self._ways(changing))
        checks = dict(self._checks())
        worked = self._wanted(calculations)
        if not (self._follows or checks or worked or ways):
            return NO_RULES
        needs = self._needs
        follows = {component_id: frozenset(found) for component_id, found in self._follows.items()}
        return PageRules(
            follows,
            small_layout(self._tree, follows, needs, self._own.options),
            frozenset(needs.fields),
            frozenset(needs.facts),
            checks,
            worked,
            frozenset(needs.texts),
            ways,
        )

    def _ways(self, changing: "_Fields") -> Iterator[str]:
        """The pages that are hidden or shown by a field of this page."""
        for page in self._tree.pages:
            needs = self._reads.of_page(page.hidden) if is_expression(page.hidden) else None
            if needs is not None and any(changing.touch(place) for place in needs.fields):
                self._needs.add(needs)
                self._needs.pages.add(page.name)
                yield page.name

    def _flags(self, node: Node) -> None:
        for name in FLAGS:
            if is_expression(node.raw.get(name)) and not (
                name == "hidden" and _holds(node, self._shared, self._default)
            ):
                self._follow(node, name, self._reads.of_component(node.raw[name], node))

    def _texts(self, node: Node, changing: "_Fields") -> None:
        """Texts, and values that are shown, which are others when a field of the page is."""
        bindings = node.raw.get("textResourceBindings")
        found = {
            TEXT + slot: self._reads.of_text(text, node)
            for slot, text in (bindings.items() if isinstance(bindings, Mapping) else ())
        }
        if node.type in _SHOWING and is_expression(node.raw.get("value")):
            found["value"] = self._reads.of_component(node.raw["value"], node)
        for name, needs in found.items():
            if needs is not None and any(changing.touch(place) for place in needs.fields):
                self._follow(node, name, needs)

    def _options(self, node: Node, changing: "_Fields") -> None:
        """Which options are offered, where that is another matter when a field of the page is."""
        if filterable(node.raw, node.type, self._own.options) is None:
            return
        needs = self._reads.of_option(node.raw["optionFilter"], node)
        if needs is not None and any(changing.touch(place) for place in needs.fields):
            self._follow(node, OPTIONS, needs)

    def _follow(self, node: Node, name: str, needs: Needs | None) -> None:
        if needs is not None:
            self._needs.add(needs)
            self._follows.setdefault(node.id, set()).add(name)

    def _checks(self) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
        """The rules of the fields that the page asks for: all of those of a field, or none."""
        for node in self._nodes:
            told = "Expression" in sources_of(node.raw.get("showValidations"), "AllExceptRequired")
            for place in _bindings(node, self._default):
                rules = self._own.validations.rules.get(place[1], ())
                if not rules or place[0] != self._default:
                    continue
                needs = self._reads.of_field(
                    place, (each.condition for each in rules), (each.message for each in rules)
                )
                if needs is not None and (told or all(each.show_immediately for each in rules)):
                    self._needs.add(needs)
                    self._needs.fields.add(place)
                    yield place[1], checks_of(rules)

    def _that_change(self) -> dict[str, Needs]:
        """Path -> needs of what is worked out of the answers on this page, also by way of one another."""
        known = {
            each.path: needs
            for each in self._own.calculations
            if (needs := self._reads.of_field((self._default, each.path), [each.expression])) is not None
        }
        changing, found = _Fields(self._written), dict[str, Needs]()
        while more := {
            path: needs
            for path, needs in known.items()
            if path not in found and any(changing.touch(place) for place in needs.fields)
        }:
            found |= more
            changing.add((self._default, path) for path in more)
        return found

    def _wanted(self, changing: Mapping[str, Needs]) -> Sequence[Mapping[str, Any]]:
        """The calculations whose result this page shows or reads, also by way of one another."""
        read, found = _Fields([*self._written, *self._needs.fields]), dict[str, Needs]()
        while more := {
            path: needs
            for path, needs in changing.items()
            if path not in found and read.touch((self._default, path))
        }:
            found |= more
            for path, needs in more.items():
                self._needs.add(needs)
                self._needs.fields.add((self._default, path))
                read.add(needs.fields)
        given = [each for each in self._own.calculations if each.path in found]
        return [
            each | {"reads": sorted("::".join(place) for place in found[each["path"]].fields)}
            for each in worked_out(given, self._default, self._own.field_of)
        ]


class _Fields:
    """Fields of which one can be asked whether it is another one, or lies in it."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places: set[Place] = set()
        self._above: set[Place] = set()
        self.add(places)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places)

    def add(self, places: Iterable[Place]) -> None:
        """More of them."""
        for place in places:
            self._places.add(place)
            self._above.update(_prefixes(place))

    def touch(self, place: Place) -> bool:
        """Whether a field is one of them, holds one, or lies in one."""
        return place in self._above or not self._places.isdisjoint(_prefixes(place))


def _prefixes(place: Place) -> Iterator[Place]:
    names = place[1].split(".")
    return ((place[0], ".".join(names[:size])) for size in range(1, len(names) + 1))


def as_script(value: Any) -> Markup:
    """JSON that can stand in a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=float)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - nothing in it can end the element


def _is_summary(node: Node) -> bool:
    return node.raw.get("renderAsSummary") not in (None, False)


def _bound_twice(nodes: Iterable[Node], default_type: str) -> frozenset[Place]:
    """Fields that several components ask for: both cannot be on the page under one name."""
    count = Counter(place for node in nodes for place in set(_bindings(node, default_type)))
    return frozenset(place for place, times in count.items() if times > 1)


def _bindings(node: Node, default_type: str) -> Iterator[Place]:
    bindings = node.raw.get("dataModelBindings")
    for key in bindings if isinstance(bindings, Mapping) else ():
        found = node.binding(key)
        if found is not None:
            yield found[1] or default_type, without_indexes(found[0])


def _holds(node: Node, places: frozenset[Place], default_type: str) -> bool:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if not places.isdisjoint(_bindings(each, default_type)):
            return True
        waiting.extend(each.children)
    return False


def _part(value: Any, paths: Mapping[str, Any]) -> Any:
    """What lies at some paths of a value; in lists, of each item."""
    if "" in paths:
        return value
    if isinstance(value, list):
        return [_part(item, paths) for item in value]
    if isinstance(value, dict):
        return {name: _part(value[name], inner) for name, inner in paths.items() if name in value}
    return value
