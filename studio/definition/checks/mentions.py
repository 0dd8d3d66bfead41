"""Checks of names in properties: components, pages, forms, steps and data types that do not exist."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.checks.places import Placing, finding
from studio.definition.components import Mention, Target, component_type, mentions
from studio.definition.findings import Finding
from studio.definition.layouts import Component, LayoutSet, Page, claims
from studio.definition.sentences import N_, Sentence

# Names with a meaning of their own where data types are named (components.md, AttachmentList).
_SPECIAL_DATA_TYPES: Final = frozenset({"ref-data-as-pdf", "include-all", "from-task"})


def check_mentions(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """Every name in a property of every component. Children and options are looked at elsewhere."""
    for layout_set in app.layout_sets:
        for page, component in layout_set.components():
            for mention in _followed(component):
                if not _EXIST[mention.to](app, layout_set, mention.name):
                    yield _missing(placing, page, component, mention)


def _followed(component: Component) -> Iterator[Mention]:
    kind = component_type(component.type)
    children = {claim.pointer for claim in claims(component.raw)}
    target = component.raw.get("target")
    elsewhere = isinstance(target, dict) and target.get("taskId")
    for mention in mentions(kind, component.raw) if kind else ():
        is_of_another_form = elsewhere and mention.pointer.startswith("/overrides/")
        if mention.to in _EXIST and mention.pointer not in children and not is_of_another_form:
            yield mention


def _missing(placing: Placing, page: Page, component: Component, mention: Mention) -> Finding:
    values: dict[str, str | int | Sentence] = {
        "id": component.called,
        "property": mention.about.label,
        "name": mention.name,
    }
    sentence = Sentence(N_("%(id)s names %(name)s (%(property)s), which does not exist."), values)
    place = placing.component(page, component, mention.pointer)
    return finding("missing-reference", "warning", place, sentence, N_("Choose one that exists."))


_EXIST: Final[Mapping[Target, Callable[[AppDefinition, LayoutSet, str], bool]]] = {
    "component": lambda _app, layout_set, name: layout_set.find(name) is not None,
    "page": lambda _app, layout_set, name: layout_set.page(name) is not None,
    "layout set": lambda app, _layout_set, name: app.layout_set(name) is not None,
    "task": lambda app, _layout_set, name: _is_task(app, name),
    "data type": lambda app, _layout_set, name: (
        name in _SPECIAL_DATA_TYPES or app.metadata.data_type(name) is not None
    ),
}


def _is_task(app: AppDefinition, name: str) -> bool:
    # Pages may be made for a step that is a form without a step of the process (its receipt, a subform).
    known = app.process is None or app.process.task(name) is not None
    return known or app.layout_set_for_task(name) is not None or app.layout_set(name) is not None
