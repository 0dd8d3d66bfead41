"""The components of a form as a tree: who holds whom, which repeat, and what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

# Types whose children the platform knows; every other type is a leaf. Compared without regard to case.
_CHILD_LISTS: Final = frozenset({"group", "repeatinggroup", "accordion", "accordiongroup", "buttongroup"})


@dataclass(eq=False)
class Node:
    """A component in its place. `part`: whether a repeating group holds it in, before or after its rows."""

    id: str
    type: str
    raw: Mapping[str, Any]
    page: str
    part: str = "row"
    parent: "Node | None" = None
    children: "list[Node]" = field(default_factory=list)

    @property
    def repeats(self) -> bool:
        """Whether the component holds rows."""
        kind = self.type.lower()
        if kind == "group":
            # Groups of the first generations repeated by their number of rows; 0 was any number.
            return self.raw.get("maxCount", 1) != 1 and self.binding("group") is not None
        return kind == "repeatinggroup"

    @cached_property
    def row_parents(self) -> "tuple[Node, ...]":
        """The repeating groups in whose rows the component is, outermost first."""
        found: list[Node] = []
        child, parent = self, self.parent
        while parent is not None:
            if parent.repeats and child.part == "row":
                found.append(parent)
            child, parent = parent, parent.parent
        return tuple(reversed(found))

    def binding(self, key: str) -> tuple[str, str | None] | None:
        """(path, data type or None) that a key is bound to; None where it is not bound."""
        bindings = self.raw.get("dataModelBindings")
        given = bindings.get(key) if isinstance(bindings, Mapping) else None
        if isinstance(given, str) and given:
            return given, None
        if isinstance(given, Mapping) and isinstance(given.get("field"), str):
            data_type = given.get("dataType")
            return given["field"], data_type if isinstance(data_type, str) else None
        return None


@dataclass(frozen=True, eq=False)
class PageLayout:
    """A page as the tree is made of: its name, its components (JSON, file order) and when it is hidden."""

    name: str
    components: Sequence[Mapping[str, Any]]
    hidden: Any = False


@dataclass(frozen=True, eq=False)
class FormTree:
    """All pages of a form. `problems` says what is wrong with ids and children, in technical words."""

    pages: tuple[PageLayout, ...]
    roots: Mapping[str, tuple[Node, ...]]
    nodes: Mapping[str, Node]
    problems: tuple[str, ...]

    def page(self, name: str) -> PageLayout | None:
        """The page with this name."""
        return next((page for page in self.pages if page.name == name), None)


def form_tree(pages: Sequence[PageLayout]) -> FormTree:
    """The tree of some pages. Never raises: what is wrong becomes a problem, and the first claim wins."""
    nodes: dict[str, Node] = {}
    roots: dict[str, tuple[Node, ...]] = {}
    problems: list[str] = []
    for page in pages:
        on_page = _nodes(page, nodes, problems)
        for node in on_page.values():
            _claim(node, on_page, problems)
        roots[page.name] = tuple(node for node in on_page.values() if node.parent is None)
        nodes |= on_page
    return FormTree(tuple(pages), roots, nodes, tuple(problems))


def _nodes(page: PageLayout, taken: Mapping[str, Node], problems: list[str]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for raw in page.components:
        identity = raw.get("id")
        if not isinstance(identity, str) or not identity:
            problems.append(f"A component on page {page.name} has no id")
        elif identity in found or identity in taken:
            problems.append(f"Duplicate component id {identity} on page {page.name}")
        else:
            found[identity] = Node(identity, str(raw.get("type", "")), raw, page.name)
    return found


def _claim(parent: Node, on_page: Mapping[str, Node], problems: list[str]) -> None:
    for child_id, part in claimed_ids(parent.raw):
        child = on_page.get(child_id)
        if child is None:
            problems.append(f"Component {parent.id} has a child that does not exist: {child_id}")
        elif child.parent is not None:
            problems.append(f"Component {child_id} is a child of both {child.parent.id} and {parent.id}")
        elif child is parent or child in _above(parent):
            problems.append(f"Component {child_id} is inside itself")
        else:
            child.parent, child.part = parent, part
            parent.children.append(child)


def _above(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def claimed_ids(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(id, part) of every component that this one holds."""
    kind = str(raw.get("type", "")).lower()
    if kind == "repeatinggroup":
        yield from ((child, "before") for child in _cells(raw.get("rowsBefore")))
    if kind in _CHILD_LISTS:
        edit = raw.get("edit")
        paged = isinstance(edit, Mapping) and edit.get("multiPage") is True
        for child in _strings(raw.get("children")):
            yield (child.split(":", 1)[1] if paged and child.split(":", 1)[0].isdecimal() else child), "row"
    if kind == "repeatinggroup":
        yield from ((child, "after") for child in _cells(raw.get("rowsAfter")))
    if kind == "grid":
        yield from ((child, "row") for child in _cells(raw.get("rows")))
    for part in _mappings(raw.get(kind)) if kind in {"tabs", "cards"} else ():
        if kind == "cards" and isinstance(part.get("media"), str):
            yield part["media"], "row"
        yield from ((child, "row") for child in _strings(part.get("children")))


def _cells(rows: Any) -> Iterator[str]:
    for row in _mappings(rows):
        for cell in _mappings(row.get("cells")):
            if isinstance(cell.get("component"), str):
                yield cell["component"]


def _strings(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
