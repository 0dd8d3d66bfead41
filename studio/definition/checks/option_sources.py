"""Checks of the lists that are fetched: files that cannot be used, lists that are there twice, parameters."""

from collections.abc import Iterator, Mapping

from studio.definition.app import AppDefinition
from studio.definition.app_logic import logic_of
from studio.definition.checks.places import Placing, finding
from studio.definition.findings import Finding
from studio.definition.layouts import Component, Page
from studio.definition.option_sources import OptionSource, source_at, sources_of
from studio.definition.sentences import N_, Sentence


def check_option_sources(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """Everything about App/options/sources, and about who asks for what is there."""
    sources: dict[str, OptionSource] = {}
    for option_id, path in sources_of(app).items():
        read = source_at(app, path)
        for problem in read.problems:
            place = placing.in_json(path, problem.pointer or "")
            yield Finding(problem.code, problem.severity, place, problem.sentence, problem.remedy)
        if option_id in app.option_ids or option_id in logic_of(app).option_lists:
            sentence = Sentence(
                N_("The option list %(list)s is fetched, and there without that too; what is there counts."),
                {"list": option_id},
            )
            place = placing.in_json(path, "")
            yield finding("double-options", "warning", place, sentence, N_("Remove one of them."))
        elif read.source is not None:
            sources[option_id] = read.source
            yield _needs_server(placing, path, option_id, read.source)
    yield from _unasked(app, placing, sources)


def _needs_server(placing: Placing, path: str, option_id: str, source: OptionSource) -> Finding:
    """Whether an environment lets its apps ask a server stands in no file of the app."""
    sentence = Sentence(
        N_("The option list %(list)s is fetched from %(server)s, which each environment has to allow."),
        {"list": option_id, "server": source.server},
    )
    remedy = N_("Ask those who run the environments to have it among their servers.")
    return finding("asks-server", "advice", placing.in_json(path, "/address"), sentence, remedy)


def _unasked(app: AppDefinition, placing: Placing, sources: Mapping[str, OptionSource]) -> Iterator[Finding]:
    """Components that leave out what the address of their list cannot do without: they show no options."""
    for layout_set in app.layout_sets:
        for page, component in layout_set.components():
            source = sources.get(str(component.raw.get("optionsId")))
            for name in sorted(source.needs - _asked(component)) if source else ():
                yield _missing(placing, page, component, name)


def _asked(component: Component) -> frozenset[str]:
    parameters, mapping = component.raw.get("queryParameters"), component.raw.get("mapping")
    names = [*parameters] if isinstance(parameters, Mapping) else []
    names += mapping.values() if isinstance(mapping, Mapping) else []
    return frozenset(map(str, names))


def _missing(placing: Placing, page: Page, component: Component, name: str) -> Finding:
    sentence = Sentence(
        N_("%(id)s does not say what %(name)s is, which the address of its option list needs."),
        {"id": component.called, "name": name},
    )
    place = placing.component(page, component, "/optionsId")
    remedy = N_("Add it to the query parameters of the component.")
    return finding("missing-parameter", "warning", place, sentence, remedy)
