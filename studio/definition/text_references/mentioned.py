"""What an app mentions at all: the loose way to tell whether a text is used, with the app's code in it."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.content_cache import ContentCache
from studio.definition.texts import Texts

# Texts that the runtime itself asks for.
OWN_KEYS: Final = frozenset(
    {"appName", "ServiceName", "appOwner", "appReceiver", "pdfPreviewText", "subform.default"}
)
OWN_PREFIXES: Final = (
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
_MENTIONED: Final[ContentCache[tuple[frozenset[str], ...]]] = ContentCache(16)
_OUTSIDE: Final[ContentCache[frozenset[str]]] = ContentCache(16)
_STRINGS: Final[ContentCache[frozenset[str]]] = ContentCache(2000)


def is_asked_for_by_runtime(key: str) -> bool:
    """Whether the runtime itself asks for the text with this key."""
    return key in OWN_KEYS or key.startswith(OWN_PREFIXES)


def is_mentioned(app: AppDefinition, key: str) -> bool:
    """Whether something in the app's files but the texts' own keys is just this string.

    Keys that are put together at run time are not seen.
    """
    return bool(mentioned_of(app, (key,)))


def mentioned_of(app: AppDefinition, keys: Iterable[str]) -> frozenset[str]:
    """Those of the keys that something in the app's files but the texts' own keys is just the string of."""
    parts = _mentioned(app)
    return frozenset(key for key in keys if any(key in strings for strings in parts))


def _mentioned(app: AppDefinition) -> tuple[frozenset[str], ...]:
    """All such strings, parted so that an edit of one text leaves most of them as they are."""
    return _MENTIONED.get(app.files.tree_id, lambda: (_outside_texts(app), *_in_texts(app)))


def _outside_texts(app: AppDefinition) -> frozenset[str]:
    files = app.files
    paths = [path for path in files if app.paths.language(path) is None and path.startswith(app.paths.root)]
    state = "\n".join(f"{path}:{files.blob_id(path)}" for path in paths)
    return _OUTSIDE.get(
        state, lambda: frozenset(chain(_page_names(app), *(_strings(app, path) for path in paths)))
    )


def _page_names(app: AppDefinition) -> Iterator[str]:
    return (page.name for layout_set in app.layout_sets for page in layout_set.pages)


def _in_texts(app: AppDefinition) -> Iterator[frozenset[str]]:
    """What the texts of each language mention: other texts, as variables or as a whole."""
    for language in app.languages:
        path = app.paths.texts(language)
        yield _STRINGS.get(f"texts:{app.files.blob_id(path)}", lambda: _in_resources(app.texts(language)))  # noqa: B023 - called at once


def _in_resources(texts: Texts) -> frozenset[str]:
    variables = (variable.key for resource in texts.with_variables for variable in resource.variables)
    return frozenset((*[resource.value for resource in texts], *variables))


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
