"""What one snippet says differently from another, in sentences: what a newer version of a block brings."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from studio.definition.sentences import N_, Sentence
from studio.definition.snippets import Snippet

# Members of components that are told by other sentences, or are not told.
_OWN: Final = frozenset({"id", "textResourceBindings"})


def snippet_differences(before: Snippet, after: Snippet) -> tuple[Sentence, ...]:
    """Components that came, went or changed; then texts, option lists and fields, in that order."""
    return tuple(_differences(before, after))


def _differences(before: Snippet, after: Snippet) -> Iterator[Sentence]:
    old, new = _by_id(before), _by_id(after)
    for name in [each for each in new if each not in old]:
        yield Sentence(N_("*%(name)s* is new"), {"name": called(after, new[name])})
    for name in [each for each in old if each not in new]:
        yield Sentence(N_("*%(name)s* goes away"), {"name": called(before, old[name])})
    for name in [each for each in new if each in old]:
        altered = sorted(_altered(old[name], new[name]))
        if altered:
            values: dict[str, str | int | Sentence] = {
                "name": called(after, new[name]),
                "what": ", ".join(altered),
            }
            yield Sentence(N_("*%(name)s* has other settings: %(what)s"), values)
    yield from _texts(before, after)
    for name in sorted(before.options.keys() | after.options.keys()):
        if before.options.get(name) != after.options.get(name):
            yield Sentence(N_("The option list %(id)s is another one"), {"id": name})
    fields = {str(one["path"]): one for one in before.fields}
    for one in after.fields:
        path = str(one["path"])
        if fields.get(path) != one:
            message = N_("The field %(path)s is new")
            if path in fields:
                message = N_("The field %(path)s has other rules")
            yield Sentence(message, {"path": path})


def _texts(before: Snippet, after: Snippet) -> Iterator[Sentence]:
    for language in sorted(before.texts.keys() | after.texts.keys()):
        old, new = before.texts.get(language, {}), after.texts.get(language, {})
        for key in [each for each in new if each in old and old[each] != new[each]]:
            values: dict[str, str | int | Sentence] = {"old": old[key], "new": new[key], "language": language}
            yield Sentence(N_("*%(old)s* now reads *%(new)s* (%(language)s)"), values)
        added = sum(1 for key in new if key not in old)
        if added and language not in before.texts:
            yield Sentence(N_("There are texts in another language: %(language)s"), {"language": language})


def _by_id(snippet: Snippet) -> Mapping[str, Mapping[str, Any]]:
    return {str(raw.get("id")): raw for raw in snippet.components}


def _altered(old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    return {name for name in (old.keys() | new.keys()) - _OWN if old.get(name) != new.get(name)}


def called(snippet: Snippet, raw: Mapping[str, Any]) -> str:
    """What a component is called: its title in the first language that has it, else its id."""
    bound = raw.get("textResourceBindings")
    key = bound.get("title") if isinstance(bound, Mapping) else None
    found = (texts[key] for texts in snippet.texts.values() if isinstance(key, str) and texts.get(key))
    return next(found, str(raw.get("id", "")))
