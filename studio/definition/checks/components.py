"""Checks of single components: their type, their options, and whom they name."""

from collections.abc import Iterator
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.checks.places import Placing, finding
from studio.definition.components import ComponentType, component_type, known_elsewhere
from studio.definition.findings import Finding
from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.option_sources import list_ids
from studio.definition.options import is_library_list
from studio.definition.sentences import N_, Sentence

_SOURCES: Final = frozenset({"options", "optionsId", "source"})


def check_components(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """Every component of every page."""
    for layout_set in app.layout_sets:
        for page, component in layout_set.components():
            kind = component_type(component.type)
            yield from _type(placing, page, component, kind)
            yield from _options(app, placing, page, component, kind)
            yield from _files(app, placing, page, component, kind)
            yield from _targets(app, placing, layout_set, page, component)


def _type(
    placing: Placing, page: Page, component: Component, kind: ComponentType | None
) -> Iterator[Finding]:
    if kind is not None:
        return
    place = placing.component(page, component, "/type")
    name = known_elsewhere(component.type)
    if name is not None:
        values: dict[str, str | int | Sentence] = {"id": component.called, "type": name}
        sentence = Sentence(
            N_("%(id)s (%(type)s) is of a type that is not supported yet; people see a placeholder."), values
        )
        yield finding("unsupported-type", "warning", place, sentence, N_("Use another component for now."))
        return
    values = {"id": component.called, "type": component.type or "–"}
    sentence = Sentence(N_("%(id)s is of the type %(type)s, which does not exist."), values)
    yield finding(
        "unknown-type", "warning", place, sentence, N_("Choose one of the types in the list of components.")
    )


def _options(
    app: AppDefinition, placing: Placing, page: Page, component: Component, kind: ComponentType | None
) -> Iterator[Finding]:
    if kind is not None and kind.offers_options(component.raw) and not _SOURCES & component.raw.keys():
        sentence = Sentence(N_("%(id)s has no options to choose from."), {"id": component.called})
        place = placing.component(page, component)
        yield finding(
            "no-options", "warning", place, sentence, N_("Write options, or choose an option list.")
        )
    named = component.raw.get("optionsId")
    if not isinstance(named, str) or not named:
        return
    if is_library_list(named):
        place = placing.component(page, component, "/optionsId")
        sentence = Sentence(
            N_("%(id)s takes its options from a shared library (%(list)s), which forms do not ask here."),
            {"id": component.called, "list": named},
        )
        remedy = N_("Take the list from the organisation's library into the app, and choose it.")
        yield finding("library-options", "warning", place, sentence, remedy)
        return
    if named.casefold() not in {option_id.casefold() for option_id in list_ids(app)}:
        place = placing.component(page, component, "/optionsId")
        sentence = Sentence(
            N_("%(id)s takes its options from the list %(list)s, which the app does not have."),
            {"id": component.called, "list": named},
        )
        yield finding(
            "missing-options", "warning", place, sentence, N_("Choose a list that exists, or add it.")
        )


def _files(
    app: AppDefinition, placing: Placing, page: Page, component: Component, kind: ComponentType | None
) -> Iterator[Finding]:
    if kind is None or not kind.stores_files or not component.id:
        return
    if app.metadata.data_type(component.id) is None:
        sentence = Sentence(
            N_("%(id)s takes files, but the app has no data type named %(id)s to keep them in."),
            {"id": component.called},
        )
        place = placing.component(page, component, "/id")
        yield finding("missing-data-type", "warning", place, sentence, N_("Add a data type with that name."))


def _targets(
    app: AppDefinition, placing: Placing, layout_set: LayoutSet, page: Page, component: Component
) -> Iterator[Finding]:
    target = component.raw.get("target")
    if not isinstance(target, dict) or not isinstance(target.get("id"), str) or not target["id"]:
        return
    task: Any = target.get("taskId")
    shown = layout_set if not task else app.layout_set_for_task(task) or app.layout_set(task)
    if shown is None:
        return
    kind, name = target.get("type", "component"), target["id"]
    missing = (kind == "page" and shown.page(name) is None) or (
        kind == "component" and shown.find(name) is None
    )
    if missing:
        sentence = Sentence(
            N_("The summary %(id)s shows %(target)s, which does not exist."),
            {"id": component.called, "target": name},
        )
        yield finding(
            "summary-target",
            "warning",
            placing.component(page, component, "/target/id"),
            sentence,
            N_("Choose what it shows."),
        )
