"""Checks of texts: those that are missing, given twice, or used nowhere."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.checks.places import Placing, finding
from studio.definition.findings import Finding, Place
from studio.definition.layouts import Component, Page
from studio.definition.rules import validations_of
from studio.definition.sentences import N_, Sentence
from studio.definition.text_references.mentioned import (
    OWN_PREFIXES,
    is_asked_for_by_runtime,
    is_mentioned,
)
from studio.definition.texts import Texts

# A key looks like "name.title" or "Side-1.Navn"; anything with blanks is the text itself.
_KEY: Final = re.compile(r"[\w-]+([.][\w-]+)+")


def check_texts(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """The texts of every language, and the texts that components name."""
    texts = [app.texts(language) for language in app.languages]
    for layout_set in app.layout_sets:
        for page, component in layout_set.components():
            yield from _missing_in_component(placing, page, component, texts)
    for kind in app.metadata.data_types:
        yield from _missing_in_rules(app, placing, kind.id, texts)
    for one in texts:
        yield from _given_twice(app, placing, one)
        yield from _unused(app, placing, one)


def _missing_in_component(
    placing: Placing, page: Page, component: Component, texts: list[Texts]
) -> Iterator[Finding]:
    for slot, key in component.text_keys.items():
        inside = f"/textResourceBindings/{slot}"
        yield from missing_text(key, texts, partial(placing.component, page, component, inside))


def _missing_in_rules(
    app: AppDefinition, placing: Placing, data_type: str, texts: list[Texts]
) -> Iterator[Finding]:
    """Messages of rules, where they are written and not taken over from a definition."""
    path, validations = app.paths.validation(data_type), validations_of(app, data_type)
    for rule in (*chain.from_iterable(validations.rules.values()), *validations.definitions.values()):
        message = rule.written.get("message") if isinstance(rule.written, Mapping) else None
        if isinstance(message, str):
            yield from missing_text(message, texts, partial(placing.in_json, path, f"{rule.pointer}/message"))


def missing_text(key: str, texts: list[Texts], place: Callable[[], Place]) -> Iterator[Finding]:
    """What is wrong with naming a text by this key; `place` says where it is named."""
    lacking = [one.language for one in texts if key not in one]
    if not lacking or key.startswith(OWN_PREFIXES):
        return
    if len(lacking) < len(texts):
        values = {"key": key, "languages": ", ".join(lacking)}
        sentence = Sentence(N_("The text %(key)s is missing in %(languages)s."), values)
        remedy = N_("Write the text in this language too.")
        yield finding("missing-translation", "warning", place(), sentence, remedy)
    elif _KEY.fullmatch(key):
        sentence = Sentence(N_("The text %(key)s is missing; people see the key itself."), {"key": key})
        yield finding("missing-text", "warning", place(), sentence, N_("Write the text."))


def _given_twice(app: AppDefinition, placing: Placing, texts: Texts) -> Iterator[Finding]:
    seen: set[str] = set()
    for resource in texts.resources:
        if resource.id in seen:
            place = placing.in_json(app.paths.texts(texts.language), resource.pointer, "/resources")
            sentence = Sentence(
                N_("The text %(key)s is there twice; the last one is used."), {"key": resource.id}
            )
            yield finding("repeated-text", "warning", place, sentence, N_("Remove one of them."))
        seen.add(resource.id)


def _unused(app: AppDefinition, placing: Placing, texts: Texts) -> Iterator[Finding]:
    for resource in texts:
        if is_asked_for_by_runtime(resource.id) or is_mentioned(app, resource.id):
            continue
        place = placing.in_json(app.paths.texts(texts.language), resource.pointer, "/resources")
        sentence = Sentence(N_("The text %(key)s is used nowhere."), {"key": resource.id})
        yield finding("unused-text", "advice", place, sentence, N_("Remove it if it is no longer needed."))
