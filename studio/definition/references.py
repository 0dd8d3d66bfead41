"""Who names which component or page: where an id stands in the files, for renaming and deleting.

Sources of the places: components.md (containers, Summary, Summary2, Grid, RepeatingGroup), expressions.md
(the functions that take a component or a page), app-format.md 6.4 and 6.7 (settings, rules).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from studio.definition.layouts import LayoutSet, claims

# Functions of the expression language and which of their arguments is an id.
_COMPONENT_FUNCTIONS: Final[Mapping[str, int]] = {"component": 1, "displayValue": 1, "linkToComponent": 2}
_PAGE_FUNCTIONS: Final[Mapping[str, int]] = {"linkToPage": 2}
# Properties that hold one id, or a list of ids, of components.
_ID_PROPERTIES: Final = frozenset({"componentRef", "labelFrom", "componentId"})
_ID_LISTS: Final = frozenset({"excludedChildren", "tableHeaders"})

Where = Literal["value", "key"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A place that names an id. Where `where` is "key", it is the name of the member at `pointer`.

    `prefix` stands before the id there; `removable` says that the item at `pointer` is about nothing else.
    """

    pointer: str
    where: Where = "value"
    prefix: str = ""
    removable: bool = False


def in_component(raw: Mapping[str, Any], component_id: str) -> Iterator[Reference]:
    """Where one component names another; pointers are inside the component."""
    for claim in claims(raw):
        if claim.id == component_id:
            yield Reference(
                claim.pointer, prefix=claim.prefix, removable=not claim.pointer.endswith("/component")
            )
    columns = raw.get("tableColumns")
    if isinstance(columns, dict) and component_id in columns:
        yield Reference(f"/tableColumns/{_escaped(component_id)}", "key", removable=True)
    target = raw.get("target")
    if isinstance(target, dict) and target.get("type") == "component" and target.get("id") == component_id:
        yield Reference("/target/id")
    yield from _mentions(raw, component_id, "")
    yield from in_expressions(raw, component_id, _COMPONENT_FUNCTIONS)


def _mentions(value: Any, component_id: str, pointer: str) -> Iterator[Reference]:
    """Properties anywhere in a component that hold the id."""
    if isinstance(value, list):
        for place, item in enumerate(value):
            yield from _mentions(item, component_id, f"{pointer}/{place}")
    elif isinstance(value, dict):
        for key, item in value.items():
            inner = f"{pointer}/{_escaped(key)}"
            if key in _ID_PROPERTIES and item == component_id:
                yield Reference(inner)
            elif key in _ID_LISTS and isinstance(item, list):
                yield from (
                    Reference(f"{inner}/{place}", removable=True)
                    for place, named in enumerate(item)
                    if named == component_id
                )
            else:
                yield from _mentions(item, component_id, inner)


def in_expressions(
    value: Any, name: str, functions: Mapping[str, int], pointer: str = ""
) -> Iterator[Reference]:
    """Calls of `functions` anywhere in `value` that name `name`."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from in_expressions(item, name, functions, f"{pointer}/{_escaped(key)}")
    elif isinstance(value, list):
        argument = functions.get(value[0]) if value and isinstance(value[0], str) else None
        if argument is not None and len(value) > argument and value[argument] == name:
            yield Reference(f"{pointer}/{argument}")
        for place, item in enumerate(value):
            yield from in_expressions(item, name, functions, f"{pointer}/{place}")


def asked_about(value: Any) -> Iterator[str]:
    """The ids of the components that expressions anywhere in `value` ask about, however deep it is."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        waiting.extend(item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
        if not isinstance(item, list) or not item or not isinstance(item[0], str):
            continue
        argument = _COMPONENT_FUNCTIONS.get(item[0])
        if argument is not None and len(item) > argument and isinstance(item[argument], str):
            yield item[argument]


def page_in_component(raw: Mapping[str, Any], page: str) -> Iterator[Reference]:
    """Where a component names a page; pointers are inside the component."""
    target = raw.get("target")
    if isinstance(target, dict) and target.get("type") == "page" and target.get("id") == page:
        yield Reference("/target/id")
    overrides = raw.get("overrides")
    for place, override in enumerate(overrides if isinstance(overrides, list) else []):
        if isinstance(override, dict) and override.get("pageId") == page:
            yield Reference(f"/overrides/{place}/pageId")
    yield from in_expressions(raw, page, _PAGE_FUNCTIONS)


def component_in_page(raw: Mapping[str, Any], component_id: str) -> Iterator[Reference]:
    """Where a page's own properties name a component; pointers are inside the page's `data`."""
    own = {key: value for key, value in raw.items() if key != "layout"}
    yield from in_expressions(own, component_id, _COMPONENT_FUNCTIONS)


def component_in_settings(settings: Mapping[str, Any], component_id: str) -> Iterator[Reference]:
    """Where a Settings.json names a component."""
    components = settings.get("components")
    excluded = components.get("excludeFromPdf") if isinstance(components, dict) else None
    for place, named in enumerate(excluded if isinstance(excluded, list) else []):
        if named == component_id:
            yield Reference(f"/components/excludeFromPdf/{place}", removable=True)


def page_in_settings(settings: Mapping[str, Any], page: str) -> Iterator[Reference]:
    """Where a Settings.json names a page: its order, its groups, what the PDF leaves out."""
    pages = settings.get("pages")
    pages = pages if isinstance(pages, dict) else {}
    for key in ("order", "excludeFromPdf"):
        yield from _listed(pages.get(key), page, f"/pages/{key}")
    groups = pages.get("groups")
    for place, group in enumerate(groups if isinstance(groups, list) else []):
        if isinstance(group, dict):
            yield from _listed(group.get("order"), page, f"/pages/groups/{place}/order")
    if pages.get("pdfLayoutName") == page:
        yield Reference("/pages/pdfLayoutName", removable=True)


def _listed(names: Any, wanted: str, pointer: str) -> Iterator[Reference]:
    for place, name in enumerate(names if isinstance(names, list) else []):
        if name == wanted:
            yield Reference(f"{pointer}/{place}", removable=True)


def component_in_rules(rules: Any, component_id: str) -> Iterator[Reference]:
    """Where a RuleConfiguration.json (v8) shows or hides a component."""
    data = rules.get("data") if isinstance(rules, dict) else None
    conditions = data.get("conditionalRendering") if isinstance(data, dict) else None
    for rule_id, rule in conditions.items() if isinstance(conditions, dict) else ():
        fields = rule.get("selectedFields") if isinstance(rule, dict) else None
        for key, named in fields.items() if isinstance(fields, dict) else ():
            # In repeating groups the id carries a mark for each row index: "name{0}".
            if isinstance(named, str) and named.partition("{")[0] == component_id:
                pointer = f"/data/conditionalRendering/{_escaped(rule_id)}/selectedFields/{_escaped(key)}"
                yield Reference(pointer, removable=True)


def shows_set(raw: Mapping[str, Any], own: LayoutSet, shown: LayoutSet) -> bool:
    """Whether the ids in a component's `target` are of `shown`: its own set, or that of the task it names."""
    target = raw.get("target")
    task = target.get("taskId") if isinstance(target, dict) else None
    return own.id == shown.id if not task else task in (*shown.tasks, shown.id)


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
