"""What of a page the browser works out by itself while somebody writes: which expressions, what they read.

The browser gets the components that its rules are about as a small layout of the same shape, and the data
that they read. A rule is left to the server where it reads something that is not known beforehand, or that
only the server knows (docs/reference/expressions.md). Everything here follows from the app's files alone,
but for the data: it is worked out once.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from markupsafe import Markup

from studio.definition.expressions import FormTree, Node, is_expression
from studio.definition.expressions.rows import split

# The yes-or-no properties that the browser follows.
FOLLOWED: Final = ("hidden", "required", "readOnly")
# Functions whose answer depends on their arguments alone.
_PLAIN: Final = frozenset(
    "and or not if equals notEquals greaterThan greaterThanEq lessThan lessThanEq compare plus minus "  # noqa: SIM905 - readable
    "multiply "
    "divide sum average count round concat contains notContains startsWith endsWith commaContains upperCase "
    "lowerCase upperCaseFirst lowerCaseFirst stringLength stringIndexOf stringSlice stringReplace formatDate "
    "list object jmespath language".split()
)
# Functions that ask what is around the form: their argument has to be known beforehand.
_AROUND: Final = frozenset({"instanceContext", "frontendSettings", "authContext", "countDataElements"})
_MOST_CALLS: Final = 2000

# The data type and the path, without indexes.
Place = tuple[str, str]


class _LeftToServer(Exception):
    """The rule reads something that the browser does not have."""


@dataclass
class _Needs:
    """What some rules read: fields, facts around the form, components, pages."""

    fields: set[Place] = field(default_factory=set)
    facts: set[tuple[str, str]] = field(default_factory=set)
    answers: dict[str, Node] = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)

    def add(self, other: "_Needs") -> None:
        self.fields |= other.fields
        self.facts |= other.facts
        self.answers |= other.answers
        self.pages |= other.pages


@dataclass(frozen=True)
class PageRules:
    """The rules of one page.

    `follows` is component id -> the properties that the browser follows. `pages` is the small layout as
    JSON: [{name, hidden?, components}]. `fields` are the fields that the rules read, (data type, path without
    indexes); `facts` what they ask around the form, (function, argument).
    """

    follows: Mapping[str, frozenset[str]]
    pages: Sequence[Mapping[str, Any]]
    fields: frozenset[Place]
    facts: frozenset[tuple[str, str]]

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


def page_rules(tree: FormTree, page: str, default_type: str) -> PageRules:
    """The rules of the page `page` of a form whose paths are in `default_type`."""
    work = _Work(tree, default_type)
    shared = _bound_twice((node for node in tree.nodes.values() if node.page == page), default_type)
    follows: dict[str, frozenset[str]] = {}
    needs = _Needs()
    for node in tree.nodes.values():
        if node.page != page or _is_summary(node):
            continue
        found = frozenset(
            name
            for name in FOLLOWED
            if is_expression(node.raw.get(name))
            and not (name == "hidden" and _holds(node, shared, default_type))
            and work.take(node.raw[name], node, needs)
        )
        if found:
            follows[node.id] = found
    if not follows:
        return NO_RULES
    return PageRules(
        follows, _small_layout(tree, follows, needs), frozenset(needs.fields), frozenset(needs.facts)
    )


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
            yield found[1] or default_type, found[0]


def _holds(node: Node, places: frozenset[Place], default_type: str) -> bool:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if not places.isdisjoint(_bindings(each, default_type)):
            return True
        waiting.extend(each.children)
    return False


class _Work:
    """Finds what expressions need, and remembers it for components that many rules ask about."""

    def __init__(self, tree: FormTree, default_type: str) -> None:
        self._tree = tree
        self._default = default_type
        self._known: dict[str, _Needs | None] = {}

    def take(self, expression: Any, node: Node, into: _Needs) -> bool:
        """Add what a rule needs; whether the browser can have it."""
        own = _Needs()
        try:
            self._read(expression, node, own)
        except _LeftToServer:
            return False
        into.add(own)
        into.answers.update({above.id: above for above in node.row_parents})
        return True

    def _read(self, expression: Any, node: Node | None, needs: _Needs) -> None:
        waiting, count = [expression], 0
        while waiting:
            call = waiting.pop()
            if not isinstance(call, list):
                continue
            count += 1
            if count > _MOST_CALLS or not is_expression(call):
                raise _LeftToServer
            waiting.extend(call[1:])
            self._call(call, node, needs)

    def _call(self, call: list[Any], node: Node | None, needs: _Needs) -> None:
        name, given = call[0], call[1:]
        if name in _PLAIN:
            return
        if not given or not all(isinstance(each, str | None) for each in given) or given[0] is None:
            raise _LeftToServer
        if name == "dataModel" and len(given) <= 2:
            data_type = given[1] if len(given) == 2 else None
            needs.fields.add((data_type or self._type_at(node), _without_indexes(given[0])))
        elif name in _AROUND and len(given) == 1:
            needs.facts.add((name, given[0]))
        elif name == "component" and len(given) == 1:
            self._component(given[0], needs)
        else:
            raise _LeftToServer

    def _component(self, component_id: str, needs: _Needs) -> None:
        if component_id not in self._known:
            # Components may ask about one another.
            self._known[component_id] = _Needs()
            try:
                self._known[component_id] = self._answer(component_id)
            except (_LeftToServer, RecursionError):
                self._known[component_id] = None
        known = self._known[component_id]
        if known is None:
            raise _LeftToServer
        needs.add(known)

    def _answer(self, component_id: str) -> _Needs:
        """What the answer of a component depends on: its field, and all that may hide it."""
        needs = _Needs()
        node = self._tree.nodes.get(component_id)
        if node is None:
            return needs
        binding = node.binding("simpleBinding")
        if binding is not None:
            needs.fields.add((binding[1] or self._default, _without_indexes(binding[0])))
        page = self._tree.page(node.page)
        needs.pages.add(node.page)
        self._read(page.hidden if page else False, None, needs)
        above: Node | None = node
        while above is not None:
            needs.answers[above.id] = above
            self._read(above.raw.get("hidden"), above, needs)
            self._read(above.raw.get("hiddenRow"), above, needs)
            above = above.parent
        return needs

    def _type_at(self, node: Node | None) -> str:
        """The data type that paths are in where an expression stands: that of the rows around it."""
        groups = node.row_parents if node else ()
        binding = groups[-1].binding("group") if groups else None
        return (binding and binding[1]) or self._default


def _without_indexes(path: str) -> str:
    return ".".join(name for name, _ in split(path) if name)


def _small_layout(
    tree: FormTree, follows: Mapping[str, frozenset[str]], needs: _Needs
) -> tuple[Mapping[str, Any], ...]:
    kept: dict[str, Node] = {}
    for component_id in (*follows, *needs.answers):
        node: Node | None = tree.nodes[component_id]
        while node is not None and node.id not in kept:
            kept[node.id] = node
            node = node.parent
    pages: dict[str, dict[str, Any]] = {}
    for page in tree.pages:
        nodes = [node for node in tree.nodes.values() if node.page == page.name and node.id in kept]
        if nodes:
            components = [_small(node, kept, follows.get(node.id), needs) for node in nodes]
            pages[page.name] = {"name": page.name, "components": components}
            if page.name in needs.pages and page.hidden not in (None, False):
                pages[page.name]["hidden"] = page.hidden
    return tuple(pages.values())


def _small(
    node: Node, kept: Mapping[str, Node], follows: frozenset[str] | None, needs: _Needs
) -> dict[str, Any]:
    """A component with what the rules need of it. Every container is a group: only rows are different."""
    small: dict[str, Any] = {"id": node.id}
    inside = [child for child in node.children if child.id in kept]
    if node.repeats:
        small["type"] = "RepeatingGroup"
        for part, key in (("before", "rowsBefore"), ("after", "rowsAfter")):
            cells = [{"component": child.id} for child in inside if child.part == part]
            small |= {key: [{"cells": cells}]} if cells else {}
        inside = [child for child in inside if child.part == "row"]
        small |= {key: node.raw[key] for key in ("hiddenRow", "tableColumns") if key in node.raw}
        edit = node.raw.get("edit")
        small |= {"edit": {"mode": edit["mode"]}} if isinstance(edit, Mapping) and "mode" in edit else {}
        small["dataModelBindings"] = {"group": _written(node.binding("group"))}
    elif inside:
        small["type"] = "Group"
    if inside:
        small["children"] = [child.id for child in inside]
    bound = node.binding("simpleBinding")
    if node.id in needs.answers and bound is not None:
        small["dataModelBindings"] = {"simpleBinding": _written(bound)}
    wanted = (follows or frozenset()) | ({"hidden"} if node.id in needs.answers else frozenset())
    given = {name: node.raw.get(name) for name in FOLLOWED if name in wanted}
    return small | {name: value for name, value in given.items() if value not in (None, False)}


def _written(binding: tuple[str, str | None] | None) -> Any:
    if binding is None or binding[1] is None:
        return binding and binding[0]
    return {"field": binding[0], "dataType": binding[1]}


def _part(value: Any, paths: Mapping[str, Any]) -> Any:
    """What lies at some paths of a value; in lists, of each item."""
    if "" in paths:
        return value
    if isinstance(value, list):
        return [_part(item, paths) for item in value]
    if isinstance(value, dict):
        return {name: _part(value[name], inner) for name, inner in paths.items() if name in value}
    return value
