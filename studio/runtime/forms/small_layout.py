"""The components that a page's rules are about, as a layout of the same shape that is as small as can be."""

from collections.abc import Mapping
from typing import Any, Final

from studio.definition.expressions import FormTree, Node
from studio.runtime.forms.filters import Lists, asked_of_options
from studio.runtime.forms.page_reads import Needs

# The yes-or-no properties that the browser follows, what stands before the slot of a text that it does, and
# the name of the options that are offered.
FLAGS: Final = ("hidden", "required", "readOnly")
TEXT: Final = "text."
OPTIONS: Final = "options"


def small_layout(
    tree: FormTree, follows: Mapping[str, frozenset[str]], needs: Needs, lists: Lists
) -> tuple[Mapping[str, Any], ...]:
    """[{name, hidden?, components}] of every page with something that the rules are about."""
    kept: dict[str, Node] = {}
    for component_id in (*follows, *needs.answers):
        node: Node | None = tree.nodes[component_id]
        while node is not None and node.id not in kept:
            kept[node.id] = node
            node = node.parent
    pages: dict[str, dict[str, Any]] = {}
    for page in tree.pages:
        nodes = [node for node in tree.nodes.values() if node.page == page.name and node.id in kept]
        if nodes or page.name in needs.pages:
            components = [_small(node, kept, follows.get(node.id), needs, lists) for node in nodes]
            pages[page.name] = {"name": page.name, "components": components}
            if page.name in needs.pages and page.hidden not in (None, False):
                pages[page.name]["hidden"] = page.hidden
    return tuple(pages.values())


def _small(
    node: Node, kept: Mapping[str, Node], follows: frozenset[str] | None, needs: Needs, lists: Lists
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
    given = {name: node.raw.get(name) for name in FLAGS if name in wanted}
    small |= {name: value for name, value in given.items() if value not in (None, False)}
    texts = node.raw.get("textResourceBindings")
    slots = {name.removeprefix(TEXT) for name in wanted if name.startswith(TEXT)}
    if slots and isinstance(texts, Mapping):
        small["textResourceBindings"] = {slot: texts[slot] for slot in texts if slot in slots}
    if OPTIONS in wanted:
        small["optionFilter"] = node.raw["optionFilter"]
        small["options"] = asked_of_options(node.raw, node.type, lists)
    if "value" in wanted:
        shown = ("type", "value", "formatting", "format")
        small |= {name: node.raw[name] for name in shown if name in node.raw}
    return small


def _written(binding: tuple[str, str | None] | None) -> Any:
    if binding is None or binding[1] is None:
        return binding and binding[0]
    return {"field": binding[0], "dataType": binding[1]}
