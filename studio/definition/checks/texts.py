"""Checks of texts: those that are missing, given twice, or used nowhere."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.checks.places import Placing, finding
from studio.definition.content_cache import ContentCache
from studio.definition.findings import Finding, Place
from studio.definition.layouts import Component, Page
from studio.definition.rules import validations_of
from studio.definition.sentences import N_, Sentence
from studio.definition.texts import Texts

# A key looks like "name.title" or "Side-1.Navn"; anything with blanks is the text itself.
_KEY: Final = re.compile(r"[\w-]+([.][\w-]+)+")
# Texts that the runtime itself asks for.
_OWN_KEYS: Final = frozenset(
    {"appName", "ServiceName", "appOwner", "appReceiver", "pdfPreviewText", "subform.default"}
)
_OWN_PREFIXES: Final = (
    "accordion.",
    "address.",
    "appLogo.",
    "backend.",
    "config_error.",
    "confirm.",
    "date_picker.",
    "dropdown.",
    "feedback.",
    "form_filler.",
    "general.",
    "group.",
    "helptext.",
    "input_components.",
    "instance_selection.",
    "instantiate.",
    "iframe.",
    "language.",
    "likert.",
    "list_component.",
    "map_component.",
    "navigation.",
    "party_selection.",
    "payment.",
    "pdf.",
    "process_error.",
    "radiobuttons.",
    "receipt.",
    "receipt_platform.",
    "schema.",
    "signee_list.",
    "signing.",
    "soft_validation.",
    "taskTypes.",
    "unsupported_browser_warning.",
    "validation_errors.",
    "version_error.",
)
_QUOTED: Final = re.compile(r'"([^"\n]{1,200})"|\'([^\'\n]{1,200})\'|>([^<\n]{1,200})<')
_STRINGS: Final[ContentCache[frozenset[str]]] = ContentCache(2000)


def check_texts(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """The texts of every language, and the texts that components name."""
    texts = [app.texts(language) for language in app.languages]
    for layout_set in app.layout_sets:
        for page, component in layout_set.components():
            yield from _missing_in_component(placing, page, component, texts)
    for kind in app.metadata.data_types:
        yield from _missing_in_rules(app, placing, kind.id, texts)
    used = _used(app) if texts else frozenset()
    for one in texts:
        yield from _given_twice(app, placing, one)
        yield from _unused(app, placing, one, used)


def _missing_in_component(
    placing: Placing, page: Page, component: Component, texts: list[Texts]
) -> Iterator[Finding]:
    for slot, key in component.text_keys.items():
        inside = f"/textResourceBindings/{slot}"
        yield from _missing(key, texts, partial(placing.component, page, component, inside))


def _missing_in_rules(
    app: AppDefinition, placing: Placing, data_type: str, texts: list[Texts]
) -> Iterator[Finding]:
    """Messages of rules, where they are written and not taken over from a definition."""
    path, validations = app.paths.validation(data_type), validations_of(app, data_type)
    for rule in (*chain.from_iterable(validations.rules.values()), *validations.definitions.values()):
        message = rule.written.get("message") if isinstance(rule.written, Mapping) else None
        if isinstance(message, str):
            yield from _missing(message, texts, partial(placing.in_json, path, f"{rule.pointer}/message"))


def _missing(key: str, texts: list[Texts], place: Callable[[], Place]) -> Iterator[Finding]:
    lacking = [one.language for one in texts if key not in one]
    if not lacking or key.startswith(_OWN_PREFIXES):
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


def _unused(app: AppDefinition, placing: Placing, texts: Texts, used: frozenset[str]) -> Iterator[Finding]:
    for resource in texts:
        if resource.id in used or resource.id in _OWN_KEYS or resource.id.startswith(_OWN_PREFIXES):
            continue
        place = placing.in_json(app.paths.texts(texts.language), resource.pointer, "/resources")
        sentence = Sentence(N_("The text %(key)s is used nowhere."), {"key": resource.id})
        yield finding("unused-text", "advice", place, sentence, N_("Remove it if it is no longer needed."))


def _used(app: AppDefinition) -> frozenset[str]:
    """Every string in the app's files but the texts' own keys. Keys put together at run time are not seen."""
    found = {page.name for layout_set in app.layout_sets for page in layout_set.pages}
    for path in app.files:
        if app.paths.language(path) is None and path.startswith(app.paths.root):
            found |= _strings(app, path)
    for language in app.languages:
        for resource in app.texts(language):
            found.update((resource.value, *(variable.key for variable in resource.variables)))
    return frozenset(found)


def _strings(app: AppDefinition, path: str) -> frozenset[str]:
    if path.endswith(".json"):
        value = app.json(path)
        return _STRINGS.get(app.files.blob_id(path), lambda: frozenset(_in_value(value)))
    if path.endswith((".cs", ".js", ".py", ".bpmn", ".xml", ".cshtml")):
        text = app.files[path].decode(errors="replace")
        return _STRINGS.get(app.files.blob_id(path), lambda: frozenset(_in_code(text)))
    return frozenset()


def _in_value(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)


def _in_code(text: str) -> Iterator[str]:
    for match in _QUOTED.finditer(text):
        yield (match[1] or match[2] or match[3] or "").strip()
